"""It is happening now: a few questions, then what to do this minute, and the message for it."""

from collections.abc import Callable
from typing import Any

from whenever import ZonedDateTime

from interview_coach.advice import Plan, Step
from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.messages.numbers import number_words
from interview_coach.mixups import mix_ups
from interview_coach.panels import kit
from interview_coach.panels.choices import CALLER, CHANNEL, spoken
from interview_coach.panels.cited import quoted, where_from
from interview_coach.panels.kit.clock import Ticker
from interview_coach.panels.today_invitation import invitation_card
from interview_coach.panels.today_message import message_side
from interview_coach.panels.today_model import TodayModel
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
from interview_coach.wording import first_lower, first_upper

__all__ = ["today_panel"]

_MISSED = [
    (N_("They missed it: no call, or no answer"), "interviewer"),
    (N_("I missed it"), "candidate"),
    (N_("I don't know"), "unknown"),
]

_USUAL = {"channel": "phone", "miss": 1, "their_timezone": "", "number": ""}
"""What most people need not answer, and how it stands until it is."""


@kit.panel
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
        moment = read_time(now, model.timezone, _("Now")) if now else now_in(model.timezone)
        model.day = moment.date().to_stdlib()
    model.resume()
    page = kit.page("", "", current="today")
    page.model = model

    def draw(__: Any = None) -> None:
        if model.plan is None:
            _show_questions(page, model)
        else:
            _show_plan(page, model, model.plan)

    model.observe(draw, "plan")
    draw()
    return page


def _show_questions(page: kit.Page, model: TodayModel) -> None:
    page.head(
        _("The call did not connect. What now?"),
        _("Answer these, and you get what to do this minute, and the words for it."),
    )
    page.explain(model.example)
    notice = kit.Notice()
    fields = {
        "caller": kit.radio(_("Who was to call?"), spoken(CALLER), model.caller),
        "missed_by": kit.radio(_("Who missed it?"), spoken(_MISSED), model.missed_by),
        "day": kit.date_input(_("Agreed day"), model.day),
        "time": kit.time_input(_("Agreed time"), model.time, hint=_("On your own clock.")),
        "timezone": kit.text_input(_("Your time zone"), model.timezone),
        "their_timezone": kit.text_input(
            _("Their time zone"),
            model.their_timezone,
            hint=_("If you know it, such as America/New_York: a mix-up then shows at once."),
        ),
        "attempts": kit.number_input(_("How often have you called?"), model.attempts, high=50),
        "miss": kit.number_input(
            _("Which miss in a row is it?"), model.miss, low=1, high=20, hint=_("1 is the first.")
        ),
        "channel": kit.radio(_("How were you to speak?"), spoken(CHANNEL), model.channel),
        "number": kit.text_input(
            _("The number that was to be called"),
            model.number,
            hint=_("The one you called, or the one you gave them: it is checked."),
        ),
    }
    for name, field in fields.items():
        kit.link((model, name), (field, "value"))

    def columns(*names: str) -> Any:
        return kit.columns(*(fields[name] for name in names))

    rare = kit.fold(
        _(
            "If it applies: not by telephone, another time zone than {zone}, a second miss, the number"
        ).format(zone=model.timezone),
        columns("channel", "miss"),
        columns("timezone", "their_timezone"),
        columns("number"),
    )

    def look(_change: Any = None) -> None:
        # What an invitation has filled in is seen.
        if any(getattr(model, name) != usual for name, usual in _USUAL.items()):
            rare.turn(True)

    def ask() -> None:
        try:
            model.ask()
        except KitError:
            # What is wrong may be in there, unless the day or the time is still to be given.
            if model.day is not None and model.time is not None:
                rare.turn(True)
            raise

    model.observe(look, list(_USUAL))
    look()
    page.body.show(
        invitation_card(model),
        kit.card(
            columns("caller", "missed_by"),
            columns("day", "time", "attempts"),
            rare,
            kit.row(kit.button(_("What now?"), ask, where=notice, main=True)),
            notice,
        ),
    )


def _show_plan(page: kit.Page, model: TodayModel, plan: Plan) -> None:
    here = clock_time(plan.now)
    _tell_time(page, plan, plan.now)
    notice = kit.Notice()
    message, write = message_side(page, model, plan)

    def due() -> None:
        model.ask()
        if model.plan == plan:
            notice.done(_("It is {time}: nothing has changed.").format(time=here))

    left = kit.Region(
        kit.text(
            kit.tag(_("Example"), "blue"),
            " ",
            _("They were to call you seven minutes ago. Made up, and not kept."),
        )
        if model.made_up
        else None,
        kit.card(
            *(kit.text(sentence) for sentence in _checks(model, plan)),
            title=_("First: the right time, the right number?"),
        ),
        kit.heading(_("What to do"), focus=True),
        _due(page, model, plan),
        kit.card(*(_step(model, step, plan, write) for step in plan.steps)),
        kit.text(_not_now(plan), soft=True) if plan.avoid else None,
        kit.details(
            _("Who says otherwise"),
            *quoted(plan.variants),
        )
        if plan.variants
        else None,
        where_from(model.playbook, (key for step in plan.steps for key in step.source)),
        kit.row(
            *(
                (kit.button(_("Now your own call"), model.again, where=notice, main=True),)
                if model.made_up
                else _ways_on(model, due, notice)
            ),
        ),
        notice,
    )
    page.body.show(kit.columns(left, message))
    page.say(" ".join((_("It is {time}.").format(time=here), _first(plan))))


def _ways_on(model: TodayModel, due: Callable[[], None], notice: kit.Notice) -> list[Any]:
    return [
        kit.link_button(_("Log this call"), page="05_log_outcomes", main=True),
        kit.link_button(_("All messages"), page="04_messages"),
        kit.button(_("What is due now?"), due, where=notice),
        kit.button(_("Change my answers"), model.again, where=notice),
        kit.button(_("Start anew"), model.afresh, where=notice) if model.desk.keeps else None,
    ]


def _first(plan: Plan) -> str:
    if not plan.steps:
        return ""
    return _("First: {step}.").format(step=first_lower(plan.steps[0].say))


def _tell_time(page: kit.Page, plan: Plan, now: ZonedDateTime) -> None:
    """Show the clock in both zones, at the head of the page."""
    theirs = plan.situation.their_timezone
    here = clock_time(now.to_tz(tz_of(plan.situation.scheduled)))
    other = clock_time(now.to_tz(zone(theirs))) if theirs else here
    title = _("It is {here} for you.").format(here=here)
    if other != here:
        title = _("It is {here} for you, {there} for them.").format(here=here, there=other)
    if page.title != title:
        page.head(title, plan.time_check or _first(plan))


def _due(page: kit.Page, model: TodayModel, plan: Plan) -> Any:
    """Say which step is due, anew every half minute and at each tick of a step."""
    line, ticker = kit.Region(), Ticker(running=True, seconds=30.0)
    line.keep = True
    shown = [""]

    def draw(__: Any = None) -> None:
        if model.plan is not plan:
            ticker.running = False
            return
        now = max(model.moment(plan.situation.scheduled), plan.now)
        _tell_time(page, plan, now)
        left = [step for step in plan.steps if step.id not in model.ticked]
        due = [step.say for step in left if step.due <= now]
        if due:
            words = _("Due now: {step}.").format(step=first_lower(due[0]))
        elif left:
            words = _("Next, at {time}: {step}.").format(
                time=clock_time(left[0].due), step=first_lower(left[0].say)
            )
        else:
            words = _("All steps are ticked off. Log this call, and it is done.")
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
    return kit.Region(
        done,
        _what(step, model.playbook),
        kit.row(kit.button(_("Write this message"), lambda: write(step.template)))
        if step.template
        else None,
    )


def _when(step: Step, plan: Plan) -> str:
    if step.due <= plan.now:
        return _("Now")
    # On another day the day is enough: nobody needs it to the minute.
    day = day_words(step.due, plan.now)
    return clock_time(step.due) if day == _("today") else first_upper(day)


def _what(step: Step, playbook: Playbook) -> kit.Html:
    said = [step.because]
    if step.template:
        said.append(_("Message: {kind}.").format(kind=playbook.kinds[step.template].label))
    return kit.el(
        "div",
        kit.el("span", " ".join(said), class_="ic-soft"),
        " ",
        kit.el("span", f"[{', '.join(step.source)}]", class_="ic-small ic-soft"),
    )


def _not_now(plan: Plan) -> str:
    said = "; ".join(first_lower(rule.say) for rule in plan.avoid)
    return _("Not now: {steps}.").format(steps=said)
