"""What a scenario file may say, and how all of them are loaded and checked at once."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.playbook import Fault, Playbook, PlaybookError
from interview_coach.playbook.faults import from_validation, near
from interview_coach.times import clock_time, read_time

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
    "load_scenarios",
]

Level = Literal["guided", "plain", "pressure"]
Phase = Literal["waiting", "talking"]
Outcome = Literal["spoke", "rebooked", "left", "ended", "kept", "thanked", "handed_over"]
LEVELS: tuple[Level, ...] = ("guided", "plain", "pressure")

# What a story can come to, and the debrief's headline for it; a scenario may word its own.
OUTCOMES: Mapping[str, str] = {
    "spoke": "You spoke at {time}.",
    "rebooked": "You did not speak today, and a new time is on its way.",
    "left": "You stopped at {time}, and nobody knew that you had been there.",
    "ended": "It is {time}, and you have not spoken.",
    "kept": "You spoke at the new time.",
    "thanked": "You thanked them, and left it well.",
    "handed_over": "You showed your coach the record, and decide together.",
}


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
    says: str | None = None
    until: int | None = None
    once: bool = False


class Reaction(_Open):
    """How the world answers an action: the first reaction that fits speaks.

    `free` asks that the interviewer be free (true) or not (false) at that minute. `chance` is
    drawn anew for each time. `reply` is what is noticed; `outcome` ends the story, `then` changes
    its phase.
    """

    do: str
    reply: str
    says: str
    free: bool | None = None
    chance: float = Field(1.0, gt=0, le=1)
    then: Phase | None = None
    outcome: Outcome | None = None


class Happening(_Open):
    """Something that comes by itself.

    At a minute past the agreed start (`at`), so many minutes after the interviewer is free
    (`after_free`), or so many (`delay`) after the first of some verbs was done (`upon`) and they
    are free. What is only noticed has neither `outcome` nor `then`.
    """

    kind: str
    says: str
    at: Draw | None = None
    after_free: Draw | None = None
    upon: tuple[str, ...] = ()
    delay: Draw | None = None
    then: Phase | None = None
    outcome: Outcome | None = None

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
    """

    code: str
    weight: float = Field(gt=0)
    hidden: str
    during: str
    during_until: Literal["free", "end"] = "end"
    free_after: Draw | None = None
    cue: Mapping[str, str] = {}
    on: tuple[Reaction, ...] = ()
    event: tuple[Happening, ...] = ()


class Person(_Data):
    """The interviewer, as texts speak of them."""

    name: str
    they: str
    their: str
    them: str


class Phone(_Data):
    """What the candidate's phone shows."""

    calendar: str
    about: str
    quiet: str


class Scenario(_Data):
    """One family of missed calls: what is shown, what is hidden, what can be done.

    `opens` is the minute of the first decision and `length` the minute at which the story ends,
    both past the agreed start. `anchor` is the minute past it of what the stage asks for: the new
    appointment (``rebooked``) or the end of the talk (``spoken``). `on` and `event` hold for every
    cause, after the cause's own.
    """

    id: str
    file: str
    title: str
    family: str
    source: tuple[str, ...] = Field(min_length=1)
    extension: bool = False
    caller: Literal["interviewer", "candidate"]
    missed_by: Literal["interviewer", "candidate", "unknown"]
    channel: Literal["phone", "video", "in_person"] = "phone"
    stage: Literal["waiting", "rebooked", "spoken"] = "waiting"
    miss: int = Field(1, ge=1)
    starts: str
    timezone: str
    their_timezone: str | None = None
    opens: int = Field(ge=0)
    length: int = Field(gt=0)
    anchor: int | None = Field(None, ge=0)
    person: Person
    phone: Phone
    opening: Mapping[Level, str]
    offer: tuple[Offer, ...] = Field(min_length=2)
    cue: Mapping[str, str]
    on: tuple[Reaction, ...] = ()
    event: tuple[Happening, ...] = ()
    end: Mapping[Outcome, str] = {}
    cause: tuple[Cause, ...] = Field(min_length=1)

    @cached_property
    def start(self) -> ZonedDateTime:
        """The agreed start, in the candidate's zone."""
        return read_time(self.starts, self.timezone, "day and time")

    @cached_property
    def _clock(self) -> dict[int, str]:
        return {}

    @cached_property
    def _names(self) -> dict[str, str]:
        person = self.person
        return {
            **person.model_dump(),
            "they_cap": person.they.capitalize(),
            "their_cap": person.their.capitalize(),
            "start": self.at(0),
            "new_time": self.at(self.anchor or 0),
        }

    def at(self, minute: int) -> str:
        """Write the clock time of a minute past the start, without a.m. or p.m.: ``2:07``."""
        if minute not in self._clock:
            moment = self.start.add(minutes=minute)
            self._clock[minute] = clock_time(moment).rpartition(" ")[0]
        return self._clock[minute]

    def words(self, text: str, **more: str) -> str:
        """Fill the names, pronouns and times into a text of this scenario."""
        return text.format(**self._names, **more)

    def reactions(self, cause: Cause) -> tuple[Reaction, ...]:
        """List the reactions to actions under a cause: its own before those of all."""
        return (*cause.on, *self.on)

    def happenings(self, cause: Cause) -> tuple[Happening, ...]:
        """List what may come by itself under a cause: its own before those of all."""
        return (*cause.event, *self.event)


def load_scenarios(playbook: Playbook) -> dict[str, Scenario]:
    """Give every scenario of the playbook its type, and check what it says of other data.

    Raises
    ------
    PlaybookError
        If anything is wrong in any of the files; all faults at once.
    """
    faults: list[Fault] = []
    loaded: dict[str, Scenario] = {}
    for key, data in playbook.scenarios.items():
        file = str(data["file"])
        try:
            scenario = Scenario.model_validate({"id": key, **data})
        except ValidationError as error:
            faults += from_validation(error, file, key, Scenario.model_fields)
            continue
        found = list(_faults(scenario, playbook))
        faults += found
        if not found:
            loaded[key] = scenario
    if faults:
        raise PlaybookError(faults)
    return loaded


def _faults(scenario: Scenario, playbook: Playbook) -> Iterator[Fault]:
    file = scenario.file

    def fault(field: str, wrong: str, remedy: str) -> Fault:
        return Fault(file, scenario.id, field, wrong, remedy)

    def unknown(field: str, value: str, names: Mapping[str, object]) -> Iterator[Fault]:
        if value not in names:
            yield fault(
                field, f"{value!r} is not known", near(value, names, "use one that is there")
            )

    for source in scenario.source:
        yield from unknown("source", source, playbook.sources)
    for cause in scenario.cause:
        yield from unknown("cause.code", cause.code, playbook.codes["cause"])
    if scenario.opens >= scenario.length:
        yield fault("opens", "it is not before the story's end", "open sooner")
    if (scenario.stage == "waiting") != (scenario.anchor is None):
        yield fault("anchor", "only a rebooked or spoken story has one", "give it, or take it away")
    for level in LEVELS:
        if level not in scenario.opening:
            yield fault("opening", f"level {level!r} is missing", "add it")
    verbs = {offer.do for offer in scenario.offer}
    answered = {
        reaction.do for cause in scenario.cause for reaction in scenario.reactions(cause)
    } | {"stop_waiting"}
    for offer in scenario.offer:
        yield from unknown("offer.do", offer.do, playbook.actions)
        if (offer.do == "wait") != (offer.until is not None):
            yield fault(
                "offer.until",
                "a wait, and only a wait, lasts until a minute",
                "give a wait its 'until'",
            )
        if offer.until is not None and offer.until > scenario.length:
            wrong = f"it waits until {offer.until}, beyond the story's end ({scenario.length})"
            yield fault("offer.until", wrong, "end it sooner")
        if offer.do not in scenario.cue and offer.do not in answered:
            yield fault(
                "cue", f"there is no text for {offer.do!r}", "say what the candidate notices"
            )
    for cause in scenario.cause:
        for reaction in scenario.reactions(cause):
            if reaction.do not in verbs:
                wrong = f"it answers {reaction.do!r}, which is never offered"
                yield fault("on.do", wrong, "offer it, or take the answer away")
        for happening in scenario.happenings(cause):
            for verb in happening.upon:
                if verb not in verbs:
                    yield fault("event.upon", f"{verb!r} is never offered", "offer it")
            if _soonest(happening, cause) <= scenario.opens:
                wrong = f"{cause.code}: {happening.kind} may come before the first decision (minute {scenario.opens})"
                yield fault("event.at", wrong, "let it begin later")
        if not _can_end(scenario, cause):
            wrong = f"{cause.code}: nothing ends the story but its length"
            yield fault("cause", wrong, "let an action or an event have an outcome")
    yield from _start_and_texts(scenario, fault)


def _soonest(happening: Happening, cause: Cause) -> int:
    if happening.at is not None:
        return happening.at.from_
    if happening.after_free is not None and cause.free_after is not None:
        return cause.free_after.from_ + happening.after_free.from_
    return 10_000  # it waits for the candidate, or for somebody who is not free that day


def _can_end(scenario: Scenario, cause: Cause) -> bool:
    stops = any(offer.do == "stop_waiting" for offer in scenario.offer)
    return (
        stops
        or any(one.outcome for one in scenario.reactions(cause))
        or any(one.outcome for one in scenario.happenings(cause))
    )


def _start_and_texts(scenario: Scenario, fault: Any) -> Iterator[Fault]:
    try:
        _ = scenario.start
    except KitError as error:
        yield fault("starts", str(error).rstrip("."), "give a day and time")
        return  # the texts hold times, which cannot be written without a start
    for field, text in _texts(scenario):
        try:
            scenario.words(text, free="", until="", time="")
        except (KeyError, IndexError, ValueError) as error:
            wrong = f"{text[:40]!r} has a blank that nothing fills ({error})"
            yield fault(field, wrong, "use {name}, {they}, {their}, {start} ...")


def _texts(scenario: Scenario) -> Iterator[tuple[str, str]]:
    yield from (("opening", text) for text in scenario.opening.values())
    yield from (("cue", text) for text in scenario.cue.values())
    yield from (("end", text) for text in scenario.end.values())
    yield from (("offer.says", offer.says) for offer in scenario.offer if offer.says)
    yield from (("phone", text) for text in scenario.phone.model_dump().values())
    for cause in scenario.cause:
        yield from (("cause", text) for text in (cause.hidden, cause.during, *cause.cue.values()))
        yield from (("on", one.says) for one in scenario.reactions(cause))
        yield from (("event", one.says) for one in scenario.happenings(cause))
