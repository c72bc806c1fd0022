"""The practice panel: a missed call played on a telephone, then the debrief.

The model holds the play; the views only show it. Every rule and every judgement comes from the
simulation and, behind it, the playbook.
"""

import secrets
from typing import Any

import traitlets

from interview_coach.panels import kit
from interview_coach.playbook import Playbook, load_playbook
from interview_coach.simulation import (
    LEVELS,
    Action,
    Debrief,
    Judged,
    Play,
    choices,
    debrief,
    follow_the_guidance,
    load_scenarios,
    next_step,
    replay,
    run,
    start,
    step,
)

__all__ = ["PracticeModel", "practice_panel"]

_COLOUR: dict[str, Any] = {
    "in_time": "green",
    "early": "amber",
    "late": "amber",
    "missing": "red",
    "harmful": "red",
    "neutral": "blue",
}
_MARK: dict[str, Any] = {
    "in_time": "good",
    "early": "early",
    "late": "early",
    "missing": "bad",
    "harmful": "bad",
    "neutral": "plain",
}
_THEIRS = {"rings": "they called", "picks_up": "they picked up", "email_back": "their email"}
_LEVELS = {
    "guided": "Guided: a hint is one key away",
    "plain": "Plain",
    "pressure": "Under pressure",
}


class PracticeModel(traitlets.HasTraits):
    """What is being practised.

    Attributes
    ----------
    play : Play or None
        The story up to now; None before the first one.
    hint : str
        What the guidance would do next, once asked for; "" otherwise.
    """

    play = traitlets.Instance(Play, allow_none=True)
    hint = traitlets.Unicode()

    def __init__(self, playbook: Playbook) -> None:
        super().__init__()
        self.playbook = playbook
        self.scenarios = load_scenarios(playbook)

    def begin(self, scenario: str, level: str, seed: int | None = None) -> None:
        """Begin a story; without a seed, one nobody has seen."""
        chosen = self.scenarios[scenario]
        level_ = next(known for known in LEVELS if known == level)
        self.hint = ""
        self.play = start(chosen, secrets.randbelow(2**31) if seed is None else seed, level_)

    def act(self, action: Action) -> None:
        """Do one thing."""
        if self.play is not None:
            self.hint = ""
            self.play = step(self.play, action, self.playbook)

    def ask_hint(self) -> None:
        """Ask what the guidance would do now."""
        if self.play is not None and self.play.outcome is None:
            action, rule = next_step(self.play, self.playbook)
            says = {one.action: one.says for one in choices(self.play, self.playbook)}[action]
            reason = f" {rule.because} ({', '.join(rule.source)})" if rule else ""
            self.hint = f"{says}.{reason}"

    def back_to(self, number: int) -> None:
        """Go back to the moment before action `number`, counted from 0; the rest is undone."""
        if self.play is not None:
            kept = [action for _, action in self.play.actions[:number]]
            play = self.play
            self.hint = ""
            self.play = replay(play.scenario, play.seed, play.level, kept, self.playbook)

    def take_back(self) -> None:
        """Undo the last action."""
        if self.play is not None and self.play.actions:
            self.back_to(len(self.play.actions) - 1)

    def another(self) -> None:
        """Begin another story of the same kind."""
        if self.play is not None:
            self.begin(self.play.scenario.id, self.play.level)

    def the_guided_way(self) -> None:
        """Play the same story as the guidance would, to its end."""
        if self.play is not None:
            play = self.play
            self.play = run(
                play.scenario, play.seed, follow_the_guidance, self.playbook, play.level
            )


def practice_panel(
    scenario: str = "silent_phone",
    level: str = "plain",
    seed: int | None = None,
    house: str = "coach.toml",
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
    """
    model = PracticeModel(load_playbook(house))
    page = kit.page("Practise a missed call", "", current="practise")
    page.model = model
    notice = kit.Notice()
    notice.keep = True

    def draw(_: Any = None) -> None:
        if model.play is None:
            _show_start(page, model, notice, scenario, level, seed)
        elif model.play.outcome is None:
            _show_decision(page, model, model.play, notice)
        else:
            _show_debrief(page, model, model.play, notice)

    model.observe(draw, ["play", "hint"])
    draw()
    return page


def _show_start(
    page: kit.Page,
    model: PracticeModel,
    notice: kit.Notice,
    scenario: str,
    level: str,
    seed: int | None,
) -> None:
    page.head(
        "Practise a missed call",
        "A phone, a clock, and an interviewer who has a reason you can't see yet.",
    )
    which = kit.radio(
        "Which call?", [(one.title, key) for key, one in model.scenarios.items()], scenario
    )
    how = kit.radio("How?", [(says, key) for key, says in _LEVELS.items()], level)
    page.body.show(
        kit.card(
            which,
            how,
            kit.row(
                kit.button(
                    "Play",
                    lambda: model.begin(which.value, how.value, seed),
                    where=notice,
                    main=True,
                )
            ),
            notice,
        ),
        kit.small(
            "About five minutes. The clock moves only when you act, and you can take a step back."
        ),
    )


def _show_decision(page: kit.Page, model: PracticeModel, play: Play, notice: kit.Notice) -> None:
    scenario, last = play.scenario, play.events[-1]
    first, _, more = last.says.partition(". ")
    page.head(
        f"It is {scenario.at(play.minute)}. {first.rstrip('.')}.",
        f"{scenario.title} · {_LEVELS[play.level].partition(':')[0].lower()} · "
        f"decision {len(play.actions) + 1}",
    )
    open_ = choices(play, model.playbook)
    side = kit.Region(
        kit.text(more, large=True) if more else None,
        kit.heading("What do you do?", focus=bool(play.actions)),
        kit.choices([(one.action, one.says) for one in open_], model.act, where=notice),
        kit.row(
            kit.button("Hint", model.ask_hint, where=notice, key="h")
            if play.level == "guided"
            else None,
            kit.button("Take back", model.take_back, where=notice, key="z")
            if play.actions
            else None,
        ),
        kit.text(kit.el("b", "Hint: "), model.hint) if model.hint else None,
        notice,
        kit.key_help(
            f"Keys 1 to {min(len(open_), 9)}"
            + (" · H for a hint" if play.level == "guided" else "")
            + (" · Z to take back" if play.actions else "")
        ),
    )
    page.body.show(kit.columns(_phone(play), side, widths="phone"))
    page.say(model.hint or f"It is {scenario.at(play.minute)}. {last.says}")


def _phone(play: Play) -> kit.Html:
    scenario = play.scenario
    stdlib = scenario.start.date().to_stdlib()
    told = [
        (scenario.at(event.minute), event.says) for event in play.events[1:] if event.kind != "wait"
    ]
    return kit.phone(
        scenario.at(play.minute),
        date=f"{stdlib:%A} {stdlib.day} {stdlib:%B}",
        past=f"{play.minute} minutes past",
        notes=[
            (
                "Calendar",
                "\n".join(map(scenario.words, (scenario.phone.calendar, scenario.phone.about))),
            ),
            ("Phone", scenario.words(scenario.phone.quiet)),
            *told[-2:],
        ],
        foot="Nothing moves until you act.",
    )


def _show_debrief(page: kit.Page, model: PracticeModel, play: Play, notice: kit.Notice) -> None:
    after = debrief(play, model.playbook)
    page.head(after.headline, f"What you couldn't see: {after.hidden[0].lower()}{after.hidden[1:]}")
    worth = [one for one in after.judged if one.judgement != "neutral"]
    rest = [one for one in after.judged if one.judgement == "neutral" and one.do != "wait"]
    page.body.show(
        kit.heading("What you did, over what was hidden", focus=True),
        kit.card(_timeline(play, after)),
        kit.row(
            kit.button("Another like this", model.another, where=notice, main=True),
            kit.button("Show me the guidance's way", model.the_guided_way, where=notice),
        ),
        notice,
        kit.heading("Each step, and why"),
        *_pairs([_judged(model, play, one, notice) for one in (*worth, *rest)]),
        kit.heading("What it was practice for"),
        _skills(after, model.playbook),
        kit.small(
            "The rules of the playbook are the judge, and the clock on the phone counts, never how "
            "fast you click. Reasons and how often they come up are made for practice; nobody has "
            "counted them."
        ),
    )
    page.say(f"{after.headline} {after.hidden}")


def _timeline(play: Play, after: Debrief) -> kit.Html:
    at = play.scenario.at
    # A wait is the line itself; only the moments stand on it.
    points = [
        kit.Point(one.minute, at(one.minute), _on_line(one), _MARK[one.judgement])
        for one in after.judged
        if one.do != "wait" and one.minute <= play.scenario.length
    ]
    points += [
        kit.Point(event.minute, at(event.minute), _THEIRS[event.kind], "them")
        for event in play.events
        if event.kind in _THEIRS
    ]
    begin, end, what = after.span
    last = max(15, *(int(point.at) for point in points), end) if points else max(15, end)
    ticks = [(minute, at(minute)) for minute in range(0, last + 15, 15)]
    hidden = kit.Span(begin, end, f"{what} (hidden from you)", f"{at(begin)} to {at(end)}")
    return kit.timeline(points, [hidden], ticks=ticks, words={"bad": "harmful or missing"})


def _on_line(one: Judged) -> str:
    return f"not done: {one.do.replace('_', ' ')}" if one.judgement == "missing" else one.says


def _judged(model: PracticeModel, play: Play, one: Judged, notice: kit.Notice) -> Any:
    at = play.scenario.at(one.minute)
    says = one.says[0].upper() + one.says[1:]
    sources = ", ".join(one.source)
    differs = " · ".join(f"{source.id}: {source.says}" for source in one.differs)
    number = one.step
    return kit.card(
        kit.text(one.because),
        kit.source(
            f"Guidance {sources}" if sources else "",
            kit.el("br") if sources else None,
            f"Others say: {differs}" if differs else "",
        )
        if sources or differs
        else None,
        kit.row(kit.button(f"Go back to {at}", lambda: model.back_to(number), where=notice))
        if number is not None
        else None,
        label=kit.tag(model.playbook.codes["judgement"][one.judgement], _COLOUR[one.judgement]),
        title=f"{says}, by {at}" if one.judgement == "missing" else f"{says} at {at}",
        level=3,
    )


def _pairs(cards: list[Any]) -> list[Any]:
    return [kit.columns(*cards[at : at + 2]) for at in range(0, len(cards), 2)]


def _skills(after: Debrief, playbook: Playbook) -> kit.Html:
    names = playbook.codes["skill"]
    rows = [
        (skill.capitalize(), names[skill], f"{max(got, 0):g} of {possible:g}")
        for skill, (got, possible) in after.skills.items()
        if possible
    ]
    return kit.table(
        ("Skill", "It means", "In time"), rows, caption="Skills in this call", numbers=1
    )
