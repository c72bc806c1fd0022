"""The screens of a room that votes by phone: how to join, who is in, and the words that were written."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext, pgettext
from interview_coach.outcomes.rooms import Draft, Question, Room
from interview_coach.outcomes.rooms.codes import spaced
from interview_coach.panels import kit
from interview_coach.panels.draft_view import headline
from interview_coach.panels.kit.cameras import qr
from interview_coach.panels.workshop_model import WorkshopModel
from interview_coach.panels.workshop_phones_model import PhonesModel
from interview_coach.wording import counted, of_total
from interview_coach.workshop import Session

__all__ = ["JoinCard", "phones_key", "show_phones", "take_home"]

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


class JoinCard:
    """The code and how many have joined and answered; both change in place, without a flicker.

    `large` where joining is what the screen is for; `brief` in one's notes, from which nobody joins.
    """

    def __init__(self, model: PhonesModel, *, large: bool, brief: bool = False) -> None:
        self._model, self._large, self._brief = model, large, brief
        self.way, self.numbers = widgets.HTML(), widgets.HTML()
        self.numbers.add_class("ic-hands")
        self.update()

    @property
    def card(self) -> Any:
        """The card, with its code and numbers."""
        made = kit.card(self.way, self.numbers)
        made.add_class("ic-join-large" if self._large else "ic-join")
        return made

    def update(self, __: Session | None = None) -> None:
        """Show how the room stands now."""
        room = self._model.room
        if room is not None:
            # Not read out at each vote: forty of them would drown the facilitator's own words.
            self.numbers.value = kit.text(_numbers(room), large=True)
            self.way.value = _way(room, large=self._large, brief=self._brief)


def _numbers(room: Room) -> str:
    question = room.words or room.asked
    if room.joined == 0:
        return _("No phone has joined yet")
    if question is None or question.state != "open":
        return counted(room.joined, "{n} phone has joined", "{n} phones have joined")
    if question.kind == "words":
        said = ngettext(
            "{share} phone has sent words", "{share} phones have sent words", room.joined
        )
    else:
        said = ngettext("{share} phone has voted", "{share} phones have voted", room.joined)
    return said.format(share=of_total(question.answers, room.joined))


def _way(room: Room, *, large: bool, brief: bool) -> kit.Html:
    where = room.where
    if where.problem:
        return kit.error(
            _(
                "The phones cannot be let in ({problem}). Close other programs that other computers "
                "reach on this one, or start Interview Coach again."
            ).format(problem=_(where.problem))
        )
    if where.port is None:
        return kit.text(_("Opening the door for the phones \u2026"), soft=True)
    if not where.addresses:
        return kit.error(
            _(
                "This computer is in no network, so no phone can reach it. Join a Wi-Fi, or open a "
                "hotspot on a phone: the address then stands here."
            )
        )
    first, *others = (f"{address}:{where.port}" for address in where.addresses)
    address = f"http://{first}"
    if brief:
        return kit.text(f"{address} \u00b7 {spaced(room.code)}")
    return kit.el(
        "div",
        qr(
            f"{address}/#{room.code}",
            _("QR code that opens {address} with the code of this room").format(address=address),
        ),
        kit.el(
            "div",
            kit.el("p", _("Scan the code, or open"), class_="ic-soft"),
            kit.el("p", address, class_="ic-join-address"),
            kit.el("p", _("and type"), class_="ic-soft"),
            kit.el("p", spaced(room.code), class_="ic-join-code"),
            kit.small(_("If that leads nowhere: {addresses}").format(addresses=", ".join(others)))
            if others and large
            else None,
        ),
        class_="ic-join-way",
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
            return _show_writing(page, phones, phones.words, notice)
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
    page: kit.Page, phones: PhonesModel, words: Question, notice: kit.Notice
) -> JoinCard:
    card = JoinCard(phones, large=True)
    page.body.show(
        kit.heading(_("Write it on your phone, and send it"), focus=True),
        card.card,
        kit.row(
            kit.button(_("Reveal"), phones.reveal_words, where=notice, main=True, key=(*NEXT, "r")),
            kit.button(_("Back to the vote"), phones.back_to_vote, where=notice, key=PREVIOUS),
        ),
        notice,
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
        _hidden(phones, hidden, notice) if hidden and model.private else None,
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


def _hidden(phones: PhonesModel, hidden: list[Draft], notice: kit.Notice) -> Any:
    def back(draft: Draft) -> Callable[[], None]:
        return lambda: phones.hide(draft, hidden=False)

    return kit.card(
        *(
            kit.Region(
                kit.el("p", one.words, class_="ic-draft"),
                kit.row(
                    kit.button(
                        _("Show it again"),
                        back(one),
                        where=notice,
                        label=_("Show again: {words}").format(words=one.words[:40]),
                    )
                ),
            )
            for one in hidden
        ),
        title=_("Hidden, only for you"),
        level=3,
    )


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
