"""What comes in from forms of the site."""

from unionhall.site.forms.archive import DayForm, ReasonForm

__all__ = ["DayForm", "ReasonForm"]
