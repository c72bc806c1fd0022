"""The room of a workshop in which phones vote: it asks what the workshop asks, and counts what came."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import traitlets

from interview_coach.errors import KitError
from interview_coach.language import _, current
from interview_coach.messages import review
from interview_coach.messages.review import Review
from interview_coach.outcomes.rooms import Draft, Question, Room, Rooms, rooms_file
from interview_coach.workshop import Change
from interview_coach.workshop.export import answers_csv
from interview_coach.workshop.phones import (
    ballot,
    ballot_key,
    found_in,
    result,
    words_result,
)

if TYPE_CHECKING:
    from interview_coach.panels.workshop_model import WorkshopModel

__all__ = ["PhonesModel"]

_MOST_STEPS = 4  # to ask, and to reveal what was asked: two; more only where two windows meet


class PhonesModel(traitlets.HasTraits):
    """The phones' side of a workshop. Without an open room it does nothing.

    Attributes
    ----------
    room : Room or None
        The open room as it was last seen; None if there is none.
    joining : bool
        Whether the screen shows how to join.
    choosing : bool
        Whether it asks the facilitator what the phones shall write.
    """

    room = traitlets.Instance(Room, allow_none=True)
    joining = traitlets.Bool()
    choosing = traitlets.Bool()

    def __init__(self, workshop: "WorkshopModel") -> None:
        super().__init__()
        self._workshop = workshop
        self._rooms: Rooms | None = None
        self._read: dict[str, Review] = {}

    @property
    def possible(self) -> bool:
        """Whether phones can vote: the page's server lets them in, and the workshop is no example."""
        return rooms_file() is not None and not self._workshop.made_up

    @property
    def rooms(self) -> Rooms:
        """The file of the rooms; made when the first one is opened.

        Raises
        ------
        KitError
            If this page's server lets no phones in.
        """
        if self._rooms is None:
            path = rooms_file()
            if path is None:
                raise KitError(
                    _(
                        "Phones can vote where Interview Coach was started as an app: run "
                        "\u201cinterview-coach app\u201d, and open this page there."
                    )
                )
            self._rooms = Rooms(path)
        return self._rooms

    @property
    def words(self) -> Question | None:
        """What the phones are asked to write; None while they are not."""
        return self.room.words if self.room is not None else None

    def read(self) -> Room | None:
        """Look how the room stands; makes no file."""
        held = self._workshop.held
        room = self.rooms.of(held.workshop_id) if held is not None and self._there() else None
        self.room = room
        return room

    def open(self, *, names: bool) -> None:
        """Open a room, and ask in it what the workshop asks."""
        assert self._workshop.held is not None  # the button stands on a workshop's page
        self.rooms.open(self._workshop.held.workshop_id, names=names, language=current())
        self.follow(self.read())

    def close(self) -> None:
        """Close the room: its phones are told so, and no others come in."""
        if (room := self.read()) is not None:
            self.rooms.end(room.room)
        self.joining = self.choosing = False
        self.read()

    def come_back(self) -> None:
        """Go on with a workshop; a vote whose reveal was cut off is open again."""
        self.joining = self.choosing = False
        room, session = self.read(), self._workshop.session
        if (
            room is not None
            and room.asked is not None
            and room.asked.state == "counted"
            and session is not None
            and not session.tally.revealed
        ):
            self.rooms.reopen(room.room, room.asked.number, room.revision)
        self.follow(self.read())

    def answered(self) -> bool:
        """Tell whether a phone has answered what the workshop asks, as was last seen."""
        room = self.room
        return room is not None and room.asked is not None and room.asked.answers > 0

    def open_elsewhere(self) -> list[str]:
        """List the workshops that have an open room; makes no file."""
        return self.rooms.any_open() if self._there() else []

    def close_of(self, workshop_id: str) -> None:
        """Close the room of a workshop that is not on this page."""
        if (room := self.rooms.of(workshop_id)) is not None:
            self.rooms.end(room.room)

    def _there(self) -> bool:
        path = rooms_file()
        return self._rooms is not None or (path is not None and path.exists())

    def leave(self) -> None:
        """Show no room any more; one that is open stays so."""
        self.joining = self.choosing = False
        self.room = None

    def counted(self, change: Change) -> Change:
        """Write the votes of the phones into a reveal; after this no phone can change its vote."""
        room, session = self.read(), self._workshop.session
        if room is None or room.asked is None or session is None:
            return change
        if room.asked.key != ballot_key(session):
            return change
        votes = self.rooms.count(room.room, room.asked.number)
        return change.model_copy(update={"phones": votes})

    def follow(self, room: Room | None) -> None:
        """Ask in the room what the workshop asks now.

        Parameters
        ----------
        room : Room or None
            As it stood *before* the workshop was looked at. What the room shows was done in the
            workshop first, so where they differ now, it is the room that is behind. If somebody
            has gone on since, nothing is done, and the next look sees it.
        """
        for _step in range(_MOST_STEPS):
            if room is None or not self._step(room):
                return
            room = self.read()

    def _step(self, room: Room) -> bool:
        """Bring the room one step nearer to the workshop; False if it is there."""
        session, decision = self._workshop.session, self._workshop.decision()
        key = None if session is None else ballot_key(session)
        asked = room.asked
        if session is None or key is None or decision is None:
            if asked is None:
                return False
            self.rooms.ask_nothing(room.room, room.revision)
        elif asked is None or asked.key != key:
            self.rooms.ask(room.room, key, ballot(decision), room.revision)
        elif session.tally.revealed and asked.state != "revealed":
            self.rooms.reveal(room.room, asked.number, result(decision), room.revision)
        elif not session.tally.revealed and asked.state == "revealed":
            self.rooms.reopen(room.room, asked.number, room.revision)
        else:
            return False
        return True

    def ask_words(self, kind: str) -> None:
        """Ask the phones to write a message of this kind."""
        spec = self._workshop.playbook.kinds[kind]
        room = self._open_room()
        lead = _("At most {n} words.").format(n=spec.most_words)
        told = {"asked": spec.label, "lead": lead, "message": kind}
        self.rooms.ask_words(room.room, told)
        self.choosing, self._read = False, {}
        self.read()

    def reveal_words(self) -> None:
        """Take no more words, review them, and show them."""
        room = self._open_room()
        words = room.words
        if words is None:
            return
        self.rooms.count(room.room, words.number)
        drafts = self.rooms.drafts(room.room, words.number)
        playbook = self._workshop.playbook
        reviews = {one.phone: self.review_of(one, words) for one in drafts}
        self.rooms.reveal_words(
            room.room,
            words.number,
            {phone: found_in(one, playbook) for phone, one in reviews.items()},
            words_result(list(reviews.values()), playbook),
        )
        self.read()

    def review_of(self, draft: Draft, words: Question) -> Review:
        """Review what one phone wrote."""
        if draft.phone not in self._read or self._read[draft.phone].text != draft.words:
            kind = str(words.content["message"])
            self._read[draft.phone] = review(kind, draft.words, self._workshop.playbook)
        return self._read[draft.phone]

    def drafts(self) -> list[Draft]:
        """List what was written, what is hidden too; nothing before it is revealed."""
        return self._written("revealed")

    def coming(self) -> list[Draft]:
        """List what has been written so far, for the facilitator alone."""
        return self._written("open")

    def _written(self, state: str) -> list[Draft]:
        if self.room is None or self.words is None or self.words.state != state:
            return []
        return self.rooms.drafts(self.room.room, self.words.number)

    def turn_to(self, shown: int) -> None:
        """Show another of the drafts, in the other window too."""
        self.rooms.turn_to(self._open_room().room, shown)
        self.read()

    def hide(self, draft: Draft, *, hidden: bool = True) -> None:
        """Take one of the drafts off the screen, or put it back."""
        room = self._open_room()
        if room.words is not None:
            self.rooms.hide(room.room, room.words.number, draft.phone, hidden=hidden)
        self.read()

    def back_to_vote(self) -> None:
        """Leave the words, and show again what the workshop asks."""
        self.choosing = False
        if (room := self.read()) is not None:
            self.rooms.back_from_words(room.room)
        self.read()

    def _open_room(self) -> Room:
        room = self.read()
        if room is None:
            raise KitError(_("The room is closed; open it again to ask its phones."))
        return room

    def kinds(self) -> list[tuple[str, str]]:
        """List the messages that can be asked for: key and words."""
        return [(key, kind.label) for key, kind in self._workshop.playbook.kinds.items()]

    def item_says(self, item: str) -> str:
        """Say what a message's item is, in words."""
        return self._workshop.playbook.items[item].says

    def has_answers(self) -> bool:
        """Tell whether phones of this workshop have sent anything; makes no file."""
        held = self._workshop.held
        return held is not None and self._there() and bool(self.rooms.answers(held.workshop_id))

    def answers_csv(self) -> str:
        """Write what the phones sent as CSV; with names only where the room asked for them."""
        assert self._workshop.held is not None  # the button stands in its debrief
        answers = self.rooms.answers(self._workshop.held.workshop_id)
        return answers_csv([asdict(one) for one in answers])

    def erase(self) -> None:
        """Erase what the phones of this workshop sent."""
        if self._workshop.held is not None:
            self.rooms.erase(self._workshop.held.workshop_id)
