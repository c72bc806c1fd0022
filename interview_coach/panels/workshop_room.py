"""The screens of a workshop while it goes on: the calls, a vote, the votes, the end of a call."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.workshop_join import JoinCard
from interview_coach.panels.workshop_model import WorkshopModel
from interview_coach.panels.workshop_notes import notes, typed_counts
from interview_coach.panels.workshop_phones import NEXT, PREVIOUS
from interview_coach.wording import counted, of_total
from interview_coach.workshop import (
    Change,
    Decision,
    Option,
    Session,
    decisions,
    sentences,
)

__all__ = ["NEXT", "PREVIOUS", "LiveVotes", "do", "hide", "show_calls", "show_dark", "show_vote"]


class LiveVotes:
    """What changes at each vote: the count in all, and for the facilitator each choice's hands."""

    def __init__(self, private: bool, join: JoinCard | None = None) -> None:
        self.join = join
        self.total = widgets.HTML()
        self.total.add_class("ic-hands")
        self.counts: dict[str, Any] = {}
        self._private = private

    def update(self, session: Session) -> None:
        """Show the hands of a session; on the projector only how many they are in all."""
        if self.join is not None:
            self.join.update()
        total = session.tally.total
        words = sentences.hands_in_all(total) if total or self.join is None else ""
        self.total.layout.display = None if words else "none"
        self.total.value = kit.el("p", words, class_="ic-large", role="status")
        for key, place in self.counts.items():
            place.value = kit.el("p", str(session.tally.hands.get(key, 0)), class_="ic-count")


def do(model: WorkshopModel, **change: Any) -> Callable[[], None]:
    """Give what a button does: one change of the workshop."""
    return lambda: model.do(Change(**change))


def _place(session: Session) -> str:
    name = session.cohort or session.deck.title
    if session.at is None:
        return name
    return _("{group} · call {n} of {total}").format(
        group=name, n=session.at + 1, total=len(session.deck.stories)
    )


def hide(model: WorkshopModel, notice: kit.Notice) -> kit.Button | None:
    """Make the button that blanks the projector; the notes stay as they are."""
    if model.private:
        return None
    return kit.button(_("Blank"), lambda: setattr(model, "dark", True), where=notice, key="b")


def phone_buttons(model: WorkshopModel, notice: kit.Notice) -> list[kit.Button]:
    """Make the buttons of the phones: the room, and, where one is open, words to be written."""
    phones = model.phones
    if not phones.possible:
        return []
    made = [kit.button(_("By phone"), _set(phones, "joining"), where=notice, key="t")]
    if phones.room is not None:
        made.append(kit.button(_("Ask for words"), _set(phones, "choosing"), where=notice, key="a"))
    return made


def _set(model: Any, name: str) -> Callable[[], None]:
    return lambda: setattr(model, name, True)


def show_dark(page: kit.Page, model: WorkshopModel, notice: kit.Notice) -> None:
    """Show nothing, so that the room looks up."""
    page.head("")
    page.body.show(
        kit.button(
            _("Show the screen again"),
            lambda: setattr(model, "dark", False),
            where=notice,
            key=("b", *NEXT),
        ),
        notice,
    )
    page.say(_("The screen is blank. B shows it again."))


def show_calls(page: kit.Page, model: WorkshopModel, session: Session, notice: kit.Notice) -> None:
    """Show the calls of the deck, and which have been played."""
    stories = session.deck.stories
    waiting = [number for number in range(len(stories)) if number not in session.ends]
    options = []
    for number, story in enumerate(stories):
        words = story.call.title
        if number in session.ends:
            words = _("{call} (played)").format(call=words)
        elif number in session.paths:
            words = _("{call} (begun)").format(call=words)
        options.append((number, words))
    if waiting:
        first = waiting[0]
        words = _("Go on to call {n}").format(n=first + 1) if session.paths else _("Begin")
        main = kit.button(
            words, do(model, do="open", call=first), where=notice, main=True, key=NEXT
        )
    else:
        main = kit.button(
            _("To the debrief"), do(model, do="finish"), where=notice, main=True, key=NEXT
        )
    page.body.show(
        kit.choices(options, lambda number: model.do(Change(do="open", call=number)), where=notice),
        kit.row(
            main,
            kit.button(_("Debrief of all"), do(model, do="finish"), where=notice, key="d")
            if waiting and session.tallies
            else None,
            kit.button(_("Close"), model.leave, where=notice, key="q"),
            *phone_buttons(model, notice)[:1],
            hide(model, notice),
        ),
        notice,
        kit.key_help(_("Next begins · 1 to {n} for a call · Q closes").format(n=len(options))),
    )
    many = counted(len(stories), "{n} call", "{n} calls")
    page.head(session.deck.title, " · ".join(filter(None, (session.cohort, many))))
    page.say(
        " ".join(
            (
                _("{deck}.").format(deck=session.deck.title),
                counted(len(waiting), "{n} call to go.", "{n} calls to go."),
            )
        )
    )


def show_vote(
    page: kit.Page, model: WorkshopModel, session: Session, decision: Decision, notice: kit.Notice
) -> LiveVotes | None:
    """Show a decision: to be voted on, or with its votes open.

    Returns
    -------
    LiveVotes or None
        What to update at each hand, while hands are being counted.
    """
    story = session.deck.stories[decision.call]
    held = [one.path for one in decisions(session, model.playbook, decision.call)]
    before = held.index(decision.path) if decision.path in held else len(held)
    if decision.revealed:
        _show_votes(page, model, decision, notice)
        live = None
    else:
        room = model.phones.room
        live = LiveVotes(
            model.private,
            JoinCard(model.phones, large=False, brief=model.private) if room is not None else None,
        )
        _show_counting(page, model, decision, notice, live)
        live.update(session)
    if model.private:
        page.body.show(*page.body.children, *notes(story, decision, before, model))
    # After the buttons: who reads the new heading can press their keys already.
    page.head(
        sentences.noticed(decision),
        _("{place} · vote {n}").format(place=_place(session), n=before + 1),
    )
    return live


def _show_counting(
    page: kit.Page,
    model: WorkshopModel,
    decision: Decision,
    notice: kit.Notice,
    live: LiveVotes,
) -> None:
    rows = [
        _counting_row(model, option, number, notice, live)
        for number, option in enumerate(decision.options, 1)
    ]
    if live.join is not None:
        rows = [kit.columns(kit.Region(*rows), live.join.card, widths="end")]
    page.body.show(
        kit.heading(_("What do you do?"), focus=True),
        *rows,
        kit.row(
            live.total,
            kit.button(
                _("Reveal"), do(model, do="reveal"), where=notice, main=True, key=(*NEXT, "r")
            ),
            kit.button(_("Undo"), do(model, do="undo"), where=notice, key="z", repeat=True),
            kit.button(_("Reset"), do(model, do="reset"), where=notice, key="x"),
            kit.button(_("Back"), do(model, do="back"), where=notice, key=PREVIOUS),
            *phone_buttons(model, notice),
            hide(model, notice),
        ),
        notice,
        typed_counts(model, decision, notice) if model.private else None,
        kit.key_help(
            (
                _("1 to {n} adds a hand · Z takes it back · Next reveals")
                if model.private
                else _("1 to {n} adds a hand · Z takes it back · Next reveals · B blanks")
            ).format(n=len(decision.options))
        ),
    )
    page.say(" ".join((sentences.noticed(decision), _("What do you do?"))))


def _counting_row(
    model: WorkshopModel, option: Option, number: int, notice: kit.Notice, live: LiveVotes
) -> Any:
    def one(hands: int) -> Callable[[], None]:
        return do(model, do="hand", choice=option.key, hands=hands)

    choice = kit.choices(
        [(option.key, option.says)], lambda __: one(1)(), where=notice, numbered=False, repeat=True
    ).buttons[0]
    if number <= 9:
        choice.add_class(f"ic-key-{number}")
    parts: list[Any] = [choice]
    if model.private:
        live.counts[option.key] = widgets.HTML()
        parts.append(live.counts[option.key])
    parts += [
        kit.button(
            sign,
            one(hands),
            where=notice,
            repeat=True,
            label=words.format(choice=option.says),
        )
        for sign, hands, words in (
            ("\u2212", -1, _("One hand less for: {choice}")),
            ("+", 1, _("One hand more for: {choice}")),
        )
    ]
    row = widgets.Box(parts)
    row.add_class("ic-vote")
    return row


def _show_votes(
    page: kit.Page, model: WorkshopModel, decision: Decision, notice: kit.Notice
) -> None:
    finding = sentences.finding(decision)
    lead = decision.leaders[0] if len(decision.leaders) == 1 else None
    rows = [
        _voted_row(model, decision, option, number, notice)
        for number, option in enumerate(decision.options, 1)
    ]
    why = None
    if model.why:
        differs = sentences.others_say(decision)
        why = kit.card(
            kit.text(sentences.verdict(decision), large=True),
            kit.source(differs) if differs else None,
        )
    page.body.show(
        kit.heading(finding, focus=True),
        # One or the other: both would not fit on a projector.
        *(rows if why is None else [why]),
        kit.row(
            kit.button(
                _("Play the top choice"),
                do(model, do="play", choice=lead.key),
                where=notice,
                main=True,
                key=NEXT,
            )
            if lead is not None
            else None,
            kit.button(
                _("The votes again") if model.why else _("What the guidance says"),
                lambda: setattr(model, "why", not model.why),
                where=notice,
                key="w",
            ),
            kit.button(_("Vote again"), do(model, do="reset"), where=notice, key="x"),
            kit.button(_("Play on to the end"), do(model, do="play_on"), where=notice, key="e"),
            kit.button(_("Back"), do(model, do="back"), where=notice, key=PREVIOUS),
            *phone_buttons(model, notice)[1:],
            hide(model, notice),
        ),
        notice,
        kit.key_help(
            " · ".join(
                (
                    _("Next plays the top choice")
                    if lead is not None
                    else _("No single choice leads"),
                    _("W for the votes")
                    if model.why
                    else _("1 to {n} plays that one · W for the reason").format(
                        n=len(decision.options)
                    ),
                    _("E to the end"),
                )
            )
        ),
    )
    page.say(f"{finding} {sentences.others_chose(decision)}")


def _voted_row(
    model: WorkshopModel, decision: Decision, option: Option, number: int, notice: kit.Notice
) -> Any:
    play = kit.choices(
        [(option.key, option.says)],
        lambda key: model.do(Change(do="play", choice=key)),
        where=notice,
        numbered=False,
    ).buttons[0]
    if number <= 9:
        play.add_class(f"ic-key-{number}")
    share = of_total(option.hands, decision.total)
    bar = kit.el(
        "div",
        kit.el(
            "progress",
            value=option.hands,
            max=max(decision.total, 1),
            aria_label=_("{choice}: {share}").format(choice=option.says, share=share),
        ),
        kit.el("span", share, class_="ic-count"),
        class_="ic-share",
    )
    row = widgets.Box([play, kit.show(bar)])
    row.add_class("ic-vote")
    row.add_class("ic-voted")
    return row
