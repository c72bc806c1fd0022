"""What the workshop page holds: which workshop is on, kept in the store with every step."""

import shutil
import tempfile
import weakref
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import traitlets

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.address import is_there
from interview_coach.outcomes.workshops import Held, MovedOn, Workshops
from interview_coach.panels.workshop_phones_model import PhonesModel
from interview_coach.playbook import Playbook
from interview_coach.workshop import Change, Decision, Session, apply, load_decks, replayed
from interview_coach.workshop.decisions import decision_at
from interview_coach.workshop.session import settled
from interview_coach.writing import PASSING

__all__ = ["WorkshopModel"]

_LONGEST_LABEL = 60
_MADE_UP = (11, 5, 3, 1)  # the example's hands, the choice with the most first
_MOST_TRIES = 20  # two windows at once need two or three; more is no coincidence


class WorkshopModel(traitlets.HasTraits):
    """The workshop that is on; every step is in the store before the page shows it.

    Attributes
    ----------
    session : Session or None
        The workshop as it stands; None while one is chosen.
    private : bool
        Whether this window shows the facilitator's notes, and not the projector's view.
    dark : bool
        Whether the projector's view is blank for a while.
    why : bool
        Whether it shows what the guidance says of the revealed vote.
    """

    session = traitlets.Instance(Session, allow_none=True)
    private = traitlets.Bool()
    dark = traitlets.Bool()
    why = traitlets.Bool()

    def __init__(
        self,
        playbook: Playbook,
        log: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self.playbook, self.decks = playbook, load_decks(playbook)
        self.held: Held | None = None
        self._log, self._clock = log, clock
        self._store: Workshops | None = None
        self._example: Workshops | None = None
        self._changes: list[Change] = []
        self.phones = PhonesModel(self)

    @property
    def store(self) -> Workshops:
        """The store; opened (and its file made) when it is first needed."""
        if self._example is not None:
            return self._example
        if self._store is None:
            self._store = Workshops.open(self._log, clock=self._clock)
        return self._store

    def earlier(self) -> list[Held]:
        """List the workshops that were begun here, the latest first; makes no file."""
        if self._store is None and self._example is None and not is_there(self._log):
            return []
        return self.store.all()

    def begin(self, deck: str, cohort: str) -> None:
        """Begin a workshop with a deck, for a group.

        Raises
        ------
        KitError
            If the group's label is too long to be read on a screen, or the store cannot be written.
        """
        label = " ".join(cohort.split())
        if len(label) > _LONGEST_LABEL:
            raise KitError(
                _(
                    "The group's label has {n} letters; {most} are the most that a screen shows."
                ).format(n=len(label), most=_LONGEST_LABEL)
            )
        self.reopen(self.store.begin(deck, label))

    @property
    def made_up(self) -> bool:
        """Whether what is on is the example: in a file of its own, which goes when it is left."""
        return self._example is not None

    def example(self) -> None:
        """Show what a workshop comes to: one call of the first deck, with made-up votes.

        The room is wrong once, sees where that leads, and then sees the guidance's way.
        """
        folder = Path(tempfile.mkdtemp(prefix=PASSING))
        # Gone with the page, however that is left.
        self._forget = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._example = Workshops.open(folder / "example.db", clock=self._clock)
        try:
            with self.hold_trait_notifications():
                self._play_example()
        except BaseException:
            self._drop_example()
            raise

    def _play_example(self) -> None:
        self.begin(next(iter(self.decks)), _("Example: made-up votes, nothing is kept"))
        self.do(Change(do="open", call=0))
        astray = True
        while (decision := self.decision()) is not None:
            # The most hands go to a choice that the guidance would not take; from then on, to its own.
            options = sorted(decision.options, key=lambda one: one.guided is astray)
            for option, hands in zip(options, _MADE_UP, strict=False):
                self.do(Change(do="count", choice=option.key, hands=hands))
            self.do(Change(do="reveal"))
            self.do(Change(do="play", choice=options[0].key))
            astray = False
        assert self.session is not None and self.session.story is not None
        self.do(Change(do="play_on", steps=len(self.session.story.lead_in)))
        self.do(Change(do="finish"))

    def _drop_example(self) -> None:
        if self._example is not None:
            self._example.close()
            self._example = None
            self._forget()

    def reopen(self, workshop_id: str, *, private: bool = False) -> None:
        """Open a workshop where it was left.

        Raises
        ------
        KitError
            If it is not there, or its deck or a story has changed so that it cannot be played.
        """
        held = next((one for one in self.store.all() if one.workshop_id == workshop_id), None)
        if held is None:
            raise KitError(_("This workshop is not in the log any more; choose another one."))
        changes = [Change.read(text) for text in self.store.changes(workshop_id)]
        session = self._played(held, changes)
        self.held, self._changes = held, changes
        with self.hold_trait_notifications():
            self.private, self.dark, self.why = private, False, False
            self.session = session
        self.phones.come_back()

    @property
    def place(self) -> str:
        """Where the person is, as `come_back` takes it; "" where there is nothing to come back to."""
        if self.held is None or self.made_up:
            return ""
        return f"{'notes' if self.private else 'room'}:{self.held.workshop_id}"

    def come_back(self, place: str) -> bool:
        """Come back to a workshop after an interruption; tells whether there is a way back."""
        kind, _colon, workshop_id = place.partition(":")
        if kind not in {"notes", "room"}:
            return False
        try:
            self.reopen(workshop_id, private=kind == "notes")
        except KitError:
            return False  # The first screen lists what there is.
        return True

    def session_of(self, held: Held) -> Session:
        """Give another workshop as it was left, to compare this one with."""
        changes = [Change.read(text) for text in self.store.changes(held.workshop_id)]
        return self._played(held, changes)

    def _played(self, held: Held, changes: list[Change]) -> Session:
        deck = self.decks.get(held.deck)
        if deck is None:
            raise KitError(
                _(
                    "The deck '{deck}' of this workshop is not in the playbook; put its file back."
                ).format(deck=held.deck)
            )
        return replayed(deck, held.cohort, changes, self.playbook)

    def leave(self) -> None:
        """Go back to choosing; everything is kept."""
        self.held, self._changes = None, []
        # First, for what comes next on the page is read from the log.
        self._drop_example()
        self.session = None
        self.phones.leave()

    def finish(self) -> None:
        """Go back to choosing for good: the room of the phones is closed, but not from one's notes."""
        if not self.private:
            self.phones.close()
        self.leave()

    def do(self, change: Change) -> None:
        """Do one thing: into the store first, then onto the page.

        Raises
        ------
        KitError
            If it cannot be done or not be kept. Hands counted in two windows at once are all kept;
            any other step meets the other window's, which is shown instead.
        """
        tries = 0
        if change.do == "reveal":
            change = self.phones.counted(change)
        while self.session is not None and self.held is not None:
            tries += 1
            said = _for_nothing(self.session, change, by_phone=self.phones.answered())
            # Another window's hands may not be seen yet: then the store refuses, and they are shown.
            if said and not self._lags():
                raise KitError(said)
            change = settled(self.session, change, self.playbook)
            after = self._after(change)
            try:
                self.store.add(self.held.workshop_id, len(self._changes), change.written())
            except MovedOn:
                node = self.session.node
                self.look()
                adds_up = change.do in {"hand", "count"} and self.session.node == node
                if not adds_up or tries == _MOST_TRIES:
                    raise
            else:
                self._changes.append(change)
                self._show(after)
                self.phones.follow(self.phones.read())
                return

    def _after(self, change: Change) -> Session:
        assert self.session is not None
        if change.do == "undo":
            return replayed(
                self.session.deck, self.session.cohort, [*self._changes, change], self.playbook
            )
        return apply(self.session, change, self.playbook)

    def _lags(self) -> bool:
        return self.held is not None and bool(
            self.store.changes(self.held.workshop_id, after=len(self._changes))
        )

    def look(self) -> None:
        """Take in what another window has done since."""
        if self.held is None or self.session is None:
            return
        # The room first: whatever it shows was done in the workshop before.
        room = self.phones.read()
        new = self.store.changes(self.held.workshop_id, after=len(self._changes))
        if new:
            self._changes += [Change.read(text) for text in new]
            self._show(self._played(self.held, self._changes))
        self.phones.follow(room)

    def _show(self, session: Session) -> None:
        with self.hold_trait_notifications():
            if self.session is None or session.node != self.session.node:
                self.why = False
            self.session = session

    def decision(self) -> Decision | None:
        """Give the decision that is on, with its hands; None where nothing is to be decided."""
        session = self.session
        if session is None or session.node is None or session.story is None:
            return None
        return decision_at(session.story, session.node, session.tally, self.playbook)


def _for_nothing(session: Session, change: Change, *, by_phone: bool) -> str:
    """Say why a change would change nothing, "" if it would; a button that is silent seems broken."""
    tally = session.tally
    if change.do == "reset" and not (tally.total or tally.revealed or by_phone):
        return _("No hand is counted yet, so there is nothing to reset.")
    taken = change.do == "hand" and (change.hands or 0) < 0
    if taken and not tally.hands.get(change.choice or "", 0):
        return _("No hand is counted for that, so none can be taken away.")
    return ""
