"""The practised call on the screen: the telephone, the choices, the clock, the message."""

from typing import Any

from interview_coach.language import N_, _, pgettext
from interview_coach.panels import kit
from interview_coach.panels.kit.clock import Ticker
from interview_coach.panels.practice_alongside import strip, strip_words
from interview_coach.panels.practice_model import PracticeModel, Writing
from interview_coach.panels.practice_words import NAME, ready_words
from interview_coach.simulation import Play
from interview_coach.times import day_and_month, weekday
from interview_coach.wording import counted

__all__ = ["CallView", "level_name", "levels"]

_SPOKEN = {
    "voicemail": N_("What do you say?"),
    "call": N_("What do you say?"),
    "email": N_("What do you write?"),
}
_NOTES = 2  # of what came by itself, on the telephone's screen: the latest, as on a real one


def levels() -> dict[str, str]:
    """Give the levels by code, each as a choice."""
    return {
        "guided": _("Guided: a hint is one key away"),
        "plain": pgettext("a level of practice", "Plain"),
        "pressure": _("Under pressure"),
    }


def level_name(level: str) -> str:
    """Name a level in the middle of a line; one that is not there any more by its code."""
    return {
        "guided": pgettext("a level of practice", "guided"),
        "plain": pgettext("a level of practice", "plain"),
        "pressure": _("under pressure"),
    }.get(level, level)


class CallView:
    """Shows a call while it is played, and the message while it is written.

    Parameters
    ----------
    page : Page
        Where.
    model : PracticeModel
        What.
    notice : Notice
        Where failures are said.
    ticker : Ticker
        The clock that runs by itself, where the player has chosen one.
    """

    def __init__(
        self, page: kit.Page, model: PracticeModel, notice: kit.Notice, ticker: Ticker
    ) -> None:
        self.page, self.model, self.notice, self.ticker = page, model, notice, ticker
        self.pace = 0.0
        self._phone: Any = None
        self._strip: Any = None
        self._open: list[Any] = []
        ticker.observe(lambda _change: self._ticked(), "ticks")
        model.observe(lambda _change: setattr(ticker, "running", model.running), "running")

    @property
    def by_itself(self) -> bool:
        """Whether the player has chosen a clock that runs by itself."""
        return self.pace > 0

    def set_pace(self, seconds: float) -> None:
        """Choose how many seconds a minute takes; 0 for a clock that moves with the player."""
        self.pace = seconds
        if seconds:
            self.ticker.seconds = seconds

    def show(self) -> None:
        """Show the call as it stands."""
        play = self.model.now
        if play is None:
            return
        if self.model.writing is not None:
            self._show_message(play, self.model.writing)
        else:
            self._show_choices(play)

    # ------------------------------------------------------------ choices

    def _show_choices(self, play: Play) -> None:
        model, notice = self.model, self.notice
        self._head(play)
        open_ = model.choices()
        self._open = open_
        more = play.events[-1].says.partition(". ")[2]
        guided = play.level == "guided"
        self._phone = kit.show(_phone(play, self._foot()))
        self._strip = kit.show(strip(model, play))
        side = kit.Region(
            # Above the choices, so that it is in sight however many there are.
            kit.row(self._clock_button()) if self.by_itself else None,
            kit.text(more, large=True) if more else None,
            self._strip if self._strip.value else None,
            kit.heading(_("What do you do?"), focus=True),
            # Here, where the eye is taken to: below the choices it may be out of sight.
            kit.text(kit.el("b", _("Hint: ")), model.hint) if model.hint else None,
            kit.choices([(one.action, one.says) for one in open_], model.choose, where=notice),
            kit.row(
                kit.button(_("Hint"), model.ask_hint, where=notice, key="h") if guided else None,
                kit.button(_("Take back"), model.take_back, where=notice, key="z")
                if play.actions
                else None,
                kit.button(_("Leave for now"), model.leave, where=notice),
            ),
            notice,
            kit.key_help(
                " · ".join(
                    says
                    for says, there in (
                        (_("Keys 1 to {last}").format(last=min(len(open_), 9)), True),
                        (_("H for a hint"), guided),
                        (_("Z to take back"), play.actions),
                        (_("P starts and pauses the clock"), self.by_itself),
                    )
                    if there
                )
            ),
        )
        self.page.body.show(kit.columns(self._phone, side, widths="phone"))
        said = model.hint or _("It is {time}. {happened}").format(
            time=play.scenario.at(play.minute), happened=play.events[-1].says
        )
        self.page.say(" ".join(filter(None, (said, strip_words(model, play)))))

    def _head(self, play: Play) -> None:
        scenario = play.scenario
        first = play.events[-1].says.partition(". ")[0]
        channel = self.model.playbook.codes["channel"][scenario.channel]
        line = (
            _("{title} · {level} · decision {n} · {channel}: our extension of the guidance")
            if scenario.extension
            else _("{title} · {level} · decision {n}")
        )
        self.page.head(
            _("It is {time}. {happened}").format(
                time=scenario.at(play.minute), happened=f"{first.rstrip('.')}."
            ),
            line.format(
                title=scenario.title,
                level=level_name(play.level),
                n=len(play.actions) + 1,
                channel=channel,
            ),
        )

    # ------------------------------------------------------------ the clock

    def _clock_button(self) -> kit.Button:
        words = _("Pause") if self.model.running else _("Start the clock")
        made = kit.button(words, self._start_or_pause, where=self.notice, key="p")
        made.disabled = not self.model.can_tick
        return made

    def _start_or_pause(self) -> None:
        model = self.model
        model.running = not model.running and model.can_tick
        self.page.say(_("The clock runs.") if model.running else _("The clock is paused."))
        self.show()

    def _ticked(self) -> None:
        """Let a minute pass, and change on the screen only what it changes: the focus stays."""
        model = self.model
        if not model.running:
            return  # a tick that was on its way when the clock was paused
        before = model.changed
        if not kit.guarded(model.tick, self.notice)():
            self.show()
            return
        if model.changed != before or model.now is None or model.play is None:
            return
        if not model.running or model.choices() != self._open:
            self.show()
            return
        self._head(model.now)
        self._phone.value = _phone(model.now, self._foot())
        self._strip.value = strip(model, model.now)

    def _foot(self) -> str:
        if not self.by_itself:
            return _("Nothing moves until you act.")
        if self.model.running:
            return _("The clock runs. P pauses it.")
        if self.model.can_tick:
            return _("Clock paused. Nothing moves until you act.")
        return _("The clock waits for you.")

    # ------------------------------------------------------------ the message

    def _show_message(self, play: Play, writing: Writing) -> None:
        model, notice = self.model, self.notice
        kind = model.playbook.kinds[writing.kind]
        says = model.playbook.actions[writing.action.do].says
        self.page.head(
            _("It is {time}. {happened}").format(
                time=play.scenario.at(play.minute), happened=_(_SPOKEN[kind.medium])
            ),
            _("{action}. The clock stands while you think of the words.").format(action=says),
        )
        words = kit.text_area(
            _("Your words"),
            hint=_("You are {name}, if you like. Up to {most} words.").format(
                name=NAME, most=kind.most_words
            ),
            rows=8,
            live=True,
        )
        ready = ready_words(play, writing.kind, model.playbook)

        def send() -> None:
            model.send(words.value)

        def start_from_ready() -> None:
            words.value = ready

        side = kit.Region(
            kit.row(
                kit.button(
                    _("Send the ready-made one"),
                    lambda: model.act(writing.action),
                    where=notice,
                    key="r",
                ),
                kit.button(_("Back to the choices"), model.do_not_write, where=notice, key="b"),
            ),
            # No template can leave it out: it is what the email is for (B4).
            kit.small(_("The ready-made one says that you called, and you have not yet."))
            if "attempt_made" in kind.required and play.attempts == 0
            else None,
            kit.heading(_("Or in your own words"), focus=True),
            words,
            kit.row(kit.button(_("Put the ready-made words in"), start_from_ready, where=notice))
            if ready
            else None,
            kit.small(
                _("The debrief says what your words lack, and which may hurt. It reads English.")
            ),
            kit.row(kit.button(_("Send mine"), send, where=notice, main=True)),
            notice,
            kit.details(_("Read the ready-made one first"), kit.el("div", ready, class_="ic-draft"))
            if ready
            else None,
            kit.key_help(_("R sends the ready-made one · B goes back")),
        )
        phone = _phone(play, _("The clock stands while you write."))
        self.page.body.show(kit.columns(phone, side, widths="phone"))
        self.page.say(
            _("{action}. Write your own words, or send the ready-made ones.").format(action=says)
        )


def _phone(play: Play, foot: str) -> kit.Html:
    scenario = play.scenario
    day = scenario.start.add(minutes=play.minute)
    told = [
        (scenario.at(event.minute), event.says) for event in play.events[1:] if event.kind != "wait"
    ]
    return kit.phone(
        scenario.at(play.minute),
        date=_("{weekday} {date}").format(weekday=weekday(day), date=day_and_month(day)),
        past=_past(play),
        notes=[
            (
                _("Calendar"),
                "\n".join(map(scenario.words, (scenario.phone.calendar, scenario.phone.about))),
            ),
            (_("Phone"), scenario.words(scenario.phone.quiet)),
            *told[-_NOTES:],
        ],
        foot=foot,
    )


def _past(play: Play) -> str:
    """Say how far the clock is past what was agreed, or how long it is until then."""
    if play.stage == "spoken":
        return ""
    rebooked = play.stage == "rebooked" and play.scenario.anchor is not None
    away = play.minute - (play.scenario.anchor or 0 if rebooked else 0)
    if away == 0:
        return pgettext("on the telephone's clock", "now")
    hours, minutes = divmod(abs(away), 60) if abs(away) >= 120 else (0, abs(away))
    length = [
        says
        for count, says in (
            (hours, counted(hours, "{n} hour", "{n} hours")),
            (minutes, counted(minutes, "{n} minute", "{n} minutes")),
        )
        if count
    ]
    # Translators: beside a clock: so long ago ("4 minutes past"), or so long until then ("4 minutes to go").
    told = _("{length} past") if away > 0 else _("{length} to go")
    return told.format(length=" ".join(length))
