"""The practised call on the screen: the telephone, the choices, the clock, the message."""

from typing import Any

from interview_coach.panels import kit
from interview_coach.panels.kit.clock import Ticker
from interview_coach.panels.practice_alongside import strip, strip_words
from interview_coach.panels.practice_model import PracticeModel, Writing
from interview_coach.panels.practice_words import NAME, ready_words
from interview_coach.simulation import Play
from interview_coach.wording import counted

__all__ = ["LEVEL_WORDS", "CallView"]

LEVEL_WORDS = {
    "guided": "Guided: a hint is one key away",
    "plain": "Plain",
    "pressure": "Under pressure",
}
_SPOKEN = {
    "voicemail": "What do you say?",
    "call": "What do you say?",
    "email": "What do you write?",
}
_NOTES = 2  # of what came by itself, on the telephone's screen: the latest, as on a real one


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
        ticker.observe(lambda _: self._ticked(), "ticks")
        model.observe(lambda _: setattr(ticker, "running", model.running), "running")

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
            kit.heading("What do you do?", focus=True),
            kit.choices([(one.action, one.says) for one in open_], model.choose, where=notice),
            kit.row(
                kit.button("Hint", model.ask_hint, where=notice, key="h") if guided else None,
                kit.button("Take back", model.take_back, where=notice, key="z")
                if play.actions
                else None,
                kit.button("Leave for now", model.leave, where=notice),
            ),
            kit.text(kit.el("b", "Hint: "), model.hint) if model.hint else None,
            notice,
            kit.key_help(
                f"Keys 1 to {min(len(open_), 9)}"
                + (" · H for a hint" if guided else "")
                + (" · Z to take back" if play.actions else "")
                + (" · P starts and pauses the clock" if self.by_itself else "")
            ),
        )
        self.page.body.show(kit.columns(self._phone, side, widths="phone"))
        said = model.hint or f"It is {play.scenario.at(play.minute)}. {play.events[-1].says}"
        self.page.say(" ".join(filter(None, (said, strip_words(model, play)))))

    def _head(self, play: Play) -> None:
        scenario = play.scenario
        first = play.events[-1].says.partition(". ")[0]
        channel = self.model.playbook.codes["channel"][scenario.channel]
        kind = f" · {channel}: our extension of the guidance" if scenario.extension else ""
        self.page.head(
            f"It is {scenario.at(play.minute)}. {first.rstrip('.')}.",
            f"{scenario.title} · {LEVEL_WORDS[play.level].partition(':')[0].lower()} · "
            f"decision {len(play.actions) + 1}{kind}",
        )

    # ------------------------------------------------------------ the clock

    def _clock_button(self) -> kit.Button:
        words = "Pause" if self.model.running else "Start the clock"
        made = kit.button(words, self._start_or_pause, where=self.notice, key="p")
        made.disabled = not self.model.can_tick
        return made

    def _start_or_pause(self) -> None:
        model = self.model
        model.running = not model.running and model.can_tick
        self.page.say("The clock runs." if model.running else "The clock is paused.")
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
            return "Nothing moves until you act."
        if self.model.running:
            return "The clock runs. P pauses it."
        if self.model.can_tick:
            return "Clock paused. Nothing moves until you act."
        return "The clock waits for you."

    # ------------------------------------------------------------ the message

    def _show_message(self, play: Play, writing: Writing) -> None:
        model, notice = self.model, self.notice
        kind = model.playbook.kinds[writing.kind]
        says = model.playbook.actions[writing.action.do].says
        self.page.head(
            f"It is {play.scenario.at(play.minute)}. {_SPOKEN[kind.medium]}",
            f"{says}. The clock stands while you think of the words.",
        )
        words = kit.text_area(
            "Your words",
            hint=f"You are {NAME}, if you like. Up to {kind.most_words} words.",
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
                    "Send the ready-made one",
                    lambda: model.act(writing.action),
                    where=notice,
                    key="r",
                ),
                kit.button("Back to the choices", model.do_not_write, where=notice, key="b"),
            ),
            # No template can leave it out: it is what the email is for (B4).
            kit.small("The ready-made one says that you called, and you have not yet.")
            if "attempt_made" in kind.required and play.attempts == 0
            else None,
            kit.heading("Or in your own words", focus=True),
            words,
            kit.row(kit.button("Put the ready-made words in", start_from_ready, where=notice))
            if ready
            else None,
            kit.small(
                "The debrief says what your words lack, and which may hurt. It reads English."
            ),
            kit.row(kit.button("Send mine", send, where=notice, main=True)),
            notice,
            kit.details("Read the ready-made one first", kit.el("div", ready, class_="ic-draft"))
            if ready
            else None,
            kit.key_help("R sends the ready-made one · B goes back"),
        )
        phone = _phone(play, "The clock stands while you write.")
        self.page.body.show(kit.columns(phone, side, widths="phone"))
        self.page.say(f"{says}. Write your own words, or send the ready-made ones.")


def _phone(play: Play, foot: str) -> kit.Html:
    scenario = play.scenario
    day = scenario.start.add(minutes=play.minute).date().to_stdlib()
    told = [
        (scenario.at(event.minute), event.says) for event in play.events[1:] if event.kind != "wait"
    ]
    return kit.phone(
        scenario.at(play.minute),
        date=f"{day:%A} {day.day} {day:%B}",
        past=_past(play),
        notes=[
            (
                "Calendar",
                "\n".join(map(scenario.words, (scenario.phone.calendar, scenario.phone.about))),
            ),
            ("Phone", scenario.words(scenario.phone.quiet)),
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
        return "now"
    hours, minutes = divmod(abs(away), 60) if abs(away) >= 120 else (0, abs(away))
    length = [counted(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute")) if n]
    return f"{' '.join(length)} {'past' if away > 0 else 'to go'}"
