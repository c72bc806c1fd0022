"""It is happening now: a few questions, then what to do this minute, and the message for it."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import traitlets
from whenever import ZonedDateTime

from interview_coach.advice import Plan, Situation, Step, advise
from interview_coach.errors import KitError
from interview_coach.messages import fields_from_plan, fill
from interview_coach.messages.numbers import number_words
from interview_coach.mixups import mix_ups
from interview_coach.panels import kit
from interview_coach.panels.desk import Desk
from interview_coach.panels.kit.clock import Ticker
from interview_coach.panels.today_invitation import invitation_card
from interview_coach.panels.today_message import message_side
from interview_coach.playbook import Playbook, load_playbook
from interview_coach.times import (
    clock_time,
    day_words,
    local_zone,
    now_in,
    read_time,
    tz_of,
    zone,
)

__all__ = ["TodayModel", "today_panel"]

_CALLER = [("They were to call me", "interviewer"), ("I was to call them", "candidate")]
_MISSED = [
    ("They missed it: no call, or no answer", "interviewer"),
    ("I missed it", "candidate"),
    ("I don't know", "unknown"),
]
_CHANNEL = [("Telephone", "phone"), ("Video", "video"), ("Visit", "in_person")]


_KEPT = (
    "caller", "missed_by", "channel", "day", "time", "timezone", "their_timezone", "attempts", "miss",
    "sender", "reader", "role", "phone", "number", "times", "ticked", "invited", "until", "messaged",
)  # fmt: skip


class TodayModel(traitlets.HasTraits):
    """What a person says of the call, and the plan made from it.

    `day` and `time` are the agreed start on the person's own clock; `timezone` is theirs,
    `their_timezone` the interviewer's, "" if not known. `now` is ISO 8601 and stands in for the
    machine's clock where it is given.
    """

    caller = traitlets.Unicode("interviewer")
    missed_by = traitlets.Unicode("interviewer")
    channel = traitlets.Unicode("phone")
    day = traitlets.Any(None)
    time = traitlets.Any(None)
    timezone = traitlets.Unicode()
    their_timezone = traitlets.Unicode()
    attempts = traitlets.Int(0)
    miss = traitlets.Int(1)
    now = traitlets.Unicode()
    sender = traitlets.Unicode()
    reader = traitlets.Unicode()
    role = traitlets.Unicode()
    phone = traitlets.Unicode()
    number = traitlets.Unicode()
    invited = (
        traitlets.Unicode()
    )  # the start as the invitation read it: day, time and zone, ISO 8601
    until = traitlets.Unicode()  # how long the plan holds, a clock time; "" where it holds no more
    messaged = traitlets.Unicode()  # when the first voicemail or email was ticked off, ISO 8601
    times = traitlets.Unicode()
    plan = traitlets.Instance(Plan, allow_none=True)
    ticked = traitlets.List(traitlets.Unicode())

    def __init__(self, playbook: Playbook, desk: str = "", **given: Any) -> None:
        super().__init__(**given)
        self.playbook = playbook
        self.desk = Desk(desk)
        self._take(self.desk.read("today"), given)

    def keep(self) -> None:
        """Keep what was answered and done on the desk."""
        self.desk.keep(
            "today",
            {
                name: value.isoformat() if isinstance(value, dt.date | dt.time) else value
                for name, value in ((name, getattr(self, name)) for name in _KEPT)
            },
        )

    def _take(self, kept: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        for name in _KEPT:
            value = kept.get(name)
            try:
                if isinstance(value, str) and name in {"day", "time"}:
                    type_ = dt.date if name == "day" else dt.time
                    value = type_.fromisoformat(value)
                if value is not None and name not in given:
                    setattr(self, name, value)
            except (ValueError, traitlets.TraitError):
                continue

    def tick(self, step: str, done: bool) -> None:
        """Tick a step as done, or take the tick back."""
        self.ticked = [*(one for one in self.ticked if one != step), *([step] if done else [])]
        sent = {one.id for one in self.plan.steps if one.template} if self.plan else set()
        if done and step in sent and not self.messaged:
            self.messaged = _written(self.moment())
        elif not sent & set(self.ticked):
            self.messaged = ""
        self.keep()

    def afresh(self) -> None:
        """Clear the desk of today's call, its draft and its appointment; who you are stays."""
        self.desk.clear("today", "draft", "appointment")
        for name in (
            "time",
            "their_timezone",
            "number",
            "reader",
            "role",
            "times",
            "invited",
            "until",
        ):
            setattr(self, name, None if name == "time" else "")
        self.attempts, self.miss, self.ticked, self.messaged = 0, 1, [], ""
        self.plan = None

    def ask(self) -> None:
        """Make the plan for this moment.

        Raises
        ------
        KitError
            If day or time is missing, a zone is unknown, or the interview is still ahead.
        """
        if not isinstance(self.day, dt.date) or not isinstance(self.time, dt.time):
            raise KitError("Agreed for: give the day and the time of the interview.")
        timezone = zone(self.timezone, "Your time zone")
        theirs = self.their_timezone.strip()
        scheduled = read_time(f"{self.day:%Y-%m-%d}T{self.time:%H:%M}", timezone, "Agreed for")
        situation = Situation(
            caller=self.caller,
            scheduled=scheduled,
            missed_by=self.missed_by,
            their_timezone=zone(theirs, "Their time zone") if theirs else None,
            attempts=self.attempts,
            miss=self.miss,
            channel=self.channel,
            zone_is_written=bool(self.invited) and self.invited == _written(scheduled),
        )
        plan = advise(situation, self.moment(scheduled), self.playbook)
        held = plan.give_up_at if plan.give_up_at and plan.give_up_at > plan.now else None
        self.until = f"{held.hour:02}:{held.minute:02}" if held else ""
        self.plan = plan
        self.keep()

    def moment(self, not_before: ZonedDateTime | None = None) -> ZonedDateTime:
        """Give the time now on the person's clock."""
        timezone = zone(self.timezone, "Your time zone")
        if self.now:
            return read_time(self.now, timezone, "Now", not_before=not_before)
        return now_in(timezone)

    def again(self) -> None:
        """Go back to the questions; what was answered stays."""
        self.plan = None

    def draft(self, kind: str) -> str:
        """Write the message of a kind for the plan; its window is the plan's (K3).

        Raises
        ------
        KitError
            If something that the message needs has not been given.
        """
        plan = self.plan
        if plan is None:
            raise KitError("Ask what to do first; the message follows from it.")
        given: dict[str, Any] = {
            "sender": self.sender.strip(),
            "reader": self.reader.strip(),
            "role": self.role.strip(),
            "phone": self.phone.strip(),
            "times": tuple(part.strip() for part in self.times.split(";") if part.strip()),
        }
        given = {name: value for name, value in given.items() if value}
        self.keep()
        return fill(
            kind, fields_from_plan(plan, given), self.playbook, now=plan.now, plan=plan
        ).text


def _written(moment: ZonedDateTime) -> str:
    return moment.to_fixed_offset().format_iso()


def today_panel(
    timezone: str = "",
    now: str = "",
    house: str = "coach.toml",
    desk: str = "",
    **given: Any,
) -> kit.Page:
    """Show the page for the day itself.

    Parameters
    ----------
    timezone : str
        The person's zone (IANA name); the machine's if empty.
    now : str
        ISO 8601, stands in for the machine's clock; for practice and tests.
    house : str
        The coach's ``coach.toml``; not there means no house rules.
    desk : str
        The file that keeps what is on the desk; "" keeps nothing.
    **given
        Other fields of `TodayModel` that are known already.
    """
    if timezone:
        given["timezone"] = timezone
    model = TodayModel(load_playbook(house), desk, now=now, **given)
    model.timezone = model.timezone or local_zone()
    if model.day is None:
        moment = read_time(now, model.timezone, "Now") if now else now_in(model.timezone)
        model.day = moment.date().to_stdlib()
    page = kit.page("", "", current="today")
    page.model = model

    def draw(_: Any = None) -> None:
        if model.plan is None:
            _show_questions(page, model)
        else:
            _show_plan(page, model, model.plan)

    model.observe(draw, "plan")
    draw()
    return page


def _show_questions(page: kit.Page, model: TodayModel) -> None:
    page.head(
        "The call did not connect. What now?",
        "Answer these, and you get what to do this minute, and the words for it.",
    )
    notice = kit.Notice()
    fields = {
        "caller": kit.radio("Who was to call?", _CALLER, model.caller),
        "missed_by": kit.radio("Who missed it?", _MISSED, model.missed_by),
        "day": kit.date_input("Agreed day", model.day),
        "time": kit.time_input("Agreed time", model.time, hint="On your own clock."),
        "timezone": kit.text_input("Your time zone", model.timezone),
        "their_timezone": kit.text_input(
            "Their time zone",
            model.their_timezone,
            hint="If you know it, such as America/New_York: a mix-up then shows at once.",
        ),
        "attempts": kit.number_input("How often have you called?", model.attempts, high=50),
        "miss": kit.number_input(
            "Which miss in a row is it?", model.miss, low=1, high=20, hint="1 is the first."
        ),
        "channel": kit.radio("How were you to speak?", _CHANNEL, model.channel),
        "number": kit.text_input(
            "The number that was to be called",
            model.number,
            hint="The one you called, or the one you gave them: it is checked [B1, F6].",
        ),
    }
    for name, field in fields.items():
        kit.link((model, name), (field, "value"))
    order = (
        ("caller", "missed_by", "channel"),
        ("day", "time", "timezone"),
        (
            "attempts",
            "miss",
            "their_timezone",
        ),
        ("number",),
    )
    page.body.show(
        invitation_card(model),
        kit.card(
            *(kit.columns(*(fields[name] for name in names)) for names in order),
            kit.row(kit.button("What now?", model.ask, where=notice, main=True)),
            notice,
        ),
    )


def _show_plan(page: kit.Page, model: TodayModel, plan: Plan) -> None:
    here = clock_time(plan.now)
    _tell_time(page, plan, plan.now)
    notice = kit.Notice()
    message, write = message_side(page, model, plan)
    left = kit.Region(
        kit.card(
            *(kit.text(sentence) for sentence in _checks(model, plan)),
            title="First: the right time, the right number?",
        ),
        kit.heading("What to do", focus=True),
        _due(page, model, plan),
        kit.card(*(_step(model, step, plan, write) for step in plan.steps)),
        kit.text("Not now: ", _not_now(plan), soft=True) if plan.avoid else None,
        kit.details(
            "Who says otherwise",
            *(
                kit.source(kit.el("b", f"{one.id} "), one.says, f" ({one.where})")
                for one in plan.variants
            ),
        )
        if plan.variants
        else None,
        kit.row(
            kit.link_button("Log this call", page="05_log_outcomes", main=True),
            kit.link_button("All messages", page="04_messages"),
            kit.button("What is due now?", model.ask, where=notice),
            kit.button("Change my answers", model.again, where=notice),
            kit.button("Start afresh", model.afresh, where=notice) if model.desk.keeps else None,
        ),
        notice,
    )
    page.body.show(kit.columns(left, message))
    page.say(f"It is {here}. {_first(plan)}")


def _first(plan: Plan) -> str:
    return f"First: {plan.steps[0].say[0].lower()}{plan.steps[0].say[1:]}." if plan.steps else ""


def _tell_time(page: kit.Page, plan: Plan, now: ZonedDateTime) -> None:
    """Show the clock in both zones, at the head of the page."""
    theirs = plan.situation.their_timezone
    here = clock_time(now.to_tz(tz_of(plan.situation.scheduled)))
    other = clock_time(now.to_tz(zone(theirs))) if theirs else here
    there = f", {other} for them" if other != here else ""
    title = f"It is {here} for you{there}."
    if page.title != title:
        page.head(title, plan.time_check or _first(plan))


def _due(page: kit.Page, model: TodayModel, plan: Plan) -> Any:
    """Say which step is due, anew every half minute and at each tick of a step."""
    line, ticker = kit.Region(), Ticker(running=True, seconds=30.0)
    line.keep = True
    shown = [""]

    def draw(_: Any = None) -> None:
        if model.plan is not plan:
            ticker.running = False
            return
        now = max(model.moment(plan.situation.scheduled), plan.now)
        _tell_time(page, plan, now)
        left = [step for step in plan.steps if step.id not in model.ticked]
        due = [step.say for step in left if step.due <= now]
        if due:
            words = f"Due now: {due[0][0].lower()}{due[0][1:]}."
        elif left:
            words = (
                f"Next, at {clock_time(left[0].due)}: {left[0].say[0].lower()}{left[0].say[1:]}."
            )
        else:
            words = "All steps are ticked off. Log this call, and it is done."
        if words != shown[0]:
            line.show(kit.text(kit.el("b", words)))
            if shown[0]:
                page.say(words)
            shown[0] = words

    kit.on_change(ticker, draw, name="ticks")
    kit.on_change(model, draw, name="ticked")
    draw()
    return kit.Region(line, ticker)


def _checks(model: TodayModel, plan: Plan) -> list[str]:
    said = [*mix_ups(plan.situation.scheduled, plan.now), number_words(model.number)]
    return [sentence for sentence in said if sentence]


def _step(model: TodayModel, step: Step, plan: Plan, write: Callable[[str | None], None]) -> Any:
    done = kit.checkbox(f"{_when(step, plan)}: {step.say}", step.id in model.ticked)
    kit.on_change(done, lambda value: model.tick(step.id, bool(value)))
    # What is missing is said beside the button: on a telephone the form is far below.
    notice = kit.Notice()
    return kit.Region(
        done,
        _what(step, model.playbook),
        kit.row(kit.button("Write this message", lambda: write(step.template), where=notice))
        if step.template
        else None,
        notice if step.template else None,
    )


def _when(step: Step, plan: Plan) -> str:
    if step.due <= plan.now:
        return "Now"
    # On another day the day is enough: nobody needs it to the minute.
    day = day_words(step.due, plan.now)
    return clock_time(step.due) if day == "today" else f"{day[0].upper()}{day[1:]}"


def _what(step: Step, playbook: Playbook) -> kit.Html:
    message = f" Message: {playbook.kinds[step.template].label}." if step.template else ""
    return kit.el(
        "div",
        kit.el("span", step.because, message, class_="ic-soft"),
        " ",
        kit.el("span", f"[{', '.join(step.source)}]", class_="ic-small ic-soft"),
    )


def _not_now(plan: Plan) -> str:
    said = [rule.say[0].lower() + rule.say[1:] for rule in plan.avoid]
    return "; ".join(said) + "."
