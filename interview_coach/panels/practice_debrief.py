"""The debrief on the screen: what was done over what was hidden, each step and why, what comes next."""

from collections.abc import Mapping
from typing import Any

from interview_coach.language import ENGLISH, N_, _, current, ngettext
from interview_coach.messages import Review, review
from interview_coach.panels import kit
from interview_coach.panels.cited import quoted, where_from
from interview_coach.panels.practice_alongside import compared
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.playbook import Playbook
from interview_coach.simulation import Debrief, Judged, Play
from interview_coach.wording import first_lower, first_upper, number

__all__ = ["show_debrief", "skill_name"]

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
    "rings": N_("they called"),
    "picks_up": N_("they picked up"),
    "email_back": N_("their email"),
    "joins": N_("they joined"),
    "joined": N_("you met"),
    "heard": N_("they hear you"),
    "colleague": N_("a colleague"),
    "they_leave": N_("they left"),
}
_SKILLS = {
    "composure": N_("composure"),
    "checking": N_("checking"),
    "timing": N_("timing"),
    "channel": N_("channel"),
    "message": N_("message"),
    "courtesy": N_("courtesy"),
    "recovery": N_("recovery"),
}


def skill_name(skill: str) -> str:
    """Name a skill of the playbook in the middle of a line."""
    return _(_SKILLS.get(skill, skill))


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
    hidden = _("What you couldn't see: {hidden}").format(hidden=first_lower(after.hidden))
    page.head(after.headline, hidden)
    worth = [one for one in after.judged if one.judgement != "neutral"]
    rest = [one for one in after.judged if one.judgement == "neutral" and one.do != "wait"]
    guided = model.guided is not None
    page.body.show(
        kit.text(
            kit.tag(_("The guidance's way"), "blue"),
            " ",
            _("The same story, played as the guidance would. It does not count as yours."),
        )
        if guided
        else None,
        kit.small(
            _(
                "The guidance is about telephone calls. For a {channel} this is our extension of it, "
                "and the sources below say which part is ours."
            ).format(channel=model.playbook.codes["channel"][play.scenario.channel])
        )
        if play.scenario.extension
        else None,
        kit.heading(_finding(worth, guided), focus=True),
        kit.card(_timeline(play, after, model.playbook)),
        _ways_on(model, notice, guided),
        notice,
        compared(model, play),
        kit.heading(_("Each step, and why")),
        *_pairs([_judged(model, play, one, notice) for one in (*worth, *rest)]),
        where_from(model.playbook, (key for one in (*worth, *rest) for key in one.source)),
        kit.heading(_("What it was practice for")),
        _skills(model.skills(after), model.playbook),
        kit.small(
            _(
                "The rules of the playbook are the judge, and the clock on the phone counts, never how "
                "fast you click. Messages of your own count by what they hold, less what may hurt; ready-made ones not at all. "
                "Reasons and how often they come up are made for practice; nobody has counted them."
            )
        ),
    )
    page.say(f"{after.headline} {after.hidden}")


def _finding(worth: list[Judged], guided: bool) -> str:
    well = sum(one.judgement == "in_time" for one in worth)
    if not worth:
        return _("The guidance asked for nothing here")
    if well == len(worth):
        return _("All {n} in time").format(n=number(well)) if well > 1 else _("In time")
    told = (
        ngettext(
            "Of {n} thing that counted, the guidance had {well} in time",
            "Of {n} things that counted, the guidance had {well} in time",
            len(worth),
        )
        if guided
        else ngettext(
            "Of {n} thing that counted, you had {well} in time",
            "Of {n} things that counted, you had {well} in time",
            len(worth),
        )
    )
    return told.format(n=number(len(worth)), well=number(well))


def _ways_on(model: PracticeModel, notice: kit.Notice, guided: bool) -> Any:
    if guided:
        return kit.row(
            kit.button(
                _("Back to mine") if model.play is not None else _("Choose a call to play"),
                model.my_way,
                where=notice,
                main=True,
                key="b",
            ),
            kit.button(_("Another of this kind"), model.another, where=notice, key="a"),
        )
    return kit.row(
        kit.button(_("Another of this kind"), model.another, where=notice, main=True, key="a"),
        kit.button(_("Play the other way"), model.play_the_other_way, where=notice, key="o")
        if model.other_way() is not None
        else None,
        kit.button(_("Show me the guidance's way"), model.the_guided_way, where=notice, key="g"),
        kit.button(_("Choose another call"), model.leave, where=notice),
        kit.button(_("My progress"), model.look_at_progress, where=notice),
    )


def _timeline(play: Play, after: Debrief, playbook: Playbook) -> kit.Html:
    at = play.scenario.at
    # A wait is the line itself; only the moments stand on it.
    points = [
        kit.Point(one.minute, at(one.minute), _on_line(one, playbook), _MARK[one.judgement])
        for one in after.judged
        if one.do != "wait" and one.minute <= play.scenario.length
    ]
    points += [
        kit.Point(event.minute, at(event.minute), _(_THEIRS[event.kind]), "them")
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
    hidden = kit.Span(
        begin,
        end,
        _("{what} (hidden from you)").format(what=what),
        _("{begin} to {end}").format(begin=at(begin), end=at(end)),
    )
    return kit.timeline(points, [hidden], ticks=ticks, words={"bad": _("harmful or missing")})


def _on_line(one: Judged, playbook: Playbook) -> str:
    if one.judgement != "missing":
        return one.says
    # English verbs are read as they stand; another language has the playbook's words for the step.
    english = current() == ENGLISH
    step = one.do.replace("_", " ") if english else playbook.actions[one.do].done
    return _("not done: {step}").format(step=step)


def _judged(model: PracticeModel, play: Play, one: Judged, notice: kit.Notice) -> Any:
    at = play.scenario.at(one.minute)
    says = first_upper(one.says)
    title = _("{step}, by {time}") if one.judgement == "missing" else _("{step} at {time}")
    sources = ", ".join(one.source)
    step = one.step
    return kit.card(
        kit.text(one.because),
        *_own_words(model, step),
        kit.source(_("Guidance {ids}").format(ids=sources)) if sources else None,
        kit.details(
            _("Others say otherwise ({ids})").format(
                ids=", ".join(source.id for source in one.differs)
            ),
            *quoted(one.differs),
        )
        if one.differs
        else None,
        kit.row(
            kit.button(
                _("Go back to {time}").format(time=at), lambda: model.back_to(step), where=notice
            )
        )
        if step is not None and model.guided is None
        else None,
        label=kit.tag(model.playbook.codes["judgement"][one.judgement], _COLOUR[one.judgement]),
        title=title.format(step=says, time=at),
        level=3,
    )


def _own_words(model: PracticeModel, step: int | None) -> list[kit.Html | None]:
    """Show what the player wrote at a step, which items it lacks, and which words may hurt."""
    if step is None or model.guided is not None:
        return []
    for message in model.messages:
        kind = model.playbook.kinds.get(message["kind"])
        if message["step"] != step or kind is None:
            continue
        found = review(message["kind"], message["text"], model.playbook)
        marks = [(one.start, one.end, "hurts") for one in found.apart]
        return [
            kit.marked_text(found.text, marks)
            if marks
            else kit.el("div", message["text"], class_="ic-draft"),
            # Of words that it cannot read the review says neither that they lack nor that they hold.
            kit.text(_holds(found, len(kind.required))) if found.legible else None,
            kit.text(found.notice, soft=True) if found.notice else None,
            *(
                kit.text(
                    kit.el("b", f"“{one.span}” " if one.span else ""), one.why, f" [{one.source}]"
                )
                for one in found.faults
            ),
        ]
    return []


def _holds(found: Review, of: int) -> str:
    missing = "; ".join(item.says for item in found.missing)
    says = (
        ngettext(
            "It holds {held} of {n} item. Missing: {missing}.",
            "It holds {held} of {n} items. Missing: {missing}.",
            of,
        )
        if missing
        else ngettext(
            "It holds {held} of {n} item: all of them.",
            "It holds {held} of {n} items: all of them.",
            of,
        )
    )
    return says.format(held=number(of - len(found.missing)), n=number(of), missing=missing)


def _pairs(cards: list[Any]) -> list[Any]:
    return [kit.columns(*cards[at : at + 2]) for at in range(0, len(cards), 2)]


def _skills(skills: Mapping[str, tuple[float, float]], playbook: Playbook) -> kit.Html:
    names = playbook.codes["skill"]
    rows = [
        (
            first_upper(skill_name(skill)),
            names[skill],
            _("{n} of {total}").format(n=_points(round(max(got, 0), 1)), total=_points(possible))
            if possible
            else _("{n} taken away").format(n=_points(-got)),
        )
        for skill, (got, possible) in skills.items()
    ]
    return kit.table(
        (_("Skill"), _("It means"), _("Points")), rows, caption=_("Skills in this call"), numbers=1
    )


def _points(value: float) -> str:
    # With no more digits than it has: 2, 1.5.
    return number(value, len(f"{value:g}".partition(".")[2]))
