"""The practice panel: choose a missed call, play it on a telephone, read the debrief.

This module is the page as a whole and its first screen; the call, the debrief and "My progress"
are in modules of their own. The model holds what is played; the views only show it.
"""

from typing import Any

from interview_coach.errors import KitError
from interview_coach.outcomes.attempts import Attempt
from interview_coach.panels import kit
from interview_coach.panels.kit.clock import Ticker
from interview_coach.panels.practice_alongside import waiting
from interview_coach.panels.practice_call import LEVEL_WORDS, CallView
from interview_coach.panels.practice_choice import CallChoice
from interview_coach.panels.practice_debrief import show_debrief
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.panels.progress import show_progress, what_next
from interview_coach.playbook import load_playbook

__all__ = ["PracticeModel", "practice_panel"]

_PACES = [
    ("The clock moves only when you act", 0.0),
    ("The clock runs: a minute every 10 seconds", 10.0),
    ("The clock runs: a minute every 5 seconds", 5.0),
    ("The clock runs: a minute every 2 seconds", 2.0),
]


def practice_panel(
    scenario: str = "silent_phone",
    level: str = "plain",
    seed: int | None = None,
    house: str = "coach.toml",
    log: str = "outcomes.db",
    player: str = "me",
) -> kit.Page:
    """Show the practice page.

    Parameters
    ----------
    scenario : str
        Id of the scenario that is offered first.
    level : str
        ``guided``, ``plain`` or ``pressure``.
    seed : int, optional
        Plays this one story, so that it can be repeated; without it each story is new.
    house : str
        The coach's ``coach.toml``; not there means no house rules.
    log : str
        The file or URL of the outcome log, in which practised calls are kept too (apart from the
        real ones); it is made if it is not there. "" keeps nothing.
    player : str
        Who practises: a pseudonym.

    Raises
    ------
    KitError
        If the playbook or the log cannot be read.
    """
    model = PracticeModel(load_playbook(house), log, player)
    page = kit.page("Practise a missed call", "", current="practise")
    page.model = model
    notice = kit.Notice()
    notice.keep = True
    ticker = Ticker()
    page.children = (*page.children, ticker)
    call = CallView(page, model, notice, ticker)
    page.ticker = ticker

    def draw(_: Any = None) -> None:
        page.at(model.place)
        if model.view == "progress":
            show_progress(page, model, notice)
        elif model.play is None and model.guided is None:
            _show_start(page, model, notice, scenario, level, seed, call)
        elif model.guided is None and model.play.outcome is None:
            call.show()
        else:
            show_debrief(page, model, model.guided or model.play, notice)

    model.observe(draw, "changed")
    if model.come_back(kit.came_back_to()):
        return page
    last = model.kept.unfinished()
    if last is None:
        draw()
    else:
        _show_unfinished(page, model, notice, last)
    return page


def _show_unfinished(
    page: kit.Page, model: PracticeModel, notice: kit.Notice, last: Attempt
) -> None:
    """Offer to go on with a call that was broken off."""

    def anew() -> None:
        model.kept.put_aside(last)
        model.leave()

    again = kit.button("Start anew", anew, where=notice)
    try:
        play = model.kept.restored(last)
    except KitError as problem:
        page.head("Your last call cannot go on.", str(problem))
        again.add_class("ic-main")
        again.remove_class("ic-outlined")
        page.body.show(kit.row(again), notice, kit.small("It stays in the list of your calls."))
        return
    scenario, handed = play.scenario, waiting(model, last, play)
    if handed is not None:
        page.head(*handed)
        begin = kit.button("Play it", lambda: model.go_on(last, play), where=notice, main=True)
        page.body.show(kit.row(begin, again), notice)
        return
    page.head(
        f"You were in the middle of a call: it is {scenario.at(play.minute)}.",
        f"{scenario.title} · {LEVEL_WORDS[play.level].partition(':')[0].lower()} · "
        f"decision {len(play.actions) + 1}",
    )
    go_on = kit.button("Go on", lambda: model.go_on(last, play), where=notice, main=True)
    page.body.show(
        kit.text(play.events[-1].says, large=True),
        kit.row(go_on, again),
        notice,
        kit.small("Everything you did so far is kept."),
    )


def _show_start(
    page: kit.Page,
    model: PracticeModel,
    notice: kit.Notice,
    scenario: str,
    level: str,
    seed: int | None,
    call: CallView,
) -> None:
    page.head(
        "Practise a missed call",
        "A phone, a clock, and an interviewer who has a reason you can't see yet.",
    )
    page.explain(model.example, "Show me a call from start to end")
    which = CallChoice(model.scenarios, scenario)
    how = kit.radio("How?", [(says, key) for key, says in LEVEL_WORDS.items()], level)
    clock = kit.dropdown("The clock", _PACES, call.pace, hint="It can be paused at any moment.")
    kit.on_change(clock, call.set_pace)
    played = model.kept.all()
    page.body.show(
        _next_card(model, notice) if played else None,
        kit.card(
            which.family,
            which.call,
            how,
            clock,
            kit.row(
                kit.button(
                    "Play",
                    lambda: model.begin(which.value, how.value, seed),
                    where=notice,
                    main=not played,
                ),
                kit.button("My progress", model.look_at_progress, where=notice) if played else None,
            ),
            notice,
        ),
        kit.small("About five minutes. You can take a step back, and leave and go on later."),
    )


def _next_card(model: PracticeModel, notice: kit.Notice) -> Any:
    """Offer what spaced repetition puts first, to whoever has played before."""
    first = what_next(model)[0]
    level = LEVEL_WORDS[first.level].partition(":")[0].lower()
    return kit.card(
        kit.text(f"{first.why} Level: {level}."),
        kit.row(
            kit.button(
                "Play this one",
                lambda: model.begin(first.scenario, first.level),
                where=notice,
                main=True,
            )
        ),
        label=kit.tag("Practise next", "blue"),
        title=model.scenarios[first.scenario].title,
    )
