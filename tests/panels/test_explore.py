"""Looking closer: what can be chosen, what it shows and says, and what goes into the report."""

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.measures import CATALOGUE, missed_call_rate
from interview_coach.outcomes import OutcomeLog
from interview_coach.panels import explore_model
from interview_coach.panels.desk import Desk
from interview_coach.panels.explore import explore_panel
from interview_coach.panels.explore_choice import MENU, Choice, window_of
from interview_coach.panels.explore_model import ExploreModel
from interview_coach.reports import Report
from interview_coach.reports.question import Question
from interview_coach.reports.reading import Data
from interview_coach.reports.saved import FILE, View, load_views, save_view
from tests.calls_frames import calls_frame
from tests.panels.driving import buttons, press, visible, words

AS_OF = "2026-07-31"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def sample() -> Iterator[ExploreModel]:
    """The sample, read once; every test that uses it chooses what it looks at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir("/")
        yield ExploreModel(Question(as_of=AS_OF), Choice(), Desk(""))


@pytest.fixture
def page() -> Any:
    return explore_panel(as_of=AS_OF, desk="desk.json")


@pytest.fixture
def of_frame(monkeypatch: pytest.MonkeyPatch) -> Callable[..., ExploreModel]:
    """Look at calls that no log holds."""

    def make(calls: pd.DataFrame, clients: pd.DataFrame | None = None, **choice: Any) -> Any:
        known = clients if clients is not None else pd.DataFrame({"cohort": []})
        monkeypatch.setattr(explore_model, "log_of", lambda _: Data(calls, "Of a test.", known))
        return ExploreModel(Question(as_of=AS_OF), Choice(**choice), Desk(""))

    return make


def looking(page: Any) -> Any:
    return page.body.children[0]


def choose(page: Any, **values: Any) -> None:
    for name, value in values.items():
        looking(page).fields[name].value = value


def seen(page: Any) -> str:
    shown = (str(getattr(one, "value", "")) for one in visible(page) if hasattr(one, "value"))
    return html.unescape(re.sub(r'"data:[^"]*"', '""', " ".join(shown)))


def said(look: Any) -> str:
    return " ".join(look.says)


# ------------------------------------------------------------------ what is seen at once


def test_the_page_begins_with_the_missed_calls_by_cohort_of_the_sample(page: Any) -> None:
    text = seen(page)
    assert page.lead.startswith('<span class="ic-tag ic-amber">synthetic data</span>')
    assert "import your own file under" in page.lead and "05_log_outcomes" in page.lead
    overall = missed_call_rate(page.model.data.calls).iloc[0]
    assert (
        f"None of the 4 cohorts stands out: {100 * overall['value']:.0f}% of calls missed" in text
    )
    for row in missed_call_rate(page.model.data.calls, "cohort").itertuples():
        assert f"{row.group}: {row.n} of {row.N}" in text
    assert "<details open>" in text and "95% interval" in text
    assert "All 1,967 calls of the log, scheduled from 2 January 2025 to 30 June 2026." in text


def test_every_measure_and_grouping_says_what_it_found(sample: ExploreModel) -> None:
    for _, measure in sample.measures():
        groupings = {code for _, code in sample.groupings(measure)}
        # The others are drawn by the same lines.
        for by in sorted(groupings & {"cohort", "month", "lead_time", ""}):
            sample.choose(measure=measure, by=by, window="all")
            look = sample.look()
            assert look.finding and not look.way, (measure, by)
            assert re.search(r"\d of \d|\d over \d|at risk", look.markup)
            assert look.chart == ("<figure" in look.markup)
            assert "<table>" in look.markup and said(look)


def test_what_was_seen_before_is_not_drawn_again(
    sample: ExploreModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.choose(measure="missed_call_rate", by="cohort", window="all")
    look = sample.look()
    monkeypatch.setattr(explore_model, "view_figures", lambda *_, **__: pytest.fail("counted anew"))
    sample.choose(window="own")
    sample.choose(window="all")
    assert sample.look() is look


# ------------------------------------------------------------------ what can be chosen


def test_the_menu_has_every_measure_once() -> None:
    listed = [name for names in MENU.values() for name in names]
    assert sorted(listed) == sorted(CATALOGUE)


def test_only_groupings_that_work_are_offered(sample: ExploreModel) -> None:
    def offered(measure: str) -> set[str]:
        return {code for _, code in sample.groupings(measure)}

    every = {"cohort", "coach", "channel", "month", "quarter", "week", "hour", ""}
    assert every | {"cause", "missed_by"} <= offered("missed_call_rate")
    # Only a missed call has a cause, and only a move somebody who asked for it.
    assert "cause" not in offered("reschedule_rate")
    assert "initiator" in offered("reschedule_rate")
    assert "initiator" not in offered("missed_call_rate")
    assert offered("funnel") == {""}
    assert "month" not in offered("time_to_reconnection")
    # The sample has no rounds.
    assert "lead_time" in offered("missed_call_rate") and "round" not in offered("missed_call_rate")
    assert {code for _, code in sample.measures()} == {
        name for name, measure in CATALOGUE.items() if measure.of == "calls"
    }


def test_a_grouping_with_one_value_is_not_offered(of_frame: Any) -> None:
    calls = calls_frame(
        [{"cohort": "Spring", "channel": channel} for channel in ("phone", "video")]
    )
    model = of_frame(calls)
    assert model.choice.by == "channel"
    assert "cohort" not in {code for _, code in model.groupings()}
    booked = [pd.NaT, pd.Timestamp("2026-03-01T10:00Z")]
    for times, offered in (([pd.NaT, pd.NaT], False), (booked, True)):
        calls["booked_at"] = pd.to_datetime(pd.Series(times), utc=True)
        assert ("lead_time" in {code for _, code in of_frame(calls).groupings()}) is offered


def test_the_grouping_comes_back_with_a_measure_that_has_it(page: Any) -> None:
    choose(page, by="month", measure="funnel")
    assert page.model.choice.by == looking(page).fields["by"].value == ""
    choose(page, measure="recovery_rate")
    assert page.model.choice.by == looking(page).fields["by"].value == "month"


def test_days_are_asked_for_where_they_matter(page: Any) -> None:
    def asked() -> set[str]:
        return {getattr(one, "description", "") for one in visible(page)}

    assert not {"Recovered within (days)", "First day"} & asked()
    choose(page, measure="recovery_rate", days=30)
    assert "Recovered within (days)" in asked()
    assert "Recovered means completed within 30 days of the missed start." in seen(page)
    choose(page, window="own")
    assert {"First day", "Last day"} <= asked()


@pytest.mark.parametrize(
    ("today", "window", "first", "last"),
    [
        ("2026-03-05", "all", None, None),
        ("2026-03-05", "year", "2026-01-01", "2026-12-31"),
        ("2026-03-05", "months", "2025-03-06", "2026-03-05"),
        ("2024-02-29", "months", "2023-03-01", "2024-02-29"),
        ("2026-12-31", "months", "2026-01-01", "2026-12-31"),
        ("2026-03-05", "quarter", "2025-10-01", "2025-12-31"),
        ("2026-04-01", "quarter", "2026-01-01", "2026-03-31"),
    ],
)
def test_the_quick_windows(today: str, window: str, first: str | None, last: str | None) -> None:
    found = window_of(Choice(window=window), dt.date.fromisoformat(today))
    assert found == tuple(day and dt.date.fromisoformat(day) for day in (first, last))


def test_days_of_your_own_begin_with_the_window_before(page: Any) -> None:
    # The sample stands still: its last whole quarter ends before its last day.
    choose(page, window="quarter")
    choose(page, window="own")
    fields = looking(page).fields
    assert (fields["start"].value, fields["end"].value) == (
        dt.date(2026, 1, 1),
        dt.date(2026, 3, 31),
    )
    choose(page, end=None)
    assert "scheduled from 1 January 2026, in each client's own time zone." in seen(page)


# ------------------------------------------------------------------ where there is little to see


def test_nothing_in_the_window_says_what_to_do(page: Any) -> None:
    choose(page, window="own", start=dt.date(2030, 1, 1), end=None)
    text = seen(page)
    assert "No calls in these days" in text
    assert "The log holds calls from 2 January 2025 to 30 June 2026." in text
    assert "Put this into my report" not in {
        getattr(one, "description", "") for one in visible(page)
    }
    press(page, "Show all days")
    assert "None of the 4 cohorts stands out" in seen(page)


def test_a_window_that_ends_before_it_begins(page: Any) -> None:
    choose(page, window="own", start=dt.date(2026, 3, 2), end=dt.date(2026, 3, 1))
    assert "These days are the wrong way round" in seen(page)


def test_nothing_of_the_kind_yet(of_frame: Any) -> None:
    calls = calls_frame([{"cohort": cohort} for cohort in ("Spring", "Autumn")])
    look = of_frame(calls, measure="recovery_rate").look()
    assert look.finding == "No missed calls with so many days elapsed yet" and look.way


def test_one_group_only(of_frame: Any) -> None:
    calls = calls_frame(
        [
            {"cohort": "Spring", "state": "missed", "scheduled_at": "2026-03-05T10:00Z"},
            {"cohort": "Autumn", "scheduled_at": "2026-05-05T10:00Z"},
        ]
    )
    model = of_frame(calls, window="own", start=dt.date(2026, 5, 1))
    assert model.look().finding.startswith("Autumn: 0 of 1 call")
    assert "Only one group has anything to count" in said(model.look())


def test_a_thousand_groups(of_frame: Any) -> None:
    calls = calls_frame(
        [
            {"cohort": f"Group {n:04}", "state": "missed" if n % 3 else "completed"}
            for n in range(1000)
        ]
    )
    look = of_frame(calls).look()
    assert look.chart and "The chart shows the 40 largest of 1,000 cohorts." in look.markup
    assert "<details>" in look.markup


def test_what_is_left_out_is_said(of_frame: Any) -> None:
    calls = calls_frame(
        [
            {"cohort": "Spring", "scheduled_at": "2026-03-05T10:00Z"},
            {"cohort": "Autumn", "scheduled_at": "2026-05-05T10:00Z"},
            {"cohort": "Autumn", "date_doubt": "year runs on"},
        ]
    )
    model = of_frame(calls)
    assert "1 call with a date in doubt: in the figures, in no month." in said(model.look())
    model.choose(window="own", start=dt.date(2026, 3, 1), end=dt.date(2026, 3, 31))
    assert said(model.look()).endswith(
        "1 call scheduled from 1 March 2026 to 31 March 2026, in each client's own time zone. "
        "Left out: 1 call on other days and 1 call with a date in doubt."
    )


def test_names_are_words_and_never_markup(of_frame: Any) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    calls = calls_frame([{"cohort": hostile, "state": "missed"}, {"cohort": "Spring"}])
    for measure in ("missed_call_rate", "moves_per_interview"):
        look = of_frame(calls, measure=measure).look()
        assert "onerror" in look.markup and "<img src=x" not in look.markup


def test_clients_have_outcomes_whatever_the_days(of_frame: Any) -> None:
    calls = calls_frame([{"cohort": "Spring"}])
    outcomes = ["employed"] * 8 + ["seeking"] * 4 + [None] * 8
    clients = pd.DataFrame({"outcome": outcomes, "cohort": ["Spring", "Autumn"] * 10})
    model = of_frame(calls, clients, measure="career_outcomes_rate")
    assert not model.takes_window
    text = said(model.look())
    assert "12 of 20 clients' outcomes are known" in text and "may mislead" in text
    assert text.endswith("All 20 clients of the log, whatever the days.")


def test_a_log_that_is_not_there_or_empty_and_a_measure_that_is_none() -> None:
    assert "There is no outcome log" in words(explore_panel("gone.db"))
    with OutcomeLog.open("outcomes.db", "Ada"):
        pass
    assert "No calls logged yet" in words(explore_panel("outcomes.db"))
    assert "There is no measure 'luck'" in words(explore_panel(measure="luck"))
    assert "cannot be shown by 'shoe size'" in words(explore_panel(by="shoe size"))
    assert "knows nothing of the knowledge rate" in words(explore_panel(measure="knowledge_rate"))


def test_a_log_of_one_s_own_is_not_called_synthetic() -> None:
    with OutcomeLog.open("outcomes.db", "Ada") as log:
        for cohort in ("Spring", "Autumn"):
            at = {"scheduled_at": "2026-03-05T14:00", "timezone": "Europe/London"}
            log.add_call({"client_id": cohort, "cohort": cohort, "state": "completed", **at})
    text = seen(explore_panel(as_of=AS_OF))
    assert "Too few calls in every cohort to compare" in text
    assert "ynthetic" not in text


# ------------------------------------------------------------------ what goes into the report


def test_it_goes_into_the_report_once_and_can_be_taken_out_and_put_back(page: Any) -> None:
    press(page, "Put this into my report")
    assert "It is in your report." in seen(page)
    assert load_views() == (View("missed_call_rate", "cohort"),)
    press(page, "Put this into my report")
    assert "This was in your report already, and is there once." in seen(page)
    looking(page)._title.value = "  Our   groups "
    press(page, "Put this into my report")
    assert load_views() == (View("missed_call_rate", "cohort", title="Our groups"),)
    choose(page, by="month")
    press(page, "Put this into my report")
    assert "2 views stand at the end of your report" in seen(page)
    # Both have buttons of the same words; the first row's are reached through the list.
    looking(page).kept._remove(load_views()[0])
    assert load_views() == (View("missed_call_rate", "month"),)
    press(page, "Put it back")
    assert [view.title for view in load_views()] == ["Our groups", ""]


def test_days_belong_to_a_view_only_if_one_says_so(page: Any) -> None:
    choose(page, measure="recovery_rate", days=30, window="quarter")
    press(page, "Put this into my report")
    looking(page)._fixed.value = True
    press(page, "Put this into my report")
    assert load_views() == (
        View("recovery_rate", "cohort", days=30),
        View("recovery_rate", "cohort", "2026-01-01", "2026-03-31", days=30),
    )
    assert "calls scheduled from 2026-01-01 to 2026-03-31 · within 30 days" in seen(page)
    # Without a window there is nothing to keep, whatever was ticked.
    choose(page, window="all")
    looking(page)._fixed.value = True
    press(page, "Put this into my report")
    assert len(load_views()) == 2


def test_a_kept_view_is_shown_again(page: Any) -> None:
    save_view(View("reschedule_rate", "coach", "2025-03-01", "2025-05-31"))
    looking(page).kept.refresh()
    press(page, "Show")
    fields = looking(page).fields
    assert [fields[name].value for name in ("measure", "by", "window", "start", "end")] == [
        *("reschedule_rate", "coach", "own"),
        *(dt.date(2025, 3, 1), dt.date(2025, 5, 31)),
    ]
    assert "coaches" in seen(page)


def test_a_kept_view_that_this_log_cannot_show(page: Any) -> None:
    save_view(View("missed_call_rate", "position"))
    looking(page).kept.refresh()
    with pytest.raises(KitError) as caught:
        press(page, "Show")
    assert str(caught.value) == (
        "This log has nothing to tell apart by position; the view stays in your report until you "
        "take it out."
    )


def test_a_new_kernel_has_what_was_chosen_and_kept(page: Any) -> None:
    choose(page, measure="recovery_rate", by="coach", days=21, window="year")
    press(page, "Put this into my report")
    again = explore_panel(as_of=AS_OF, desk="desk.json")
    assert again.model.choice == page.model.choice
    assert "In your report" in seen(again) and "Recovery rate by coach" in seen(again)
    # What the notebook asks for goes before what was looked at last.
    assert explore_panel(by="channel", as_of=AS_OF, desk="desk.json").model.choice.by == "channel"


@pytest.mark.parametrize(
    "kept",
    [
        {"measure": "luck"},
        {"window": "someday"},
        {"start": "tomorrow"},
        {"measure": "knowledge_rate"},
        {"shoe": 1},
        {"measure": ["funnel"]},
    ],
)
def test_a_choice_kept_by_another_version_is_let_go(kept: dict[str, Any]) -> None:
    Desk("desk.json").keep("explore", kept)
    assert explore_panel(desk="desk.json").model.choice == Choice()


def test_kept_views_that_cannot_be_read_do_not_keep_the_page_from_opening() -> None:
    Path(FILE).write_text('{"sections": [{"measure": "missed_call_rate", "days": "soon"}]}')
    page = explore_panel(as_of=AS_OF)
    assert "None of the 4 cohorts stands out" in seen(page)
    assert "What is in your report cannot be read" in seen(page)
    with pytest.raises(KitError):
        press(page, "Put this into my report")
    assert "soon" in Path(FILE).read_text()


@pytest.mark.parametrize(
    ("measure", "by", "days"),
    [
        ("missed_call_rate", "channel", 14),
        ("recovery_rate", "cohort", 45),
        ("first_message_delay", "coach", 14),
        ("moves_per_interview", "", 14),
    ],
)
def test_the_report_says_the_same(measure: str, by: str, days: int) -> None:
    page = explore_panel(measure=measure, by=by, days=days, as_of=AS_OF)
    press(page, "Put this into my report")
    (section,) = Report(as_of=AS_OF).saved()
    look = page.model.look()
    table = re.compile(r"<tbody>.*</tbody>")
    assert section.heading == look.finding
    assert table.findall(section.html()) == table.findall(look.markup)
    if measure == "recovery_rate":
        assert "completed within 45 days" in section.html() and "within 45 days" in said(look)


def test_the_picture_is_saved_beside_what_is_there(page: Any) -> None:
    save = buttons(page)["Save the picture (PNG)"]
    save.click()
    save.click()
    press(page, "Save the picture (SVG)")
    assert "Saved as missed_call_rate_by_cohort.svg in your work folder." in seen(page)
    for name in ("missed_call_rate_by_cohort.png", "missed_call_rate_by_cohort_2.png"):
        assert Path(name).read_bytes().startswith(b"\x89PNG")
    choose(page, measure="moves_per_interview")
    assert "Save the picture (PNG)" not in buttons(page)
    with pytest.raises(KitError):
        save.click()


def test_a_choice_is_read_out(page: Any) -> None:
    choose(page, by="coach")
    _, heard = page._assist.said
    assert heard.startswith("None of the 3 coaches stands out")
