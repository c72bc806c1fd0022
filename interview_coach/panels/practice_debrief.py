"""The debrief on the screen: what was done over what was hidden, each step and why, what comes next."""

from collections.abc import Mapping
from typing import Any

from interview_coach.messages import review
from interview_coach.panels import kit
from interview_coach.panels.practice_alongside import compared
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.playbook import Playbook
from interview_coach.simulation import Debrief, Judged, Play
from interview_coach.wording import counted

__all__ = ["show_debrief"]

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
_THEIRS = {
    "rings": "they called",
    "picks_up": "they picked up",
    "email_back": "their email",
    "joins": "they joined",
    "joined": "you met",
    "heard": "they hear you",
    "colleague": "a colleague",
    "they_leave": "they left",
}


def show_debrief(page: kit.Page, model: PracticeModel, play: Play, notice: kit.Notice) -> None:
    """Show what became of a call: the player's, or the guidance's way through the same one.

    Parameters
    ----------
    page : Page
        Where.
    model : PracticeModel
        Whose debrief it is; its buttons act on it.
    play : Play
        A play that has ended.
    notice : Notice
        Where failures are said.
    """
    after = model.debrief_of(play)
    hidden = f"What you couldn't see: {after.hidden[0].lower()}{after.hidden[1:]}"
    page.head(after.headline, hidden)
    worth = [one for one in after.judged if one.judgement != "neutral"]
    rest = [one for one in after.judged if one.judgement == "neutral" and one.do != "wait"]
    guided = model.guided is not None
    page.body.show(
        kit.text(
            kit.tag("The guidance's way", "blue"),
            " The same story, played as the guidance would. It does not count as yours.",
        )
        if guided
        else None,
        kit.small(
            "The guidance is about telephone calls. For a "
            f"{model.playbook.codes['channel'][play.scenario.channel]} this is our extension of "
            "it, and the sources below say which part is ours."
        )
        if play.scenario.extension
        else None,
        kit.heading(_finding(worth, guided), focus=True),
        kit.card(_timeline(play, after)),
        _ways_on(model, notice, guided),
        notice,
        compared(model, play),
        kit.heading("Each step, and why"),
        *_pairs([_judged(model, play, one, notice) for one in (*worth, *rest)]),
        kit.heading("What it was practice for"),
        _skills(model.skills(after), model.playbook),
        kit.small(
            "The rules of the playbook are the judge, and the clock on the phone counts, never how "
            "fast you click. Messages of your own count by what they hold, less what may hurt; ready-made ones not at all. "
            "Reasons and how often they come up are made for practice; nobody has counted them."
        ),
    )
    page.say(f"{after.headline} {after.hidden}")


def _finding(worth: list[Judged], guided: bool) -> str:
    well = sum(one.judgement == "in_time" for one in worth)
    if not worth:
        return "The guidance asked for nothing here"
    if well == len(worth):
        return f"All {well} in time" if well > 1 else "In time"
    whose = "the guidance" if guided else "you"
    return f"Of {counted(len(worth), 'thing')} that counted, {whose} had {well} in time"


def _ways_on(model: PracticeModel, notice: kit.Notice, guided: bool) -> Any:
    if guided:
        return kit.row(
            kit.button(
                "Back to mine" if model.play is not None else "Choose a call to play",
                model.my_way,
                where=notice,
                main=True,
                key="b",
            ),
            kit.button("Another of this kind", model.another, where=notice, key="a"),
        )
    return kit.row(
        kit.button("Another of this kind", model.another, where=notice, main=True, key="a"),
        kit.button("Play the other way", model.play_the_other_way, where=notice, key="o")
        if model.other_way() is not None
        else None,
        kit.button("Show me the guidance's way", model.the_guided_way, where=notice, key="g"),
        kit.button("Choose another call", model.leave, where=notice),
        kit.button("My progress", model.look_at_progress, where=notice),
    )


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
    first = min([begin, *(int(point.at) for point in points)])
    last = max([first + 15, end, *(int(point.at) for point in points)])
    # A tick each quarter of an hour, wider apart where the story is long.
    every = next((gap for gap in (15, 30, 60, 120, 240) if (last - first) / gap <= 8), 480)
    ticks = [(minute, at(minute)) for minute in range(first // every * every, last + every, every)]
    if play.world.cause.during_until == "end":
        end = ticks[-1][0]  # it went on beyond the story
    hidden = kit.Span(begin, end, f"{what} (hidden from you)", f"{at(begin)} to {at(end)}")
    return kit.timeline(points, [hidden], ticks=ticks, words={"bad": "harmful or missing"})


def _on_line(one: Judged) -> str:
    return f"not done: {one.do.replace('_', ' ')}" if one.judgement == "missing" else one.says


def _judged(model: PracticeModel, play: Play, one: Judged, notice: kit.Notice) -> Any:
    at = play.scenario.at(one.minute)
    says = one.says[0].upper() + one.says[1:]
    sources = ", ".join(one.source)
    number = one.step
    return kit.card(
        kit.text(one.because),
        *_own_words(model, number),
        kit.source(f"Guidance {sources}") if sources else None,
        kit.details(
            f"Others say otherwise ({', '.join(source.id for source in one.differs)})",
            *(
                kit.source(kit.el("b", f"{source.id} "), f"{source.says} ({source.where})")
                for source in one.differs
            ),
        )
        if one.differs
        else None,
        kit.row(kit.button(f"Go back to {at}", lambda: model.back_to(number), where=notice))
        if number is not None and model.guided is None
        else None,
        label=kit.tag(model.playbook.codes["judgement"][one.judgement], _COLOUR[one.judgement]),
        title=f"{says}, by {at}" if one.judgement == "missing" else f"{says} at {at}",
        level=3,
    )


def _own_words(model: PracticeModel, number: int | None) -> list[kit.Html | None]:
    """Show what the player wrote at a step, which items it lacks, and which words may hurt."""
    if number is None or model.guided is not None:
        return []
    for message in model.messages:
        kind = model.playbook.kinds.get(message["kind"])
        if message["step"] != number or kind is None:
            continue
        found = review(message["kind"], message["text"], model.playbook)
        held = len(kind.required) - len(found.missing)
        says = f"It holds {held} of {counted(len(kind.required), 'item')}"
        missing = "; ".join(item.says for item in found.missing)
        marks = [(one.start, one.end, "hurts") for one in found.apart]
        return [
            kit.marked_text(found.text, marks)
            if marks
            else kit.el("div", message["text"], class_="ic-draft"),
            kit.text(f"{says}. Missing: {missing}." if missing else f"{says}: all of them."),
            kit.text(found.notice, soft=True) if found.notice else None,
            *(
                kit.text(
                    kit.el("b", f"“{one.span}” " if one.span else ""), one.why, f" [{one.source}]"
                )
                for one in found.faults
            ),
        ]
    return []


def _pairs(cards: list[Any]) -> list[Any]:
    return [kit.columns(*cards[at : at + 2]) for at in range(0, len(cards), 2)]


def _skills(skills: Mapping[str, tuple[float, float]], playbook: Playbook) -> kit.Html:
    names = playbook.codes["skill"]
    rows = [
        (
            skill.capitalize(),
            names[skill],
            f"{round(max(got, 0), 1):g} of {possible:g}" if possible else f"{-got:g} taken away",
        )
        for skill, (got, possible) in skills.items()
    ]
    return kit.table(
        ("Skill", "It means", "Points"), rows, caption="Skills in this call", numbers=1
    )
