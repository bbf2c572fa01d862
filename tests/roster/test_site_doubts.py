"""Lines of a list that may be a worksite we hold: they wait, are settled, and go with their import."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import needs
from tests.factories import roster as factory
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries, tables
from unionhall.roster.enums import Decision
from unionhall.roster.models import Doubt, ImportChange, Worksite, WorksiteCode

pytestmark = pytest.mark.django_db

STATE = "School,Status,Street Address,City,Zip\nReseda Senior High,Active,18230 Kittridge St.,Reseda,91335\n"
BOARD = "id,school_name,address,zip,charter\n7,Night Program,18230 KITTRIDGE ST,91335,false\n"


def apply(text, *, source, as_of=date(2026, 11, 1), **options):
    file = tables.read_bytes(text.encode(), name=f"{source}.csv")
    return operations.apply_worksites(
        file=file, source=source, as_of=as_of, actor=factory.CLERK, at=factory.AT, **options
    )


def settle(doubt, decision, worksite=None):
    return operations.settle_site_doubt(
        doubt=doubt, decision=decision, worksite=worksite, actor=factory.CLERK, at=factory.AT
    )


def undo(report):
    imported = queries.get_import(report.import_id)
    return operations.undo_import(imported=imported, actor=factory.CLERK, at=factory.AT)


@pytest.fixture
def doubt():
    apply(STATE, source="state")
    apply(BOARD, source="board")
    return Doubt.objects.get()


def test_settled_as_the_same_is_known_by_its_code_next_time(doubt):
    site = Worksite.objects.get()
    assert settle(doubt, Decision.SAME, site) == site
    assert list(site.codes.values_list("source", "code", "name")) == [
        ("board", "=7", "Night Program"),
        ("state", "name:reseda senior high", "Reseda Senior High"),
    ]
    again = apply(BOARD, source="board")
    assert (again.unchanged, again.review, Worksite.objects.count()) == (1, 0, 1)
    assert AuditEntry.objects.filter(verb="roster.site_doubt_settled").count() == 1


def test_settled_as_new_makes_it_and_undo_of_its_import_takes_it_away(doubt):
    made = settle(doubt, Decision.NEW)
    assert (made.name, made.source, Worksite.objects.count()) == ("Night Program", "board", 2)
    again = apply(BOARD, source="board")
    assert (again.unchanged, again.review) == (1, 0)
    undo(again)
    undone = operations.undo_import(imported=doubt.imported, actor=factory.CLERK, at=factory.AT)
    assert (undone.removed, Worksite.objects.count(), WorksiteCode.objects.count()) == (1, 1, 1)


def test_settled_as_left_out_stays_out_of_later_copies(doubt):
    assert settle(doubt, Decision.SKIP) is None
    again = apply(BOARD, source="board")
    assert (again.unchanged, again.review, again.new, again.adds_up()) == (1, 0, 0, True)
    assert "left_out" in [notice.code for notice in again.notices]


def test_settled_twice_or_after_an_undo_is_refused(doubt):
    settle(doubt, Decision.SKIP)
    with pytest.raises(operations.DoubtSettled):
        settle(doubt, Decision.NEW)
    report = apply(BOARD.replace("7,Night", "8,Evening"), source="board")
    other = Doubt.objects.get(imported=report.import_id)
    undo(report)
    with pytest.raises(operations.DoubtSettled):
        settle(other, Decision.NEW)
    assert Worksite.objects.count() == 1


def test_the_same_needs_a_worksite(doubt):
    with pytest.raises(operations.WhichWorksite):
        settle(doubt, Decision.SAME)


def test_second_line_about_one_worksite_is_undone_with_the_first():
    apply(STATE, source="state")
    both = apply(BOARD + "9,RESEDA HS,18230 KITTRIDGE ST,91335,true\n", source="board")
    site = Worksite.objects.get()
    settle(Doubt.objects.get(), Decision.SAME, site)
    change = ImportChange.objects.get(imported=both.import_id)
    assert (change.kind, change.after, sorted(change.codes)) == ("changed", {"is_charter": True}, ["=7", "=9"])
    undo(both)
    site.refresh_from_db()
    assert (site.is_charter, list(site.codes.values_list("source", flat=True))) == (False, ["state"])


def test_charters_stay_apart_unless_asked():
    text = "School,Street,Zip,Charter\nElm Charter,1 Elm St,90001,Yes\nOak El,2 Oak St,90001,No\n"
    report = apply(text, source="list")
    assert [site.name for site in Worksite.objects.live()] == ["Oak El"]
    assert [hit.name for hit in queries.find_worksites("elm")] == []
    assert [notice.fields for notice in report.notices if notice.code == "charters"] == [{"count": 1}]
    assert apply(text, source="list").unchanged == 2
    asked = apply(text, source="list", charters=True)
    assert (asked.changed, Worksite.objects.live().count()) == (1, 2)


def test_codes_that_change_in_july_leave_each_worksite_itself():
    heads = "School Code,School,Street,Zip\n"
    june = heads + "11,Elm El,1 Elm St,90001\n12,Oak El,2 Oak St,90002\n"
    july = heads + "12,Elm El,1 Elm St,90001\n13,Oak El,2 Oak St,90002\n11,Fir El,3 Fir St,90003\n"
    apply(june, source="list", as_of=date(2026, 6, 30))
    report = apply(july, source="list", as_of=date(2026, 7, 1))
    assert (report.new, report.changed, report.gone, report.review) == (1, 2, 0, 0)
    assert list(
        WorksiteCode.objects.order_by("worksite__name", "year").values_list("worksite__name", "code", "year")
    ) == [
        ("Elm El", "=11", 0),
        ("Elm El", "=12", 2026),
        ("Fir El", "=11", 2026),
        ("Oak El", "=12", 0),
        ("Oak El", "=13", 2026),
    ]
    assert apply(july, source="list", as_of=date(2026, 9, 1)).unchanged == 3
    assert undo(report).removed == 1
    assert list(WorksiteCode.objects.values_list("code", "year")) == [("=11", 0), ("=12", 0)]


def test_code_that_wandered_to_an_unlike_worksite_waits():
    heads = "School Code,School,Street,Zip\n"
    apply(heads + "11,Elm El,1 Elm St,90001\n", source="list", as_of=date(2026, 6, 30))
    report = apply(heads + "11,Harbor Bus Yard,9 Dock St,90731\n", source="list", as_of=date(2026, 8, 1))
    assert (report.review, report.new) == (1, 0)
    assert Doubt.objects.get().candidates[0]["reasons"] == ["former_code"]


def test_renamed_worksite_keeps_both_names_with_their_years():
    heads = "School Code,School,Street,Zip\n"
    apply(heads + "11,Elm El,1 Elm St,90001\n", source="list", as_of=date(2026, 6, 30))
    apply(heads + "11,Dolores Huerta El,1 Elm St,90001\n", source="list", as_of=date(2026, 8, 1))
    assert Worksite.objects.get().name == "Dolores Huerta El"
    assert list(WorksiteCode.objects.order_by("year").values_list("name", "year")) == [
        ("Elm El", 0),
        ("Dolores Huerta El", 2026),
    ]


@pytest.mark.slow
def test_board_list_on_top_of_the_states_directory_doubles_nothing():
    state = needs.shared("data/schools-cde-la") / "cde_lausd_all_status.csv"
    board = needs.shared("data/schools-boarddistrict") / "lausd_schools_by_board_district.json"
    terms = {"as_of": date(2026, 11, 1), "actor": factory.CLERK, "at": factory.AT}
    operations.apply_worksites(file=tables.read_file(state), source="state", **terms)
    planned = operations.preview_worksites(file=tables.read_file(board), source="board", as_of=date(2026, 11, 1))
    report = operations.apply_worksites(file=tables.read_file(board), source="board", **terms)

    assert (report.rows_read, report.adds_up()) == (len(json.loads(board.read_text("utf-8"))), True)
    assert len(planned.proposals) == report.rows_read
    bands = [item.band for item in planned.proposals]
    assert (bands.count("certain"), bands.count("review"), bands.count("new")) == (864, 233, 50)
    assert (report.new, report.review, Doubt.objects.count()) == (50, 233, 233)
    assert Worksite.objects.count() == 2390 + 50
    known = {site.name_key for site in Worksite.objects.filter(source="state", status="live")}
    assert not [site.name for site in Worksite.objects.filter(source="board") if site.name_key in known]
    again = operations.apply_worksites(file=tables.read_file(board), source="board", **terms)
    assert (again.new, again.changed, again.review, again.notices[0].code) == (0, 0, 233, "nothing_changed")
    assert Doubt.objects.count() == 233
