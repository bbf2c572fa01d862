"""Making one person of two records, and two of one again, exactly.

What is moved: every row of every table that points at the absorbed person, whichever slice the table is of. A row that
the database would not let stand beside one of the kept person (the same phone twice) stays where it is, and what
pointed at it follows to its twin. All of it is written down in the Merge, from which parting puts it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.operations import follow_scopes
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor, Reach
from unionhall.foundation.errors import AlreadyDone, Refused
from unionhall.roster.events import PeopleMerged, PeopleParted
from unionhall.roster.models import Apart, Assignment, ContactPoint, LookAlike, Merge, Person, PersonRecord
from unionhall.roster.operations.people.records import refresh

# History and judgements of pairs: they speak of two persons and are turned by hand, or not at all.
_LEFT_ALONE: Final = (Merge, Apart, LookAlike)


class SamePerson(Refused):
    """A record that was to be merged into itself."""

    code = "same_person"
    message = _("These are one and the same record already.")


class MergedAlready(AlreadyDone):
    """A record that stands for itself no longer."""

    code = "merged_already"
    message = _("One of the two was merged into another record in the meantime. Look at the list again.")


class BothHaveAccounts(Refused):
    """Both records have an account to sign in by."""

    code = "both_have_accounts"
    message = _(
        "Both records have an account of their own to sign in with, so that the two may be two people. Ask the person, "
        "then have one account closed before you merge."
    )


class PartedAlready(AlreadyDone):
    """A merge that was taken back before."""

    code = "parted_already"
    message = _("These two were parted already.")


class MergedOnSince(Refused):
    """The kept record was merged into a third one since."""

    code = "merged_on_since"
    message = _("The record was merged into another one since. Part that later merge first.")


class CannotBeParted(Refused):
    """A merge whose rows the retention clock has deleted."""

    code = "cannot_be_parted"
    message = _("What it takes to part these two was deleted when the retention clock ran out.")


@transaction.atomic
def merge_people(*, kept: Person, absorbed: Person, actor: Actor, at: datetime) -> Merge:
    """Two records are one person: all that hangs on the absorbed one goes over to the kept one, and nothing is lost.

    The absorbed record stays in its table, marked. Raises SamePerson, MergedAlready or BothHaveAccounts.
    """
    if kept.pk == absorbed.pk:
        raise SamePerson
    kept, absorbed = _locked(kept.pk, absorbed.pk)
    if kept.merged_into_id or absorbed.merged_into_id:
        raise MergedAlready
    if kept.user_id and absorbed.user_id:
        raise BothHaveAccounts
    before: dict[str, Any] = {"kept": _fields_of(kept), "absorbed": _fields_of(absorbed)}
    moved = {name: ids for name, ids in _move_rows(absorbed, kept) if ids}
    before["aparts"] = _turn_aparts(absorbed, kept)
    before["twins"], before["points"] = _join_twins(absorbed, kept)
    before["said"] = _rename_rows(moved.get("roster.personrecord.person", []), absorbed, kept)
    _hand_over(absorbed, kept)
    merge = Merge.objects.create(
        kept=kept, absorbed=absorbed, moved=moved, before=before, merged_at=at, merged_by=actor.label[:120]
    )
    refresh([kept.pk])
    before["after"] = _fields_of(Person.objects.get(pk=kept.pk))
    Merge.objects.filter(pk=merge.pk).update(before=before)
    merge.before = before
    follow_scopes(reach=Reach.TURF, codes=(kept.public_id, absorbed.public_id), actor=actor, at=at)
    detail = {"absorbed": absorbed.public_id, "rows": sum(map(len, moved.values()))}
    audit.record(actor=actor, verb="roster.people_merged", at=at, obj=kept, label=kept.public_id, detail=detail)
    events.publish(PeopleMerged(kept=kept.public_id, absorbed=absorbed.public_id))
    return merge


@transaction.atomic
def part_people(*, merge: Merge, actor: Actor, at: datetime) -> Merge:
    """A merge is taken back: each row goes back to where it was, each field to what it said.

    What came after the merge stays with the kept record. Raises PartedAlready, MergedOnSince or CannotBeParted.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, absorbed = _locked(merge.kept_id, merge.absorbed_id)
    if merge.parted_at is not None:
        raise PartedAlready
    if kept.merged_into_id or absorbed.merged_into_id != kept.pk:
        raise MergedOnSince
    if not merge.before:
        raise CannotBeParted
    edited = _fields_of(kept) != merge.before["after"]
    _write_fields(absorbed, {**merge.before["absorbed"], "merged_into_id": kept.pk, "user_id": None})
    for name, ids in merge.moved.items():
        repoint(name, ids, kept.pk, absorbed.pk)
    _part_twins(merge.before)
    _turn_aparts_back(merge.before["aparts"])
    _name_rows_back(merge.before["said"])
    now = {field: value for field, value in _fields_of(kept).items() if merge.before["after"][field] != value}
    _write_fields(kept, {**merge.before["kept"], **now})
    _write_fields(absorbed, merge.before["absorbed"])
    if edited:
        refresh([kept.pk])
    Merge.objects.filter(pk=merge.pk).update(parted_at=at, parted_by=actor.label[:120])
    merge.refresh_from_db()
    follow_scopes(reach=Reach.TURF, codes=(kept.public_id, absorbed.public_id), actor=actor, at=at)
    detail = {"absorbed": absorbed.public_id}
    audit.record(actor=actor, verb="roster.people_parted", at=at, obj=kept, label=kept.public_id, detail=detail)
    events.publish(PeopleParted(kept=kept.public_id, absorbed=absorbed.public_id))
    return merge


@transaction.atomic
def say_apart(*, one: Person, other: Person, actor: Actor, at: datetime) -> Apart:
    """Two records are two people, and are never proposed as one again. Said a second time it changes nothing.

    Raises SamePerson.
    """
    if one.pk == other.pk:
        raise SamePerson
    first, second = sorted((one, other), key=lambda person: person.pk)
    apart, new = Apart.objects.get_or_create(
        first=first, second=second, defaults={"said_at": at, "said_by": actor.label[:120]}
    )
    if new:
        detail = {"other": second.public_id}
        audit.record(actor=actor, verb="roster.people_apart", at=at, obj=first, label=first.public_id, detail=detail)
    return apart


@transaction.atomic
def unsay_apart(*, apart: Apart, actor: Actor, at: datetime) -> None:
    """That two records are two people is taken back, so that they may be proposed again."""
    label = apart.first.public_id
    detail = {"other": apart.second.public_id}
    audit.record(actor=actor, verb="roster.people_apart_unsaid", at=at, obj=apart.first, label=label, detail=detail)
    apart.delete()


def relations_of(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model], models.Field[Any, Any]]]:
    """Every column of every table that points at the model: its name "app.table.field", its table, the column."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one) and relation.concrete is False:
            field = relation.field  # type: ignore[union-attr]
            if relation.related_model not in _LEFT_ALONE:
                yield f"{field.model._meta.label_lower}.{field.name}", field.model, field


def _locked(kept: int, absorbed: int) -> tuple[Person, Person]:
    """Both rows, locked in the order of their numbers, so that two merges at one instant wait for each other."""
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=(kept, absorbed)).order_by("pk")}
    return rows[kept], rows[absorbed]


def _move_rows(absorbed: Person, kept: Person) -> Iterator[tuple[str, list[int]]]:
    for name, table, field in relations_of(Person):
        ids = list(table._base_manager.filter(**{field.name: absorbed.pk}).order_by("pk").values_list("pk", flat=True))
        yield name, repoint(name, ids, absorbed.pk, kept.pk)


def repoint(name: str, ids: list[int], old: int, new: int) -> list[int]:
    """Turn the column of these rows from one row to another, and say which could be turned."""
    if not ids:
        return []
    table, field = _column(name)
    rows = table._base_manager.filter(**{f"{field}_id": old})
    try:
        with transaction.atomic():
            rows.filter(pk__in=ids).update(**{f"{field}_id": new})
        return ids
    except IntegrityError:
        return [pk for pk in ids if _turned(rows, field, pk, new)]


def _turned(rows: models.QuerySet[Any], field: str, pk: int, new: int) -> bool:
    try:
        with transaction.atomic():
            return rows.filter(pk=pk).update(**{f"{field}_id": new}) == 1
    except IntegrityError:
        return False


def _column(name: str) -> tuple[type[models.Model], str]:
    label, _dot, field = name.rpartition(".")
    return apps.get_model(label), field


def _join_twins(absorbed: Person, kept: Person) -> tuple[list[list[Any]], list[list[Any]]]:
    """Contacts that both had stay with each; what pointed at the absorbed one's goes to the kept one's.

    Gives what was turned, [column, row, old, new], and what the twins learned, [row, before, after].
    """
    twins, points = [], []
    theirs = {(point.kind, point.index_full): point for point in kept.contact_points.all()}
    for point in ContactPoint.objects.filter(person=absorbed):
        twin = theirs[point.kind, point.index_full]
        for name, table, field in relations_of(ContactPoint):
            ids = list(table._base_manager.filter(**{field.name: point.pk}).order_by("pk").values_list("pk", flat=True))
            twins += [[name, pk, point.pk, twin.pk] for pk in repoint(name, ids, point.pk, twin.pk)]
        points += _taught(twin, point)
    return twins, points


def _taught(twin: ContactPoint, point: ContactPoint) -> list[list[Any]]:
    """The kept contact is verified where the absorbed one was, and current where either is."""
    before = _fields_of(twin)
    if twin.verified_at is None and twin.owner == point.owner:
        twin.verified_at = point.verified_at
    twin.is_current = twin.is_current or point.is_current
    after = _fields_of(twin)
    if after == before:
        return []
    ContactPoint.objects.filter(pk=twin.pk).update(verified_at=twin.verified_at, is_current=twin.is_current)
    return [[twin.pk, before, after]]


def _part_twins(before: dict[str, Any]) -> None:
    for name, pk, old, new in before["twins"]:
        repoint(name, [pk], new, old)
    for pk, was, became in before["points"]:
        point = ContactPoint.objects.filter(pk=pk).first()
        if point is not None and _fields_of(point) == became:
            _write_fields(point, was)


def _rename_rows(record_ids: list[int], absorbed: Person, kept: Person) -> list[list[Any]]:
    """Records that went over name the kept one's twin where they named a contact or a place that stayed behind.

    Gives [record, field, before, after], each the ids that were and are named.
    """
    twins = {"contacts": _twin_contacts(absorbed, kept), "places": _twin_places(absorbed, kept)}
    twins["retired"] = twins["contacts"]
    changed = []
    for record in PersonRecord.objects.filter(pk__in=record_ids):
        for field, names in twins.items():
            entry = record.said.get(field)
            if entry is None or names.keys().isdisjoint(entry[0]):
                continue
            ids = sorted({names.get(pk, pk) for pk in entry[0]})
            changed.append([record.pk, field, entry[0], ids])
            record.said = {**record.said, field: [ids, *entry[1:]]}
        record.save(update_fields=["said"])
    return changed


def _twin_contacts(absorbed: Person, kept: Person) -> dict[int, int]:
    theirs = {(point.kind, point.index_full): point.pk for point in kept.contact_points.all()}
    return {point.pk: theirs[point.kind, point.index_full] for point in ContactPoint.objects.filter(person=absorbed)}


def _twin_places(absorbed: Person, kept: Person) -> dict[int, int]:
    key = ("worksite", "classification", "shift")
    theirs = {row[:3]: row[3] for row in kept.assignments.filter(ends_on=None).values_list(*key, "pk")}
    mine = Assignment.objects.filter(person=absorbed, ends_on=None).values_list(*key, "pk")
    return {row[3]: theirs[row[:3]] for row in mine if row[:3] in theirs}


def _name_rows_back(said: list[list[Any]]) -> None:
    """Records name what they named before; what they have come to name since stays named."""
    for pk, field, before, after in said:
        record = PersonRecord.objects.filter(pk=pk).first()
        if record is not None and field in record.said:
            now = record.said[field]
            ids = before if now[0] == after else sorted({*before, *(set(now[0]) - set(after))})
            record.said = {**record.said, field: [ids, *now[1:]]}
            record.save(update_fields=["said"])


def _turn_aparts(absorbed: Person, kept: Person) -> list[list[int]]:
    """Who is another than the absorbed one is another than the kept one. Gives [row, first, second] as they were."""
    turned = []
    rows = Apart.objects.filter(models.Q(first=absorbed) | models.Q(second=absorbed)).exclude(
        models.Q(first=kept) | models.Q(second=kept)
    )
    for apart in rows:
        other = apart.second_id if apart.first_id == absorbed.pk else apart.first_id
        first, second = sorted((other, kept.pk))
        if not Apart.objects.filter(first=first, second=second).exists():
            turned.append([apart.pk, apart.first_id, apart.second_id])
            Apart.objects.filter(pk=apart.pk).update(first=first, second=second)
    return turned


def _turn_aparts_back(turned: list[list[int]]) -> None:
    for pk, first, second in turned:
        Apart.objects.filter(pk=pk).update(first=first, second=second)


def _hand_over(absorbed: Person, kept: Person) -> None:
    """The account goes over, and the absorbed record says where it went."""
    account = absorbed.user_id
    Person.objects.filter(pk=absorbed.pk).update(user=None, merged_into=kept)
    if account:
        Person.objects.filter(pk=kept.pk).update(user=account)
    absorbed.refresh_from_db()
    kept.refresh_from_db()


def _fields_of(row: models.Model) -> dict[str, Any]:
    """The columns of a row as plain JSON, without its number and what lies encrypted."""
    fields = (field for field in row._meta.concrete_fields if not field.primary_key and field.name != "value")
    return {field.attname: _plain(field, row) for field in fields}


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    return value if value is None or isinstance(value, (bool, int, str)) else field.value_to_string(row)


def _write_fields(row: models.Model, fields: dict[str, Any]) -> None:
    by_name = {field.attname: field for field in row._meta.concrete_fields}
    for name, value in fields.items():
        setattr(row, name, by_name[name].to_python(value))
    row.save(update_fields=[by_name[name].name for name in fields])
