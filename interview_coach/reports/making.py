"""A report as files: by running its notebook, or straight from calls that are at hand."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from interview_coach.errors import KitError
from interview_coach.language import _, speaking
from interview_coach.outcomes.address import without_password
from interview_coach.reports.content.report import Report
from interview_coach.reports.pieces import Paragraph, Section, stylesheet
from interview_coach.reports.question import Question
from interview_coach.reports.reading import Data, data_of
from interview_coach.reports.running import TEMPLATES, Progress, page_by_notebook
from interview_coach.shipped import shipped
from interview_coach.writing import write_whole

__all__ = [
    "FORMATS",
    "formats_of",
    "keep_report",
    "make_directly",
    "make_report",
    "page_of",
    "put_file",
    "writable",
]

FORMATS = ("html", "pdf", "xlsx", "figures")

_NOTEBOOK = "06_outcome_report.ipynb"
_NAME = "outcome_report"
_FIGURES = "figures"


def make_report(
    out: str | os.PathLike[str],
    *,
    formats: Iterable[str] = ("html",),
    notebook: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    **given: Any,
) -> list[Path]:
    """Make the outcome report by running its notebook, and write it as files.

    Parameters
    ----------
    out : str or path
        The folder to write to; made if it is not there. An earlier report there is replaced, at the
        end and in one step.
    formats : iterable of str
        Of `FORMATS`: ``html`` (one file without code, that asks for nothing outside itself), ``pdf``
        (tagged), ``xlsx`` (a sheet a table), ``figures`` (each chart as SVG, PNG and PDF, with its
        numbers and its words).
    notebook : str or path, optional
        The coach's own copy of the notebook, instead of the kit's.
    progress : callable, optional
        Called with cells done, cells in all, and words on what is going on.
    **given
        The parameters of `Question`.

    Returns
    -------
    list of Path
        The files, and for ``figures`` their folder, in the order asked for.

    Raises
    ------
    KitError
        If something given is wrong, the notebook fails, or a file cannot be written. Nothing is then
        written, and an earlier report stays.
    """
    said = progress or (lambda done, of, words: None)
    wanted = formats_of(formats)
    given = {name: value for name, value in given.items() if value is not None}
    given["log"] = without_password(given.get("log") or "", _("The report's notebook"))
    question = Question(**given).at(datetime.now(UTC))
    source = Path(notebook) if notebook is not None else shipped("notebooks") / _NOTEBOOK
    with _folder(Path(out)) as folder:
        said(0, 1, _("Starting"))
        page = ""
        if "html" in wanted:
            page = page_by_notebook(source, question, said)
        report = Report.of(question, data_of(question)) if set(wanted) != {"html"} else None
        made = _write(report, page, question.title, folder, wanted)
    said(1, 1, _("Done"))
    return made


@contextmanager
def _folder(out: Path) -> Iterator[Path]:
    """Give the folder to write to; where nothing comes of it, no empty folder is left behind."""
    new = [path for path in (out, *out.parents) if not path.exists()]
    try:
        yield writable(out)
    except BaseException:
        for path in new:
            # One that holds something, of whoever, stays.
            with suppress(OSError):
                path.rmdir()
        raise


def make_directly(
    question: Question, data: Data, folder: Path, formats: Iterable[str] = ("html",)
) -> tuple[str, list[Path]]:
    """Make a report of calls that are at hand, without a notebook: the same files, sooner.

    Returns
    -------
    finding : str
        The line that stands above the report.
    made : list of Path

    Raises
    ------
    KitError
        As for `make_report`.
    """
    # Each report of many is made in a process of its own, which speaks nothing yet.
    with speaking(question.language):
        wanted = formats_of(formats)
        report = Report.of(question, data)
        page = page_of(report) if "html" in wanted else ""
        return report.finding, _write(report, page, report.title, writable(folder), wanted)


def keep_report(out: str, formats: str = "html", **given: Any) -> Section:
    """Write the report from within its notebook, and say where it is.

    Parameters
    ----------
    out : str
        The folder; empty writes nothing.
    formats : str
        Of `FORMATS`, with commas between them.
    **given : Any
        As for `make_report`.
    """
    if not out.strip():
        return Section("")
    from tqdm.auto import tqdm

    with tqdm(total=1, desc=_("Writing the report")) as bar:

        def show(done: int, of: int, words: str) -> None:
            bar.total, bar.n = of, done
            bar.set_postfix_str(words)

        made = make_report(out, formats=formats.split(","), **given, progress=show)
    where = [_("It is in {path}.").format(path=path.resolve()) for path in made]
    return Section(_("The report is ready"), *(Paragraph(one) for one in where))


def formats_of(formats: Iterable[str]) -> list[str]:
    """Check the formats that are asked for: each once, in order; a KitError says what there is."""
    wanted = list(dict.fromkeys(one.strip().lower() for one in formats if one.strip()))
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown or not wanted:
        raise KitError(
            _(
                "There is no format '{name}' of a report; give one or more of {known}, with commas "
                "between them."
            ).format(name=unknown[0][:30] if unknown else "", known=", ".join(FORMATS))
        )
    return wanted


def _write(
    report: Report | None, page: str, title: str, folder: Path, wanted: Sequence[str]
) -> list[Path]:
    """Write what is asked for: everything is made before anything is replaced."""
    contents: dict[str, bytes] = {}
    for kind in wanted:
        if kind == "html":
            contents[f"{_NAME}.html"] = page.encode("utf-8")
        elif kind == "pdf" and report is not None:
            from interview_coach.reports.paper import report_pdf

            contents[f"{_NAME}.pdf"] = report_pdf(
                report.sections(),
                title=report.title,
                language=report.question.language,
                logo=report.question.picture(),
                day=report.question.moment.date(),
            )
        elif kind == "xlsx" and report is not None:
            from interview_coach.reports.workbook import report_workbook

            contents[f"{_NAME}.xlsx"] = report_workbook(
                report.sheets(),
                report.sections(),
                title=title,
                language=report.question.language,
                synthetic=report.figures.data.synthetic,
            )
    made = {name: put_file(folder / name, content) for name, content in contents.items()}
    if "figures" in wanted and report is not None:
        from interview_coach.reports.drawings import save_figures

        target = folder / _FIGURES
        save_figures(report.sections(), writable(target), kinds=("svg", "png", "pdf"))
        made[_FIGURES] = target
    names = {"figures": _FIGURES}
    return [made[names.get(kind, f"{_NAME}.{kind}")] for kind in wanted]


def put_file(target: Path, content: bytes) -> Path:
    """Write a file at the end and in one step, as readable as any other file.

    Raises
    ------
    KitError
        If it cannot be written.
    """
    try:
        write_whole(target, content)
        # That is for its owner alone; a report is as readable as any other file.
        target.chmod(0o666 & ~_umask())
    except OSError as error:
        raise KitError(_cannot_write(target.parent, error)) from error
    return target


def page_of(report: Report) -> str:
    """Write a report as one HTML file, as the notebook's own page is written."""
    with speaking(report.question.language):
        body = "\n".join(section.html() for section in report.sections())
    top, bottom = (_pages().get_template(f"{part}.html.j2") for part in ("top", "bottom"))
    words = {"title": report.title, "language": report.question.language}
    looks = {"resources": {"stylesheet": stylesheet(), **words}}
    return f"{top.render(looks)}\n{body}\n{bottom.render(looks)}\n"


@cache
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES / "report"), autoescape=True, undefined=StrictUndefined
    )


def writable(folder: Path) -> Path:
    """Make a folder, and try whether it can be written to; a KitError says that it cannot."""
    if folder.is_file():
        raise KitError(
            _("'{folder}' is a file; give a folder to write the report to.").format(folder=folder)
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Tried before the work, not after it.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise KitError(_cannot_write(folder, error)) from error
    return folder


def _cannot_write(folder: Path, error: OSError) -> str:
    why = error.strerror or type(error).__name__
    says = _(
        "The report cannot be written to '{folder}' ({why}); choose a folder that you may write to."
    )
    return says.format(folder=folder, why=why)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
