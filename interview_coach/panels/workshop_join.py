"""How phones join a workshop's room, and how many have: the card that stands beside what is asked."""

from typing import Any

import ipywidgets as widgets

from interview_coach.language import _, ngettext
from interview_coach.outcomes.rooms import Room
from interview_coach.outcomes.rooms.codes import spaced
from interview_coach.panels import kit
from interview_coach.panels.kit.cameras import qr
from interview_coach.panels.workshop_phones_model import PhonesModel
from interview_coach.wording import counted, of_total
from interview_coach.workshop import Session

__all__ = ["JoinCard"]


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
