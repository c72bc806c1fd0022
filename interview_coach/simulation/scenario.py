"""What a scenario file may say, and how all of them are loaded and checked at once."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.playbook import Fault, Playbook, PlaybookError
from interview_coach.playbook.faults import from_validation, near
from interview_coach.times import clock_time, read_time

__all__ = ["LEVELS", "Cause", "Draw", "Level", "Offer", "Scenario", "load_scenarios"]

Level = Literal["guided", "plain", "pressure"]
LEVELS: tuple[Level, ...] = ("guided", "plain", "pressure")

# Replies of the engine that are no answer to an action; every scenario must have words for them.
_REPLIES = ("no_answer", "rings", "picks_up", "email_back")


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


class Cause(_Data):
    """A hidden reason why the call does not come, and what the interviewer does meanwhile.

    Minutes count from the agreed start; `hears_voicemail` and `reads_email` count from when the
    message is there and the interviewer is free. What is absent does not happen that day.
    `picks_up` is the chance that a call is answered once they are free; `rings` is false where
    their own call goes to a wrong number. `during` names what keeps them, until they are free or
    until the story's end.
    """

    code: str
    weight: float = Field(gt=0)
    hidden: str
    during: str
    during_until: Literal["free", "end"] = "end"
    calls_after: Draw | None = None
    rings: bool = True
    free_after: Draw | None = None
    picks_up: float = Field(ge=0, le=1)
    hears_voicemail: Draw | None = None
    reads_email: Draw | None = None
    then: Literal["call", "rebook"]
    cue: Mapping[str, str] = {}


class Offer(_Data):
    """A choice that is open to the candidate, and when it is.

    `until` makes a wait last until that minute; `after` asks for the last reply; `once` takes it
    away when done; `from` is the first minute at which it is offered.
    """

    do: str
    says: str | None = None
    until: int | None = Field(None, gt=0)
    after: str | None = None
    once: bool = False
    from_: int = Field(0, alias="from", ge=0)


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
    both past the agreed start.
    """

    id: str
    file: str
    title: str
    family: str
    source: tuple[str, ...] = Field(min_length=1)
    caller: Literal["interviewer", "candidate"]
    missed_by: Literal["interviewer", "candidate", "unknown"]
    channel: Literal["phone", "video", "in_person"]
    starts: str
    timezone: str
    their_timezone: str | None = None
    opens: int = Field(ge=0)
    length: int = Field(gt=0)
    person: Person
    phone: Phone
    opening: Mapping[Level, str]
    offer: tuple[Offer, ...] = Field(min_length=2)
    cue: Mapping[str, str]
    cause: tuple[Cause, ...] = Field(min_length=1)

    @property
    def start(self) -> ZonedDateTime:
        """The agreed start, in the candidate's zone."""
        return read_time(self.starts, self.timezone, "day and time")

    def at(self, minute: int) -> str:
        """Write the clock time of a minute past the start, without a.m. or p.m.: ``2:07``."""
        return clock_time(self.start.add(minutes=minute)).rpartition(" ")[0]

    def words(self, text: str, **more: str) -> str:
        """Fill the names, pronouns and times into a text of this scenario."""
        person = self.person
        return text.format(
            name=person.name,
            they=person.they,
            their=person.their,
            them=person.them,
            they_cap=person.they.capitalize(),
            their_cap=person.their.capitalize(),
            start=self.at(0),
            end_of_break=self.at(45),
            **more,
        )


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


def _faults(scenario: Scenario, playbook: Playbook) -> Any:
    file = scenario.file

    def unknown(field: str, value: str, names: Mapping[str, object]) -> Any:
        if value not in names:
            remedy = near(value, names, "use one that is there")
            yield Fault(file, scenario.id, field, f"{value!r} is not known", remedy)

    for source in scenario.source:
        yield from unknown("source", source, playbook.sources)
    for offer in scenario.offer:
        yield from unknown("offer.do", offer.do, playbook.actions)
        if (offer.do == "wait") != (offer.until is not None):
            wrong = "a wait, and only a wait, lasts until a minute"
            yield Fault(file, scenario.id, "offer.until", wrong, "give a wait its 'until'")
        if offer.until is not None and offer.until > scenario.length:
            wrong = f"it waits until {offer.until}, beyond the story's end ({scenario.length})"
            yield Fault(file, scenario.id, "offer.until", wrong, "end it sooner")
        if offer.do not in scenario.cue and offer.do not in {"call", "stop_waiting"}:
            wrong = f"there is no text for {offer.do!r}"
            yield Fault(file, scenario.id, "cue", wrong, "say what the candidate notices")
    for reply in _REPLIES:
        if reply not in scenario.cue:
            yield Fault(file, scenario.id, "cue", f"there is no text for {reply!r}", "add it")
    if not any(offer.do == "stop_waiting" for offer in scenario.offer):
        wrong = "the candidate can never stop, so the story has no end of its own"
        yield Fault(file, scenario.id, "offer", wrong, "offer stop_waiting")
    if scenario.opens >= scenario.length:
        yield Fault(file, scenario.id, "opens", "it is not before the story's end", "open sooner")
    for level in LEVELS:
        if level not in scenario.opening:
            yield Fault(file, scenario.id, "opening", f"level {level!r} is missing", "add it")
    for cause in scenario.cause:
        yield from unknown("cause.code", cause.code, playbook.codes["cause"])
        if cause.rings and cause.calls_after and cause.calls_after.from_ <= scenario.opens:
            wrong = (
                f"{cause.code}: they may call before the first decision (minute {scenario.opens})"
            )
            yield Fault(file, scenario.id, "cause.calls_after", wrong, "let it begin later")
    try:
        _ = scenario.start
    except KitError as error:
        yield Fault(file, scenario.id, "starts", str(error).rstrip("."), "give a day and time")
        return  # the texts hold times, which cannot be written without a start
    for field, text in _texts(scenario):
        try:
            scenario.words(text, free="", until="")
        except (KeyError, IndexError, ValueError) as error:
            wrong = f"{text[:40]!r} has a blank that nothing fills ({error})"
            yield Fault(file, scenario.id, field, wrong, "use {name}, {they}, {their}, {start} ...")


def _texts(scenario: Scenario) -> Any:
    yield from (("opening", text) for text in scenario.opening.values())
    yield from (("cue", text) for text in scenario.cue.values())
    yield from (("offer.says", offer.says) for offer in scenario.offer if offer.says)
    for cause in scenario.cause:
        yield from (("cause", text) for text in (cause.hidden, cause.during, *cause.cue.values()))
    yield from (("phone", text) for text in scenario.phone.model_dump().values())
