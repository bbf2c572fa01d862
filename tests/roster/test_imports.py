"""Lists of worksites: previewed, applied, repeated."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from tests.factories import roster as factory
from unionhall.foundation import events
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations, queries, tables
from unionhall.roster.events import ImportApplied
from unionhall.roster.models import Doubt, Import, ImportChange, Worksite, WorksiteCode
from unionhall.roster.operations.worksite_lists import applying as imports

pytestmark = pytest.mark.django_db

HEADS = "School,Status,Latitude,Longitude,Street Address,City,State,Zip"
FIRST = """Rosemead Street Elementary,Active,34.05,-118.20,1 Rosemead St.,Los Angeles,CA,90032
Harbor Middle,Active,33.74,-118.28,2 Harbor Ave.,San Pedro,CA,90731
Old Mill,Closed,,,Information Redacted,Los Angeles,CA,90032"""


def file(body=FIRST, heads=HEADS, name="schools.csv"):
    return tables.read_bytes(f"{heads}\n{body}\n".encode(), name=name)


def apply(content=None, *, source="", mapping=None, as_of=date(2026, 11, 1)):
    return operations.apply_worksites(
        file=content or file(), source=source, as_of=as_of, mapping=mapping, actor=factory.CLERK, at=factory.AT
    )


def preview(content=None, *, source=""):
    return operations.preview_worksites(file=content or file(), source=source, as_of=date(2026, 11, 1))


def counts(report):
    assert report.adds_up()
    return report.new, report.changed, report.unchanged, report.gone, len(report.refused)


def codes(report):
    return [(notice.line, notice.code) for notice in report.notices]


def test_preview_tells_and_writes_nothing():
    report = preview()
    assert counts(report) == (3, 0, 0, 0, 0)
    assert (report.import_id, report.source, report.proposals) == (None, "schools", ())
    assert not Worksite.objects.exists()
    assert not Import.objects.exists()
    assert not AuditEntry.objects.exists()


def test_apply_writes_what_the_preview_told():
    planned, done = preview(), apply()
    assert counts(done) == counts(planned)
    assert done.notices == planned.notices
    site = Worksite.objects.get(name="Rosemead Street Elementary")
    assert (site.status, site.latitude, site.longitude, site.zip, site.kind) == (
        "live",
        34.05,
        -118.20,
        "90032",
        "school",
    )
    assert (site.name_key, site.source, site.as_of) == ("rosemead street elementary", "schools", date(2026, 11, 1))
    assert Worksite.objects.get(name="Old Mill").address == ""


def test_apply_is_audited_and_told(django_capture_on_commit_callbacks, monkeypatch):
    heard = []
    monkeypatch.setitem(events._listeners, ImportApplied, [heard.append])
    with django_capture_on_commit_callbacks(execute=True):
        report = apply()
    assert heard == [ImportApplied(import_id=report.import_id, kind="worksites", new=3, changed=0)]
    entry = AuditEntry.objects.get(verb="roster.import_applied")
    assert entry.detail == {"import": report.import_id, "new": 3, "changed": 0, "rows": 3}


def test_same_list_twice_changes_nothing_and_says_so():
    apply()
    before = list(Worksite.objects.order_by("pk").values())
    again = apply(as_of=date(2026, 12, 1))
    assert counts(again) == (0, 0, 3, 0, 0)
    assert again.notices[0].code == "nothing_changed"
    assert list(Worksite.objects.order_by("pk").values()) == before
    assert not ImportChange.objects.filter(imported=again.import_id).exists()


def test_same_list_in_another_order_and_format_changes_nothing():
    apply()
    turned = "\n".join(reversed(FIRST.splitlines()))
    assert counts(apply(file(turned))) == (0, 0, 3, 0, 0)
    tabbed = tables.read_bytes(f"{HEADS}\n{FIRST}".replace(",", "\t").encode("utf-16"), name="schools.txt")
    assert counts(apply(tabbed)) == (0, 0, 3, 0, 0)


def test_what_changed_is_changed_and_what_lacks_is_counted():
    apply()
    later = """Rosemead St. El.,Active,34.05,-118.20,1 Rosemead Street,Los Angeles,CA,90032-1111
Harbor Middle,Closed,33.74,-118.28,2 Harbor Ave.,San Pedro,CA,90731"""
    report = apply(file(later), as_of=date(2026, 12, 1))
    assert counts(report) == (0, 2, 0, 1, 0)
    harbor = Worksite.objects.get(name="Harbor Middle")
    assert (harbor.status, harbor.as_of) == ("closed", date(2026, 12, 1))
    assert ImportChange.objects.get(imported=report.import_id, record_pk=harbor.pk).before == {
        "status": "live",
        "as_of": "2026-11-01",
    }
    assert Worksite.objects.filter(name="Rosemead St. El.", zip="90032-1111").exists()
    assert Worksite.objects.filter(name="Old Mill").exists()


def test_blank_cells_and_missing_columns_erase_nothing():
    apply()
    report = apply(file("Harbor Middle,\n", heads="School,City"), source="schools")
    assert counts(report) == (0, 0, 1, 2, 0)
    harbor = Worksite.objects.get(name="Harbor Middle")
    assert (harbor.status, harbor.city, harbor.latitude) == ("live", "San Pedro", 33.74)


def test_repeated_lines_are_kept_and_named():
    body = "Old Mill,Closed,,,,,,90032\nOld Mill,Closed,,,,,,90032"
    report = apply(file(body))
    assert counts(report) == (2, 0, 0, 0, 0)
    assert (3, "repeated_line") in codes(report)
    assert sorted(WorksiteCode.objects.values_list("code", flat=True)) == ["name:old mill", "name:old mill/2"]
    assert counts(apply(file(body))) == (0, 0, 2, 0, 0)


def test_two_schools_at_one_point_stay_two():
    body = """Rosemead Street Elementary,Active,34.05,-118.20,1 Rosemead St.,Los Angeles,CA,90032
Rosemead Opportunity Center,Active,34.05,-118.20,1 Rosemead St.,Los Angeles,CA,90032"""
    report = apply(file(body))
    assert Worksite.objects.count() == 2
    assert (None, "same_point") in codes(report)
    assert counts(apply(file(body))) == (0, 0, 2, 0, 0)


def test_live_worksite_without_a_point_is_named_by_line():
    report = preview(file(FIRST.replace("33.74,-118.28", ",")))
    assert [(notice.line, notice.fields["name"]) for notice in report.notices if notice.code == "no_point"] == [
        (3, "Harbor Middle")
    ]


def test_lines_that_cannot_be_meant_are_refused_one_by_one():
    body = FIRST + "\n,Active,34,-118,,,,\nX,Zombie,34,-118,,,,\nY,Active,-118,34,,,,\nZ,Active,34,-118,a,b,c,d,e"
    report = apply(file(body))
    assert counts(report) == (3, 0, 0, 0, 4)
    assert [(fault.line, fault.code, fault.value) for fault in report.refused] == [
        (5, "no_name", ""),
        (6, "unknown_status", "Zombie"),
        (7, "point_swapped", "-118"),
        (8, "too_many_cells", ""),
    ]
    shown = operations.report_as_json(report)["refused"][1]
    assert shown == {
        "line": 6,
        "column": "Status",
        "value": "Zombie",
        "reason": "“Zombie” is no status we know. Write active, closed, merged or pending.",
    }


@pytest.mark.parametrize(
    ("heads", "body", "code"),
    [
        ("School,Latitude,Longitude", "A,-118.2,34.1\nB,-118.3,34.2", "point_swapped"),
        ("School,Latitude,Longitude", "A,34.1,118.2\nB,34.2,118.3", "point_sign"),
        ("School,X,Y", "A,6480000,1840000\nB,6480010,1840020", "point_feet"),
        ("School,Latitude,Longitude", "A,48.8,2.3", "point_elsewhere"),
        ("CDSCode,School", "1.96473E+13,A\n1.96473E+13,B", "rounded"),
        ("CDSCode,School", "\n".join(f"{19647330000000 + n % 7},S{n}" for n in range(200)), "repeated"),
        ("Color,Size", "red,4", "no_header"),
        ("School,City", "", "no_rows"),
        ("School,City", ",LA\n,SF", "nothing_usable"),
    ],
)
def test_files_that_cannot_be_meant_are_refused_whole(heads, body, code):
    with pytest.raises(operations.FileRefused) as raised:
        apply(file(body, heads=heads))
    report = raised.value.report
    assert report.whole.code == code
    assert report.adds_up()
    shown = operations.report_as_json(report)
    assert shown["notices"][0]["text"] == raised.value.sentence()
    assert "%(" not in raised.value.sentence()
    assert not Worksite.objects.exists()
    assert not Import.objects.exists()


def test_mapping_names_columns_and_unknown_heads_are_refused():
    content = file("Harbor Middle,San Pedro", heads="Was,Wo")
    with pytest.raises(operations.FileRefused, match="does not have"):
        apply(content, mapping={"name": "Que"})
    assert counts(apply(content, mapping={"name": "was", "city": "Wo"})) == (1, 0, 0, 0, 0)


def test_codes_tell_namesakes_apart_and_follow_a_new_name():
    heads = "CDSCode,School,City"
    apply(file("11,Lincoln High,Los Angeles\n12,Lincoln High,Los Angeles", heads=heads))
    report = apply(file("12,Lincoln Senior High,Los Angeles\n11,Lincoln High,Los Angeles\n12,Copy,", heads=heads))
    assert counts(report) == (0, 1, 1, 0, 1)
    assert report.refused[0].code == "repeated_code"
    assert set(WorksiteCode.objects.values_list("worksite__name", "code")) == {
        ("Lincoln Senior High", "=12"),
        ("Lincoln High", "=11"),
    }


def test_codes_that_come_later_are_added_to_known_names():
    apply(file("Lincoln High,90032", heads="School,Zip"), source="state")
    report = apply(file("11,Lincoln High,90032", heads="CDSCode,School,Zip"), source="state")
    assert counts(report) == (0, 1, 0, 0, 0)
    assert counts(apply(file("11,Lincoln High,90032", heads="CDSCode,School,Zip"), source="state")) == (0, 0, 1, 0, 0)


def test_list_with_the_same_columns_is_the_same_source():
    apply(source="state")
    assert apply(file(name="schools-2027.csv")).source == "state"
    assert apply(file("A,B", heads="School,City", name="mine.csv")).source == "mine"


def test_other_list_fills_blanks_and_doubles_nothing():
    apply(source="state")
    body = "7,ROSEMEAD ST EL,1 ROSEMEAD ST,90032,Northeast\n8,Brand New Academy,9 Elm,90001,"
    report = apply(file(body, heads="id,school_name,address,zip,district"), source="board")
    assert counts(report) == (1, 1, 0, 0, 0)
    site = Worksite.objects.get(name="Rosemead Street Elementary")
    assert (site.source, site.district, site.address) == ("state", "Northeast", "1 Rosemead St.")
    assert set(site.codes.values_list("source", "code")) == {
        ("state", "name:rosemead street elementary"),
        ("board", "=7"),
    }
    assert counts(apply(file(body, heads="id,school_name,address,zip,district"), source="board")) == (0, 0, 2, 0, 0)


def test_other_lists_neighbour_by_another_name_waits_and_is_not_doubled():
    apply(source="state")
    content = file("Mill Magnet,1 Rosemead Street,90032", heads="School,Street,Zip")
    report = apply(content, source="board")
    assert counts(report) == (0, 0, 0, 0, 0)
    assert (report.review, Worksite.objects.count(), Doubt.objects.count()) == (1, 3, 1)
    assert [(item.band, item.candidates[0].name) for item in report.proposals] == [
        ("review", "Rosemead Street Elementary")
    ]
    again = apply(content, source="board")
    assert (again.review, Doubt.objects.count(), again.adds_up()) == (1, 1, True)


def test_other_district_of_one_source_is_not_gone():
    heads = "School,District,Zip"
    apply(file("Lincoln High,Los Angeles Unified,90032", heads=heads), source="state")
    report = apply(file("Lincoln High,Pasadena Unified,91101", heads=heads), source="state")
    assert counts(report) == (1, 0, 0, 0, 0)


def test_areas_come_with_the_import_by_zip_then_centre_and_never_over_a_hand():
    east = factory.area("E", centre=(34.05, -118.20), zips=("90731",))
    west = factory.area("W", centre=(33.74, -118.28))
    report = apply()
    harbor, rosemead, mill = (Worksite.objects.get(name__startswith=name) for name in ("Harbor", "Rose", "Old"))
    assert (harbor.area, harbor.area_by) == (east, "zip")
    assert (rosemead.area, rosemead.area_by) == (east, "centre")
    assert mill.area is None
    areas = next(notice for notice in report.notices if notice.code == "areas")
    assert areas.fields == {"zip": 1, "centre": 1, "none": 0}
    operations.set_area(worksite=harbor, area=west, actor=factory.CLERK, at=factory.AT)
    apply(file(FIRST.replace("90731", "90732")))
    harbor.refresh_from_db()
    assert (harbor.zip, harbor.area, harbor.area_by) == ("90732", west, "hand")


def test_dry_run_proposes_every_recognized_line():
    apply()
    (first, *_others) = report = preview().proposals
    assert [proposal.line for proposal in report] == [2, 3, 4]
    site = Worksite.objects.get(name="Rosemead Street Elementary")
    assert (first.band, first.candidates[0].id, first.candidates[0].why) == ("certain", site.public_id, "same")


def test_naughty_names_come_in_as_they_are_and_change_nothing_twice():
    naughty = [
        "=1+1",
        "<script>alert(1)</script>",
        "Robert'); DROP TABLE Students;--",
        "ﬃ ligature",
        "学校",
        "مدرسة",
        "🏫 School",
        "a\u202eb",
    ]
    content = tables.read_bytes(("School\n" + "\n".join(f'"{name}"' for name in naughty)).encode(), name="n.csv")
    assert apply(content).new == len(naughty)
    again = apply(content)
    assert (again.new, again.changed, again.unchanged) == (0, 0, len(naughty))
    assert Worksite.objects.filter(name="Robert'); DROP TABLE Students;--").exists()


def test_import_writes_a_number_of_queries_that_does_not_grow(django_assert_num_queries):
    factory.area("E", centre=(34.05, -118.20))
    for names in (["A"], ["B", "C", "D"]):
        content = file("\n".join(f"{name} School,1 {name} St." for name in names), heads="School,Street", name="q.csv")
        with django_assert_num_queries(17):
            apply(content, source="".join(names))


def test_get_import_and_list(django_assert_num_queries):
    first, second = apply().import_id, apply().import_id
    with django_assert_num_queries(1):
        assert [item.pk for item in queries.imports()] == [second, first]
    assert queries.get_import(first).report["new"] == 3
    with pytest.raises(queries.NoSuchImport):
        queries.get_import(10**30)


def test_other_import_that_was_quicker_leaves_nothing_half_written(monkeypatch):
    taken = factory.worksite("Taken")
    plan = imports.plan_worksites

    def quicker(rows, terms):
        planned = plan(rows, terms)
        WorksiteCode.objects.create(worksite=taken, source="schools", code="name:harbor middle")
        return planned

    monkeypatch.setattr(imports, "plan_worksites", quicker)
    with pytest.raises(imports.ImportBusy):
        apply()
    assert (Worksite.objects.count(), Import.objects.count(), WorksiteCode.objects.count()) == (1, 0, 0)


def test_notices_tell_encoding_sheet_and_many_worksites_without_a_point():
    body = "\n".join(f"Niño {number}" for number in range(201))
    report = preview(tables.read_bytes(f"School\n{body}".encode("cp1252"), name="n.csv"))
    texts = [notice["text"] for notice in operations.report_as_json(report)["notices"]]
    assert "The text was read as cp1252. Look whether accents are right." in texts
    assert "Live worksites without a map point: 201." in texts


def test_report_speaks_spanish():
    with translation.override("es"):
        shown = operations.report_as_json(preview(file(FIRST + "\n,Active,,,,,,")))
    assert shown["refused"][0]["reason"] == "Esta línea no nombra ningún centro de trabajo."
    assert shown["notices"][0]["text"].startswith("Activos: 2.")
