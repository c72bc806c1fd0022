"""A report for each group of a column, several at a time, each finished or not there at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from interview_coach.errors import KitError
from interview_coach.language import _, speaking
from interview_coach.reports.legible import legible
from interview_coach.reports.making import formats_of, make_directly, put_file, writable
from interview_coach.reports.pieces import stylesheet
from interview_coach.reports.question import FUNDER_GROUPS, Question
from interview_coach.reports.reading import Data, data_of, groups_of
from interview_coach.reports.register import Entry, Register, fingerprint
from interview_coach.reports.workers import Job, Outcome, all_done
from interview_coach.subjects import Thing
from interview_coach.wording import number, of_total

__all__ = ["INDEX", "MOST_REPORTS", "Each", "Make", "make_each"]

Make: TypeAlias = Callable[[Question, Data, Path, Sequence[str]], tuple[str, list[Path]]]
Progress: TypeAlias = Callable[[int, int, str], None]

INDEX = "index.html"
MOST_REPORTS = 200  # a folder of more is made by mistake, such as one for each client
_UNFINISHED = ".making-"


@dataclass
class Each:
    """What became of the reports.

    Attributes
    ----------
    index : Path
        The page that leads to them.
    made, kept : dict of str to Path
        The folder of each group whose report was made now, or was there already and still right.
    failed : dict of str to str
        For each group without a report, a sentence that says why.
    """

    index: Path
    made: dict[str, Path] = field(default_factory=dict)
    kept: dict[str, Path] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def make_each(
    question: Question,
    column: str,
    out: str | os.PathLike[str],
    *,
    formats: Iterable[str] = ("html",),
    progress: Progress | None = None,
    workers: int = 2,
    make: Make = make_directly,
) -> Each:
    """Make a report for each group of a column, and a page that leads to them.

    Interrupted, the finished reports stay, and the next run makes only the others. A report is kept
    as it is for the rest of its day, unless its calls, the question or the kit have changed, or
    somebody has changed its files.

    Parameters
    ----------
    question : Question
        What each report is asked; its log is read once.
    column : str
        Such as "cohort".
    out : str or path
        The folder for ``index.html``, ``.reports.json`` and a folder for each group; made if it is
        not there.
    formats : iterable of str
        Of `making.FORMATS`.
    progress : callable, optional
        Called with reports that are done, reports in all, and the group.
    workers : int
        How many are made at a time.
    make : callable
        Makes one report: question, data, folder and formats in, its finding and files out. A function
        of a module, as each worker imports it.

    Raises
    ------
    KitError
        If something given is wrong, there are more than `MOST_REPORTS` groups, or nothing can be
        written to `out`. A report that fails raises
        nothing, and stops no other.
    """
    if question.only:
        raise KitError(
            _(
                "A report for each {column} cannot be of {only} only; leave one of the two out."
            ).format(column=column, only=question.only[:60])
        )
    if question.funder and column not in FUNDER_GROUPS:
        raise KitError(
            _(
                "A funder cannot have a report for each '{column}', which may point to a person; "
                "choose one of {known}."
            ).format(column=column[:60], known=", ".join(FUNDER_GROUPS))
        )
    if workers < 1:
        raise KitError(
            _("{workers} reports at a time are none; give a number from 1.").format(workers=workers)
        )
    wanted = formats_of(formats)
    moment = datetime.now(UTC)
    day = question.as_of or f"{moment:%Y-%m-%d}"
    data = data_of(question)
    parts = {f"{column}={name}": (name, part) for name, part in groups_of(data, column)}
    groups = {key: name for key, (name, _part) in parts.items()}
    if not groups:
        raise KitError(
            _("There are no calls to make reports of; log what happened, or import a file.")
        )
    if len(groups) > MOST_REPORTS:
        raise KitError(
            _(
                "A report for each {column} would be {groups} reports, and at most {most} "
                "are made at once; choose a column with fewer groups, or --only for one of them."
            ).format(column=column, groups=number(len(groups)), most=MOST_REPORTS)
        )
    folder = writable(Path(out))
    register = Register(folder)
    register.named(groups.items())
    each = Each(folder / INDEX)
    said = progress or (lambda done, of, words: None)
    # What an interrupted run left behind holds figures, and is of no use.
    for left in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    marks: dict[str, str] = {}
    try:
        jobs: list[tuple[str, Job]] = []
        for at, (key, (name, part)) in enumerate(parts.items()):
            asked = replace(question.at(moment), only=key)
            marks[key] = fingerprint(question, day, wanted, part)
            if register.still_right(key, marks[key]):
                each.kept[name] = folder / register.entries[key].folder
            else:
                jobs.append((key, (asked, part, scratch / str(at), wanted)))
        said(len(each.kept), len(groups), _("Starting"))
        with closing(_made(make, jobs, workers)) as outcomes:
            for key, made, outcome in outcomes:
                _take(register, each, key, made, outcome, wanted, marks[key])
                done = len(each.kept) + len(each.made) + len(each.failed)
                said(done, len(groups), groups[key])
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        register.save()
        with speaking(question.language):
            page = _index(question, column, groups, register, each)
        put_file(each.index, page.encode("utf-8"))
    return each


def _made(
    make: Make, jobs: list[tuple[str, Job]], workers: int
) -> Generator[tuple[str, Path, Outcome]]:
    folders = {key: job[2] for key, job in jobs}
    with closing(all_done(make, jobs, workers)) as outcomes:
        for key, outcome in outcomes:
            yield key, folders[key], outcome


def _take(
    register: Register,
    each: Each,
    key: str,
    made: Path,
    outcome: Outcome,
    formats: Sequence[str],
    mark: str,
) -> None:
    """Take one report over: into its place, or among those that failed."""
    entry = register.entries[key]
    fault = outcome.fault
    if not fault:
        try:
            register.put(key, made, formats, outcome.given[0], mark)
            each.made[entry.group] = register.out / entry.folder
            return
        except OSError as error:
            why = error.strerror or type(error).__name__
            fault = _(
                "It cannot be put into its folder ({why}); close what has the folder open."
            ).format(why=why)
    shutil.rmtree(made, ignore_errors=True)
    each.failed[entry.group] = fault


# ------------------------------------------------------------------ the page that leads to them


def _index(
    question: Question, column: str, groups: dict[str, str], register: Register, each: Each
) -> str:
    ready = {key for key, name in groups.items() if name in each.made or name in each.kept}
    entries = [register.entries[key] for key in groups if key in ready]
    waiting = [name for key, name in groups.items() if key not in ready and name not in each.failed]
    left = [entry for key, entry in register.entries.items() if key not in groups and entry.files]
    title = _("{title}: one for each {thing}").format(
        title=question.title, thing=Thing(column.replace("_", " ")).one
    )
    body = "".join(
        (
            _list("", [_link(entry) for entry in entries]),
            _list(_("Not made"), [_fault(*one) for one in each.failed.items()]),
            _list(_("Not made yet: the run was interrupted"), map(_text, waiting)),
            _list(_("Left from earlier runs, and not made anew"), [_link(entry) for entry in left]),
        )
    )
    count = _("Ready: {cases}.").format(cases=of_total(len(entries), len(groups)))
    return (
        f'<!doctype html>\n<html lang="{question.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<title>{_text(title)}</title>\n<link rel="icon" href="data:,">\n'
        f"<style>\n{stylesheet()}\n</style>\n</head>\n"
        '<body class="ic-app ic-report-body">\n<main class="ic-report">\n'
        f'<section class="ic-page ic-report"><h1>{_text(title)}</h1>'
        f'<p class="ic-lead">{count}</p>{body}</section>\n</main>\n</body>\n</html>\n'
    )


def _text(text: str) -> str:
    return escape(legible(text))


def _list(heading: str, items: Iterable[str]) -> str:
    inside = "".join(f"<li>{item}</li>" for item in items)
    title = f"<h2>{escape(heading)}</h2>" if heading else ""
    return f"{title}<ul>{inside}</ul>" if inside else ""


def _link(entry: Entry) -> str:
    # The page first; a folder of figures is no file to open.
    files = sorted(
        (name for name in entry.files if "/" not in name), key=lambda name: ".html" not in name
    )
    group = _text(entry.group)
    names = [group, *(_as(group, name) for name in files[1:])]
    links = ", ".join(
        f'<a href="{quote(entry.folder)}/{quote(name)}">{label}</a>'
        for name, label in zip(files, names, strict=False)
    )
    return f"{links or group}: {_text(entry.finding)}"


def _as(group: str, name: str) -> str:
    kind = Path(name).suffix.lstrip(".").upper()
    return _("{group} as {kind}").format(group=group, kind=kind)


def _fault(group: str, says: str) -> str:
    return f"{_text(group)}: {_text(says)}"
