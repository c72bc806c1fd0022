"""What happened when, drawn as SVG by hand: hidden stretches, and points that are judged.

Two drawings are made of one list, a wide and a narrow one, and the stylesheet shows the one that
fits: text in a shrunk wide drawing could not be read on a telephone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interview_coach.language import N_, _
from interview_coach.panels.kit.markup import Html, el

__all__ = ["Point", "Span", "timeline"]

Mark = Literal["good", "early", "bad", "them", "plain"]
_WORDS = {
    "good": N_("in time"),
    "early": N_("a little off"),
    "bad": N_("it cost you"),
    "them": N_("what they did"),
    "plain": N_("what happened"),
}
_LETTER = 8.9  # mean width in px of a 15 px semibold letter in the widest usual system font
_WIDE, _SIDE = 1120, 40
_NARROW = 340


@dataclass(frozen=True)
class Point:
    """One thing that was done, at one time.

    Attributes
    ----------
    at : float
        Minutes from the scheduled start.
    time : str
        The same in words ("2:07").
    label : str
        What was done ("called").
    mark : {"good", "early", "bad", "them", "plain"}
        How it is judged; decides shape and colour together.
    """

    at: float
    time: str
    label: str
    mark: Mark = "plain"


@dataclass(frozen=True)
class Span:
    """A stretch of time; minutes from the scheduled start, `times` in words ("2:00 to 2:19")."""

    begin: float
    end: float
    label: str
    times: str = ""


def timeline(
    points: Sequence[Point],
    spans: Sequence[Span] = (),
    *,
    ticks: Sequence[tuple[float, str]],
    words: dict[str, str] | None = None,
) -> Html:
    """Draw a timeline.

    Parameters
    ----------
    points, spans : sequence of Point, Span
        What happened; in any order.
    ticks : sequence of (minutes, words)
        At least two; the first and the last (in minutes) are the ends of the drawing.
    words : dict, optional
        Other words for a mark, e.g. ``{"early": "too early"}``.

    Returns
    -------
    Html
        A drawing with its whole content as its label, and a legend in words.

    Raises
    ------
    ValueError
        If there are fewer than two ticks.
    """
    if len(ticks) < 2:
        raise ValueError("A timeline needs at least two ticks: its beginning and its end.")
    ordered = sorted(points, key=lambda point: point.at)
    named = {mark: _(said) for mark, said in _WORDS.items()} | (words or {})
    told = _told(ordered, spans, ticks, named)
    used = [mark for mark in _WORDS if any(point.mark == mark for point in ordered)]
    legend = el(
        "ul",
        [
            el(
                "li",
                el(
                    "svg",
                    _shape(mark, 9, 9),
                    viewBox="0 0 18 18",
                    width="18",
                    height="18",
                    aria_hidden="true",
                ),
                named[mark],
            )
            for mark in used
        ],
        class_="ic-legend",
    )
    return el(
        "div",
        _wide(ordered, spans, ticks, told),
        _narrow(ordered, spans, told),
        legend if used else None,
        class_="ic-timeline",
    )


def _told(
    points: Sequence[Point],
    spans: Sequence[Span],
    ticks: Sequence[tuple[float, str]],
    named: dict[str, str],
) -> str:
    """Say everything the drawing shows in one sentence."""
    parts = [f"{span.times} {span.label}".strip() for span in spans]
    parts += [
        f"{point.time} {point.label}"
        + (f" ({named[point.mark]})" if point.mark in {"good", "early", "bad"} else "")
        for point in points
    ]
    ends = sorted(ticks)
    return _("Timeline from {begin} to {end}: {events}.").format(
        begin=ends[0][1], end=ends[-1][1], events="; ".join(parts)
    )


def _shape(mark: str, x: float, y: float) -> Html:
    """Draw a mark: each judgement has its own shape besides its colour."""
    name = f"ic-point ic-point-{mark}"
    if mark == "early":
        return el("path", d=f"M{x:g} {y - 9:g} l9 16 h-18 z", class_=name)
    if mark == "bad":
        return el("rect", x=f"{x - 7:g}", y=f"{y - 7:g}", width="14", height="14", class_=name)
    if mark == "them":
        return el("path", d=f"M{x:g} {y - 9:g} l9 9 l-9 9 l-9 -9 z", class_=name)
    return el("circle", cx=f"{x:g}", cy=f"{y:g}", r="8", class_=name)


def _lanes(boxes: Sequence[tuple[float, float]]) -> list[int]:
    """Give each label (left, right) the lowest lane in which it meets no other."""
    ends: list[float] = []
    lanes = []
    for left, right in boxes:
        lane = next((i for i, end in enumerate(ends) if end + 10 <= left), len(ends))
        if lane == len(ends):
            ends.append(right)
        ends[lane] = right
        lanes.append(lane)
    return lanes


def _wide(
    points: Sequence[Point],
    spans: Sequence[Span],
    ticks: Sequence[tuple[float, str]],
    told: str,
) -> Html:
    first, last = min(ticks)[0], max(ticks)[0]
    length = (last - first) or 1.0

    def across(minute: float) -> float:
        inside = min(max(minute, first), last)
        return _SIDE + (inside - first) / length * (_WIDE - 2 * _SIDE)

    boxes = []
    for point in points:
        half = len(point.label) * _LETTER / 2
        middle = min(max(across(point.at), half + 2), _WIDE - half - 2)
        boxes.append((middle - half, middle + half))
    lanes = _lanes(boxes)
    bars = sorted(spans, key=lambda span: span.begin)
    # A bar's words may be longer than the bar: both count when lanes are given out.
    bar_boxes = []
    for span in bars:
        begin, end = across(span.begin), across(span.end)
        width = max(end - begin, len(span.label) * _LETTER + 24)
        begin = max(2.0, min(begin, _WIDE - width - 2))
        bar_boxes.append((begin, begin + width))
    bar_lanes = _lanes(bar_boxes)
    label_room = 22 * (max(lanes, default=-1) + 1)
    bar_room = 34 * (max(bar_lanes, default=-1) + 1)
    axis = label_room + bar_room + 24

    # Back to front: leaders, then what may not be crossed by them.
    drawn: list[Html] = []
    for point, lane in zip(points, lanes, strict=True):
        at, top = across(point.at), label_room - 22 * lane - 2
        drawn.append(
            el("line", x1=f"{at:.1f}", y1=top, x2=f"{at:.1f}", y2=axis - 9, class_="ic-leader")
        )
    for span, box, lane in zip(bars, bar_boxes, bar_lanes, strict=True):
        begin, end = across(span.begin), across(span.end)
        top = label_room + 8 + 34 * lane
        drawn.append(
            el(
                "rect",
                x=f"{begin:.1f}",
                y=top,
                width=f"{max(end - begin, 4):.1f}",
                height=26,
                rx=6,
                class_="ic-span",
            )
        )
        # Words that stick out of their bar get an edge of the card's colour, to stand off lines.
        beyond = " ic-beyond" if box[1] - end > 1 else ""
        drawn.append(
            el(
                "text",
                span.label,
                x=f"{box[0] + 12:.1f}",
                y=top + 18,
                class_=f"ic-soft-text{beyond}",
            )
        )
    drawn.append(el("line", x1=_SIDE, y1=axis, x2=_WIDE - _SIDE, y2=axis, class_="ic-axis"))
    for minute, words in ticks:
        at = across(minute)
        drawn.append(
            el("line", x1=f"{at:.1f}", y1=axis - 5, x2=f"{at:.1f}", y2=axis + 5, class_="ic-axis")
        )
        drawn.append(
            el(
                "text",
                words,
                x=f"{at:.1f}",
                y=axis + 30,
                text_anchor="middle",
                class_="ic-soft-text",
            )
        )
    for point, box, lane in zip(points, boxes, lanes, strict=True):
        bottom = label_room - 22 * lane - 6
        drawn.append(
            el(
                "text",
                point.label,
                x=f"{(box[0] + box[1]) / 2:.1f}",
                y=bottom,
                text_anchor="middle",
                class_=f"ic-label-{point.mark}",
            )
        )
    drawn += [_shape(point.mark, round(across(point.at), 1), axis) for point in points]
    return el(
        "svg",
        drawn,
        viewBox=f"0 0 {_WIDE} {axis + 40}",
        role="img",
        aria_label=told,
        class_="ic-wide",
    )


def _narrow(points: Sequence[Point], spans: Sequence[Span], told: str) -> Html:
    """Draw the same from top to bottom, one line an entry, in the order of time."""
    entries: list[tuple[float, int, Point | Span]] = [(span.begin, 0, span) for span in spans]
    entries += [(point.at, 1, point) for point in points]
    entries.sort(key=lambda entry: entry[:2])
    room = int((_NARROW - 44) / _LETTER)
    drawn: list[Html] = []
    y = 8
    marks: list[Html] = []
    for *_order, entry in entries:
        words = (
            f"{entry.times} {entry.label}".strip()
            if isinstance(entry, Span)
            else f"{entry.time} {entry.label}"
        )
        lines = _folded(words, room)
        name = "ic-soft-text" if isinstance(entry, Span) else f"ic-label-{entry.mark}"
        if isinstance(entry, Span):
            marks.append(
                el("rect", x=6, y=y, width=20, height=20 * len(lines) + 4, rx=5, class_="ic-span")
            )
        else:
            marks.append(_shape(entry.mark, 16, y + 12))
        for number, line in enumerate(lines):
            drawn.append(el("text", line, x=40, y=y + 17 + 20 * number, class_=name))
        y += 20 * len(lines) + 16
    axis = el("line", x1=16, y1=4, x2=16, y2=max(y - 8, 12), class_="ic-axis")
    return el(
        "svg",
        axis,
        marks,
        drawn,
        viewBox=f"0 0 {_NARROW} {y}",
        role="img",
        aria_label=told,
        class_="ic-narrow",
    )


def _folded(words: str, room: int) -> list[str]:
    """Break words into lines of at most `room` letters (a longer word keeps its line)."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
