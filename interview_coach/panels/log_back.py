"""The way back from an act on the log: one button that takes it back, and then brings it back."""

from collections.abc import Callable

from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.log_model import LogModel

__all__ = ["WayBack"]


class WayBack(kit.Region):
    """Offers to take back what was just done; empty until there is something.

    Parameters
    ----------
    model : LogModel
        The log.
    notice : Notice
        Where a failure is said.
    then : callable
        Given what taking it back did, in a sentence.
    words : str
        What the button says; "Take it back" unless given.
    """

    def __init__(
        self,
        model: LogModel,
        notice: kit.Notice,
        then: Callable[[str], None],
        words: str = "",
    ) -> None:
        super().__init__()
        self._model, self._notice, self._then, self._words = (
            model,
            notice,
            then,
            words or _("Take it back"),
        )

    def offer(self, act: int, *, taken: bool = False) -> None:
        """Offer to take an act back; `taken` says that it took one back itself."""

        def undo() -> None:
            undone = self._model.undo_act(act)
            self._then(undone.says)
            self.offer(undone.act, taken=not taken)

        words = _("Bring it back") if taken else self._words
        self.show(kit.row(kit.button(words, undo, where=self._notice)))
