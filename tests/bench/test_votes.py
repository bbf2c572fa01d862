"""The bench of votes measures real archives. No figure is asserted: `make bench` is no test."""

from tests import needs
from unionhall.bench import votes


def test_votes_are_measured_beside_the_tool():
    needs.program(votes.TOOL)

    rows = votes.run(ballots=2)

    assert [row.name for row in rows] == ["P7"] * 4
    assert rows[0].work == "verify 2 ballots, 1 core (processor time)"
    assert rows[0].ratio.endswith("×")


def test_votes_without_the_tool_are_measured_alone(monkeypatch):
    monkeypatch.setattr(votes, "TOOL", "a-tool-that-is-not-here")

    rows = votes.run(ballots=2)

    assert (rows[0].ratio, rows[0].met) == ("–", None)
    assert rows[0].reference == "a-tool-that-is-not-here is not installed"
