"""Tables of the roster: where people work, who they are, and which file said so."""

from unionhall.roster.models.imports import Import, ImportChange
from unionhall.roster.models.people import Assignment, Consent, ContactPoint, Person
from unionhall.roster.models.places import Area, Classification, Employer, Unit, Worksite, WorksiteCode

__all__ = [
    "Area",
    "Assignment",
    "Classification",
    "Consent",
    "ContactPoint",
    "Employer",
    "Import",
    "ImportChange",
    "Person",
    "Unit",
    "Worksite",
    "WorksiteCode",
]
