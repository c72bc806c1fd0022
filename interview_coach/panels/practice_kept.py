"""Where practised calls are kept: a play goes into the store as plain values, and comes out again."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from interview_coach.errors import KitError
from interview_coach.messages import review
from interview_coach.outcomes.attempts import Attempt, Attempts, Erased
from interview_coach.panels.practice_handed import Handed, HandedStory
from interview_coach.playbook import Playbook
from interview_coach.simulation import Debrief, Play, Scenario, debrief
from interview_coach.simulation.saved import fingerprint, restore
from interview_coach.simulation.written import message_score, with_messages

__all__ = ["Keeper", "Messages"]

Messages = tuple[Mapping[str, Any], ...]
"""What the player wrote: at which step, of which kind, and the text."""


class Keeper:
    """Keeps the attempts of one player.

    Parameters
    ----------
    playbook, scenarios
        Those of today.
    log : str
        The file or URL of the outcome log; "" keeps nothing.
    player : str
        Whose attempts.

    Attributes
    ----------
    attempt : Attempt or None
        The one that is being played, or looked at.
    """

    def __init__(
        self, playbook: Playbook, scenarios: Mapping[str, Scenario], log: str, player: str
    ) -> None:
        self.playbook, self.scenarios = playbook, scenarios
        self.log, self.player = log, player
        self.attempt: Attempt | None = None

    @cached_property
    def attempts(self) -> Attempts | None:
        """The store; None where nothing is kept.

        Raises
        ------
        KitError
            If the file cannot be opened.
        """
        return Attempts.open(self.log, self.player) if self.log else None

    @cached_property
    def _stories(self) -> Handed | None:
        return Handed(self.log) if self.log else None

    def handed(self, attempt: Attempt | None) -> HandedStory | None:
        """Give what was handed over with an attempt; None where nothing was."""
        return self._stories.of(attempt.attempt_id) if self._stories and attempt else None

    def begin(
        self,
        play: Play,
        messages: Messages,
        after: Attempt | None,
        handed: HandedStory | None = None,
    ) -> None:
        """Enter a new attempt, one that plays the story of another again perhaps."""
        if self.attempts is None:
            return
        handed = handed or self.handed(after)
        self.attempt = self.attempts.begin(
            scenario=play.scenario.id,
            level=play.level,
            seed=play.seed,
            playbook=fingerprint(play.scenario, self.playbook),
            minute=play.minute,
            actions=_plain(play),
            messages=messages,
            after=after.attempt_id if after is not None else None,
        )
        if handed is not None and self._stories is not None:
            try:
                self._stories.keep(self.attempt.attempt_id, handed)
            except KitError:
                # Without it, it would be another story.
                self.put_aside(self.attempt)
                raise
        if play.outcome is not None:
            # The other way may come to its end with its first step.
            self.save(play, messages)

    def save(self, play: Play, messages: Messages, *, helped: int = 0) -> None:
        """Save where the attempt stands; with its end, its score.

        Raises
        ------
        KitError
            If it cannot be written; then nothing has changed.
        """
        if self.attempts is None or self.attempt is None:
            return
        over = play.outcome is not None
        self.attempt = self.attempts.save(
            replace(
                self.attempt,
                playbook=fingerprint(play.scenario, self.playbook),
                actions=_plain(play),
                messages=messages,
                minute=play.minute,
                outcome=play.outcome,
                scores=self.scored(debrief(play, self.playbook), messages) if over else {},
                helped=self.attempt.helped + helped,
            )
        )

    def scored(self, after: Debrief, messages: Messages) -> dict[str, tuple[float, float]]:
        """Give the points of a play: of its steps, and of the player's own messages."""
        kinds = self.playbook.kinds
        shares = []
        for one in messages:
            if one["kind"] in kinds:
                found = review(one["kind"], one["text"], self.playbook)
                if not found.legible:
                    continue  # not read, so neither right nor wrong
                shares.append(
                    message_score(
                        kinds[one["kind"]],
                        [item.item for item in found.present],
                        [fault.fault for fault in found.faults],
                    )
                )
        return with_messages(after.skills, shares)

    def unfinished(self) -> Attempt | None:
        """Give the attempt that was broken off last, if the last one was."""
        last = self.attempts.latest() if self.attempts else None
        return last if last is not None and last.state == "running" else None

    def restored(self, attempt: Attempt) -> Play:
        """Play a kept attempt again.

        Raises
        ------
        KitError
            If today's playbook leads it elsewhere; the text says why.
        """
        scenarios, handed = self.scenarios, self.handed(attempt)
        if handed is not None and attempt.scenario in scenarios:
            own = handed.world(scenarios[attempt.scenario])
            scenarios = {**scenarios, attempt.scenario: own}
        return restore(
            scenarios,
            self.playbook,
            scenario=attempt.scenario,
            level=attempt.level,
            seed=attempt.seed,
            actions=attempt.actions,
            minute=attempt.minute,
            outcome=attempt.outcome,
        )

    def put_aside(self, attempt: Attempt) -> None:
        """End a broken-off call that nobody wants to go on with."""
        if self.attempts is not None:
            self.attempts.put_aside(attempt)

    def all(self) -> tuple[Attempt, ...]:
        """Give all attempts of the player, in the order in which they were begun."""
        return self.attempts.all() if self.attempts else ()

    def erase(self) -> Erased:
        """Erase everything that is kept of the player."""
        self.attempt = None
        if self._stories is not None:
            self._stories.erase(one.attempt_id for one in self.all())
        return self.attempts.erase() if self.attempts else Erased(0, True)


def _plain(play: Play) -> tuple[tuple[str, int | None], ...]:
    return tuple((action.do, action.until) for _, action in play.actions)
