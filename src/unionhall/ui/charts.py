"""Charts drawn on the server as SVG: no script, no third ink. Each has its numbers as text beside it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Number = float | int | str
ASSESSED = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}


def bar_drawing(value: Number, max: Number, *, more: Number = 0, goal: Number = "") -> SafeString:
    """A bar of solid ink on a hatched remainder, so that the whole is always visible.

    value, more, goal: in the unit of max. more: a second part in the other ink, after the first. goal: a mark. The
    words stand beside the bar, so the drawing itself is hidden from a screen reader.
    """
    whole = float(max) or 1.0
    first = _share(float(value), whole)
    parts = [format_html('<rect width="{}%" height="100%"/>', _short(first))]
    if float(more):
        rest = _share(float(value) + float(more), whole) - first
        parts.append(
            format_html('<rect class="bar__more" x="{}%" width="{}%" height="100%"/>', _short(first), _short(rest))
        )
    if goal not in ("", None):
        at = min(_share(float(goal), whole), 99.0)
        parts.append(format_html('<rect class="bar__goal" x="{}%" width="4" height="100%"/>', _short(at)))
    return format_html('<svg aria-hidden="true" focusable="false">{}</svg>', SafeString("".join(parts)))


def line_drawing(
    points: Sequence[tuple[str, float]], *, goal: Number = "", goal_label: str = "", unit: str = ""
) -> SafeString:
    """A line through named points, each with its figure, and a dashed goal.

    points: (label, value) from first to last, values of 0 or more in one unit, such as "%". The axis starts at 0.
    """
    if not points:
        return SafeString("")
    width, height, foot, head = 420, 250, 34, 44
    top = max([value for _, value in points] + [float(goal or 0)]) or 1.0
    step = (width - 90) / max_step(len(points))

    def place(index: int, value: float) -> tuple[float, float]:
        return 45 + index * step, height - foot - (height - foot - head) * value / top

    places = [place(index, value) for index, (_, value) in enumerate(points)]
    line = " ".join(f"{_short(x)},{_short(y)}" for x, y in places)
    marks = format_html_join(
        "",
        '<rect class="chart__dot" x="{}" y="{}" width="16" height="16"/>'
        '<text class="chart__value" x="{}" y="{}" text-anchor="middle">{}{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                _short(x - 8),
                _short(y - 8),
                _short(x),
                _short(y + 30 if y < 70 else y - 17),
                value,
                unit,
                _short(x),
                height - 8,
                label,
            )
            for (label, value), (x, y) in zip(points, places, strict=True)
        ),
    )
    has_goal = goal not in ("", None)
    aim = _goal_line(place(0, float(goal))[1], width, f"{goal_label} {goal}{unit}") if has_goal else SafeString("")
    return format_html(
        '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false"><path class="chart__axis" d="M0 {}H{}"/>{}'
        '<polyline class="chart__line" points="{}"/>{}</svg>',
        width,
        height,
        height - foot,
        width,
        aim,
        line,
        marks,
    )


def _goal_line(level: float, width: int, text: str) -> SafeString:
    """The dashed line of a goal, with its words above."""
    return format_html(
        '<path class="chart__goal" d="M0 {0}H{1}"/><text class="chart__value" x="0" y="{2}">{3}</text>',
        _short(level),
        width,
        _short(level - 9),
        text,
    )


def cell_drawing(value: Number | None, *, label: str = "") -> SafeString:
    """An assessment as a square that fills from below, and its numeral: legible in one ink, on a photocopy.

    value: 1 (leads others) to 5 (works against us); anything else is a person nobody has asked, a dashed square.
    label: words for a screen reader; without them the words must stand beside the square.
    """
    number = ASSESSED.get(str(value), 0)
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    if not number:
        return format_html(
            '<svg class="cell cell--unknown" viewBox="0 0 40 40" {} focusable="false"><rect class="cell__box" '
            'x="2" y="2" width="36" height="36"/><path class="cell__strike" d="M14 20h12"/></svg>',
            said,
        )
    filled = {1: 36, 2: 24, 3: 12}.get(number, 0)
    strike = SafeString('<path class="cell__strike" d="M3 37 37 3"/>') if number == 5 else SafeString("")
    return format_html(
        '<svg class="cell" viewBox="0 0 40 40" {} focusable="false"><rect class="cell__box" x="2" y="2" width="36" '
        'height="36"/><rect class="cell__fill" x="2" y="{}" width="36" height="{}"/>{}<circle class="cell__dot{}" '
        'cx="20" cy="20" r="10.5"/><text x="20" y="25.4">{}</text></svg>',
        said,
        38 - filled,
        filled,
        strike,
        " cell__dot--yes" if number < 3 else "",
        number,
    )


def max_step(count: int) -> int:
    """How many steps lie between so many points; at least one, so that a single point can be drawn."""
    return max(count - 1, 1)


def _share(value: float, whole: float) -> float:
    return min(max(value / whole, 0.0), 1.0) * 100


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
