"""The editor of a draft with its review beside it, as one types."""

import asyncio
from collections.abc import Callable
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages import Review
from interview_coach.messages.review import Fault
from interview_coach.panels import kit
from interview_coach.panels.cited import where_from
from interview_coach.panels.draft_model import DraftModel
from interview_coach.wording import counted, first_upper, number

__all__ = ["draft_editor", "headline"]

_PAUSE = 0.15  # seconds without a key before the review looks again
_SPOKEN = 30  # seconds of a voicemail (MESSAGES, too_long)


def draft_editor(
    model: DraftModel,
    *,
    say: Callable[[str], None],
    below: Any = None,
    label: str = "",
    narrow: bool = False,
) -> Any:
    """Make the editor: the text, its review, and steps back.

    Parameters
    ----------
    model : DraftModel
        What is edited; its text and the field follow each other.
    say : callable
        Reads words out to screen readers.
    below : part, optional
        What stands under the text.
    label : str
        Of the text field; "Your draft" unless given.
    narrow : bool
        Whether the review stands below the text instead of beside it.
    """
    notice, beside, steps = kit.Notice(), kit.Region(), kit.Region()
    spec = model.playbook.kinds[model.kind]
    rows = 16 if spec.medium == "email" else 9
    draft = kit.text_area(label or _("Your draft"), model.text, rows=rows, live=True)
    kit.link((model, "text"), (draft, "value"))
    heard = {"faults": -1, "missing": -1}

    def look(_change: Any = None) -> None:
        try:
            found = model.review()
        except KitError as error:
            beside.show(kit.heading(_("This cannot be reviewed")), kit.text(str(error)))
            heard.update({"faults": -1, "missing": -1})
            say(str(error))
            return
        beside.show(*_findings(model, found, notice))
        counts = {"faults": len(found.faults), "missing": len(found.missing)}
        if counts != heard and heard["faults"] >= 0:
            say(headline(found))
        heard.update(counts)

    def draw_steps(_change: Any = None) -> None:
        steps.show(
            kit.row(
                kit.button(_("Undo"), model.undo, where=notice) if model.past else None,
                kit.button(_("Redo"), model.redo, where=notice) if model.ahead else None,
            )
            if model.past or model.ahead
            else None
        )

    kit.on_change(model, _after_a_pause(kit.guarded(look, notice)), notice, name="text")
    model.observe(draw_steps, ["past", "ahead"])
    look()
    draw_steps()
    parts = kit.Region(draft, steps, notice, below), beside
    return kit.Region(*parts) if narrow else kit.columns(*parts)


def _after_a_pause(handler: Callable[[], object]) -> Callable[[Any], None]:
    waiting: list[asyncio.TimerHandle] = []

    def run(_change: Any = None) -> None:
        while waiting:
            waiting.pop().cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            handler()
        else:
            waiting.append(loop.call_later(_PAUSE, handler))

    return run


def headline(found: Review) -> str:
    """Say in one sentence what a review found."""
    if found.notice and not found.faults and not found.missing:
        return found.notice
    missing = counted(len(found.missing), "{n} thing is missing", "{n} things are missing")
    # One place may hurt in more ways than one; what is of the whole draft stands at no place of it.
    places = len(found.apart) + sum(not one.span for one in found.faults)
    hurts = counted(places, "{n} place may hurt", "{n} places may hurt")
    if found.missing and found.faults:
        return _("{missing}, {hurts}.").format(missing=missing, hurts=hurts)
    if found.missing or found.faults:
        return f"{missing if found.missing else hurts}."
    return _("Nothing is missing, and nothing may hurt.")


def _findings(model: DraftModel, found: Review, notice: kit.Notice) -> list[Any]:
    marks = [(one.start, one.end, "hurts") for one in found.apart]
    ids = [
        *(one.source for one in found.missing),
        *(one.source for one in found.faults if one.span),
    ]
    return [
        kit.heading(headline(found)),
        _length(model, found),
        kit.text(found.notice, soft=True)
        if found.notice and (found.faults or found.missing)
        else None,
        kit.marked_text(found.text, marks) if marks else None,
        *(_fault(model, one, notice) for one in found.faults if one.span),
        *(
            kit.card(
                kit.text(f"{first_upper(item.says)}. ", item.why),
                kit.source(f"[{item.source}]"),
                kit.row(
                    kit.button(
                        _("Add: {words}").format(words=model.wording(item)),
                        lambda item=item: model.add(item),  # type: ignore[misc]
                        where=notice,
                    )
                ),
                label=kit.tag(_("Missing"), "amber"),
                level=3,
            )
            for item in found.missing
        ),
        *(kit.text(kit.el("b", f"“{one.span}” "), one.why, soft=True) for one in found.asks),
        kit.details(
            _("What it holds"),
            *(
                kit.text(kit.el("b", model.playbook.items[item.item].says), ": ", item.words)
                for item in found.present
            ),
        )
        if found.present
        else None,
        where_from(model.playbook, ids),
    ]


def _fault(model: DraftModel, one: Fault, notice: kit.Notice) -> Any:
    words = _("Use instead: {words}").format(words=one.try_) if one.try_ else _("Take it out")
    blank = one.fault == "placeholder"
    return kit.card(
        kit.text(kit.el("b", f"“{one.span}” ")),
        kit.text(one.why),
        kit.source(f"[{one.source}]"),
        None if blank else kit.row(kit.button(words, lambda: model.use(one), where=notice)),
        label=kit.tag(_("Fill this in") if blank else _("May hurt"), "amber" if blank else "red"),
        level=3,
    )


def _length(model: DraftModel, found: Review) -> kit.Html:
    spec = model.playbook.kinds[model.kind]
    if spec.medium == "email":
        words = _("{n} of at most {most} words.").format(n=found.words, most=found.most_words)
        return kit.text(words, soft=True)
    most = _SPOKEN if spec.medium == "voicemail" else round(found.most_words / 2.5)
    said = (
        _("About {seconds} seconds to say, of at most {most} ({n} words). That is too long.")
        if found.words > found.most_words
        else _("About {seconds} seconds to say, of at most {most} ({n} words).")
    ).format(seconds=found.spoken_seconds, most=most, n=number(found.words))
    return kit.el(
        "div",
        kit.el(
            "progress",
            value=str(min(found.spoken_seconds, 2 * most)),
            max=str(2 * most),
            aria_label=said,
            class_="ic-seconds",
        ),
        kit.el("div", kit.el("span", f"{most} s"), class_="ic-seconds-mark"),
        kit.el("div", said, class_="ic-soft"),
        class_="ic-speaking",
    )
