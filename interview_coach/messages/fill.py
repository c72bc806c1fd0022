"""Fill a message template: typed blanks in, a message out, or one sentence on what is missing.

Templates are data, so they run in Jinja's sandbox and are handed plain strings and numbers only
(an object's public methods would be within their reach).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from whenever import ZonedDateTime

from interview_coach.advice import Plan
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages.languages import VOICES, language_words
from interview_coach.messages.said import Value, said
from interview_coach.playbook import MessageKind, Playbook
from interview_coach.playbook.loader import DATA
from interview_coach.times import Clock, clock_time, day_words, tz_of, zone

__all__ = ["Message", "blanks", "fields_from_plan", "fill", "words_in"]

_MOST_CHARACTERS = 400  # of one blank: more than any name, role or time needs
_PLACEHOLDER = re.compile(r"\[[^\]]*\]|\{[^}]*\}|<[^>]*>|_{2,}|\bX{2,}(?::X{2,})?\b")
_WORDS_A_SECOND = 2.5  # 75 words take about 30 seconds (MESSAGES, too_long)


@dataclass(frozen=True)
class Message:
    """A filled message: `subject` is empty for what is spoken; `text` is what a person sends."""

    kind: str
    medium: str
    subject: str
    body: str
    voice: str = "plain"
    language: str = "en"

    @property
    def text(self) -> str:
        """The whole message, an email with its subject line."""
        if not self.subject:
            return self.body
        return f"{language_words(self.language).subject} {self.subject}\n\n{self.body}"

    @property
    def words(self) -> int:
        """Number of words, subject line and signature included."""
        return words_in(self.text)

    @property
    def spoken_seconds(self) -> int:
        """How long it takes to say, in seconds, at 150 words a minute."""
        return round(self.words / _WORDS_A_SECOND)


def words_in(text: str) -> int:
    """Count words as a reader would: runs of characters that hold a letter or a digit."""
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in text.split())


def blanks(kind: str, playbook: Playbook) -> MessageKind:
    """Return what a kind of message needs.

    Raises
    ------
    KitError
        If there is no such kind; the text lists those that there are.
    """
    if kind not in playbook.kinds:
        raise KitError(
            _("kind: {kind!r} is not known; use one of {known}.").format(
                kind=kind, known=", ".join(playbook.kinds)
            )
        )
    return playbook.kinds[kind]


def fill(
    kind: str,
    fields: Mapping[str, Value],
    playbook: Playbook,
    *,
    now: ZonedDateTime,
    plan: Plan | None = None,
    clock: Clock = "12",
    voice: str = "plain",
    language: str = "en",
    their_timezone: str | None = None,
    keys: bool = True,
) -> Message:
    """Fill the template of a kind.

    Parameters
    ----------
    kind : str
        One of the nine kinds of the playbook.
    fields : mapping
        Blank -> value, of the type that the playbook gives it: text, a moment
        (`ZonedDateTime`), a count, a list of texts.
    playbook : Playbook
        Where kinds and blanks are described.
    now : ZonedDateTime
        The moment from which days are named (today, tomorrow).
    plan : Plan, optional
        The plan this message belongs to; the window in the message must agree with it (K3).
    clock : {"12", "24"}
        How English clock times are written; other languages have their own way.
    voice : {"plain", "warm", "formal"}
        How it sounds.
    language : {"en", "es", "fr", "de"}
        What it is written in; what a person gives goes in as typed.
    their_timezone : str, optional
        The reader's zone, where no plan says it: if their clock differs, the message names the place.
    keys : bool
        Whether what is missing is named by its key too, by which commands take it.

    Raises
    ------
    KitError
        If a blank is missing, unknown or of the wrong type, the window does not agree with the
        plan, or there is no such voice or language; the text names each one.
    """
    spec = blanks(kind, playbook)
    given = {name: _tidy(value) for name, value in fields.items()}
    given = {name: value for name, value in given.items() if value not in ("", None, ())}
    _check(spec, given, playbook, keys)
    _check_past(spec, given, now)
    if plan is not None:
        _check_window(given, plan, clock)
    words = language_words(language)
    if voice not in VOICES:
        raise KitError(
            _("voice: {voice!r} is not known; use one of {known}.").format(
                voice=voice, known=", ".join(VOICES)
            )
        )
    # Two clocks, one number: a reader elsewhere must not have to guess whose time it is (A2).
    if plan is not None:
        their_timezone = plan.situation.their_timezone
    agreed = given.get("appointment", now)
    home = agreed if isinstance(agreed, ZonedDateTime) else now
    city = _city(home) if their_timezone and _clocks_differ(home, their_timezone) else ""
    context = said(spec, given, playbook, words, now=now, clock=clock, voice=voice, city=city)
    try:
        text = _environment().get_template(f"{language}/{voice}/{kind}.j2").render(context)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # Whatever a template can raise is a fault of the template.
        raise KitError(
            _("template {kind}: {error}; put the template right.").format(kind=kind, error=error)
        ) from None
    message = _message(spec, text, voice, language)
    if message.words > spec.most_words:
        longest = max(
            (name for name in given if playbook.fields[name].type in {"text", "texts"}),
            key=lambda name: words_in(str(given[name])),
        )
        raise KitError(
            _(
                "{message}: it has {n} words, the most is {most}; shorten '{blank}' ({asks})."
            ).format(
                message=spec.label,
                n=message.words,
                most=spec.most_words,
                blank=longest,
                asks=playbook.fields[longest].asks,
            )
        )
    return message


def fields_from_plan(plan: Plan, fields: Mapping[str, Value]) -> dict[str, Value]:
    """Add to what a person gave what the plan knows: appointment, time now, window, tries.

    The window is the plan's (K3). Where the plan waits for nobody, it is left to the person.
    """
    known: dict[str, Value] = {
        "appointment": plan.situation.scheduled,
        "now": plan.now,
        "attempts": max(1, plan.situation.attempts),
        "caller": plan.situation.caller,
        "channel": plan.situation.channel,
        "missed_by_me": plan.situation.missed_by == "candidate",
    }
    if plan.give_up_at is not None and plan.give_up_at > plan.now:
        known["available_until"] = plan.give_up_at
    elif plan.give_up_at is None:
        known["available_until"] = plan.now.add(hours=1)
    if plan.situation.new_time is not None:
        known["new_time"] = plan.situation.new_time
    if plan.situation.spoke_at is not None:
        known["spoken"] = plan.situation.spoke_at
    return {**known, **fields}


def _clocks_differ(ours: ZonedDateTime, theirs: str) -> bool:
    return ours.to_tz(zone(theirs)).offset != ours.offset


def _city(moment: ZonedDateTime) -> str:
    return tz_of(moment).rpartition("/")[2].replace("_", " ")


def _check(spec: MessageKind, given: Mapping[str, Value], playbook: Playbook, keys: bool) -> None:
    absent = _("{asks} is missing ({blank})") if keys else _("{asks} is missing")
    faults = [
        absent.format(asks=playbook.fields[name].asks, blank=name)
        for name in spec.needs
        if name not in given
    ]
    for name, value in given.items():
        if name not in playbook.fields:
            faults.append(_("there is no blank called '{blank}'").format(blank=name))
        else:
            known = playbook.codes.get(name, {})
            what = f"'{name}' ({playbook.fields[name].asks})"
            wrong = _wrong_type(playbook.fields[name].type, value, tuple(known), what)
            faults += [wrong] if wrong else []
    if faults:
        raise KitError(f"{spec.label}: {'; '.join(faults)}.")


def _check_past(spec: MessageKind, given: Mapping[str, Value], now: ZonedDateTime) -> None:
    """Refuse to speak of a miss that has not come: the day is wrong then, or the message."""
    agreed = given.get("appointment")
    if spec.id not in _AFTER_A_MISS or not isinstance(agreed, ZonedDateTime):
        return
    if agreed > now.add(minutes=_EARLY):
        raise KitError(
            _(
                "{message}: the interview is still ahead ({day} at {time}); check its day and time, or "
                "choose another message."
            ).format(message=spec.label, day=day_words(agreed, now), time=clock_time(agreed))
        )


def _tidy(value: Value) -> Value:
    # A stray space or a second one is not worth a word; line breaks are another matter (_check).
    if isinstance(value, str):
        return re.sub(" {2,}", " ", value.strip(" \t"))
    if isinstance(value, list | tuple):
        return tuple(str(_tidy(text)) if isinstance(text, str) else text for text in value)
    return value


def _wrong_type(type_: str, value: Value, choices: tuple[str, ...], what: str) -> str | None:
    """Say what is wrong with a value; `what` names its blank."""
    right, says = True, ""
    if type_ == "moment":
        right, says = isinstance(value, ZonedDateTime), _("{what} must be a date and time")
    elif type_ == "count":
        right = isinstance(value, int) and not isinstance(value, bool) and value >= 1
        says = _("{what} must be a whole number, 1 or more")
    elif type_ == "flag":
        right, says = isinstance(value, bool), _("{what} must be yes or no")
    elif type_ == "choice":
        right, says = value in choices, _("{what} must be one of {choices}")
    else:
        texts = value if type_ == "texts" else [value]
        if isinstance(texts, str) or not isinstance(texts, Sequence):
            right, says = False, _("{what} must be a list of texts")
        else:
            return next((one for text in texts if (one := _wrong_text(type_, text, what))), None)
    return None if right else says.format(what=what, choices=", ".join(choices))


def _wrong_text(type_: str, text: object, what: str) -> str | None:
    says = ""
    if not isinstance(text, str) or not text.strip():
        return _("{what} must be text").format(what=what)
    blank = _PLACEHOLDER.search(text)
    if len(text) > _MOST_CHARACTERS:
        says = _("{what} is longer than {most} characters")
    elif blank is not None:
        says = _("{what} still holds a blank ({blank}): write the words themselves")
    elif re.search(r"[\x00-\x08\x0b-\x1f\x7f]|[\r\n]", text):
        says = _("{what} holds a line break or a control character")
    elif type_ == "phone" and len(re.findall(r"\d", text)) < 3:
        says = _("{what} is not a telephone number")
    held = blank[0] if blank is not None else ""
    return says.format(what=what, most=_MOST_CHARACTERS, blank=held) if says else None


def _check_window(given: Mapping[str, Value], plan: Plan, clock: Clock) -> None:
    until = given.get("available_until")
    if not isinstance(until, ZonedDateTime):
        return
    if until <= plan.now:
        raise KitError(
            _(
                "'available_until' is {time}, which has passed; offer another time instead of a window."
            ).format(time=clock_time(until, clock))
        )
    if plan.give_up_at is not None and until != plan.give_up_at:
        raise KitError(
            _(
                "'available_until' says {said}, but the plan holds until {held}; they must agree (K3): "
                "say {held}, or change how long you hold."
            ).format(said=clock_time(until, clock), held=clock_time(plan.give_up_at, clock))
        )


_AFTER_A_MISS = frozenset(
    {"voicemail_no_answer", "email_no_answer", "call_apology", "email_apology"}
)
_EARLY = 30  # minutes before the start at which one may have called already


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(DATA / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # plain text; what shows it on a page escapes it there
    )


def _message(spec: MessageKind, text: str, voice: str, language: str) -> Message:
    subject = ""
    if spec.medium == "email":
        head, _blank_line, text = text.partition("\n\n")
        subject = head.removeprefix("Subject:").strip()
    paragraphs = (
        # Line ends inside a spoken script are only for whoever edits the template.
        part if spec.medium == "email" else " ".join(part.split())
        for part in re.split(r"\n{2,}", text.strip())
    )
    joint = "\n\n" if spec.medium == "email" else " "
    return Message(spec.id, spec.medium, subject, joint.join(paragraphs), voice, language)
