"""What a person has on their desk: today's call and the drafts being written, kept between pages.

One small file in the work folder, readable by its owner only. A restarted kernel, a reload or a step
to another page loses nothing; "Start anew" and logging the call clear it. It is private to the
person, so it never goes into the log that a team shares.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.writing import read_object, write_whole

__all__ = ["Desk"]

_MOST_BYTES = 1_000_000


class Desk:
    """The desk in a file.

    Parameters
    ----------
    path : str or Path
        The file; "" keeps nothing.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path) if str(path) else None

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._path is not None

    def read(self, part: str) -> dict[str, Any]:
        """Give a part of the desk, such as ``today``; empty where there is none.

        A file that is torn or of another shape counts as an empty desk: what it held cannot be told,
        and it must not keep the page from opening.
        """
        kept = self._all().get(part)
        return kept if isinstance(kept, dict) else {}

    def keep(self, part: str, values: Mapping[str, Any]) -> None:
        """Keep a part of the desk, whole, in one step.

        Raises
        ------
        KitError
            If the file cannot be written.
        """
        self._write({**self._all(), part: dict(values)})

    def clear(self, *parts: str) -> None:
        """Take parts off the desk; all of them where none is named."""
        left = {key: value for key, value in self._all().items() if parts and key not in parts}
        self._write(left)

    def _all(self) -> dict[str, Any]:
        return {} if self._path is None else read_object(self._path, _MOST_BYTES)

    def _write(self, desk: Mapping[str, Any]) -> None:
        if self._path is None:
            return
        try:
            write_whole(self._path, json.dumps(desk).encode())
        except OSError as error:
            raise KitError(
                _(
                    "Your draft could not be kept in {file} ({reason}): it stays on this page; copy it "
                    "before you leave."
                ).format(file=self._path.name, reason=error.strerror)
            ) from None
