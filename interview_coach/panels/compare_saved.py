"""Assumptions of a coach's own, kept as files that the terminal reads too (``--assume FILE``)."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from interview_coach.comparing import Assumptions, overlaid
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.playbook import PlaybookError
from interview_coach.writing import write_whole

__all__ = ["FOLDER", "Saved", "assumptions_toml", "file_name"]

FOLDER = "assumptions"
_LONGEST = 60


class Saved:
    """The files of assumptions in a folder of the work folder.

    Parameters
    ----------
    folder : path
        The work folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def names(self) -> list[str]:
        """List the files, by name."""
        return sorted(path.stem for path in self._folder.glob("*.toml") if path.is_file())

    def path(self, name: str) -> Path:
        """Give the file of a name, as a terminal in the work folder would write it."""
        return self._folder / f"{name}.toml"

    def save(
        self, name: str, usual: Assumptions, values: Mapping[str, float]
    ) -> tuple[Path, bytes | None]:
        """Save values that are not as shipped, in place of a file of the same name.

        Returns
        -------
        path, bytes or None
            The file, and what stood there before, for `put_back`; None where nothing else did.

        Raises
        ------
        KitError
            If the name or the values will not do, or the file cannot be written.
        """
        if not values:
            raise KitError(_("No assumption is changed; type over one first, then save."))
        path, text = self.path(file_name(name)), assumptions_toml(usual, values).encode()
        try:
            self._folder.mkdir(exist_ok=True)
            before = path.read_bytes() if path.is_file() else None
        except OSError as error:
            raise _unwritten(path, error) from None
        self.put_back(path, text)
        return path, None if before == text else before

    def put_back(self, path: Path, text: bytes) -> None:
        """Write a file as it was.

        Raises
        ------
        KitError
            If it cannot be written.
        """
        try:
            write_whole(path, text)
        except OSError as error:
            raise _unwritten(path, error) from None

    def read(self, name: str, usual: Assumptions) -> dict[str, float]:
        """Give the values of a file that are not as shipped.

        Raises
        ------
        KitError
            If it is not there, or not for this call; with every fault.
        """
        path = self.path(name)
        if not path.is_file():
            raise KitError(
                _("{file} is not there any more; choose another file.").format(file=path)
            )
        try:
            found = overlaid(usual, path).values
        except PlaybookError as error:
            raise KitError(
                _("{file} was not taken over. {faults}").format(
                    file=path.name, faults=" ".join(map(str, error.faults))
                )
            ) from None
        return {key: value for key, value in found.items() if value != usual.values[key]}


def _unwritten(path: Path, error: OSError) -> KitError:
    return KitError(
        _("{file} could not be written ({why}); what you typed stays here.").format(
            file=path, why=error.strerror
        )
    )


def file_name(text: str) -> str:
    """Make the name of a file of what was typed.

    Raises
    ------
    KitError
        If nothing is left of it, or it is too long.
    """
    words = " ".join(text.removesuffix(".toml").split())
    name = "".join(sign if sign.isalnum() else "-" for sign in words).strip("-")
    if not name:
        raise KitError(_("The file needs a name; write one such as cautious."))
    if len(name.encode()) > _LONGEST:
        raise KitError(
            _("This name is too long for a file; use {n} letters at most.").format(n=_LONGEST)
        )
    return name


def assumptions_toml(usual: Assumptions, values: Mapping[str, float]) -> str:
    """Write values as a file for ``--assume``, with what each was and its unit beside it."""
    tables: dict[str, list[str]] = {}
    for name, value in values.items():
        table, _dot, key = name.partition(".")
        about = usual.about[name]
        # A person who opens the file sees what it was before.
        beside = _("{value} as shipped; {unit}").format(
            value=written(usual.values[name]), unit=_(about.unit)
        )
        tables.setdefault(table, []).append(f"{key} = {written(value)}  # {beside}")
    return "\n".join(_lines(usual, tables))


def _lines(usual: Assumptions, tables: Mapping[str, Iterable[str]]) -> Iterable[str]:
    words = _('Assumptions for "{title}" ({id}), saved on the page Compare.')
    yield f"# {words.format(title=usual.base.title, id=usual.base.id)}"
    for table, lines in tables.items():
        yield from ("", f"[{table}]", *lines)
    yield ""


def written(value: float) -> str:
    """Write a number so that it is read back as the very same."""
    return repr(float(value)).removesuffix(".0")
