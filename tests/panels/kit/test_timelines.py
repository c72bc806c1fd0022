"""A timeline says everything it draws, and its labels never lie on each other."""

import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.panels.kit import Point, Span, timeline
from interview_coach.panels.kit.timelines import _lanes

TICKS: list[tuple[float, str]] = [(0, "2:00"), (15, "2:15"), (30, "2:30")]
POINTS = [
    Point(3, "2:03", "checked", "good"),
    Point(7, "2:07", "called", "early"),
    Point(8, "2:08", "voicemail", "good"),
    Point(24, "2:24", "she called", "them"),
]
SPANS = [Span(0, 19, "in a meeting (hidden from you)", "2:00 to 2:19")]


def drawings(markup: str) -> dict[str, ET.Element]:
    whole = ET.fromstring(markup)
    return {str(svg.get("class")): svg for svg in whole.findall("svg")}


def test_it_says_what_it_shows() -> None:
    wide, narrow = drawings(timeline(POINTS, SPANS, ticks=TICKS)).values()
    told = (
        "Timeline from 2:00 to 2:30: 2:00 to 2:19 in a meeting (hidden from you); "
        "2:03 checked (in time); 2:07 called (a little off); 2:08 voicemail (in time); "
        "2:24 she called."
    )
    assert wide.get("aria-label") == narrow.get("aria-label") == told
    assert wide.get("role") == "img"


def test_points_lie_where_their_minutes_are() -> None:
    svg = drawings(timeline(POINTS, SPANS, ticks=TICKS))["ic-wide"]
    # 1,040 units between the ends at 40 and 1,080 for 30 minutes: 34.67 a minute.
    circles = [float(str(c.get("cx"))) for c in svg.findall("circle")]
    assert circles == pytest.approx([144, 317.3], abs=0.1)
    span = svg.find("rect[@class='ic-span']")
    assert span is not None
    assert float(str(span.get("x"))) == 40
    assert float(str(span.get("width"))) == pytest.approx(19 * 1040 / 30, abs=0.1)


def test_each_judgement_has_its_own_shape_and_word() -> None:
    points = [
        Point(0, "2:00", "x", "good"),
        Point(1, "2:01", "x", "early"),
        Point(2, "2:02", "x", "bad"),
        Point(3, "2:03", "x", "them"),
    ]
    markup = timeline(points, ticks=TICKS, words={"early": "too early"})
    for word in ("in time", "too early", "it cost you", "what they did"):
        assert f"</svg>{word}</li>" in markup
    svg = drawings(markup)["ic-wide"]
    shapes = {
        e.get("class"): e.tag + str(e.get("d", ""))[-20:]
        for e in svg
        if "ic-point" in str(e.get("class"))
    }
    assert len(set(shapes.values())) == 4


def test_what_lies_outside_is_drawn_at_the_edge_and_text_is_escaped() -> None:
    markup = timeline([Point(99, "3:39", "<late>")], ticks=TICKS)
    assert "&lt;late&gt;" in markup
    circle = drawings(markup)["ic-wide"].find("circle")
    assert circle is not None
    assert circle.get("cx") == "1080"


def test_two_ticks_are_needed() -> None:
    with pytest.raises(ValueError, match="A timeline needs at least two ticks"):
        timeline(POINTS, ticks=TICKS[:1])


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 200)), max_size=12))
def test_labels_in_one_lane_never_overlap(given_boxes: list[tuple[float, float]]) -> None:
    boxes = [(left, left + width) for left, width in given_boxes]
    placed = list(zip(boxes, _lanes(boxes), strict=True))
    for (a, lane_a), (b, lane_b) in combinations(placed, 2):
        if lane_a == lane_b:
            assert a[1] <= b[0] or b[1] <= a[0]


def test_narrow_lines_fit_and_stand_below_each_other() -> None:
    long = Point(9, "2:09", "rang six more times and left a second voicemail", "bad")
    svg = drawings(timeline([*POINTS, long], SPANS, ticks=TICKS))["ic-narrow"]
    lines = [(float(str(t.get("y"))), str(t.text)) for t in svg.findall("text")]
    heights = [y for y, _ in lines]
    assert heights == sorted(heights)
    assert min(b - a for a, b in pairwise(heights)) >= 20
    assert max(len(words) for _, words in lines) <= 33
