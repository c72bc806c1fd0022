"""The practice panel: choose a missed call, play it on a telephone, read the debrief.

This module is the page as a whole and its first screen; the call, the debrief and "My progress"
are in modules of their own. The model holds what is played; the views only show it.
"""

from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.outcomes.attempts import Attempt
from interview_coach.panels import kit
from interview_coach.panels.kit.clock import Ticker
from interview_coach.panels.practice_alongside import waiting
from interview_coach.panels.practice_call import CallView, level_name, levels
from interview_coach.panels.practice_choice import CallChoice
from interview_coach.panels.practice_debrief import show_debrief
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.panels.progress import show_progress, what_next
from interview_coach.playbook import load_playbook

__all__ = ["PracticeModel", "practice_panel"]

_PACES = [
    (N_("The clock moves only when you act"), 0.0),
    (N_("The clock runs: a minute every 10 seconds"), 10.0),
    (N_("The clock runs: a minute every 5 seconds"), 5.0),
    (N_("The clock runs: a minute every 2 seconds"), 2.0),
]


@kit.panel
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
    page = kit.page(_("Practise a missed call"), "", current="practise")
    page.model = model
    notice = kit.Notice()
    notice.keep = True
    ticker = Ticker()
    page.children = (*page.children, ticker)
    call = CallView(page, model, notice, ticker)
    page.ticker = ticker

    def draw(_change: Any = None) -> None:
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

    again = kit.button(_("Start anew"), anew, where=notice)
    try:
        play = model.kept.restored(last)
    except KitError as problem:
        page.head(_("Your last call cannot go on."), str(problem))
        again.add_class("ic-main")
        again.remove_class("ic-outlined")
        page.body.show(kit.row(again), notice, kit.small(_("It stays in the list of your calls.")))
        return
    scenario, handed = play.scenario, waiting(model, last, play)
    if handed is not None:
        page.head(*handed)
        begin = kit.button(_("Play it"), lambda: model.go_on(last, play), where=notice, main=True)
        page.body.show(kit.row(begin, again), notice)
        return
    page.head(
        _("You were in the middle of a call: it is {time}.").format(time=scenario.at(play.minute)),
        _("{title} · {level} · decision {n}").format(
            title=scenario.title, level=level_name(play.level), n=len(play.actions) + 1
        ),
    )
    go_on = kit.button(_("Go on"), lambda: model.go_on(last, play), where=notice, main=True)
    page.body.show(
        kit.text(play.events[-1].says, large=True),
        kit.row(go_on, again),
        notice,
        kit.small(_("Everything you did so far is kept.")),
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
        _("Practise a missed call"),
        _("A phone, a clock, and an interviewer who has a reason you can't see yet."),
    )
    page.explain(model.example, _("Show me a call from start to end"))
    which = CallChoice(model.scenarios, scenario)
    how = kit.radio(_("How?"), [(says, key) for key, says in levels().items()], level)
    clock = kit.dropdown(
        _("The clock"),
        [(_(says), seconds) for says, seconds in _PACES],
        call.pace,
        hint=_("It can be paused at any moment."),
    )
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
                    _("Play"),
                    lambda: model.begin(which.value, how.value, seed),
                    where=notice,
                    main=not played,
                ),
                kit.button(_("My progress"), model.look_at_progress, where=notice)
                if played
                else None,
            ),
            notice,
        ),
        kit.small(_("About five minutes. You can take a step back, and leave and go on later.")),
    )


def _next_card(model: PracticeModel, notice: kit.Notice) -> Any:
    """Offer what spaced repetition puts first, to whoever has played before."""
    first = what_next(model)[0]
    return kit.card(
        kit.text(_("{why} Level: {level}.").format(why=first.why, level=level_name(first.level))),
        kit.row(
            kit.button(
                _("Play this one"),
                lambda: model.begin(first.scenario, first.level),
                where=notice,
                main=True,
            )
        ),
        label=kit.tag(_("Practise next"), "blue"),
        title=model.scenarios[first.scenario].title,
    )
