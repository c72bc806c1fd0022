"""The screens of a room that votes by phone: how to join, who is in, and the words that were written."""

from collections.abc import Callable
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import N_, _, pgettext
from interview_coach.outcomes.rooms import Draft, Question
from interview_coach.panels import kit
from interview_coach.panels.draft_view import headline
from interview_coach.panels.workshop_join import JoinCard
from interview_coach.panels.workshop_model import WorkshopModel
from interview_coach.panels.workshop_phones_model import PhonesModel
from interview_coach.workshop import Session

__all__ = ["phones_key", "show_phones", "take_home"]

NEXT = ("PageDown", "ArrowRight", "n")
PREVIOUS = ("PageUp", "ArrowLeft", "p")
"""What a presenter's remote sends for its two buttons, and a letter for a keyboard."""

_WHO = N_("Anybody in this network who has the code can join, until you close the room.")


def phones_key(model: PhonesModel) -> Any:
    """Name what of the phones is to be seen, but for their numbers, which change in place."""
    room, words = model.room, model.words
    return (
        *(model.joining, model.choosing, room and (room.room, room.shown)),
        *(words and words.number, words and words.state),
        tuple(one.hidden for one in model.drafts()),
    )


class Coming(JoinCard):
    """The join card of one's notes while words are written, with what has come in so far below it."""

    def __init__(self, model: PhonesModel, notice: kit.Notice) -> None:
        self.place, self._notice = kit.Region(), notice
        self._drafts: list[Draft] | None = None
        super().__init__(model, large=False, brief=True)

    def update(self, __: Session | None = None) -> None:
        """Show how the room stands now; the words are drawn anew only where they have changed."""
        super().update()
        drafts = self._model.coming()
        if drafts != self._drafts:
            self._drafts = drafts
            self.place.show(
                _only_for_you(self._model, drafts, self._notice, _("So far, only for you"))
            )


def show_phones(
    page: kit.Page, model: WorkshopModel, session: Session, notice: kit.Notice
) -> JoinCard | None:
    """Show what the phones are about, if it is their turn on the screen.

    Returns
    -------
    JoinCard or None
        What to update as phones join and answer.
    """
    phones = model.phones
    if phones.joining:
        return _show_joining(page, model, session, notice)
    if phones.choosing:
        _show_choosing(page, phones, notice)
        return None
    if phones.words is not None:
        if phones.words.state != "revealed":
            return _show_writing(page, model, phones.words, notice)
        _show_words(page, model, phones.words, notice)
    return None


def _to(model: PhonesModel, name: str, value: Any) -> Callable[[], None]:
    return lambda: setattr(model, name, value)


def _show_joining(
    page: kit.Page, model: WorkshopModel, session: Session, notice: kit.Notice
) -> JoinCard | None:
    phones = model.phones
    back = kit.button(_("Back"), _to(phones, "joining", False), where=notice, key=PREVIOUS)
    page.head(
        _("Vote by phone"), " \u00b7 ".join(filter(None, (session.deck.title, session.cohort)))
    )
    if phones.room is None:
        names = kit.checkbox(
            _("Ask for names"),
            hint=_(
                "Only for you, beside the answers, and each phone says so. The room sees no names."
            ),
        )
        page.body.show(
            kit.heading(_("Open a room for phones"), focus=True),
            kit.text(
                _(
                    "The phones in this room's Wi-Fi open a page on your computer and join with a code. "
                    "Nothing is installed, and nobody needs an account. Hands can be counted too."
                )
            ),
            kit.text(_(_WHO), " ", _("They reach the vote and nothing else of yours.")),
            names,
            kit.row(
                kit.button(
                    _("Open the room"),
                    lambda: phones.open(names=bool(names.value)),
                    where=notice,
                    main=True,
                    key=NEXT,
                ),
                back,
            ),
            notice,
            kit.key_help(_("Next opens the room")),
        )
        page.say(_("Open a room for phones."))
        return None
    card = JoinCard(phones, large=True)
    called = phones.rooms.names(phones.room.room) if model.private else []
    page.body.show(
        kit.heading(_("Join with your phone"), focus=True),
        card.card,
        kit.row(
            kit.button(
                _("Go on"), _to(phones, "joining", False), where=notice, main=True, key=(*NEXT, "t")
            ),
            kit.button(_("Close the room"), phones.close, where=notice),
        ),
        notice,
        kit.small(
            _(_WHO),
            " ",
            _(
                "It closes by itself after twelve hours. If a phone cannot open the address, a guest "
                "Wi-Fi that keeps devices apart or this computer's firewall is in the way."
            ),
        ),
        kit.small(_("You asked for names; each phone says so.")) if phones.room.names else None,
        kit.text(_("In the room when this opened: {names}").format(names=", ".join(called)))
        if called
        else None,
        kit.key_help(_("Next goes on")),
    )
    page.say(_("Join with your phone. The code is {code}.").format(code=" ".join(phones.room.code)))
    return card


def _show_choosing(page: kit.Page, phones: PhonesModel, notice: kit.Notice) -> None:
    kinds = phones.kinds()
    page.head(
        _("What shall they write?"),
        _("Each phone writes its own; the room sees them without names."),
    )
    page.body.show(
        kit.heading(_("Choose a message"), focus=True),
        kit.choices(kinds, phones.ask_words, where=notice),
        kit.row(
            kit.button(_("Back"), _to(phones, "choosing", False), where=notice, key=PREVIOUS),
        ),
        notice,
        kit.key_help(_("1 to {n} chooses").format(n=len(kinds))),
    )
    page.say(_("What shall they write?"))


def _show_writing(
    page: kit.Page, model: WorkshopModel, words: Question, notice: kit.Notice
) -> JoinCard:
    phones = model.phones
    coming = Coming(phones, notice) if model.private else None
    card = coming or JoinCard(phones, large=True)
    page.body.show(
        kit.heading(_("Write it on your phone, and send it"), focus=True),
        card.card,
        kit.row(
            kit.button(_("Reveal"), phones.reveal_words, where=notice, main=True, key=(*NEXT, "r")),
            kit.button(_("Back to the vote"), phones.back_to_vote, where=notice, key=PREVIOUS),
        ),
        notice,
        coming.place if coming else None,
        kit.key_help(_("Next takes no more words and shows them")),
    )
    page.head(str(words.content["asked"]), str(words.content["lead"]))
    page.say(_("{message}. Write it on your phone.").format(message=words.content["asked"]))
    return card


def _show_words(page: kit.Page, model: WorkshopModel, words: Question, notice: kit.Notice) -> None:
    phones = model.phones
    drafts = phones.drafts()
    seen = [one for one in drafts if not one.hidden]
    hidden = [one for one in drafts if one.hidden]
    at = min(phones.room.shown if phones.room else 0, max(len(seen) - 1, 0))
    came = words.result or {}
    page.body.show(
        kit.heading(
            _("Message {n} of {total}").format(n=at + 1, total=len(seen))
            if seen
            else _("Nothing to show"),
            focus=True,
        ),
        _one(phones, seen[at], words) if seen else None,
        kit.row(
            kit.button(
                _("Next message"), lambda: phones.turn_to(at + 1), where=notice, main=True, key=NEXT
            )
            if at + 1 < len(seen)
            else None,
            kit.button(
                _("Message before"), lambda: phones.turn_to(at - 1), where=notice, key=PREVIOUS
            )
            if at
            else None,
            kit.button(_("Hide this one"), lambda: phones.hide(seen[at]), where=notice, key="x")
            if seen
            else None,
            kit.button(_("Back to the vote"), phones.back_to_vote, where=notice, key="v"),
        ),
        notice,
        _only_for_you(phones, hidden, notice, _("Hidden, only for you"))
        if hidden and model.private
        else None,
        kit.key_help(
            _("Next shows the next one \u00b7 X hides this one \u00b7 V goes back to the vote")
        ),
    )
    page.head(str(came.get("finding", "")), str(came.get("more", "")))
    page.say(f"{came.get('finding', '')} {came.get('more', '')}")


def _one(phones: PhonesModel, draft: Draft, words: Question) -> Any:
    found = phones.review_of(draft, words)
    marks = [(one.start, one.end, "hurts") for one in found.apart]
    return kit.card(
        kit.marked_text(found.text, marks),
        kit.text(kit.el("b", headline(found))),
        *(kit.text(f"\u201c{one.span}\u201d: {one.why}") for one in found.apart),
        kit.text(
            _("Missing: {items}.").format(
                items="; ".join(phones.item_says(item.item) for item in found.missing)
            )
        )
        if found.missing
        else None,
    )


def _only_for_you(phones: PhonesModel, drafts: list[Draft], notice: kit.Notice, title: str) -> Any:
    """List drafts in one's notes, each with the button that takes it off the screen or puts it back."""

    def turned(draft: Draft) -> Callable[[], None]:
        return lambda: phones.hide(draft, hidden=not draft.hidden)

    def turn(draft: Draft) -> Any:
        says, label = (
            (_("Show it again"), _("Show again: {words}"))
            if draft.hidden
            else (_("Hide it"), _("Hide: {words}"))
        )
        return kit.button(
            says, turned(draft), where=notice, label=label.format(words=draft.words[:40])
        )

    listed: list[Any] = [
        kit.Region(
            kit.el(
                "p",
                one.words,
                kit.el("span", " ", _("(hidden)"), class_="ic-soft") if one.hidden else None,
                class_="ic-draft",
            ),
            kit.row(turn(one)),
        )
        for one in drafts
    ]
    nothing = kit.text(_("Nothing has come in yet."), soft=True)
    return kit.card(*(listed or [nothing]), title=title, level=3)


def take_home(model: WorkshopModel, made: kit.Region, notice: kit.Notice) -> list[Any]:
    """Make the buttons of the debrief for what the phones sent; none where they sent nothing."""
    phones = model.phones
    if model.held is None or not phones.has_answers():
        return []

    def export() -> None:
        made.show(
            kit.row(
                kit.download_link(
                    _("Save what the phones sent"),
                    "phones.csv",
                    phones.answers_csv(),
                    "text/csv",
                )
            )
        )

    def erase() -> None:
        if phones.read() is not None:
            raise KitError(_("The room is still open; close it, then erase what its phones sent."))
        made.show(
            kit.card(
                kit.text(
                    _(
                        "All votes, words and names that phones sent in this workshop go for good. The counts stay."
                    )
                ),
                kit.row(
                    kit.button(
                        _("Erase them"), lambda: _erased(phones, made, notice), where=notice
                    ),
                    kit.button(
                        pgettext("what phones sent", "Keep them"), lambda: made.show(), where=notice
                    ),
                ),
            )
        )

    return [
        kit.button(_("Export what the phones sent"), export, where=notice),
        kit.button(_("Erase what the phones sent"), erase, where=notice),
        kit.button(_("Close the room"), phones.close, where=notice) if phones.room else None,
    ]


def _erased(phones: PhonesModel, made: kit.Region, notice: kit.Notice) -> None:
    phones.erase()
    made.show()
    notice.done(_("What the phones sent is erased. The counts stay in this workshop."))
