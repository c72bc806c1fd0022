"""What is going on, in words: a notice beside a button, and progress."""

from collections.abc import Iterator
from contextlib import contextmanager

import ipywidgets as widgets

from interview_coach.language import _
from interview_coach.panels.kit.markup import el
from interview_coach.wording import of_total

__all__ = ["Notice", "Progress"]


class Notice(widgets.HTML):
    """A line beside what was pressed: done, working or failed. Screen readers hear it.

    Only words are shown, always escaped; `kind` is "", "done", "working" or "error".
    """

    def __init__(self) -> None:
        super().__init__()
        self.add_class("ic-notice-place")
        self.kind = ""
        self.words = ""

    def done(self, words: str) -> None:
        """Say that something is finished ("Saved. It is in your log.")."""
        self._set("done", words)

    def fail(self, words: str) -> None:
        """Say in one sentence what went wrong and the way on."""
        # A sentence begins with a capital; a file's name is left as it is.
        whole = words.partition(" ")[0].strip(":,;").isalpha()
        self._set("error", words[:1].upper() + words[1:] if whole else words)

    def clear(self) -> None:
        """Say nothing."""
        self._set("", "")

    @contextmanager
    def working(self, words: str) -> Iterator[None]:
        """Say what is being done while it is being done ("Reading 1,233 rows ...")."""
        self._set("working", words)
        try:
            yield
        finally:
            if self.kind == "working":
                self.clear()

    def _set(self, kind: str, words: str) -> None:
        self.kind, self.words = kind, words
        if not kind:
            self.value = ""
            return
        sign = {"done": "✓ ", "error": "! ", "working": ""}[kind]
        self.value = el(
            "div",
            el("span", sign, aria_hidden="true") if sign else None,
            words,
            class_=f"ic-notice ic-notice-{kind}",
            role="alert" if kind == "error" else "status",
        )


class Progress(widgets.HTML):
    """A bar that says in words how far it is.

    Parameters
    ----------
    label : str
        What is being done ("Reading the file").
    total : int, optional
        Steps in all; 0 shows a bar without an end.
    """

    def __init__(self, label: str, total: int = 0) -> None:
        super().__init__()
        self.add_class("ic-progress")
        self.label, self.total, self.at = label, total, 0
        self.to(0)

    def to(self, at: int, words: str = "") -> None:
        """Move to step `at`, with words such as "600 of 1,233 rows"."""
        self.at = at
        said = words or (of_total(at, self.total) if self.total else "")
        self.value = el(
            "div",
            el(
                "span",
                _("{label}: {progress}").format(label=self.label, progress=said)
                if said
                else f"{self.label} …",
            ),
            el(
                "progress",
                max=self.total or None,
                value=at if self.total else None,
                aria_label=self.label,
            ),
            class_="ic-progress-line",
        )
