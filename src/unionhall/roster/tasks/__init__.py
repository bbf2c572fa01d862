"""Work of the roster done after a page has answered."""

from unionhall.roster.tasks import exports

__all__ = ["exports"]
