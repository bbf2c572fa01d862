"""The room of lists: who enters, what stands there, in how many queries."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.accounts import grant, make_staff, sign_in
from tests.factories.roster import imported, worksite
from unionhall.foundation.access import Role
from unionhall.roster.enums import ImportState
from unionhall.roster.models import Doubt, Import, ImportFile, Person, Worksite


def somebody(client, role):
    user = make_staff("Marcus Bell")
    grant(user, role)
    return sign_in(client, user)


@pytest.fixture
def marcus(client):
    return somebody(client, Role.DATA_ADMINISTRATOR)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.DATA_ADMINISTRATOR])
def test_lists_are_closed_to_every_other_role(client, role):
    somebody(client, role)

    assert client.get(reverse("imports")).status_code == 403


@pytest.mark.django_db
def test_lists_ask_the_public_to_sign_in(client):
    answer = client.get(reverse("imports"))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in"))


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_an_empty_room_says_how_to_begin(client):
    assert "Begin with the worksites" in client.get(reverse("imports")).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize("count", [1, 3])
def test_list_of_imports_costs_the_same_for_one_and_three(client, count, django_assert_num_queries):
    for number in range(count):
        imported(source=f"list {number}")

    with django_assert_num_queries(5):
        page = client.get(reverse("imports")).content.decode()

    assert [f"list {number}" in page for number in range(3)] == [number < count for number in range(3)]


# Bringing one in

SITES = b"School,Code,Street Address,City,Zip\nRosemead Street Elementary,100,1 Rosemead St,Los Angeles,90032\n"
PEOPLE = (
    b"Employee ID,Last Name,First Name,School,Cell Phone\n"
    b"0012,REYES,ALMA,Rosemead Street Elementary,213-555-0142\n"
    b"0013,LUNA,BETO,Rosemead Street Elementary,213-555-0143\n"
)


def bring(client, content=SITES, *, kind="worksites", name="list.csv", **more):
    data = {"kind": kind, "file": SimpleUploadedFile(name, content), "source": "district", "as_of": "2026-11-01"}
    return client.post(reverse("import_new"), data | more)


def at(name, imported):
    return reverse(name, args=[imported.public_id])


def apply(client, imported, capture):
    with capture(execute=True):
        client.post(at("import_apply", imported))
    imported.refresh_from_db()
    return imported


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize(("kind", "content"), [("worksites", SITES), ("people", PEOPLE)])
def test_a_list_is_looked_at_first_then_applied_then_taken_back(
    client, kind, content, django_capture_on_commit_callbacks
):
    answer = bring(client, content, kind=kind)
    imported = Import.objects.get()
    tables = (Worksite, Person)

    assert (answer.status_code, answer.url, imported.state) == (302, at("import", imported), ImportState.LOOKED_AT)
    assert [table.objects.count() for table in tables] == [0, 0]
    assert "Nothing is written yet" in client.get(at("import", imported)).content.decode()

    apply(client, imported, django_capture_on_commit_callbacks)
    assert imported.state == ImportState.APPLIED
    assert sum(table.objects.count() for table in tables) == imported.report["new"] > 0

    assert "Take the list back" in client.get(at("import_undo", imported)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("import_undo", imported))
    imported.refresh_from_db()
    assert imported.undone_at is not None
    assert [table.objects.count() for table in tables] == [0, 0]


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_what_cannot_be_read_is_said_on_the_form_and_kept_nowhere(client):
    answer = bring(client, b"\x00\x01\x02\xff" * 50)

    assert (answer.status_code, Import.objects.count()) == (422, 0)
    assert "field__error" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_a_day_to_come_is_refused(client):
    answer = bring(client, as_of="2999-01-01")

    assert (answer.status_code, "has not come yet" in answer.content.decode()) == (422, True)


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_a_list_thrown_away_leaves_nothing(client):
    bring(client)
    imported = Import.objects.get()

    assert client.post(at("import_discard", imported)).status_code == 302
    assert (Import.objects.count(), ImportFile.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_an_applied_list_is_not_thrown_away(client, django_capture_on_commit_callbacks):
    bring(client)
    imported = apply(client, Import.objects.get(), django_capture_on_commit_callbacks)

    assert client.post(at("import_discard", imported)).status_code == 409
    assert Import.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_another_column_is_named_and_the_list_looked_at_again(client):
    bring(client, b"Place,Site\nRosemead Street Elementary,Eastside Yard\n", name="odd.csv")
    first = Import.objects.first()
    assert first is None or first.report["new"] == 1

    bring(client, b"School,Other name\nRosemead Street Elementary,Eastside Yard\n")
    imported = Import.objects.latest("pk")
    page = client.get(at("import", imported)).content.decode()
    assert '<option value="School" selected>' in page

    answer = client.post(at("import_columns", imported), {"column-name": "Other name"})
    again = Import.objects.latest("pk")
    assert (answer.url, again.mapping, again.source) == (at("import", again), {"name": "Other name"}, "district")
    assert not Import.objects.filter(pk=imported.pk).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_the_page_speaks_the_reader_s_language(client):
    bring(client, SITES + b",101,2 Rosemead St,Los Angeles,90032\n")
    imported = Import.objects.get()

    english = client.get(at("import", imported)).content.decode()
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "es"})
    spanish = client.get(at("import", imported)).content.decode()

    assert ("This line names no worksite." in english, "This line names no worksite." in spanish) == (True, False)
    assert "Renglones rechazados" in spanish


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
def test_the_report_goes_out_as_the_command_line_gives_it(client):
    bring(client)
    imported = Import.objects.get()

    report = client.get(at("import_report", imported)).json()

    assert (report["kind"], report["new"], "es" in report) == ("worksites", 1, False)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["import", "import_undo", "import_report"])
def test_one_list_is_closed_to_a_steward_and_unknown_to_the_public(client, name):
    one = imported()
    public = client.get(at(name, one)).status_code
    somebody(client, Role.STEWARD)

    assert (public, client.get(at(name, one)).status_code) == (302, 403)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["import_columns", "import_apply", "import_discard", "import_undo"])
def test_nobody_else_changes_a_list(client, name):
    one = imported(state=ImportState.LOOKED_AT, applied_at=None)
    somebody(client, Role.ORGANIZER)

    assert client.post(at(name, one)).status_code == 403
    assert Import.objects.get() == one


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize("count", [1, 3])
def test_one_list_costs_the_same_for_one_worksite_and_three(client, count, django_assert_num_queries):
    lines = [{"id": str(n), "worksite": f"Site {n}", "adds": 1, "moves_in": 0} for n in range(count)]
    one = imported(kind="people", report={"by_worksite": lines, "refused": [], "notices": [], "rows_read": 3})

    with django_assert_num_queries(5):
        page = client.get(at("import", one)).content.decode()

    assert page.count('<th scope="row">Site ') == count


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize("count", [1, 3])
def test_the_form_and_the_undo_cost_the_same_for_one_and_three(client, count, django_assert_num_queries):
    for number in range(count):
        one = imported(source=f"list {number}")

    with django_assert_num_queries(4):
        client.get(reverse("import_new"))
    with django_assert_num_queries(6):
        client.get(at("import_undo", one))


# Doubtful worksites


def doubtful(number=1):
    """A worksite list with that many lines that may be Rosemead Street Elementary."""
    site = worksite()
    one = imported(options={"columns": ["name", "code"], "kind": "school", "charters": False})
    row = {"line": 2, "name": "Rosemead Elem Annex", "code": "", "kind": "", "status": "live", "district": ""}
    row |= {"address": "9 Rosemead St", "city": "Los Angeles", "state": "", "zip": "90032", "point": None}
    for line in range(number):
        said = json.dumps(row | {"line": line + 2, "name": f"{row['name']} {line}"})
        found = [{"pk": site.pk, "score": 0.7, "reasons": ["place"]}]
        Doubt.objects.create(
            imported=one, record="worksite", line=line + 2, label=row["name"], row=said, candidates=found
        )
    return one, site


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize("count", [1, 3])
def test_doubtful_worksites_cost_the_same_for_one_and_three(client, count, django_assert_num_queries):
    one, site = doubtful(count)

    with django_assert_num_queries(7):
        page = client.get(reverse("import_doubts", args=[one.public_id])).content.decode()

    assert page.count(f"It is {site.name}") == count


@pytest.mark.django_db
@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize(("said", "places"), [("same", 1), ("new", 2), ("skip", 1)])
def test_a_doubtful_worksite_is_settled_by_one_button(client, said, places):
    one, site = doubtful()
    waiting = Doubt.objects.get()
    address = reverse("import_doubt", args=[one.public_id, waiting.public_id])

    answer = client.post(address, {"said": site.public_id if said == "same" else said})

    waiting.refresh_from_db()
    assert (answer.status_code, waiting.decision, Worksite.objects.count()) == (302, said, places)
    assert client.post(address, {"said": "skip"}).status_code == 404
    assert "Nothing is doubtful here" in client.get(reverse("import_doubts", args=[one.public_id])).content.decode()
