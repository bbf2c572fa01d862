"""What wrk says of a crowd is read as it is meant."""

from __future__ import annotations

from unionhall.bench.crowd import missing, read

SAID = """
  Latency Distribution
     50%    1.51ms
     99%    {slowest}
  81206 requests in 3.00s, 3.31GB read
{more}Requests/sec:  10824.96
"""


def test_rate_and_slowest_hundredth_are_read() -> None:
    crowd = read(SAID.format(slowest="1.20s", more=""))

    assert (crowd.rate, crowd.slowest, crowd.failed) == (10824.96, 1.2, 0)


def test_whoever_got_no_page_is_counted() -> None:
    more = "  Socket errors: connect 1, read 2, write 0, timeout 3\n  Non-2xx or 3xx responses: 40\n"

    assert read(SAID.format(slowest="250.00us", more=more)).failed == 46


def test_program_that_is_not_here_is_named() -> None:
    assert "no-such-program" in missing("sh", "no-such-program")
    assert missing("sh") == ""
