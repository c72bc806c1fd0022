"""Views saved on the page 07_explore, which the report shows as sections of its own.

They lie in the work folder as ``report_sections.json``: which measure, by what, over which days.
No figure is kept there: each report counts anew.
"""

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures import CATALOGUE
from interview_coach.writing import write_whole

__all__ = ["FILE", "View", "load_views", "remove_view", "save_view"]

FILE = "report_sections.json"


@dataclass(frozen=True)
class View:
    """A measure as somebody looked at it.

    Parameters
    ----------
    measure : str
        A key of `CATALOGUE`.
    by : str
        A column, or `month`, `quarter`, `week`, `hour`, `lead_time`; empty for all together.
    start, end : str
        First and last day of a window of its own; empty follows the report's.
    title : str
        In the words of whoever saved it; empty lets the finding speak.
    days : int
        Within which a missed call is to be recovered; 0 follows the report's.

    Raises
    ------
    KitError
        If there is no such measure.
    """

    measure: str
    by: str = ""
    start: str = ""
    end: str = ""
    title: str = ""
    days: int = 0

    @property
    def untitled(self) -> "View":
        """The same without its title: what two views have in common that show the same."""
        return replace(self, title="")

    def __post_init__(self) -> None:
        if self.measure not in CATALOGUE:
            raise KitError(
                _("There is no measure {measure}; there are: {known}.").format(
                    measure=repr(self.measure[:60]), known=", ".join(CATALOGUE)
                )
            )


def load_views(folder: str | os.PathLike[str] = ".") -> tuple[View, ...]:
    """Read the saved views of a work folder; none where there is no file.

    Raises
    ------
    KitError
        If the file cannot be read as what `save_view` writes.
    """
    path = Path(folder) / FILE
    if not path.is_file():
        return ()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_view(one) for one in kept["sections"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KitError(
            _(
                "{file} cannot be read; the sections that were saved there are left as they are. "
                "Move the file away to go on without them."
            ).format(file=FILE)
        ) from None


def _view(kept: dict[str, Any]) -> View:
    kinds: dict[str, Any] = {field.name: type(field.default) for field in fields(View)[1:]}
    given = {name: kind(kept[name]) for name, kind in kinds.items() if name in kept}
    return View(str(kept["measure"]), **given)


def save_view(
    view: View, folder: str | os.PathLike[str] = ".", *, place: int | None = None
) -> bool:
    """Keep a view for the report; one that shows the same is kept once, under the latest title.

    Parameters
    ----------
    view : View
        What to keep.
    folder : path
        The work folder.
    place : int, optional
        Where among the others, counted from 0; the end if left out.

    Returns
    -------
    bool
        Whether it is new.

    Raises
    ------
    KitError
        If the file cannot be read or written.
    """
    views = list(load_views(folder))
    same = [one.untitled for one in views]
    new = view.untitled not in same
    if new:
        views.insert(len(views) if place is None else place, view)
    elif view.title:
        views[same.index(view.untitled)] = view
    _write(tuple(views), Path(folder))
    return new


def remove_view(view: View, folder: str | os.PathLike[str] = ".") -> None:
    """Take a view out of the report; nothing happens where it is not in it."""
    views = load_views(folder)
    if view in views:
        _write(tuple(one for one in views if one != view), Path(folder))


def _write(views: tuple[View, ...], folder: Path) -> None:
    content: dict[str, Any] = {"sections": [asdict(view) for view in views]}
    try:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        write_whole(folder / FILE, text.encode("utf-8"))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise KitError(
            _(
                "The section could not be saved to {file} ({why}); choose a folder that you may "
                "write to."
            ).format(file=FILE, why=why)
        ) from error
