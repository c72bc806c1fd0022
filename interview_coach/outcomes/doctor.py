"""Looking a log over: file, tables, history, counts and backups; each with what to do about it."""

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes import backups, checking, cipher, database, files, seals
from interview_coach.outcomes.plain import Run
from interview_coach.wording import number

__all__ = ["Finding", "accept", "examine", "restore"]

# What SQLite says of a file that it cannot come to, sound or not: a backup put back would lose calls.
_KEPT_OUT = ("unable to open", "locked", "readonly")  # unmarked: SQLite's own
_MOMENT = 2.0  # seconds; a page's own writing takes milliseconds


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what : str
        What was looked at.
    ok : bool
        Whether it is well.
    says : str
        What was found, and what to do, in a sentence.
    remedy : {"", "recount", "restore", "permissions"}
        What the kit can do about it.
    """

    what: str
    ok: bool
    says: str
    remedy: Literal["", "recount", "restore", "permissions"] = ""


def examine(url_or_path: str | os.PathLike[str]) -> list[Finding]:
    """Look a log over; nothing is changed.

    Parameters
    ----------
    url_or_path : str or path
        As for `OutcomeLog.open`; it must be there.

    Returns
    -------
    list of Finding
        All that was looked at, in order; after damage that prevents it the rest is not.

    Raises
    ------
    KitError
        If there is no such log.
    """
    url = database.location(url_or_path)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        raise KitError(
            _("There is no outcome log {file}; nothing to look at.").format(file=url.database)
        )
    return list(_found(url_or_path))


def _found(url_or_path: str | os.PathLike[str]) -> Iterator[Finding]:
    url = database.location(url_or_path)
    is_file = url.get_backend_name() == "sqlite"
    if is_file:
        file = Path(str(url.database))
        yield _permissions(file)
        damage = _integrity(file)
        yield damage
        yield _free_to_write(file)
        if not damage.ok:
            yield from _backups(file)
            return
    try:
        engine = database.connect(url)
    except KitError as error:
        yield Finding("opening", False, str(error), "restore" if is_file else "")
        return
    try:
        if not is_file:
            from interview_coach.outcomes.team.audit import audit

            with database.reading(engine, database.name_of(url)) as connection:
                yield from (Finding(*one) for one in audit(connection))
        with database.running(engine, database.name_of(url), writes=False) as run:
            yield from _inside(run, seals.read(files.file_of(engine)))
    finally:
        engine.dispose()
    if is_file:
        yield from _backups(file)


def _permissions(file: Path) -> Finding:
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        return Finding(
            "permissions",
            False,
            _(
                "Others on this computer can read {file} (mode {mode}); make it yours only (0600)."
            ).format(file=file.name, mode=f"{mode:04o}"),
            "permissions",
        )
    return Finding("permissions", True, _("Only you can read the file."))


def _integrity(file: Path) -> Finding:
    try:
        with closing(cipher.opened(file, timeout=database.BUSY_SECONDS)) as raw:
            wrong = [row[0] for row in raw.execute("PRAGMA integrity_check(20)")]
    except cipher.errors() as error:
        if any(word in str(error) for word in _KEPT_OUT):
            says = _(
                "{file} could not be looked at ({reason}), which says nothing of what is in it: let "
                "its folder be written and close whatever has it open, then look again."
            ).format(file=file.name, reason=error)
            return Finding("integrity", False, says)
        wrong = [str(error)]
    if wrong != ["ok"]:
        return Finding(
            "integrity",
            False,
            ngettext(
                "{file} is damaged ({number} fault found: {fault}); put a backup back.",
                "{file} is damaged ({number} faults found, the first: {fault}); put a backup back.",
                len(wrong),
            ).format(file=file.name, number=len(wrong), fault=wrong[0]),
            "restore",
        )
    return Finding("integrity", True, _("SQLite finds the file whole."))


def _free_to_write(file: Path) -> Finding:
    """Try to begin to write, for a moment; nothing is written."""
    try:
        with closing(cipher.opened(file, timeout=_MOMENT)) as raw:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("ROLLBACK")
    except cipher.errors() as error:
        if "locked" in str(error):
            says = _(
                "Another program is writing to the log and does not let go; close it (an import, a "
                "second Interview Coach, a program that syncs or opens databases), then look again."
            )
        else:
            says = _(
                "{file} cannot be written ({reason}); give your account the right to change the "
                "file and its folder, and make room on the disk."
            ).format(file=file.name, reason=error)
        return Finding("writing", False, says)
    return Finding("writing", True, _("The log can be written; nobody holds it."))


def _inside(run: Run, sealed: seals.Seal | None) -> Iterator[Finding]:
    if run.dialect.name == "sqlite":
        # A server never lets such rows in.
        loose = run.sql("PRAGMA foreign_key_check")
        if loose:
            tables = ", ".join(sorted({str(row[0]) for row in loose}))
            says = ngettext(
                "{n} row points to what is not there ({tables}); put a backup back.",
                "{n} rows point to what is not there ({tables}); put a backup back.",
                len(loose),
            ).format(n=number(len(loose)), tables=tables)
            yield Finding("references", False, says, "restore")
        else:
            yield Finding("references", True, _("Every row finds those that it points to."))
    try:
        wrong = checking.findings(run, sealed)
    except (ValueError, TypeError, LookupError, OverflowError):
        # Not quoted: the value may be about a client.
        wrong = [_(checking.UNREADABLE)]
    for says in wrong:
        counts = says == _(checking.COUNTS)
        yield Finding("history", False, says, "recount" if counts else "restore")
    if not wrong:
        says = _("Calls, history and counts agree.")
        if sealed:
            says = _(
                "Calls, history and counts agree; nothing is lost that it held at {time}."
            ).format(time=sealed.at)
        yield Finding("history", True, says)


def _backups(file: Path) -> Iterator[Finding]:
    there = backups.all_of(file)
    if not there:
        folder = files.backups_of(file).name
        yield Finding(
            "backups",
            True,
            _("There is no backup yet; they will lie in {folder}.").format(folder=folder),
        )
        return
    for one in there:
        finding = _integrity(one.file)
        if finding.ok:
            says = ngettext(
                "{n} backup; the newest sound one is {file}.",
                "{n} backups; the newest sound one is {file}.",
                len(there),
            ).format(n=len(there), file=one.file.name)
            yield Finding("backups", True, says)
            return
        if not finding.remedy:
            yield Finding("backups", False, finding.says)
            return
        yield Finding(
            "backups",
            False,
            _("The backup {name} is damaged; delete it.").format(name=one.file.name),
        )


def restore(
    url_or_path: str | os.PathLike[str], backup: str, now: datetime, *, agreed: bool
) -> str:
    """Put a backup in the place of the log, with the person's consent; says what was done.

    Parameters
    ----------
    url_or_path : str or path
        The log: a file.
    backup : str
        A file, the name of one of the log's backups, or ``newest``: the newest that is sound.
    now : datetime
        For the name under which what was there is kept.
    agreed : bool
        Whether the person said yes.

    Raises
    ------
    KitError
        If there is no such backup, nobody agreed, or it cannot be done; the log is then as it was.
    """
    url = database.location(url_or_path)
    if url.get_backend_name() != "sqlite":
        raise KitError(
            _("A log on a server is put back with the server's own backups (pg_restore).")
        )
    file = Path(str(url.database))
    there = [one.file for one in backups.all_of(file)]
    if backup == "newest":
        chosen = next((one for one in there if _integrity(one).ok), None)
    else:
        chosen = next(
            (one for one in (*there, Path(backup)) if backup in (one.name, str(one))), None
        )
    if chosen is None or not chosen.is_file():
        raise KitError(
            _("There is no such backup of {file}; there are: {backups}.").format(
                file=file.name, backups=", ".join(one.name for one in there) or _("none")
            )
        )
    return backups.put_back(file, chosen, now, agreed=agreed)


def accept(url_or_path: str | os.PathLike[str]) -> None:
    """Take a log as it is, though acts are gone that it held before; backups are made again."""
    url = database.location(url_or_path)
    if url.get_backend_name() == "sqlite":
        seals.forget(Path(str(url.database)))
