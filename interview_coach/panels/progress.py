"""The player's own progress: skills from call to call, what to practise next, the list, the way out."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from whenever import PlainDateTime

from interview_coach.language import _, ngettext
from interview_coach.outcomes.attempts import Attempt, attempts_csv
from interview_coach.panels import kit
from interview_coach.panels.practice_call import level_name
from interview_coach.panels.practice_debrief import skill_name
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.simulation.progress import Practised, Suggestion, suggestions
from interview_coach.times import day_and_month, local_zone
from interview_coach.wording import counted, number, percent

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
    page.head(_("My progress"), _lead(model, attempts, counting))
    if model.note:
        page.say(model.note)
    if not attempts:
        page.body.show(
            kit.finished(model.note) if model.note else None,
            kit.empty(
                _("Play a call to its end, and it stands here with its points.")
                if model.kept.log
                else _(
                    "Practice is not kept here: name a log in the notebook's values to keep it."
                ),
                title=_("No call practised yet"),
            ),
            kit.row(kit.button(_("Choose a call"), model.leave, where=notice, main=True)),
            notice,
        )
        return
    page.body.show(
        _next_card(model, notice),
        notice,
        _chart(model, counting) if counting else None,
        kit.heading(_("The calls you played")),
        _list(model, attempts),
        _look_again(model, attempts),
        kit.heading(_("Yours to keep or to erase")),
        _own(model, attempts),
    )


def _lead(model: PracticeModel, attempts: Sequence[Attempt], counting: Sequence[Attempt]) -> str:
    if not attempts:
        return _("Nothing here yet.")
    again = sum(one.after is not None for one in attempts)
    if not again:
        return counted(
            len(counting),
            "{n} call played to the end for the first time.",
            "{n} calls played to the end for the first time.",
        )
    first = counted(
        len(counting),
        "{n} call played to the end for the first time",
        "{n} calls played to the end for the first time",
    )
    return ngettext(
        "{first_time}, {n} story played again.", "{first_time}, {n} stories played again.", again
    ).format(first_time=first, n=number(again))


def _next_card(model: PracticeModel, notice: kit.Notice) -> Any:
    first, *others = what_next(model)
    scenario = model.scenarios[first.scenario]
    later = [
        (_(one.family), _("new") if one.due is None else _day(one.due), one.why) for one in others
    ]
    return kit.card(
        kit.text(
            _("{why} At the level: {level}.").format(why=first.why, level=level_name(first.level))
        ),
        kit.row(
            kit.button(
                _("Play it"),
                lambda: model.begin(first.scenario, first.level),
                where=notice,
                main=True,
            ),
            kit.button(_("Choose another call"), model.leave, where=notice),
        ),
        kit.details(
            _("And after that"),
            kit.table(
                (_("Kind of call"), _("Time again"), _("Why")), later, caption=_("In this order")
            ),
        )
        if later
        else None,
        kit.small(
            _(
                "The order is that of spaced repetition (FSRS): a kind of call comes again about when "
                "it begins to fade, sooner after a hard one. Hints and steps taken back cost no "
                "points; they only bring it again sooner."
            )
        ),
        label=kit.tag(_("Practise next"), "blue"),
        title=f"{scenario.title} ({_(first.family)})",
    )


def _chart(model: PracticeModel, counting: Sequence[Attempt]) -> kit.Html:
    # Loaded here: whoever only plays opens the page a second sooner.
    import pandas as pd

    from interview_coach.charts.skills import skills_over_attempts

    order = list(model.playbook.codes["skill"])
    rows = [
        (place, f"{_day(one.started)}, {_title(model, one)}", skill, got, of)
        for place, one in enumerate(counting, 1)
        for skill, (got, of) in sorted(one.scores.items(), key=lambda pair: order.index(pair[0]))
        if of
    ]
    rows.sort(key=lambda row: order.index(row[2]))
    points = pd.DataFrame(rows, columns=["attempt", "label", "skill", "got", "of"])
    chart = skills_over_attempts(points.assign(skill=points["skill"].map(skill_name)))
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
        _("The latest {n} of {total}; the file below has them all").format(
            n=_LATEST, total=number(len(attempts))
        )
        if len(attempts) > _LATEST
        else _("Latest first")
    )
    return kit.table((_("Call"), _("What it was"), _("Points")), rows, caption=shown, numbers=1)


def _when(one: Attempt) -> kit.Html:
    return kit.el(
        "span", f"{_day(one.started)}, {level_name(one.level)}", class_="ic-small ic-soft"
    )


def _became(one: Attempt) -> str:
    if one.state == "running":
        return _("broken off, to go on with")
    if one.outcome is None:
        return _("put aside")
    return _("played again") if one.after is not None else _("first time")


def _look_again(model: PracticeModel, attempts: Sequence[Attempt]) -> Any:
    done = [one for one in reversed(attempts) if one.outcome is not None]
    if not done:
        return None
    place = kit.Notice()
    which = kit.dropdown(
        _("Look at a debrief again"),
        [
            (f"{_day(one.started)}, {_title(model, one)}, {level_name(one.level)}", one.attempt_id)
            for one in done
        ],
    )

    def look() -> None:
        one = next(one for one in done if one.attempt_id == which.value)
        model.go_on(one, model.kept.restored(one))

    return kit.card(which, kit.row(kit.button(_("Show it"), look, where=place)), place)


def _own(model: PracticeModel, attempts: Sequence[Attempt]) -> Any:
    notice, sure = kit.Notice(), kit.Region()
    count = len(attempts)

    def ask() -> None:
        sure.show(
            kit.text(
                ngettext(
                    "This erases the {n} call of '{player}', with every word you wrote in them, for "
                    "good. Save the file first if you want to keep them.",
                    "This erases the {n} calls of '{player}', with every word you wrote in them, for "
                    "good. Save the file first if you want to keep them.",
                    count,
                ).format(n=number(count), player=model.kept.player)
            ),
            kit.row(
                kit.button(
                    counted(count, "Erase {n} call", "Erase {n} calls"), model.erase, where=notice
                ),
                kit.button(_("Keep them"), sure.show, where=notice),
            ),
        )

    return kit.card(
        kit.row(
            kit.download_link(
                _("Save as CSV"),
                "practice.csv",
                "\ufeff" + attempts_csv(attempts, model.playbook.codes["skill"]),
                "text/csv",
            ),
            kit.button(_("Erase mine"), ask, where=notice),
        ),
        sure,
        notice,
    )


def _title(model: PracticeModel, one: Attempt) -> str:
    scenario = model.scenarios.get(one.scenario)
    return scenario.title if scenario is not None else one.scenario


def _day(moment: datetime) -> str:
    here = moment.astimezone(ZoneInfo(local_zone()))
    return day_and_month(PlainDateTime(here.year, here.month, here.day))
