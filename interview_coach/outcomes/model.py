"""What can be said of a call, and which sayings contradict each other.

Everything that enters the log, typed or imported, passes here, so that one list of rules holds for
both. The words of the lists (end states, who missed, causes ...) are the playbook's.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from interview_coach.errors import KitError
from interview_coach.language import N_, _, current
from interview_coach.outcomes.moments import moment
from interview_coach.playbook import load_playbook
from interview_coach.times import zone
from interview_coach.wording import number

__all__ = [
    "CODED",
    "TIMES",
    "CallEntry",
    "EntryError",
    "EntryFault",
    "code_hint",
    "codes",
    "contradictions",
    "in_state",
    "words",
]

# The fields that hold a code, and the playbook's list each takes its codes from.
CODED = {
    "channel": "channel",
    "caller": "caller",
    "state": "end_state",
    "missed_by": "missed_by",
    "cause": "cause",
    "initiator": "initiator",
    "outcome": "client_outcome",
}
# The fields that hold a moment.
TIMES = ("scheduled_at", "booked_at", "first_message_at", "window_until", "reconnected_at")
_LONGEST = 10_000


class EntryFault(NamedTuple):
    """One thing wrong with an entry: the field it concerns, and what to do, in one sentence."""

    field: str
    says: str


class EntryError(KitError):
    """An entry cannot be logged as it is; `faults` lists all that is wrong, field by field.

    The text names fields and what they may hold, never what was typed: notes and names of clients
    must not travel into logs with a traceback.
    """

    def __init__(self, faults: Iterable[EntryFault], what: str = ""):
        self.faults = tuple(dict.fromkeys(faults))
        what = what or _("The call cannot be logged")
        says = [f"{f.field}: {f.says}{'' if f.says.endswith('?') else '.'}" for f in self.faults]
        super().__init__(f"{what}: {says[0]}" if len(says) == 1 else _listed(what, says))


def _listed(what: str, says: list[str]) -> str:
    head = _("{what}, for {number} reasons:").format(what=what, number=len(says))
    return "\n".join([head, *(f"- {line}" for line in says)])


@lru_cache(maxsize=4)
def _tables(language: str) -> Mapping[str, Mapping[str, str]]:
    return load_playbook(language=language).codes


def codes(field: str) -> Mapping[str, str]:
    """Give the codes that a field may hold, each with its meaning (from the playbook).

    Parameters
    ----------
    field : str
        One of `CODED`, such as ``state`` or ``missed_by``.
    """
    return _tables(current())[CODED[field]]


def code(field: str, value: object) -> str:
    """Read a code, forgiving case, spaces and hyphens; a ValueError says which there are."""
    known = codes(field)
    if isinstance(value, str) and value in known:
        return value
    wanted = str(value).strip().casefold().replace(" ", "_").replace("-", "_")
    if wanted in known:
        return wanted
    raise ValueError(
        _("this is not a code of the list; {hint}").format(hint=code_hint(field, value))
    )


def code_hint(field: str, value: object) -> str:
    """Say which code may be meant, or which there are."""
    known = codes(field)
    wanted = str(value).strip().casefold().replace(" ", "_").replace("-", "_")
    near = difflib.get_close_matches(wanted, known, 1, 0.75)
    if near:
        return _("did you mean '{name}'?").format(name=near[0])
    return _("use one of {names}").format(names=", ".join(known))


def _coded(field: str) -> BeforeValidator:
    return BeforeValidator(lambda value: None if value is None else code(field, value))


def words(value: object) -> object:
    """Take a text as it is kept; a ValueError says that it holds what no text has."""
    if not isinstance(value, str):
        return value
    # A server keeps neither, and what is kept must not depend on where.
    if "\0" in value or (not value.isascii() and any("\ud800" <= one <= "\udfff" for one in value)):
        raise ValueError(_("there is a character in it that is none; type it again"))
    # A cell of nothing but spaces says nothing.
    return value.strip() or None


_Text = Annotated[Annotated[str, Field(max_length=_LONGEST)] | None, BeforeValidator(words)]
_Name = Annotated[str, BeforeValidator(words), Field(min_length=1, max_length=200)]


class CallEntry(BaseModel):
    """One call, as it is entered: one scheduled attempt at an interview.

    Times may be aware datetimes, ISO texts with an offset, or clock times in `timezone`; they are
    kept in UTC. Codes are those of the playbook (``codes.toml``).

    Raises
    ------
    EntryError
        On construction, with all faults at once: what does not fit its field, and what contradicts
        something else.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, hide_input_in_errors=True
    )

    client_id: Annotated[_Name, Field(description="Pseudonym of the client; it names nobody.")]
    scheduled_at: Annotated[datetime, Field(description="Agreed start of the call, in UTC.")]
    timezone: Annotated[str, Field(description="IANA time zone of the client.")]
    booked_at: Annotated[
        datetime | None, Field(description="When this appointment was made, in UTC.")
    ] = None
    state: Annotated[str, _coded("state"), Field(description="What became of the call.")] = (
        "pending"
    )
    channel: Annotated[str, _coded("channel"), Field(description="How they were to speak.")] = (
        "phone"
    )
    caller: Annotated[str, _coded("caller"), Field(description="Who was to place the call.")] = (
        "interviewer"
    )
    missed_by: Annotated[
        str | None, _coded("missed_by"), Field(description="Who missed it; only of a missed call.")
    ] = None
    cause: Annotated[
        str | None, _coded("cause"), Field(description="Why it was missed, moved or cancelled.")
    ] = None
    initiator: Annotated[
        str | None,
        _coded("initiator"),
        Field(description="Who asked for the move or rebooking that this call led to."),
    ] = None
    reason: Annotated[
        _Text, Field(description="The reason given for that move or rebooking, in words.")
    ] = None
    first_message_at: Annotated[
        datetime | None,
        Field(
            description="When the first voicemail or email after the missed start went out, in UTC."
        ),
    ] = None
    window_until: Annotated[
        datetime | None,
        Field(
            description="Until when the message said that the client would be available, in UTC."
        ),
    ] = None
    reconnected_at: Annotated[
        datetime | None, Field(description="When both spoke after all, in UTC.")
    ] = None
    waited_minutes: Annotated[
        int | None,
        Field(
            description="How long the client waited from the agreed start, in minutes.",
            ge=0,
            le=1440,
        ),
    ] = None
    interview_id: Annotated[
        _Text,
        Field(
            description="Interview that the call belongs to: one client, one employer, one round."
        ),
    ] = None
    coach: Annotated[_Text, Field(description="Coach of the client.")] = None
    cohort: Annotated[_Text, Field(description="Group or programme of the client.")] = None
    employer: Annotated[_Text, Field(description="Employer that the interview was with.")] = None
    employer_type: Annotated[_Text, Field(description="Kind or sector of the employer.")] = None
    round: Annotated[
        int | None,
        Field(description="Round of interviews with this employer, from 1.", ge=1, le=99),
    ] = None
    date_doubt: Annotated[
        _Text, Field(description="Why the date is not believed; empty where it is.")
    ] = None
    synthetic: Annotated[bool, Field(description="True for made-up sample data.")] = False
    notes: Annotated[_Text, Field(description="The coach's own words; private.")] = None
    entry_key: Annotated[
        _Text, Field(description="What marks a repeated entry as the same one, such as one click.")
    ] = None

    def __init__(self, **fields: Any) -> None:
        faults: list[EntryFault] = []
        fields = _with_times(fields, faults)
        try:
            super().__init__(**fields)
        except ValidationError as error:
            faults += [_fault(detail, type(self)) for detail in error.errors(include_url=False)]
        wrong = {fault.field for fault in faults}
        sound = {n: v for n, v in fields.items() if n not in wrong} if wrong else fields
        faults += [f for f in contradictions(sound, unsure=wrong) if f.field not in wrong]
        if faults:
            raise EntryError(faults)


def _with_times(fields: Mapping[str, Any], faults: list[EntryFault]) -> dict[str, Any]:
    read = dict(fields)
    try:
        read["timezone"] = zone(str(fields["timezone"]))
    except KeyError:
        return read
    except KitError as error:
        says = str(error).removeprefix("timezone: ").rstrip(".")  # unmarked: a field
        faults.append(EntryFault("timezone", says))
        read["timezone"] = "UTC"
    for name in TIMES:
        if read.get(name) is not None:
            try:
                read[name] = moment(read[name], read["timezone"])
            except ValueError as error:
                faults.append(EntryFault(name, str(error)))
                # A stand-in, so that the remaining fields are still checked.
                read[name] = datetime.fromtimestamp(0, UTC)
    return read


def _fault(detail: Any, model: type[BaseModel]) -> EntryFault:
    field, kind = str(detail["loc"][0]), detail["type"]
    if kind == "missing" or (kind == "string_type" and detail.get("input") is None):
        return EntryFault(field, _("this is needed"))
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(field, model.model_fields, 1, 0.6)
        return EntryFault(
            field,
            _("there is no such field; did you mean '{name}'?").format(name=near[0])
            if near
            else _("there is no such field"),
        )
    if kind == "value_error":
        return EntryFault(field, str(detail["ctx"]["error"]))
    if kind in {"string_too_long", "too_long"}:
        return EntryFault(
            field,
            _("the text is longer than {most} characters; shorten it").format(
                most=number(detail["ctx"]["max_length"])
            ),
        )
    if kind.startswith("int_") or kind in {"greater_than_equal", "less_than_equal"}:
        low, high = (0, 1440) if field == "waited_minutes" else (1, 99)
        return EntryFault(
            field,
            _("a whole number from {low} to {high} is needed").format(low=low, high=number(high)),
        )
    if kind.startswith("bool"):
        return EntryFault(field, _("true or false is needed"))
    return EntryFault(field, _("a text is needed"))


# Said of a call in the middle of a sentence; in English the code itself.
_STATES = {
    "completed": N_("completed"),
    "missed": N_("missed"),
    "moved": N_("moved"),
    "cancelled": N_("cancelled"),
    "pending": N_("pending"),
}
_AFTER_START = {
    "first_message_at": N_("the first message after a missed start"),
    "window_until": N_("the time until which the client is available"),
    "reconnected_at": N_("the time when both spoke"),
}


def in_state(state: str) -> str:
    """Say in a word how a call ended."""
    return _(_STATES.get(state, state))


def contradictions(fields: Mapping[str, Any], *, unsure: Iterable[str] = ()) -> list[EntryFault]:
    """Find what cannot both be true in a call.

    Parameters
    ----------
    fields : mapping
        Fields of `CallEntry`; times as aware datetimes, absent and None alike.
    unsure : iterable of str
        Fields that are themselves wrong, so that nothing can be concluded from them.

    Returns
    -------
    list of EntryFault
        Empty if all is well.
    """
    get: Callable[[str], Any] = fields.get
    faults: list[EntryFault] = []
    if "state" not in unsure:
        state = get("state") or "pending"
        missed = state == "missed"
        if missed and get("missed_by") is None and "missed_by" not in unsure:
            faults.append(
                EntryFault("missed_by", _("a missed call needs who missed it ('unknown' will do)"))
            )
        if not missed and get("missed_by") is not None:
            faults.append(
                EntryFault(
                    "missed_by",
                    _("a {state} call was missed by nobody; leave it empty").format(
                        state=in_state(state)
                    ),
                )
            )
        if state in {"completed", "pending"}:
            faults += [
                EntryFault(
                    name,
                    _("a {state} call has none: it is for calls missed, moved or cancelled").format(
                        state=in_state(state)
                    ),
                )
                for name in ("cause", "initiator", "reason")
                if get(name) is not None
            ]
        if not missed and state != "completed" and get("reconnected_at") is not None:
            faults.append(
                EntryFault(
                    "reconnected_at",
                    _("in a {state} call nobody spoke; leave it empty").format(
                        state=in_state(state)
                    ),
                )
            )
    start = get("scheduled_at")
    if start is None or "scheduled_at" in unsure:
        return faults
    booked = None if "booked_at" in unsure else get("booked_at")
    if booked is not None and booked > start:
        faults.append(EntryFault("booked_at", _("the booking cannot lie after the agreed start")))
    faults += [
        EntryFault(name, _("{time} cannot lie before the agreed start").format(time=_(says)))
        for name, says in _AFTER_START.items()
        if name not in unsure and get(name) is not None and get(name) < start
    ]
    return faults
