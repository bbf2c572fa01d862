"""Files of the pages as a browser fetches them, whole and in parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

FILM = "/media/documents/march.mp4"


@pytest.fixture(autouse=True)
def _film(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/march.mp4").write_bytes(b"0123456789")


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=7-99", b"789", "bytes 7-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
    ],
)
def test_part_of_a_film_is_served(client: Client, asked: str, part: bytes, said: str) -> None:
    answer = client.get(FILM, headers={"range": asked})

    assert (answer.status_code, b"".join(answer), answer["Content-Range"]) == (206, part, said)
    assert (answer["Content-Length"], answer["Content-Type"]) == (str(len(part)), "video/mp4")


@pytest.mark.parametrize("asked", ["", "bytes=4-2,5-6", "seconds=1-2", "bytes=-", "bytes=a-b"])
def test_whole_film_is_served_where_no_part_is_meant(client: Client, asked: str) -> None:
    answer = client.get(FILM, headers={"range": asked})

    assert (answer.status_code, b"".join(answer), answer["Accept-Ranges"]) == (200, b"0123456789", "bytes")


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=5-4", "bytes=-0"])
def test_part_beyond_the_end_is_refused(client: Client, asked: str) -> None:
    answer = client.get(FILM, headers={"range": asked})

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */10")


def test_part_of_another_version_is_not_mixed_in(client: Client) -> None:
    def get(**heads: str) -> tuple[int, bytes]:
        answer = client.get(FILM, headers={name.replace("_", "-"): value for name, value in heads.items()})
        return answer.status_code, b"".join(answer)

    answer = client.get(FILM)
    held = answer["Last-Modified"]

    assert b"".join(answer) == b"0123456789"
    assert get(range="bytes=0-1", if_range="Sun, 01 Jan 2023 00:00:00 GMT") == (200, b"0123456789")
    assert get(range="bytes=0-1", if_range=held) == (206, b"01")
    assert get(if_modified_since=held) == (304, b"")
