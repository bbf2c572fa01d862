"""Tables of the roster: where people work, who they are, and which file said so."""

from unionhall.roster.models.districts import District, Outline, WorksiteDistrict
from unionhall.roster.models.exports import Export
from unionhall.roster.models.holds import Hold
from unionhall.roster.models.imports import Doubt, Import, ImportChange, ImportFile, LineSeen
from unionhall.roster.models.look_alikes import LookAlike
from unionhall.roster.models.people import (
    Apart,
    Assignment,
    Consent,
    ContactPoint,
    Merge,
    OptOut,
    Person,
    PersonRecord,
)
from unionhall.roster.models.places import Area, Classification, Employer, Unit, Worksite
from unionhall.roster.models.reviews import AccessItem, AccessReview
from unionhall.roster.models.rolls import Roll, RollLine
from unionhall.roster.models.sights import Sight
from unionhall.roster.models.sites import BellTime, Shift, WorksiteCode, WorksiteMerge, WorksiteUnit
from unionhall.roster.models.union import Chapter, ChapterPerson, UnionOffice

__all__ = [
    "AccessItem",
    "AccessReview",
    "Apart",
    "Area",
    "Assignment",
    "BellTime",
    "Chapter",
    "ChapterPerson",
    "Classification",
    "Consent",
    "ContactPoint",
    "District",
    "Doubt",
    "Employer",
    "Export",
    "Hold",
    "Import",
    "ImportChange",
    "ImportFile",
    "LineSeen",
    "LookAlike",
    "Merge",
    "OptOut",
    "Outline",
    "Person",
    "PersonRecord",
    "Roll",
    "RollLine",
    "Shift",
    "Sight",
    "UnionOffice",
    "Unit",
    "Worksite",
    "WorksiteCode",
    "WorksiteDistrict",
    "WorksiteMerge",
    "WorksiteUnit",
]
