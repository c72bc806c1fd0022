"""What is going on in a workshop: a pure fold over everything that was done in it.

A session is made of changes and nothing else. Each is small enough to be kept by itself, and undo
is one of them: it takes back the last change that still counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.playbook import Playbook
from interview_coach.simulation import Action, Play, follow_the_guidance, step
from interview_coach.workshop.decks import Deck, Story, action_of, key_of

__all__ = ["MOST_HANDS", "Change", "Node", "Session", "Tally", "apply", "replayed", "settled"]

MOST_HANDS = 9_999
"""More hands than any room has: a slip of the keyboard."""

Do = Literal[
    "open",
    "hand",
    "count",
    "reset",
    "reveal",
    "play",
    "play_on",
    "back",
    "back_to",
    "calls",
    "finish",
    "undo",
]
Path = tuple[Action, ...]
Node = tuple[int, Path]
"""A decision: the number of its call in the deck, and what was done before it."""


class Change(BaseModel):
    """One thing that the facilitator did.

    Attributes
    ----------
    do : str
        ``open`` a call, ``hand`` (so many more or fewer for a choice), ``count`` (so many in all),
        ``reset`` a vote, ``reveal`` it, ``play`` a choice, ``play_on`` as the guidance would to the
        end, ``back`` one decision, ``back_to`` a decision, ``calls`` (the list), ``finish`` (the
        debrief of all), ``undo``.
    call : int, optional
        Number of the call, from 0.
    choice : str, optional
        As `key_of` writes an action.
    hands : int, optional
        How many.
    steps : int, optional
        How many actions to keep, going back (and from there on, for ``play_on``).
    phones : mapping of str to int, optional
        For ``reveal``: the votes that came by phone, by choice. They add to the hands.
    played : tuple of str, optional
        What ``play_on`` came to, action by action: house rules may change what the guidance would
        do, but not what a room has seen.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    do: Do
    call: int | None = Field(None, ge=0)
    choice: str | None = None
    hands: int | None = Field(None, ge=-MOST_HANDS, le=MOST_HANDS)
    steps: int | None = Field(None, ge=0)
    played: tuple[str, ...] | None = None
    phones: dict[str, Annotated[int, Field(ge=0, le=MOST_HANDS)]] | None = None

    def written(self) -> str:
        """Write it as the log keeps it."""
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `written` wrote.

        Raises
        ------
        KitError
            If it is nothing that this version of the kit knows.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            raise KitError(
                _(
                    "This workshop holds a step that this version of Interview Coach does not know; "
                    "open it with a newer one."
                )
            ) from None


@dataclass(frozen=True)
class Tally:
    """The votes at one decision, by choice: hands, those that came by phone; whether the room has seen them."""

    hands: Mapping[str, int] = field(default_factory=dict)
    revealed: bool = False
    phones: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many votes were counted."""
        return sum(self.hands.values()) + sum(self.phones.values())

    def of(self, choice: str) -> int:
        """How many votes were counted for a choice."""
        return self.hands.get(choice, 0) + self.phones.get(choice, 0)


@dataclass(frozen=True)
class Session:
    """A workshop as it stands.

    Attributes
    ----------
    at : int or None
        Number of the call that is on, from 0; None at the list of calls.
    over : bool
        Whether the debrief of the whole workshop is on.
    paths : mapping of int to tuple of Action
        How far each opened call has been played, what was done before the first vote included.
    tallies : mapping of Node to Tally
        The votes, in the order in which they were begun.
    ends : mapping of int to tuple of paths
        Which ways each call was played to its end, in that order, each once.
    resets : mapping of Node to int
        How often each decision was voted on again from the start.
    play : Play or None
        The story that is on.
    """

    deck: Deck
    cohort: str
    at: int | None = None
    over: bool = False
    paths: Mapping[int, Path] = field(default_factory=dict)
    tallies: Mapping[Node, Tally] = field(default_factory=dict)
    ends: Mapping[int, tuple[Path, ...]] = field(default_factory=dict)
    resets: Mapping[Node, int] = field(default_factory=dict)
    play: Play | None = None

    @property
    def story(self) -> Story | None:
        """The story that is on."""
        return None if self.at is None else self.deck.stories[self.at]

    @property
    def node(self) -> Node | None:
        """The decision that is on, None where nothing is to be decided."""
        if self.at is None or self.play is None or self.play.outcome is not None:
            return None
        return self.at, self.paths[self.at]

    @property
    def tally(self) -> Tally:
        """The hands at the decision that is on."""
        return self.tallies.get(self.node, Tally()) if self.node is not None else Tally()


def replayed(deck: Deck, cohort: str, changes: Iterable[Change], playbook: Playbook) -> Session:
    """Play a list of changes again.

    Raises
    ------
    KitError
        If the deck or one of its stories has changed so that they cannot be.
    """
    # What was undone never happened; only what still counts is played.
    counts: list[Change] = []
    for change in changes:
        if change.do != "undo":
            counts.append(change)
        elif counts:
            counts.pop()
    session = Session(deck, cohort)
    for change in counts:
        session = apply(session, change, playbook)
    return session


def apply(session: Session, change: Change, playbook: Playbook) -> Session:
    """Do one thing; `undo` is for `replayed`, which knows what was done before.

    Raises
    ------
    KitError
        If it cannot be done now.
    """
    match change.do:
        case "open":
            return _opened(session, change.call, playbook)
        case "calls":
            return replace(session, at=None, over=False, play=None)
        case "finish":
            return replace(session, at=None, over=True, play=None)
        case "hand" | "count":
            return _counted(session, change, playbook)
        case "reset":
            rest = {node: one for node, one in session.tallies.items() if node != session.node}
            if session.node is None:
                return replace(session, tallies=rest)
            times = session.resets.get(session.node, 0) + 1
            return replace(session, tallies=rest, resets={**session.resets, session.node: times})
        case "reveal":
            return _revealed(session, change.phones, playbook)
        case "play":
            return _played(session, change.choice, playbook)
        case "play_on":
            back = session if change.steps is None else _gone_back(session, change.steps, playbook)
            return _played_on(back, change.played, playbook)
        case "back" | "back_to":
            return _gone_back(session, change.steps, playbook)
    raise KitError(_("There is nothing to take back."))


def settled(session: Session, change: Change, playbook: Playbook) -> Change:
    """Write into a change whatever depends on the rules of today, before it is kept.

    Raises
    ------
    KitError
        If it cannot be done now.
    """
    if change.do != "play_on" or change.played is not None:
        return change
    after = apply(session, change, playbook)
    assert session.at is not None  # else it could not have been done
    kept = len(session.paths[session.at]) if change.steps is None else change.steps
    added = after.paths[session.at][kept:]
    return change.model_copy(update={"played": tuple(key_of(action) for action in added)})


def _opened(session: Session, number: int | None, playbook: Playbook) -> Session:
    if number is None or number >= len(session.deck.stories):
        raise KitError(
            _("'{deck}' has no such call; it may have become shorter.").format(
                deck=session.deck.title
            )
        )
    story = session.deck.stories[number]
    path = session.paths.get(number, story.lead_in)
    return replace(
        session,
        at=number,
        over=False,
        paths={**session.paths, number: path},
        play=story.play(path, playbook),
    )


def _counted(session: Session, change: Change, playbook: Playbook) -> Session:
    tally, story = session.tally, session.story
    if session.node is None or session.play is None or story is None:
        raise KitError(_("There is nothing to vote on just now; open a call first."))
    if tally.revealed:
        raise KitError(_("The votes are open already; reset the vote to count again."))
    if change.choice not in {key_of(one.action) for one in story.put(session.play, playbook)}:
        raise KitError(
            _(
                "{choice!r} is no choice here; the story may have changed since this was held."
            ).format(choice=change.choice)
        )
    hands = change.hands or 0
    before = tally.hands.get(change.choice, 0) if change.do == "hand" else 0
    now = min(max(0, before + hands), MOST_HANDS)
    return _with_tally(session, Tally({**tally.hands, change.choice: now}))


def _revealed(session: Session, phones: Mapping[str, int] | None, playbook: Playbook) -> Session:
    if phones is None or session.story is None or session.play is None:
        return _with_tally(session, replace(session.tally, revealed=True))
    # A choice that a story no longer has cannot be shown, so its votes are not counted either.
    put = {key_of(one.action) for one in session.story.put(session.play, playbook)}
    by_phone = {key: votes for key, votes in phones.items() if key in put and votes}
    return _with_tally(session, replace(session.tally, revealed=True, phones=by_phone))


def _with_tally(session: Session, tally: Tally) -> Session:
    if session.node is None:
        raise KitError(_("There is nothing to vote on just now; open a call first."))
    return replace(session, tallies={**session.tallies, session.node: tally})


def _played(session: Session, choice: str | None, playbook: Playbook) -> Session:
    if session.play is None or choice is None:
        raise KitError(_("There is no call to play just now; open one first."))
    return _moved(session, step(session.play, action_of(choice), playbook))


def _played_on(session: Session, played: tuple[str, ...] | None, playbook: Playbook) -> Session:
    play = session.play
    if play is None:
        raise KitError(_("There is no call to play just now; open one first."))
    for key in played or ():
        play = step(play, action_of(key), playbook)
    while played is None and play.outcome is None:
        play = step(play, follow_the_guidance(play, playbook), playbook)
    return _moved(session, play)


def _moved(session: Session, play: Play) -> Session:
    assert session.at is not None  # a play is on only where a call is
    path = tuple(action for _minute, action in play.actions)
    ends = session.ends.get(session.at, ())
    if play.outcome is not None and path not in ends:
        ends = (*ends, path)
    return replace(
        session,
        paths={**session.paths, session.at: path},
        ends={**session.ends, session.at: ends} if ends else session.ends,
        play=play,
    )


def _gone_back(session: Session, steps: int | None, playbook: Playbook) -> Session:
    story = session.story
    if session.at is None or story is None:
        raise KitError(_("There is no call to go back in just now; open one first."))
    path, first = session.paths[session.at], len(story.call.done)
    kept = len(path) - 1 if steps is None else steps
    if kept < first or kept > len(path):
        # Before the first decision there is only the list of calls.
        return replace(session, at=None, play=None)
    return _moved(session, story.play(path[:kept], playbook))
