"""The player's own progress: skills from call to call, what to practise next, the list, the way out."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from interview_coach.outcomes.attempts import Attempt, attempts_csv
from interview_coach.panels import kit
from interview_coach.panels.practice_call import LEVEL_WORDS
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.simulation.progress import Practised, Suggestion, suggestions
from interview_coach.times import local_zone
from interview_coach.wording import counted, percent

__all__ = ["first_plays", "show_progress", "what_next"]

_LATEST = 10  # rows of the list on the page: what a reader takes in at a glance


def first_plays(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Keep what shows a skill: stories played to their end for the first time.

    A story that is played again after its debrief hides nothing any more.
    """
    return [one for one in attempts if one.after is None and one.score is not None]


def what_next(model: PracticeModel, now: datetime | None = None) -> list[Suggestion]:
    """Rank the families of calls by what to practise next.

    Parameters
    ----------
    model : PracticeModel
        With the attempts and the scenarios.
    now : datetime, optional
        The present moment; the machine's clock unless given.
    """
    practised = [
        Practised(one.scenario, one.level, one.score, one.helped, one.changed)
        for one in first_plays(model.kept.all())
        if one.score is not None
    ]
    return suggestions(practised, model.scenarios, now or datetime.now(UTC))


def show_progress(page: kit.Page, model: PracticeModel, notice: kit.Notice) -> None:
    """Show what the player has practised, and what to practise next."""
    attempts = model.kept.all()
    counting = first_plays(attempts)
    page.head("My progress", _lead(model, attempts, counting))
    if model.note:
        page.say(model.note)
    if not attempts:
        page.body.show(
            kit.finished(model.note) if model.note else None,
            kit.empty(
                "Play a call to its end, and it stands here with its points."
                if model.kept.log
                else "Practice is not kept here: name a log in the notebook's values to keep it.",
                title="No call practised yet",
            ),
            kit.row(kit.button("Choose a call", model.leave, where=notice, main=True)),
            notice,
        )
        return
    page.body.show(
        _next_card(model, notice),
        notice,
        _chart(model, counting) if counting else None,
        kit.heading("The calls you played"),
        _list(model, attempts),
        _look_again(model, attempts),
        kit.heading("Yours to keep or to erase"),
        _own(model, attempts),
    )


def _lead(model: PracticeModel, attempts: Sequence[Attempt], counting: Sequence[Attempt]) -> str:
    if not attempts:
        return "Nothing here yet."
    again = sum(one.after is not None for one in attempts)
    words = f"{counted(len(counting), 'call')} played to the end for the first time"
    return f"{words}, {counted(again, 'story', 'stories')} played again." if again else f"{words}."


def _next_card(model: PracticeModel, notice: kit.Notice) -> Any:
    first, *others = what_next(model)
    scenario = model.scenarios[first.scenario]
    level = LEVEL_WORDS[first.level].partition(":")[0].lower()
    later = [(one.family, "new" if one.due is None else _day(one.due), one.why) for one in others]
    return kit.card(
        kit.text(f"{first.why} At the level: {level}."),
        kit.row(
            kit.button(
                "Play it", lambda: model.begin(first.scenario, first.level), where=notice, main=True
            ),
            kit.button("Choose another call", model.leave, where=notice),
        ),
        kit.details(
            "And after that",
            kit.table(("Kind of call", "Time again", "Why"), later, caption="In this order"),
        )
        if later
        else None,
        kit.small(
            "The order is that of spaced repetition (FSRS): a kind of call comes again about when "
            "it begins to fade, sooner after a hard one. Hints and steps taken back cost no "
            "points; they only bring it again sooner."
        ),
        label=kit.tag("Practise next", "blue"),
        title=f"{scenario.title} ({first.family})",
    )


def _chart(model: PracticeModel, counting: Sequence[Attempt]) -> kit.Html:
    # Loaded here: whoever only plays opens the page a second sooner.
    import pandas as pd

    from interview_coach.charts.skills import skills_over_attempts

    order = list(model.playbook.codes["skill"])
    rows = [
        (number, f"{_day(one.started)}, {_title(model, one)}", skill, got, of)
        for number, one in enumerate(counting, 1)
        for skill, (got, of) in sorted(one.scores.items(), key=lambda pair: order.index(pair[0]))
        if of
    ]
    rows.sort(key=lambda row: order.index(row[2]))
    chart = skills_over_attempts(
        pd.DataFrame(rows, columns=["attempt", "label", "skill", "got", "of"])
    )
    return kit.trusted(chart.html())


def _list(model: PracticeModel, attempts: Sequence[Attempt]) -> kit.Html:
    rows = [
        (
            kit.join([_title(model, one), kit.el("br"), _when(one)]),
            _became(one),
            percent(one.score) if one.score is not None else "",
        )
        for one in reversed(attempts[-_LATEST:])
    ]
    shown = (
        f"The latest {_LATEST} of {len(attempts)}; the file below has them all"
        if len(attempts) > _LATEST
        else "Latest first"
    )
    return kit.table(("Call", "What it was", "Points"), rows, caption=shown, numbers=1)


def _when(one: Attempt) -> kit.Html:
    level = LEVEL_WORDS.get(one.level, one.level).partition(":")[0].lower()
    return kit.el("span", f"{_day(one.started)}, {level}", class_="ic-small ic-soft")


def _became(one: Attempt) -> str:
    if one.state == "running":
        return "broken off, to go on with"
    if one.outcome is None:
        return "put aside"
    return "played again" if one.after is not None else "first time"


def _look_again(model: PracticeModel, attempts: Sequence[Attempt]) -> Any:
    done = [one for one in reversed(attempts) if one.outcome is not None]
    if not done:
        return None
    place = kit.Notice()
    which = kit.dropdown(
        "Look at a debrief again",
        [(f"{_day(one.started)}, {_title(model, one)}", one.attempt_id) for one in done],
    )

    def look() -> None:
        one = next(one for one in done if one.attempt_id == which.value)
        model.go_on(one, model.kept.restored(one))

    return kit.card(which, kit.row(kit.button("Show it", look, where=place)), place)


def _own(model: PracticeModel, attempts: Sequence[Attempt]) -> Any:
    notice, sure = kit.Notice(), kit.Region()
    count = counted(len(attempts), "call")

    def ask() -> None:
        sure.show(
            kit.text(
                f"This erases the {count} of '{model.kept.player}', with every word you wrote in "
                "them, for good. Save the file first if you want to keep them."
            ),
            kit.row(
                kit.button(f"Erase {count}", model.erase, where=notice),
                kit.button("Keep them", sure.show, where=notice),
            ),
        )

    return kit.card(
        kit.row(
            kit.download_link(
                "Save as CSV",
                "practice.csv",
                "\ufeff" + attempts_csv(attempts, model.playbook.codes["skill"]),
                "text/csv",
            ),
            kit.button("Erase mine", ask, where=notice),
        ),
        sure,
        notice,
    )


def _title(model: PracticeModel, one: Attempt) -> str:
    scenario = model.scenarios.get(one.scenario)
    return scenario.title if scenario is not None else one.scenario


def _day(moment: datetime) -> str:
    here = moment.astimezone(ZoneInfo(local_zone()))
    return f"{here.day} {here:%B}"
