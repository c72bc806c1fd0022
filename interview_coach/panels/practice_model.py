"""What is being practised: the play, its clock, its messages.

Every step is on the disk before the screen moves on. The views only show what is here; every rule
and every judgement comes from the simulation and, behind it, the playbook.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import traitlets

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages import review
from interview_coach.outcomes.attempts import Attempt
from interview_coach.panels.practice_handed import HandedStory
from interview_coach.panels.practice_kept import Keeper, Messages
from interview_coach.playbook import Playbook
from interview_coach.simulation import (
    LEVELS,
    Action,
    Choice,
    Debrief,
    Play,
    choices,
    debrief,
    follow_the_guidance,
    load_scenarios,
    next_step,
    replay,
    run,
    start,
    step,
)
from interview_coach.simulation.otherwise import other_way
from interview_coach.simulation.written import message_kind
from interview_coach.wording import counted

__all__ = ["PracticeModel", "Writing"]

# A story that shows the point: a meeting runs over, and they ring by themselves.
_EXAMPLE = 23


@dataclass(frozen=True)
class Writing:
    """A message that is about to be sent: by which action, and of which kind."""

    action: Action
    kind: str


class PracticeModel(traitlets.HasTraits):
    """What is being practised.

    Attributes
    ----------
    play : Play or None
        The story up to now; None before the first one.
    hint : str
        What the guidance would do next, once asked for; "" otherwise.
    writing : Writing or None
        The message that the player is at; the clock stands meanwhile.
    minute : int
        What the clock shows, past the agreed start: ahead of the play while it runs by itself.
    running : bool
        Whether the clock runs by itself.
    guided : Play or None
        The guidance's way through the same story, while it is being looked at.
    note : str
        What was done to what is kept, in words; "" when there is nothing to say.
    view : str
        ``practise`` or ``progress``.
    changed : int
        Goes up by one whenever there is something else to show; the views watch this alone.
    """

    play = traitlets.Instance(Play, allow_none=True)
    hint = traitlets.Unicode()
    note = traitlets.Unicode()
    writing = traitlets.Instance(Writing, allow_none=True)
    minute = traitlets.Int()
    running = traitlets.Bool(False)
    guided = traitlets.Instance(Play, allow_none=True)
    view = traitlets.Enum(("practise", "progress"), "practise")
    changed = traitlets.Int()

    def __init__(self, playbook: Playbook, log: str = "", player: str = "me") -> None:
        super().__init__()
        self.playbook = playbook
        self.scenarios = load_scenarios(playbook)
        self.kept = Keeper(playbook, self.scenarios, log, player)
        self.messages: Messages = ()
        self._ahead: Play | None = None

    # ------------------------------------------------------------ beginning

    def begin(self, scenario: str, level: str, seed: int | None = None) -> None:
        """Begin a story; without a seed, one nobody has seen."""
        chosen = self.scenarios[scenario]
        level_ = next(known for known in LEVELS if known == level)
        play = start(chosen, secrets.randbelow(2**31) if seed is None else seed, level_)
        self._begun(play, (), None)

    def another(self) -> None:
        """Begin another story of the same kind; one that was handed over, by the same policy."""
        play = self.play or self.guided
        if play is None:
            return
        handed = self.kept.handed(self.kept.attempt)
        if handed is None:
            self.begin(play.scenario.id, play.level)
        else:
            fresh = start(play.scenario, secrets.randbelow(2**31), play.level)
            self._begun(fresh, (), None, handed)

    def go_on(self, attempt: Attempt, play: Play) -> None:
        """Go on with a kept attempt, or look at one that has ended.

        Parameters
        ----------
        attempt, play
            The attempt, and what `Keeper.restored` made of it.
        """
        self.kept.attempt, self.messages = attempt, attempt.messages
        self._show(play)

    @property
    def place(self) -> str:
        """Where the person is, as `come_back` takes it; "" at the choice of calls."""
        if self.view == "progress":
            return "progress"
        if self.play is None or self.kept.attempt is None:
            return ""
        writing = f":{self.writing.action.do}" if self.writing is not None else ""
        return f"call:{self.kept.attempt.attempt_id}{writing}"

    def come_back(self, place: str) -> bool:
        """Come back to a place after an interruption; tells whether there is a way back."""
        if place == "progress":
            self._look_at_progress()
            return True
        kind, _colon, rest = place.partition(":")
        attempt_id, _colon, writing = rest.partition(":")
        there = [one for one in self.kept.all() if kind == "call" and one.attempt_id == attempt_id]
        # One that was put aside, in another window perhaps, is not to be played on.
        if not there or (there[0].state == "ended" and there[0].outcome is None):
            return False
        try:
            play = self.kept.restored(there[0])
        except KitError:
            return False  # The page then says why, and offers to begin anew.
        self.go_on(there[0], play)
        for one in self.choices() if play.outcome is None else ():
            if one.action.do == writing:
                self.choose(one.action)
                break
        return True

    def leave(self) -> None:
        """Go back to the choice of calls; what is running stays kept, to go on with."""
        self.kept.attempt, self.messages = None, ()
        self._show(None)

    def look_at_progress(self) -> None:
        """Look at what has been practised so far."""
        self.leave()
        self._look_at_progress()

    # ------------------------------------------------------------ playing

    @property
    def now(self) -> Play | None:
        """The play at the minute that the clock shows."""
        return self._ahead or self.play

    def choices(self) -> list[Choice]:
        """List what can be done at the minute that the clock shows."""
        return choices(self.now, self.playbook) if self.now is not None else []

    def choose(self, action: Action) -> None:
        """Do one thing, or begin to write where it sends a message."""
        if self.now is None:
            return
        kind = message_kind(self.now, action, self.playbook)
        if kind is None:
            self.act(action)
        else:
            self.running = False
            self.writing = Writing(action, kind)
            self.changed += 1

    def act(self, action: Action) -> None:
        """Do one thing, in ready-made words where it sends a message."""
        self._act(action, None)

    def send(self, text: str) -> None:
        """Send the message in the player's own words.

        Raises
        ------
        KitError
            If there are no words, or far more than a message has.
        """
        if self.writing is None or self.now is None:
            return
        if not text.strip():
            raise KitError(_("There are no words yet; write some, or send the ready-made ones."))
        # Read now, so that a text that cannot be reviewed is refused before it is sent.
        review(self.writing.kind, text, self.playbook)
        message = {
            "step": len(self.now.actions),
            "kind": self.writing.kind,
            "text": text.strip(),
        }
        self._act(self.writing.action, message)

    def do_not_write(self) -> None:
        """Go back from the message to the choices."""
        self.writing = None
        self.changed += 1

    def ask_hint(self) -> None:
        """Ask what the guidance would do now."""
        if self.play is None or self.now is None or self.now.outcome is not None or self.hint:
            return
        action, rule = next_step(self.now, self.playbook)
        says = {one.action: one.says for one in self.choices()}[action]
        reason = f" {rule.because} ({', '.join(rule.source)})" if rule else ""
        self.kept.save(self.play, self.messages, helped=1)
        self.hint = f"{says}.{reason}"
        self.changed += 1

    def take_back(self) -> None:
        """Undo the last action."""
        if self.play is not None and self.play.actions:
            self.back_to(len(self.play.actions) - 1)

    def back_to(self, number: int) -> None:
        """Go back to the moment before action `number`, counted from 0; the rest is undone.

        From a call that has ended this begins a new attempt at the same story.
        """
        self._play_from(number)

    # ------------------------------------------------------------ the clock

    @property
    def can_tick(self) -> bool:
        """Whether time can pass by itself: there is something to wait for, and nobody on the line."""
        now = self.now
        if now is None or now.outcome is not None or self.writing is not None:
            return False
        # What is open only upon what was just noticed (the beep) would be lost by a minute's wait.
        if any(offer.after is not None for offer in now.offers):
            return False
        return _longest_wait(now) > int(self.minute)

    def tick(self) -> None:
        """Let one minute pass; stop where something comes, or where nothing is left to wait for.

        A running clock is one wait that grows: it becomes an action when something comes, or when
        the player does something. A minute in which nothing comes is not written to the disk.
        """
        if self.play is None or not self.running:
            return
        if not self.can_tick:
            self.running = False
            return
        if self._ahead is not None and self.minute >= _longest_wait(self.play):
            # This wait is as long as any then on offer; a longer one has come up since.
            self.kept.save(self._ahead, self.messages)
            self.play, self._ahead = self._ahead, None
        ahead = step(self.play, Action("wait", self.minute + 1), self.playbook)
        if ahead.outcome is not None or ahead.events[-1].kind != "wait":
            self.running = False
            self.kept.save(ahead, self.messages)
            self._show(ahead)
            return
        self._ahead = ahead
        self.minute += 1
        self.running = self.can_tick

    # ------------------------------------------------------------ afterwards

    def debrief_of(self, play: Play) -> Debrief:
        """Judge a play."""
        return debrief(play, self.playbook)

    def skills(self, after: Debrief) -> Mapping[str, tuple[float, float]]:
        """Give the points of what is being looked at, the player's own messages included."""
        return after.skills if self.guided else self.kept.scored(after, self.messages)

    def the_guided_way(self) -> None:
        """Look at the same story as the guidance would play it; it is not the player's attempt."""
        if self.play is not None:
            play = self.play
            policy = follow_the_guidance
            self.guided = run(play.scenario, play.seed, policy, self.playbook, play.level)
            self.changed += 1

    def example(self) -> None:
        """Look at a whole call as the guidance would play it, before one of one's own."""
        scenario = self.scenarios["silent_phone"]
        self.guided = run(scenario, _EXAMPLE, follow_the_guidance, self.playbook, "plain")
        self.changed += 1

    def my_way(self) -> None:
        """Go back from the guidance's way to the player's own, or to the choice of calls."""
        self.guided = None
        self.changed += 1

    def other_way(self) -> tuple[int, Action] | None:
        """Find the step to play otherwise, and the guidance's choice there; None if all was well."""
        if self.play is None:
            return None
        return other_way(self.play, self.debrief_of(self.play), self.playbook)

    def play_the_other_way(self) -> None:
        """Play on from the first step that was not in time, with the guidance's choice there."""
        found = self.other_way()
        if found is not None:
            self._play_from(*found)

    def erase(self) -> None:
        """Erase everything that is kept of the player, and say what that did."""
        done = self.kept.erase()
        self.leave()
        said = (
            _("Erased: {calls} of '{player}'. Nothing of it is left in the file.")
            if done.traceless
            else _(
                "Erased: {calls} of '{player}'. It is out of the log; old copies may stay in the file "
                "until other programs let go of it."
            )
        )
        self.note = said.format(
            calls=counted(done.attempts, "{n} call", "{n} calls"), player=self.kept.player
        )
        self._look_at_progress()

    # ------------------------------------------------------------ what all of it comes to

    def _act(self, action: Action, message: Mapping[str, Any] | None) -> None:
        if self.now is None or self.now.outcome is not None:
            return
        play = step(self.now, action, self.playbook)
        messages = self.messages if message is None else (*self.messages, message)
        self.kept.save(play, messages)
        self.messages = messages
        self._show(play)

    def _play_from(self, number: int, instead: Action | None = None) -> None:
        old = self.play
        if old is None:
            return
        done = [action for _at, action in old.actions[:number]]
        play = replay(old.scenario, old.seed, old.level, done, self.playbook)
        messages = tuple(one for one in self.messages if one["step"] < number)
        if instead is not None:
            play = step(play, instead, self.playbook)
        if old.outcome is not None:
            self._begun(play, messages, self.kept.attempt)
            return
        self.kept.save(play, messages, helped=1)
        self.messages = messages
        self._show(play)

    def _begun(
        self,
        play: Play,
        messages: Messages,
        after: Attempt | None,
        handed: HandedStory | None = None,
    ) -> None:
        self.kept.begin(play, messages, after, handed)
        self.messages = messages
        self._show(play)

    def _look_at_progress(self) -> None:
        self.view = "progress"
        self.changed += 1

    def _show(self, play: Play | None) -> None:
        self._ahead = None
        self.hint, self.note, self.writing, self.guided = "", "", None, None
        self.view = "practise"
        self.minute = play.minute if play is not None else 0
        self.play = play
        self.running = self.running and self.can_tick
        self.changed += 1


def _longest_wait(play: Play) -> int:
    return max((offer.until or 0 for offer in play.offers), default=0)
