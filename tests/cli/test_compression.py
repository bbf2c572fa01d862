"""Pages leave the house compressed: page weight is a promise (docs/slices/bench.md, P11)."""

import gzip

import pytest


@pytest.mark.django_db
def test_pages_are_compressed_for_browsers_that_ask(client):
    plain = client.get("/styleguide/")

    packed = client.get("/styleguide/", headers={"accept-encoding": "gzip"})

    assert (packed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert len(gzip.decompress(packed.content)) == len(plain.content) > 3 * len(packed.content)
