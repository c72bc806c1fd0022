"""What a message is about: the kind, the voice, and the answers its template needs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import traitlets
from whenever import ZonedDateTime

from interview_coach.advice import Plan, Situation, advise
from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, speaking
from interview_coach.messages import blanks, fill
from interview_coach.playbook import Playbook
from interview_coach.times import clock_time, day_words, now_in, read_time, zone

__all__ = ["MessagesModel", "plan_of_today"]

_KEPT = (
    "kind", "voice", "language", "sender", "reader", "role", "phone", "times", "obstacle_fixed", "caller",
    "channel", "missed_by_me", "attempts", "timezone", "their_timezone", "day", "time", "new_day", "new_time", "spoken_day",
    "spoken_time", "until",
)  # fmt: skip

_DUSK, _DAWN = 20, 4  # from the one hour on, a time before the other is of the next day

# Holds some of the items and lacks others, and one sentence hurts: the review has things to show.
_EXAMPLE = (
    "Dear Ms Mahoney,\n\nI called you twice for our interview, but you did not bother to pick up. "  # unmarked: English, as the review
    "I am still free for a while.\n\nThank you for the opportunity.\n\nSam Rivera"  # unmarked: as above
)


class MessagesModel(traitlets.HasTraits):
    """The answers on the page. Days and times are on the person's own clock, in `timezone`.

    `now` is ISO 8601 and stands in for the machine's clock where it is given.
    """

    kind = traitlets.Unicode("email_no_answer")
    voice = traitlets.Unicode("plain")
    language = traitlets.Unicode("en")
    sender = traitlets.Unicode()
    reader = traitlets.Unicode()
    role = traitlets.Unicode()
    phone = traitlets.Unicode()
    times = traitlets.Unicode()
    obstacle_fixed = traitlets.Unicode()
    caller = traitlets.Unicode("interviewer")
    channel = traitlets.Unicode("phone")
    missed_by_me = traitlets.Bool(False)
    attempts = traitlets.Int(1)
    timezone = traitlets.Unicode()
    their_timezone = traitlets.Unicode()  # where it differs, a message names whose clock it is (A2)
    day = traitlets.Any(None)
    time = traitlets.Any(None)
    new_day = traitlets.Any(None)
    new_time = traitlets.Any(None)
    spoken_day = traitlets.Any(None)
    spoken_time = traitlets.Any(None)
    until = traitlets.Any(None)
    now = traitlets.Unicode()

    def __init__(self, playbook: Playbook, **given: Any) -> None:
        super().__init__(**given)
        self.playbook = playbook

    def moment(self) -> ZonedDateTime:
        """Give the time now, on the person's clock."""
        timezone = zone(self.timezone, _("Your time zone"))
        return read_time(self.now, timezone, _("Now")) if self.now else now_in(timezone)

    def write(self) -> str:
        """Fill the template with the answers.

        Raises
        ------
        KitError
            If something that the message needs has not been given, or does not fit.
        """
        spec = blanks(self.kind, self.playbook)
        now = self.moment()
        given: dict[str, Any] = {
            "sender": self.sender,
            "reader": self.reader,
            "role": self.role,
            "phone": self.phone,
            "obstacle_fixed": self.obstacle_fixed,
            "times": tuple(part.strip() for part in self.times.split(";") if part.strip()),
            "caller": self.caller,
            "channel": self.channel,
            "missed_by_me": self.missed_by_me,
            "attempts": max(1, self.attempts),
            "now": now,
            "appointment": self._moment(self.day, self.time, _("Agreed time")),
            "new_time": self._moment(self.new_day, self.new_time, _("New time")),
            "spoken": self._moment(self.spoken_day, self.spoken_time, _("When you spoke")),
            "available_until": self._held(now),
        }
        until = given["available_until"]
        if until is not None and until <= now:
            raise KitError(_("Free until: that time has passed; give a later one."))
        names = {*spec.needs, *spec.may}
        fields = {
            name: value
            for name, value in given.items()
            if name in names and value not in (None, "", ())
        }
        return fill(
            self.kind,
            fields,
            self.playbook,
            now=now,
            voice=self.voice,
            language=self.language,
            their_timezone=self.their_timezone or None,
            keys=False,
        ).text

    def example(self) -> str:
        """Fill the answers in with made-up ones, and give a draft that has things to mend.

        Raises
        ------
        KitError
            If answers of the person's own are there already.
        """
        if any((self.sender, self.reader, self.role, self.phone, self.time, self.until)):
            raise KitError(
                _(
                    "Your own answers are filled in already: the example would overwrite them. Clear "
                    "the desk first, to make room."
                )
            )
        now = self.moment()
        begun, held = now.subtract(minutes=20), now.add(minutes=40)
        self.kind, self.voice, self.language = "email_no_answer", "plain", "en"
        self.sender, self.reader = "Sam Rivera", "Ms Mahoney"  # unmarked: of the example
        self.role = "lab manager"  # unmarked: of the example
        self.phone, self.attempts = "+44 20 7946 0958", 2  # numbers kept for made-up people
        self.day, self.time = begun.date().to_stdlib(), dt.time(begun.hour, begun.minute)
        self.until = dt.time(held.hour, held.minute)
        return _EXAMPLE

    def clear(self) -> None:
        """Empty the answers; which message, how it sounds and your time zone stay."""
        stay = {"kind", "voice", "language", "timezone"}
        for name in (one for one in _KEPT if one not in stay):
            setattr(self, name, self.trait_defaults(name))
        self.day = self.moment().date().to_stdlib()

    def known(self) -> dict[str, str]:
        """Give what a suggestion's blanks are filled with; "" where it is not known."""
        now = self.moment()
        agreed = self._moment(self.day, self.time, _("Agreed time"))
        # What is suggested is English, as the review reads English.
        with speaking(ENGLISH):
            return {
                "your name": self.sender,
                "your number": self.phone,
                "day": day_words(agreed, now) if agreed else "",
                "time": clock_time(agreed) if agreed else "",
            }

    def _held(self, now: ZonedDateTime) -> ZonedDateTime | None:
        # Who is free until 00:20 and says so at 23:50 means the night that comes.
        night = isinstance(self.until, dt.time) and self.until.hour < _DAWN and now.hour >= _DUSK
        day = now.date().to_stdlib() + dt.timedelta(days=night)
        return self._moment(day, self.until, _("Free until"))

    def _moment(self, day: Any, time: Any, what: str) -> ZonedDateTime | None:
        if not isinstance(day, dt.date) or not isinstance(time, dt.time):
            return None
        return read_time(f"{day:%Y-%m-%d}T{time:%H:%M}", zone(self.timezone), what)

    def kept(self) -> dict[str, Any]:
        """Give the answers as plain values, for the desk."""
        return {
            name: value.isoformat() if isinstance(value, dt.date | dt.time) else value
            for name, value in ((name, getattr(self, name)) for name in _KEPT)
        }

    def take(self, kept: Mapping[str, Any]) -> None:
        """Take answers from the desk; what does not fit is left as it is."""
        if kept.get("missed_by"):
            self.missed_by_me = kept["missed_by"] == "candidate"
        for name in _KEPT:
            value = kept.get(name)
            if name == "attempts" and value == 0:
                continue
            try:
                if isinstance(value, str) and name in {"day", "new_day", "spoken_day"}:
                    value = dt.date.fromisoformat(value)
                elif isinstance(value, str) and name in {
                    "time",
                    "new_time",
                    "spoken_time",
                    "until",
                }:
                    value = dt.time.fromisoformat(value)
                if value is not None and (name != "kind" or value in self.playbook.kinds):
                    setattr(self, name, value)
            except (ValueError, traitlets.TraitError):
                continue


def plan_of_today(kept: Mapping[str, Any], model: MessagesModel) -> Plan | None:
    """Give the plan of the call that is on the desk, where the message is about that call.

    A window in the message is held against it (K3). None where there is no such call, or what was
    answered on its page makes no plan.
    """
    if not isinstance(kept.get("time"), str) or not isinstance(model.time, dt.time):
        return None
    if (kept.get("day"), kept["time"]) != (str(model.day), model.time.isoformat()):
        return None
    try:
        timezone = zone(str(kept.get("timezone") or model.timezone))
        situation = Situation(
            caller=kept.get("caller", "interviewer"),
            scheduled=read_time(f"{kept['day']}T{kept['time'][:5]}", timezone, _("Agreed time")),
            missed_by=kept.get("missed_by", "unknown"),
            their_timezone=kept.get("their_timezone") or None,
            attempts=kept.get("attempts", 0),
            miss=kept.get("miss", 1),
            channel=kept.get("channel", "phone"),
        )
        return advise(situation, model.moment(), model.playbook)
    except (KitError, TypeError):
        return None
