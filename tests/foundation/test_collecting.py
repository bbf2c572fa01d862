"""The search for garbage, put off and taken up again."""

from __future__ import annotations

import gc

import pytest

from unionhall.foundation.collecting import collected_later


def test_search_is_off_inside_and_on_after():
    with collected_later():
        with collected_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_search_is_on_again_after_an_error():
    with pytest.raises(ZeroDivisionError), collected_later():
        raise ZeroDivisionError
    assert gc.isenabled()
