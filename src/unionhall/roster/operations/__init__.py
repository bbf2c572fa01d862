"""Writes of the roster."""

from unionhall.roster.operations.boundaries import apply_boundaries, preview_boundaries
from unionhall.roster.operations.by_hand import NoSuchValue, add_contact, edit_person, retire_contact
from unionhall.roster.operations.districts import Reassigned, assign_districts, preview_districts
from unionhall.roster.operations.doors import shut_doors
from unionhall.roster.operations.imports import FileRefused, apply_worksites, preview_worksites, refuse_file
from unionhall.roster.operations.listing import (
    NoSuchKind,
    NotToApply,
    apply_import,
    fields_of,
    keep,
    look_at,
    receive,
)
from unionhall.roster.operations.looked import Looked
from unionhall.roster.operations.merging import (
    BothHaveAccounts,
    CannotBeParted,
    MergedAlready,
    MergedOnSince,
    PartedAlready,
    SamePerson,
    merge_people,
    part_people,
    say_apart,
    unsay_apart,
)
from unionhall.roster.operations.people import (
    EmployerChannel,
    NamelessPerson,
    add_person,
    link_user,
    open_account,
    record_consent,
    verify_contact,
    withdraw_consent,
)
from unionhall.roster.operations.places import (
    AreaMove,
    NoSuchPlace,
    assign_areas,
    preview_areas,
    put_area,
    put_classification,
    put_employer,
    put_unit,
    set_area,
)
from unionhall.roster.operations.received import FileForgotten, bytes_of, forget_files
from unionhall.roster.operations.reports import report_as_json
from unionhall.roster.operations.retention import HoldLifted, ReasonlessHold, lift_hold, place_hold, shrink_former
from unionhall.roster.operations.rolls import DayToCome, EmptyRoll, NamelessRoll, freeze_roll
from unionhall.roster.operations.site_doubts import DoubtSettled, WhichWorksite, settle_site_doubt
from unionhall.roster.operations.undo import preview_undo, undo_import
from unionhall.roster.operations.undone import AlreadyUndone, Undone

__all__ = [
    "AlreadyUndone",
    "AreaMove",
    "BothHaveAccounts",
    "CannotBeParted",
    "DayToCome",
    "DoubtSettled",
    "EmployerChannel",
    "EmptyRoll",
    "FileForgotten",
    "FileRefused",
    "HoldLifted",
    "Looked",
    "MergedAlready",
    "MergedOnSince",
    "NamelessPerson",
    "NamelessRoll",
    "NoSuchKind",
    "NoSuchPlace",
    "NoSuchValue",
    "NotToApply",
    "PartedAlready",
    "ReasonlessHold",
    "Reassigned",
    "SamePerson",
    "Undone",
    "WhichWorksite",
    "add_contact",
    "add_person",
    "apply_boundaries",
    "apply_import",
    "apply_worksites",
    "assign_areas",
    "assign_districts",
    "bytes_of",
    "edit_person",
    "fields_of",
    "forget_files",
    "freeze_roll",
    "keep",
    "lift_hold",
    "link_user",
    "look_at",
    "merge_people",
    "open_account",
    "part_people",
    "place_hold",
    "preview_areas",
    "preview_boundaries",
    "preview_districts",
    "preview_undo",
    "preview_worksites",
    "put_area",
    "put_classification",
    "put_employer",
    "put_unit",
    "receive",
    "record_consent",
    "refuse_file",
    "report_as_json",
    "retire_contact",
    "say_apart",
    "set_area",
    "settle_site_doubt",
    "shrink_former",
    "shut_doors",
    "undo_import",
    "unsay_apart",
    "verify_contact",
    "withdraw_consent",
]
