"""Hours of the day, lead times and practice scores: in order, with gaps, and no word too many."""

import pytest

from interview_coach.charts import association_chart, pattern_chart
from interview_coach.errors import KitError
from tests.charts.reading import drawn, hide, points, rates, texts, texts_overlap

HOURS = {"09": (60, 150), "10": (30, 140), "11": (25, 120), "14": (31, 130)}
LEAD = {
    "same day": (8, 40),
    "1 to 2 days": (60, 250),
    "3 to 7 days": (100, 440),
    "8 to 14 days": (0, 0),
    "over 14 days": (25, 120),
    "not recorded": (5, 30),
}


def test_hours_stand_at_their_place_with_gaps() -> None:
    chart = pattern_chart(rates(HOURS), kind="hour")
    (nine,) = points(chart.figure, "outside ordinary noise")
    assert nine == (9, 0.4)
    assert points(chart.figure, "rate") == [(10, 30 / 140), (11, 25 / 120), (14, 31 / 130)]
    labels = [label.get_text() for label in chart.figure.axes[0].get_xticklabels()]
    assert labels == ["9", "10", "11", "12", "13", "14"]
    (line,) = drawn(chart.figure, "overall")
    assert set(line.get_ydata()) == {146 / 540}


def test_lead_times_keep_their_order_and_what_is_not_recorded_is_told() -> None:
    chart = pattern_chart(rates(LEAD), kind="lead_time")
    assert [place for place, _ in points(chart.figure, "rate")] == [0, 1, 2, 4]
    assert chart.caption == "30 calls have no lead time on record: 5 of 30 missed."
    assert chart.data.iloc[-1, 0] == "not recorded"
    assert "no cases" in texts(chart.narrow)
    assert texts_overlap(chart) == []


def test_without_limits_there_is_no_band() -> None:
    figure = pattern_chart(rates(HOURS, noise=False), kind="hour").figure
    assert not drawn(figure, "noise") and not drawn(figure, "overall")


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({}, "No calls to count yet"),
        ({"09": (0, 0), "not recorded": (0, 0)}, "No calls to count yet"),
        ({"09": (9, 42)}, "9:00: 9 of 42 calls were missed (21%, between 12% and 36%)"),
        ({"09": (2, 6), "10": (1, 5)}, "Too few calls in every hour to compare"),
        (
            {"09": (9, 42), "10": (1, 5)},
            "Only one hour has 10 calls or more: too few to compare",
        ),
        ({"09": (9, 42), "10": (10, 42)}, "No hour stands out: 23% of calls missed overall"),
        (
            {"09": (9, 42), "10": (10, 42), "11": (1, 5)},
            "No hour with 10 calls or more stands out: 22% of calls missed overall",
        ),
        (HOURS, "Calls at 9 stand out: 40% missed, 27% overall"),
        (
            {"09": (90, 100), "10": (10, 100), "11": (50, 100)},
            "Calls at 9 and at 10 stand out from the overall 50% missed",
        ),
        (
            {"09": (90, 100), "10": (10, 100), "11": (90, 100), "12": (10, 100)},
            "All 4 hours stand out from the overall 50% of calls missed",
        ),
    ],
)
def test_titles_of_hours(counts: dict[str, tuple[int, int]], says: str) -> None:
    chart = pattern_chart(rates(counts), kind="hour")
    assert chart.title == says
    assert texts_overlap(chart) == []


def test_titles_of_lead_times() -> None:
    one = rates({"same day": (80, 100), "1 to 2 days": (40, 100), "over 14 days": (30, 100)})
    assert pattern_chart(one, kind="lead_time").title == (
        "Calls booked the same day and booked over 14 days ahead stand out from the overall 50% missed"
    )


def test_hidden_hours() -> None:
    why = "hidden: fewer than 11"
    chart = pattern_chart(hide(rates(HOURS), {"10": why}), kind="hour")
    assert points(chart.figure, "hidden") == [(10, 0)]
    assert f"10:00: {why}" in chart.alt and why in texts(chart.narrow)
    every = pattern_chart(hide(rates(HOURS), dict.fromkeys(HOURS, why)), kind="hour")
    assert every.title == "All 4 hours are hidden"
    assert texts_overlap(every) == []


def test_what_is_no_hour() -> None:
    for wrong in ("24", "noon", "-1"):
        with pytest.raises(KitError) as caught:
            pattern_chart(rates({wrong: (9, 42)}), kind="hour")
        assert str(caught.value) == f"'{wrong}' is no hour of the day; write it as 09."
    with pytest.raises(KitError) as caught:
        pattern_chart(rates(HOURS), kind="moon")  # type: ignore[arg-type]
    assert str(caught.value) == "There is no pattern 'moon'; there are: hour, lead_time."


@pytest.mark.parametrize("hours", [1, 9, 24])
def test_hours_of_any_number_have_room(hours: int) -> None:
    counts = {f"{hour:02}": (hour, 1000 + hour) for hour in range(hours)}
    assert texts_overlap(pattern_chart(rates(counts), kind="hour", synthetic=True)) == []


SCORES = {"under half": (12, 40), "half to 80%": (30, 62), "80% or more": (22, 29)}


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({}, "no missed calls to compare with practice yet"),
        (
            {"under half": (1, 4), "80% or more": (20, 30)},
            "too few missed calls to compare practice",
        ),
        (
            SCORES,
            "30% of missed calls recovered at a practice score of under half, 76% at 80% or more",
        ),
        (
            {"under half": (12, 40), "80% or more": (10, 29)},
            "30% of missed calls recovered at a practice score of under half, 34% at 80% or more; "
            "their intervals overlap",
        ),
    ],
)
def test_an_association_is_never_called_a_cause(
    counts: dict[str, tuple[int, int]], says: str
) -> None:
    chart = association_chart(rates(counts, noise=False))
    assert chart.title.startswith(f"Association, not cause: {says}")
    assert "ssociation, not cause" in chart.alt
    assert texts_overlap(chart) == []


def test_classes_of_scores_keep_their_order() -> None:
    chart = association_chart(rates({**SCORES, "not recorded": (3, 20)}))
    down = sorted(points(chart.figure, "rate"), key=lambda point: point[1])
    assert [value for value, _ in down] == [12 / 40, 30 / 62, 22 / 29, 3 / 20]
    assert not drawn(chart.figure, "overall")
    why = "hidden: fewer than 11"
    every = association_chart(hide(rates(SCORES), dict.fromkeys(SCORES, why)))
    assert every.title == "Association, not cause: all 3 practice scores are hidden"


def test_whose_calls_they_are_is_told_unless_a_row_is_hidden() -> None:
    frame = rates(SCORES).assign(clients=[20, 1031, 15], pending=[1, 0, 2], left_out=[0, 1, 0])
    assert association_chart(frame).caption == (
        "Clients whose calls these are: 20 (under half), 1,031 (half to 80%), 15 (80% or more). 3 more "
        "missed calls are younger and count neither way yet. 1 more missed call has a date that cannot "
        "be relied on. Clients who practise more may differ in other ways from those who practise "
        "less; these figures cannot tell."
    )
    hidden = association_chart(hide(frame, {"80% or more": "hidden: fewer than 11"}))
    assert hidden.caption.startswith("Clients who practise more may differ")
