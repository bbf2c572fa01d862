"""Everything goes out, and no secret does."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.apps import apps

from tests.factories import accounts, roster
from unionhall.config.slices import SLICES
from unionhall.foundation.hooks import export_sections
from unionhall.foundation.open_files import as_text, exported_fields, exported_models
from unionhall.roster.tables import write_everything
from unionhall.rulebook.cells_out import Imprint

IMPRINT = Imprint("7kq2m4zd9xw1", "command line", "2026-11-22 17:00 UTC", "moving house")
SECRET = ("password", "token", "index", "code_hash", "run_key", "sealed", "secret")


def models_by_app() -> dict[str, set[str]]:
    """The tables of every slice that has any, by the label of its app."""
    labels = ["unionhall_site" if item.name == "site" else item.name for item in SLICES]
    found = {label: {model.__name__ for model in apps.get_app_config(label).get_models()} for label in labels}
    return {label: names for label, names in found.items() if names}


def test_every_table_of_every_slice_goes_out_or_says_why_not() -> None:
    sections = {section.app: section for section in export_sections}

    assert set(sections) == set(models_by_app())
    for label, names in models_by_app().items():
        going = {model.__name__ for model in exported_models(sections[label])}
        staying = {name for name in sections[label].left_out if "." not in name}
        assert going | staying == names
        assert going & staying == set()


def test_no_column_with_a_secret_goes_out() -> None:
    going = [
        f"{model.__name__}.{name}"
        for section in export_sections
        for model in exported_models(section)
        for name in exported_fields(model, section.left_out)
        if any(word in name for word in SECRET)
    ]

    assert going == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (7, "7"),
        (datetime(2026, 11, 22, 17, tzinfo=UTC), "2026-11-22T17:00:00+00:00"),
        ({"a": ["ñ", None]}, '{"a": ["ñ", null]}'),
        (b"\x01\xff", "01ff"),
    ],
)
def test_value_is_told_openly(value: object, text: str) -> None:
    assert as_text(value) == text


@pytest.mark.django_db
def test_everything_is_in_the_file_with_its_checksums(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "pictures").mkdir(parents=True)
    (settings.MEDIA_ROOT / "pictures/rally.jpg").write_bytes(b"jpeg")
    staff = accounts.make_staff("Priya Nair")
    person = roster.person("=Beto Luna", contact="213 555 0142")

    written = write_everything(tmp_path / "all.zip", IMPRINT, on=date(2026, 11, 22))

    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        sums = archive.read("SHA256SUMS").decode().splitlines()
        files = {name: archive.read(name) for name in archive.namelist()}
    assert {line.split("  ", 1)[1] for line in sums} == set(files) - {"SHA256SUMS"}
    assert [line for line in sums if sha256(files[line.split("  ", 1)[1]]).hexdigest() != line[:64]] == []
    assert written.rows == len(files) - 2
    assert files["media/pictures/rally.jpg"] == b"jpeg"
    people = list(csv.DictReader(io.StringIO(files["roster/person.csv"].decode("utf-8-sig"))))
    assert [(row["public_id"], row["name"]) for row in people] == [(person.public_id, "'=Beto Luna")]
    assert "+12135550142" in files["roster/contactpoint.csv"].decode()
    assert staff.password not in b"".join(files.values()).decode("utf-8", "ignore")
    readme = files["README.txt"].decode()
    assert "ENGLISH" in readme
    assert "ESPAÑOL" in readme
    assert "moving house" in readme


@pytest.mark.django_db
def test_everything_goes_into_an_empty_folder_only(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/mine.txt").write_text("mine")

    with pytest.raises(FileExistsError):
        write_everything(tmp_path / "there", IMPRINT, on=date(2026, 11, 22))
    write_everything(tmp_path / "new", IMPRINT, on=date(2026, 11, 22))

    assert (tmp_path / "there/mine.txt").read_text() == "mine"
    assert (tmp_path / "new/roster/person.csv").stat().st_mode & 0o777 == 0o600
