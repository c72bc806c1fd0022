"""Decks: which calls a group votes on, in which order. Data of the playbook, checked on loading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, speaking
from interview_coach.playbook import Fault, Playbook, PlaybookError
from interview_coach.playbook.faults import from_validation, near
from interview_coach.playbook.texts import SHOWN, translated
from interview_coach.simulation import (
    Action,
    Choice,
    Level,
    Play,
    Scenario,
    choices,
    load_scenarios,
    next_step,
    replay,
    step,
)

__all__ = ["MOST_PUT", "Deck", "DeckCall", "DeckFile", "Story", "action_of", "key_of", "load_decks"]

MOST_PUT = 7
"""More choices than this cannot be read from the last row, nor kept in mind."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DeckCall(_Data):
    """One call of a deck.

    `title` is what the room reads before it begins: it must not give the story away. `seed` fixes what is hidden, so that every group meets the same story. `done` is what was done
    before the first vote and `ask` which verbs are put to the room (none named: all that are
    open). `votes` is how many votes are planned. `before` and `after` are for the facilitator.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: Annotated[str, SHOWN] = Field(min_length=1)
    scenario: str
    seed: int = Field(ge=0)
    level: Level = "plain"
    votes: int = Field(3, ge=1, le=12)
    done: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    before: Annotated[str, SHOWN] = Field(min_length=1)
    after: Annotated[str, SHOWN] = Field(min_length=1)


class DeckFile(_Data):
    """A deck as its file has it."""

    id: str
    file: str
    title: Annotated[str, SHOWN] = Field(min_length=1)
    about: Annotated[str, SHOWN] = Field(min_length=1)
    minutes: int = Field(gt=0)
    call: tuple[DeckCall, ...]


@dataclass(frozen=True)
class Story:
    """A call of a deck, with its scenario."""

    call: DeckCall
    scenario: Scenario

    @property
    def lead_in(self) -> tuple[Action, ...]:
        """What was done before the first vote."""
        return tuple(action_of(key) for key in self.call.done)

    def play(self, path: tuple[Action, ...], playbook: Playbook) -> Play:
        """Play a path of this story, lead-in included, from its beginning."""
        return replay(self.scenario, self.call.seed, self.call.level, path, playbook)

    def put(self, play: Play, playbook: Playbook) -> list[Choice]:
        """List the choices that are put to the room: few enough to be read from the last row."""
        open_ = choices(play, playbook)
        if not self.call.ask or not open_:
            return open_
        guided = next_step(play, playbook)[0]
        asked = [one for one in open_ if one.action.do in self.call.ask or one.action == guided]
        return asked if len(asked) > 1 else open_


@dataclass(frozen=True)
class Deck:
    """A round of calls for a group; `minutes` is how long it takes, `about` whom it is for."""

    id: str
    title: str
    about: str
    minutes: int
    stories: tuple[Story, ...]


def key_of(action: Action) -> str:
    """Write an action as data does: ``call``, ``wait:15``."""
    return action.do if action.until is None else f"{action.do}:{action.until}"


def action_of(key: str) -> Action:
    """Read an action as `key_of` writes it."""
    do, _colon, until = key.partition(":")
    return Action(do, int(until)) if until.isdecimal() else Action(key)


def load_decks(
    playbook: Playbook, scenarios: Mapping[str, Scenario] | None = None
) -> dict[str, Deck]:
    """Load every deck of the playbook, and check each against its scenarios.

    Parameters
    ----------
    playbook : Playbook
        With its raw decks.
    scenarios : mapping of str to Scenario, optional
        Those of the playbook, if they are loaded already.

    Raises
    ------
    PlaybookError
        If anything is wrong in any deck; all faults at once.
    """
    known = load_scenarios(playbook) if scenarios is None else scenarios
    faults: list[Fault] = []
    loaded: dict[str, Deck] = {}
    for key, data in playbook.decks.items():
        file = str(data["file"])
        try:
            deck = DeckFile.model_validate({"id": key, **data})
        except ValidationError as error:
            fields = [*DeckFile.model_fields, *DeckCall.model_fields]
            faults += from_validation(error, file, key, fields)
            continue
        if playbook.language != ENGLISH:
            with speaking(playbook.language):
                deck = translated(deck)
        found = list(_faults(deck, known, playbook))
        faults += found
        if not found:
            stories = tuple(Story(call, known[call.scenario]) for call in deck.call)
            loaded[key] = Deck(key, deck.title, deck.about, deck.minutes, stories)
    if faults:
        raise PlaybookError(faults)
    return loaded


def _faults(
    deck: DeckFile, scenarios: Mapping[str, Scenario], playbook: Playbook
) -> Iterator[Fault]:
    if not deck.call:
        yield Fault(deck.file, deck.id, "call", _("there is none"), _("add one as [[call]]"))
    seen: set[str] = set()
    for call in deck.call:
        where = _("{deck}, call '{call}'").format(deck=deck.id, call=call.id)
        if call.id in seen:
            wrong = _("it is there twice")
            yield Fault(deck.file, where, "id", wrong, _("give it a name of its own"))
        seen.add(call.id)
        if call.scenario not in scenarios:
            remedy = near(call.scenario, scenarios, _("use one that is there"))
            wrong = _("{name!r} is not known").format(name=call.scenario)
            yield Fault(deck.file, where, "scenario", wrong, remedy)
            continue
        story = Story(call, scenarios[call.scenario])
        verbs = dict.fromkeys(offer.do for offer in story.scenario.offer)
        for verb in call.ask:
            if verb not in verbs:
                wrong = _("{verb!r} is never offered in {scenario}").format(
                    verb=verb, scenario=call.scenario
                )
                remedy = near(verb, verbs, _("use an offered one"))
                yield Fault(deck.file, where, "ask", wrong, remedy)
        yield from _lead_in_faults(deck.file, where, story, playbook)


def _lead_in_faults(file: str, where: str, story: Story, playbook: Playbook) -> Iterator[Fault]:
    play = story.play((), playbook)
    for key in story.call.done:
        known = [key_of(action) for action in play.open]
        try:
            play = step(play, action_of(key), playbook)
        except KitError:
            clock = story.scenario.at(play.minute)
            wrong = _("{action!r} cannot be done at {time}, after what stands before it").format(
                action=key, time=clock
            )
            yield Fault(file, where, "done", wrong, near(key, known, _("take it away")))
            return
    if play.outcome is not None:
        wrong = _("the story is over before the first vote")
        yield Fault(file, where, "done", wrong, _("leave something to decide"))
    elif (many := len(story.put(play, playbook))) > MOST_PUT:
        wrong = _("the first vote has {n} choices").format(n=many)
        remedy = _("put at most {n} to the room").format(n=MOST_PUT)
        yield Fault(file, where, "ask", wrong, remedy)
