"""Why a file, or a run over one, is refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import Invalid, Refused
from unionhall.roster.phrases import whole_sentence
from unionhall.rulebook.reports import Report

LONGEST_SOURCE: Final = 80


class FileRefused(Invalid):
    """A file that cannot be meant: nothing of it was written. report: the whole report, with the reason."""

    code = "file_refused"

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report

    def sentence(self) -> str:
        """The reason, in the language now active."""
        return whole_sentence(self.report.whole) if self.report.whole else super().sentence()


class ImportBusy(Refused):
    """Somebody else's import reached the roster first."""

    code = "import_busy"
    message = _("Another import is being applied just now. Nothing of this one was written; look again and repeat it.")
