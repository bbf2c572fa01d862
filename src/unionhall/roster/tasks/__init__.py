"""Long work of the roster: lists that come in, are taken back, and go out."""

from unionhall.roster.tasks import exports, imports

__all__ = ["exports", "imports"]
