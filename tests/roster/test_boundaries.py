"""Outlines of districts: previewed, applied, repeated, followed by later ones, taken back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils import translation

from tests.factories import maps
from tests.factories import roster as factory
from unionhall.foundation import events
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries
from unionhall.roster.events import ImportApplied
from unionhall.roster.models import District, Import, ImportChange, Outline, WorksiteDistrict
from unionhall.roster.operations.boundary_lists import applying as boundaries
from unionhall.roster.phrases import NOTICE, ROW, WHOLE

pytestmark = pytest.mark.django_db

FIRST, LATER, LAST = date(2012, 7, 1), date(2022, 1, 1), date(2032, 1, 1)


def apply(data=None, *, day=FIRST, source="city", kind="", mapping=None, name="council-districts.geojson"):
    return operations.apply_boundaries(
        file=maps.read(data or maps.council(), name),
        source=source,
        as_of=day,
        kind=kind,
        mapping=mapping,
        actor=factory.CLERK,
        at=factory.AT,
    )


def preview(data=None, *, day=FIRST, source="city", kind="", name="council-districts.geojson"):
    return operations.preview_boundaries(
        file=maps.read(data or maps.council(), name), source=source, as_of=day, kind=kind
    )


def refusal(data, name="council-districts.geojson", **options):
    with pytest.raises(operations.FileRefused) as raised:
        operations.preview_boundaries(file=maps.read(data, name), source="city", as_of=FIRST, **options)
    assert not District.objects.exists()
    return raised.value


def undo(report):
    return operations.undo_import(imported=queries.get_import(report.import_id), actor=factory.CLERK, at=factory.AT)


def counts(report):
    assert report.adds_up()
    return report.new, report.changed, report.unchanged, report.gone, len(report.refused)


def held():
    rows = District.objects.order_by("valid_from", "code")
    return [(row.code, row.valid_from.year, row.valid_until.year if row.valid_until else None) for row in rows]


def snapshot():
    fields = ("pk", "kind", "source", "code", "name", "outline_id", "valid_from", "valid_until", "imported_id")
    return (
        list(District.objects.order_by("pk").values_list(*fields)),
        list(Outline.objects.order_by("pk").values_list("pk", "sha256")),
        sorted(WorksiteDistrict.objects.values_list("worksite_id", "district_id")),
    )


def codes(report):
    return [notice.code for notice in report.notices]


def test_outlines_come_in_with_their_days_and_an_import():
    report = apply()
    assert counts(report) == (2, 0, 0, 0, 0)
    assert (report.kind, report.source, report.as_of) == ("boundaries", "city", FIRST)
    district = District.objects.get(code="1")
    assert (district.kind, district.name, district.valid_from, district.valid_until) == (
        "city-council", "District 1", FIRST, None,
    )  # fmt: skip
    assert (district.outline.west, district.outline.north) == (-118.30, 34.05)
    assert district.imported_id == report.import_id
    imported = Import.objects.get()
    assert (imported.kind, imported.columns, imported.options) == (
        "boundaries", ["district", "name"], {"kind": "city-council"},
    )  # fmt: skip
    assert imported.report["new"] == 2
    assert [(change.record, change.line, change.label) for change in ImportChange.objects.order_by("line")] == [
        ("district", 1, "District 1"),
        ("district", 2, "District 2"),
    ]
    detail = {"import": report.import_id, "new": 2, "changed": 0, "rows": 2}
    assert AuditEntry.objects.get(verb="roster.import_applied").detail == detail


def test_preview_says_what_apply_does_and_writes_nothing():
    looked = preview()
    assert not Import.objects.exists()
    assert not Outline.objects.exists()
    done = apply()
    assert (counts(looked), looked.notices) == (counts(done), done.notices)


def test_event_is_told_once_it_is_safe(django_capture_on_commit_callbacks, monkeypatch):
    heard = []
    monkeypatch.setitem(events._listeners, ImportApplied, [heard.append])
    with django_capture_on_commit_callbacks(execute=True):
        report = apply()
    assert heard == [ImportApplied(import_id=report.import_id, kind="boundaries", new=2, changed=0)]


@pytest.mark.parametrize("day", [FIRST, LATER])
def test_same_outlines_again_change_nothing_on_whatever_day(day):
    apply()
    before = snapshot()
    again = apply(day=day)
    assert counts(again) == (0, 0, 2, 0, 0)
    assert codes(again)[0] == "no_new_outlines"
    assert snapshot() == before
    assert ImportChange.objects.filter(imported=again.import_id).count() == 0


def test_corrected_outline_of_the_same_day_changes_that_district_only():
    apply()
    report = apply(maps.collection(
        maps.feature(maps.polygon(maps.square()), district=1, name="District 1"),
        maps.feature(maps.polygon(maps.square(-118.20)), district=2, name="District Two"),
        maps.feature(maps.polygon(maps.square(-118.10)), district=3, name="District 3"),
    ))  # fmt: skip
    assert counts(report) == (1, 1, 1, 0, 0)
    assert held() == [("1", 2012, None), ("2", 2012, None), ("3", 2012, None)]
    assert District.objects.get(code="2").name == "District Two"


def test_later_outlines_end_the_earlier_ones_and_undo_lets_them_hold_again():
    site = factory.worksite(latitude=34.02, longitude=-118.26)
    apply(maps.council(numbers=(1, 2, 3)))
    before = snapshot()
    report = apply(maps.council(shift=-0.02), day=LATER)
    assert counts(report) == (2, 0, 0, 1, 0)
    assert held() == [
        ("1", 2012, 2022), ("2", 2012, 2022), ("3", 2012, 2022), ("1", 2022, None), ("2", 2022, None),
    ]  # fmt: skip
    notice = next(notice for notice in report.notices if notice.code == "replaces")
    assert notice.fields == {"count": 3, "since": "2012-07-01", "day": "2022-01-01"}
    assert [row.code for row in queries.districts_of([site], on=date(2021, 12, 31))[site.pk]] == ["1"]
    assert [row.code for row in queries.districts_of([site], on=LATER)[site.pk]] == ["2"]
    planned = operations.preview_undo(imported=queries.get_import(report.import_id))
    result = undo(report)
    assert result == planned
    assert (result.removed, result.restored, result.stands) == (2, 3, ())
    assert snapshot() == before


def test_outlines_of_an_earlier_day_end_when_the_later_begin():
    apply(day=LATER)
    report = apply(maps.council(shift=0.01), day=FIRST)
    assert held() == [("1", 2012, 2022), ("2", 2012, 2022), ("1", 2022, None), ("2", 2022, None)]
    assert next(notice for notice in report.notices if notice.code == "until_later").fields == {"day": "2022-01-01"}


def test_middle_outlines_are_taken_out_and_their_neighbors_meet():
    apply(day=FIRST)
    middle = apply(maps.council(shift=0.01), day=LATER)
    last = apply(maps.council(shift=0.02), day=LAST)
    assert undo(middle).removed == 2
    assert held() == [("1", 2012, 2032), ("2", 2012, 2032), ("1", 2032, None), ("2", 2032, None)]
    undo(last)
    assert held() == [("1", 2012, None), ("2", 2012, None)]


def test_other_kinds_and_sources_are_left_alone():
    apply()
    apply(day=LATER, source="county")
    report = apply(maps.council(shift=0.01), day=LATER, kind="School Board")
    assert set(District.objects.values_list("kind", "source", "valid_until")) == {
        ("city-council", "city", None),
        ("city-council", "county", None),
        ("school-board", "city", None),
    }
    assert "other_sources" not in codes(report)
    assert next(item for item in preview(day=LAST, source="third").notices if item.code == "other_sources").fields == {
        "names": "city, county"
    }


def test_undo_leaves_no_trace_and_the_second_is_refused():
    factory.worksite(latitude=34.02, longitude=-118.28)
    before = snapshot()
    report = apply()
    assert WorksiteDistrict.objects.count() == 1
    assert (undo(report).removed, snapshot()) == (2, before)
    assert Import.objects.get().state == "undone"
    with pytest.raises(operations.AlreadyUndone):
        undo(report)
    assert counts(apply()) == (2, 0, 0, 0, 0)


def test_undo_of_a_correction_gives_back_the_outline_itself():
    apply()
    before = snapshot()
    report = apply(maps.council(shift=0.01))
    assert snapshot() != before
    result = undo(report)
    assert (result.removed, result.restored) == (0, 2)
    assert snapshot() == before


def test_undo_out_of_order_leads_back_past_both():
    empty = snapshot()
    first = apply()
    second = apply(maps.council(shift=0.01))
    result = undo(first)
    assert (result.removed, [item.reason for item in result.stands]) == (0, ["later_import", "later_import"])
    assert undo(second).removed == 2
    assert snapshot() == empty


def test_district_edited_since_stands_and_is_listed():
    report = apply()
    District.objects.filter(code="1").update(name="Ours")
    result = undo(report)
    assert (result.removed, [(item.name, item.reason) for item in result.stands]) == (1, [("Ours", "edited")])


def test_outline_that_another_district_has_is_kept_at_undo():
    first = apply()
    apply(source="county")
    undo(first)
    assert (District.objects.count(), Outline.objects.count()) == (2, 2)


def test_another_import_that_was_quicker_is_said(monkeypatch):
    def quicker(rows, **words):
        plan = plan_districts(rows, **words)
        for change in plan.changes:
            outline = Outline.objects.create(sha256=change.sha256, wkb=b"x", west=0, south=0, east=0, north=0)
            District.objects.create(
                kind=plan.kind, source=plan.source, code=change.row.code, name="x", outline=outline,
                valid_from=plan.day,
            )  # fmt: skip
        return plan

    plan_districts = boundaries.plan_districts
    monkeypatch.setattr(boundaries, "plan_districts", quicker)
    with pytest.raises(boundaries.ImportBusy):
        apply()
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("options", "kind", "code"),
    [
        ({}, "city-council", "kind_guessed"),
        ({"name": "map.geojson"}, "district", "kind_unknown"),
        ({"name": "map.geojson", "source": "LAUSD Board Districts 2021"}, "school-board", "kind_guessed"),
        ({"kind": " Our Kind "}, "our-kind", None),
    ],
)
def test_kind_comes_from_the_option_the_name_or_the_source(options, kind, code):
    report = preview(**options)
    assert next((item.code for item in report.notices if item.code.startswith("kind_")), None) == code
    apply(**options)
    assert set(District.objects.values_list("kind", flat=True)) == {kind}


def test_source_is_the_files_name_where_none_is_given():
    assert preview(source="", name="Council 2021.geojson").source == "Council 2021"


def test_mapping_names_the_properties():
    data = maps.collection(maps.feature(name="x", titulo="Uno", clave="7"))
    apply(data, mapping={"name": "titulo", "code": "clave"})
    assert District.objects.values_list("code", "name").get() == ("7", "Uno")


def test_mapping_of_an_unknown_property_refuses_the_file():
    error = refusal(maps.council(), mapping={"name": "titulo"})
    assert "“titulo”" in error.sentence()
    assert error.report.adds_up()


def moved(change):
    """Council districts whose every point is changed."""
    whole = json.loads(maps.council())
    for item in whole["features"]:
        item["geometry"]["coordinates"] = [
            [change(*point) for point in ring] for ring in item["geometry"]["coordinates"]
        ]
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda x, y: [y, x], "outline_swapped", "Latitude and longitude are the wrong way round in this file (first"),
        (lambda x, y: [-x, y], "outline_sign", "lost their minus (first in feature 1: 118.25, 34)"),
        (lambda x, y: [(x + 180) * 100_000, y * 50_000], "outline_feet", "look like feet or meters"),
        (lambda x, y: [x + 120, y + 16], "outline_elsewhere", "do not lie in the United States"),
    ],
)
def test_file_that_cannot_be_meant_is_refused_whole(change, code, words):
    error = refusal(moved(change))
    assert error.report.whole.code == code
    assert words in error.sentence()
    assert (error.report.rows_read, [fault.line for fault in error.report.refused]) == (2, [1, 2])
    assert error.report.adds_up()


def test_few_outlines_out_of_place_are_refused_alone():
    far = maps.feature(maps.polygon(maps.square(34.0, -118.3)), district=3, name="Three")
    whole = json.loads(maps.council())
    whole["features"].append(far)
    report = apply(json.dumps(whole).encode())
    assert counts(report) == (2, 0, 0, 0, 1)
    (entry,) = operations.report_as_json(report)["refused"]
    assert entry == {
        "line": 3,
        "value": "34, -118.3",
        "reason": "Latitude and longitude of this outline are the wrong way round: 34, -118.3.",
    }


def test_file_without_one_usable_outline_is_refused_with_the_first_reason():
    point = {"type": "Feature", "properties": {"name": "x"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    error = refusal(maps.collection(point))
    assert error.report.whole.code == "nothing_usable"
    assert "This feature is no outline but: Point." in error.sentence()
    assert error.report.adds_up()
    assert refusal(maps.collection()).report.whole.code == "no_outlines"


def test_mended_outlines_are_named_with_the_reason_and_the_place():
    bowtie = [[-118.3, 34.0], [-118.2, 34.1], [-118.2, 34.0], [-118.3, 34.1], [-118.3, 34.0]]
    report = preview(maps.collection(maps.feature(maps.polygon(bowtie), name="Moño")))
    found = operations.report_as_json(report)["notices"]
    assert {
        "line": 1,
        "text": "“Moño”: the outline crosses itself near 34.05000, -118.25000; it was mended.",
    } in found
    with translation.override("es"):
        texts = [item["text"] for item in operations.report_as_json(report)["notices"]]
    assert any("Moño" in text and "contorno" in text for text in texts)


def test_notices_on_grid_encoding_gone_and_codes():
    parts = maps.shapes([maps.square(), maps.square(-118.2)], ["Cañón", "Cañón"], encoding="cp1252")
    report = apply(maps.zipped(parts))
    assert {"encoding", "same_code"} <= set(codes(report))
    report = apply(maps.zipped(maps.shapes([maps.square()], ["Cañón"], encoding="cp1252")))
    assert next(notice for notice in report.notices if notice.code == "districts_gone").fields == {"count": 1}


def test_report_counts_the_worksites_inside():
    factory.worksite(latitude=34.02, longitude=-118.28)
    factory.worksite("Far", latitude=35.0, longitude=-118.28)
    factory.worksite("Nowhere")
    notice = next(notice for notice in preview().notices if notice.code == "sites_inside")
    assert notice.fields == {"inside": 1, "all": 2}


def test_every_reason_of_the_reader_and_the_judge_has_its_sentence():
    faults = {"not_an_outline", "no_geometry", "too_few_points", "no_area", "no_coordinates", "off_grid",
              "no_district", "repeated_outline", "too_long"}  # fmt: skip
    verdicts = {"outline_swapped", "outline_sign", "outline_feet", "outline_elsewhere"}
    mended = {f"mended_{why}" for why in ("crosses", "touches", "few", "holes", "overlaps", "other")}
    assert faults | verdicts | {"outline_zero"} <= ROW.keys()
    assert verdicts <= WHOLE.keys()
    assert mended <= NOTICE.keys()
