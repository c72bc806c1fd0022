"""What a scenario file may say: the types of its parts."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator
from whenever import ZonedDateTime

from interview_coach.language import N_, current
from interview_coach.playbook.texts import NAMED, SHOWN, Shown
from interview_coach.times import clock_face, read_time
from interview_coach.wording import first_upper

__all__ = [
    "LEVELS",
    "OUTCOMES",
    "Cause",
    "Draw",
    "Happening",
    "Level",
    "Offer",
    "Reaction",
    "Scenario",
]

Level = Literal["guided", "plain", "pressure"]
Phase = Literal["waiting", "talking", "after", "ahead"]
MissedBy = Literal["interviewer", "candidate", "unknown"]
Stage = Literal["waiting", "rebooked", "spoken"]
Outcome = Literal["spoke", "rebooked", "left", "ended", "kept", "thanked", "handed_over"]
LEVELS: tuple[Level, ...] = ("guided", "plain", "pressure")

# What a story can come to, and the debrief's headline for it; a scenario may word its own.
OUTCOMES: Mapping[str, str] = {
    "spoke": N_("You spoke at {time}."),
    "rebooked": N_("You did not speak today, and a new time is on its way."),
    "left": N_("You stopped at {time}, and nobody knew that you had been there."),
    "ended": N_("It is {time}, and you have not spoken."),
    "kept": N_("You spoke at the new time."),
    "thanked": N_("You thanked them, and left it well."),
    "handed_over": N_("You showed your coach the record, and decide together."),
}

# Where a preposition and an article in front of a name melt into one word: "de el señor" is "del señor".
_MELTS: Mapping[str, tuple[str, str]] = {"es": (r"\b([Dd]e|[Aa]) el ", r"\1l ")}


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Draw(_Data):
    """A whole number of minutes between two ends, both included, all equally likely."""

    from_: int = Field(alias="from", ge=0)
    to: int = Field(ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> "Draw":
        if self.from_ > self.to:
            raise ValueError(f"'from' ({self.from_}) must not be greater than 'to' ({self.to})")
        return self


class _Open(_Data):
    """When something is open: what has been done, what was last heard, which minute it is.

    `needs` are verbs that must have been done, `unless` verbs that must not; `after` asks for the
    last thing noticed; `from` and `to` are minutes past the agreed start, both included.
    """

    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    after: tuple[str, ...] | None = None
    phase: Phase = "waiting"
    levels: tuple[Level, ...] = LEVELS
    from_: int | None = Field(None, alias="from")
    to: int | None = None

    def holds(
        self, done: Mapping[str, Any], last: str, phase: str, level: str, minute: int
    ) -> bool:
        """Say whether it is open."""
        return (
            phase == self.phase
            and (self.from_ is None or minute >= self.from_)
            and (self.to is None or minute <= self.to)
            and (self.after is None or last in self.after)
            and level in self.levels
            and (not self.needs or all(verb in done for verb in self.needs))
            and (not self.unless or not any(verb in done for verb in self.unless))
        )


class Offer(_Open):
    """A choice that is open to the candidate, and when it is.

    `until` makes a wait last until that minute past the start; `once` takes the choice away when
    its verb has been done.
    """

    do: str
    says: Annotated[str | None, SHOWN] = None
    until: int | None = None
    once: bool = False


class _Turn(_Open):
    """Something that turns a story.

    `outcome` ends it and `then` changes its phase. `missed_by` and `stage` are what the candidate
    knows from now on: other rules speak then (the miss was their own, a new time is being agreed).
    """

    then: Phase | None = None
    missed_by: MissedBy | None = None
    stage: Stage | None = None
    outcome: Outcome | None = None

    @property
    def turns(self) -> bool:
        """Whether anything is different afterwards."""
        return any((self.outcome, self.then, self.missed_by, self.stage))


class Reaction(_Turn):
    """How the world answers an action: the first reaction that fits speaks.

    `free` asks that the interviewer be free (true) or not (false) at that minute. `chance` is
    drawn anew for each time. `reply` is what is noticed.
    """

    do: str
    reply: str
    says: Annotated[str, SHOWN]
    free: bool | None = None
    chance: float = Field(1.0, gt=0, le=1)


class Happening(_Turn):
    """Something that comes by itself.

    At a minute past the agreed start (`at`), so many minutes after the interviewer is free
    (`after_free`), or so many (`delay`) after the first of some verbs was done (`upon`) and they
    are free. What turns nothing is only noticed: it cuts a wait short, and nothing else. `chance`
    is whether it comes at all, drawn once.
    """

    kind: str
    says: Annotated[str, SHOWN]
    at: Draw | None = None
    after_free: Draw | None = None
    upon: tuple[str, ...] = ()
    delay: Draw | None = None
    chance: float = Field(1.0, gt=0, le=1)

    @model_validator(mode="after")
    def _timed(self) -> "Happening":
        ways = (self.at is not None) + (self.after_free is not None) + bool(self.upon)
        if ways != 1 or bool(self.upon) != (self.delay is not None):
            raise ValueError("give it one of 'at', 'after_free', or 'upon' with its 'delay'")
        return self

    @property
    def draw(self) -> Draw:
        """The minutes to draw: of its time, or of its delay."""
        found = self.at or self.after_free or self.delay
        assert found is not None  # held by the check above
        return found


class Cause(_Data):
    """A hidden reason, and what the interviewer does meanwhile.

    `free_after` is the minute past the agreed start from which they can be reached (absent: not
    that day). `during` names what keeps them, until they are free or until the story's end.
    `cue` and `pressure` are as in a scenario, and go before them. `key` tells it from others of its
    code: who missed the call knows the reason, and not where the interviewer is by now.
    """

    code: str
    key: str | None = Field(None, pattern=r"^[a-z][a-z_]*$")
    weight: float = Field(gt=0)
    hidden: Annotated[str, SHOWN]
    during: Annotated[str, SHOWN]
    during_until: Literal["free", "end"] = "end"
    free_after: Draw | None = None
    cue: Annotated[Mapping[str, str], SHOWN] = {}
    pressure: Annotated[Mapping[str, str], SHOWN] = {}
    on: tuple[Reaction, ...] = ()
    event: tuple[Happening, ...] = ()

    @property
    def name(self) -> str:
        """What it goes by where one is told from another."""
        return self.key or self.code


class Person(_Data):
    """The interviewer, as texts speak of them."""

    name: Annotated[str, SHOWN]
    they: Annotated[str, Shown("who does it, as in: she rang")]
    their: Annotated[str, Shown("whose it is, as in: her office")]
    them: Annotated[str, Shown("to whom it is done, as in: you rang her")]


class Phone(_Data):
    """What the candidate's phone shows."""

    calendar: Annotated[str, SHOWN]
    about: Annotated[str, SHOWN]
    quiet: Annotated[str, SHOWN]


class Scenario(_Data):
    """One family of missed calls: what is shown, what is hidden, what can be done.

    `opens` is the minute of the first decision and `length` the minute at which the story ends,
    both past the agreed start. `anchor` is the minute past it of what the stage asks for: the new
    appointment (``rebooked``) or the end of the talk (``spoken``). `attempts` are the calls made
    before it opens. `cue` is what is noticed of an action that nothing answers, `pressure` the same
    in vaguer words, at that level. `on` and `event` hold for every cause, after the cause's own.
    """

    id: str
    file: str
    title: Annotated[str, SHOWN]
    family: Annotated[str, NAMED]
    source: tuple[str, ...] = Field(min_length=1)
    extension: bool = False
    caller: Literal["interviewer", "candidate"]
    missed_by: MissedBy
    channel: Literal["phone", "video", "in_person"] = "phone"
    stage: Stage = "waiting"
    miss: int = Field(1, ge=1)
    attempts: int = Field(0, ge=0)
    starts: str
    timezone: str
    their_timezone: str | None = None
    opens: int = Field(ge=0)
    length: int = Field(gt=0)
    anchor: int | None = Field(None, ge=0)
    person: Person
    phone: Phone
    opening: Annotated[Mapping[Level, str], SHOWN]
    offer: tuple[Offer, ...] = Field(min_length=2)
    cue: Annotated[Mapping[str, str], SHOWN]
    pressure: Annotated[Mapping[str, str], SHOWN] = {}
    on: tuple[Reaction, ...] = ()
    event: tuple[Happening, ...] = ()
    end: Annotated[Mapping[Outcome, str], SHOWN] = {}
    cause: tuple[Cause, ...] = Field(min_length=1)
    _written: "Scenario | None" = PrivateAttr(None)

    @property
    def written(self) -> "Scenario":
        """The scenario as its file has it, whatever language it speaks here."""
        return self._written or self

    def in_words_of(self, spoken: "Scenario") -> "Scenario":
        """Give `spoken`, a translation of this scenario, which remembers what it is of."""
        spoken._written = self
        return spoken

    @cached_property
    def start(self) -> ZonedDateTime:
        """The agreed start, in the candidate's zone."""
        return read_time(self.starts, self.timezone, "day and time")  # unmarked: a file of ours

    @cached_property
    def _clock(self) -> dict[tuple[str, int], str]:
        return {}

    @cached_property
    def _known(self) -> dict[str, dict[str, str]]:
        return {}

    def _names(self) -> dict[str, str]:
        # Times are written as the language does that is spoken now.
        language = current()
        if language in self._known:
            return self._known[language]
        person = self.person
        self._known[language] = {
            **person.model_dump(),
            "name_cap": first_upper(person.name),
            "they_cap": person.they.capitalize(),
            "their_cap": person.their.capitalize(),
            "start": self.at(0),
            "new_time": self.at(self.anchor or 0),
        }
        return self._known[language]

    def at(self, minute: int) -> str:
        """Write the clock time of a minute past the start, without a.m. or p.m.: ``2:07``."""
        key = (current(), minute)
        if key not in self._clock:
            moment = self.start.add(minutes=minute)
            self._clock[key] = clock_face(moment)
        return self._clock[key]

    def words(self, text: str, **more: str) -> str:
        """Fill the names, pronouns and times into a text of this scenario."""
        said = text.format(**self._names(), **more)
        melts = _MELTS.get(current())
        return re.sub(*melts, said) if melts else said

    def reactions(self, cause: Cause) -> tuple[Reaction, ...]:
        """List the reactions to actions under a cause: its own before those of all."""
        return (*cause.on, *self.on)

    def happenings(self, cause: Cause) -> tuple[Happening, ...]:
        """List what may come by itself under a cause: its own before those of all."""
        return (*cause.event, *self.event)

    def cue_of(self, cause: Cause, do: str, level: str) -> str | None:
        """Find what is noticed of an action that nothing answers; None where no text says."""
        texts = [cause.cue, self.cue]
        if level == "pressure":
            texts = [cause.pressure, self.pressure, *texts]
        return next((says[do] for says in texts if do in says), None)
