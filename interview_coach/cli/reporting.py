"""``interview-coach report``: the outcome report as files, one for all or one for each group."""

import argparse
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["add_report_commands"]


def add_report_commands(commands: Any) -> None:
    """Add `report` to the commands."""
    report = commands.add_parser(
        "report", help=_("write the outcome report for a coach or a funder")
    )
    report.add_argument("--out", type=Path, required=True, help=_("the folder to write it to"))
    report.add_argument(
        "--format",
        dest="formats",
        default="html",
        help=_("html, pdf, xlsx, figures; several with commas"),
    )
    report.add_argument(
        "--log",
        help=_(
            "the log: a file, sqlite:///FILE or postgresql://...; the sample log if left out and "
            "none is here"
        ),
    )
    report.add_argument(
        "--view", default="coach", help=_("coach, or funder: small counts are hidden")
    )
    report.add_argument("--by", default="cohort", help=_("the column to compare groups by"))
    report.add_argument(
        "--each", metavar=_("COLUMN"), help=_("one report for each group of a column")
    )
    report.add_argument("--from", dest="start", help=_("first day: 2026-01-01"))
    report.add_argument("--to", dest="end", help=_("last day: 2026-06-30"))
    report.add_argument(
        "--period", help=_("instead of --from and --to: last-month, last-quarter, this-year, ...")
    )
    report.add_argument(
        "--compare",
        help=_(
            "an earlier period (2025-07-01..2025-12-31), two groups ('Autumn vs Spring'), or none"
        ),
    )
    report.add_argument("--only", help=_("one group alone: cohort=Spring"))
    report.add_argument(
        "--days", type=_number, help=_("within which a missed call is to be recovered")
    )
    report.add_argument(
        "--grace", type=_number, help=_("minutes within which a call is not missed")
    )
    report.add_argument("--as-of", help=_("the day of the report, to its end, in UTC: 2026-06-30"))
    report.add_argument("--title", help=_("the report's title"))
    report.add_argument("--logo", help=_("a picture file for the top of the report"))
    report.add_argument(
        "--language", help=_("of the sentences: en or es; the terminal's own if left out")
    )
    report.add_argument("--notebook", type=Path, help=_("your own copy of 06_outcome_report.ipynb"))
    report.set_defaults(run=_report)


def _number(text: str) -> int | float | str:
    """Read a number as it was typed; what is none, `Question` says in its own words."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


_GIVEN = (
    *("log", "view", "start", "end", "compare", "only", "days", "grace", "as_of"),
    *("title", "logo", "language"),
)


def _report(args: argparse.Namespace) -> int:
    from interview_coach.reports import Question, make_report
    from interview_coach.reports.parts import named_period

    given = {name: getattr(args, name) for name in _GIVEN if getattr(args, name) is not None}
    given["group"] = args.by
    if args.period:
        if args.start or args.end:
            raise KitError(_("--period names a window by itself; leave out --from and --to."))
        today = Question(as_of=args.as_of or "").moment.astimezone().date()
        given["start"], given["end"] = named_period(args.period, today)
    formats = args.formats.split(",")
    if args.each:
        if args.notebook or args.only:
            raise KitError(
                _(
                    "--each writes its reports without a notebook and for every group; leave out "
                    "{option}."
                ).format(option="--notebook" if args.notebook else "--only")
            )
        return _each(args, given, formats)
    made = make_report(args.out, formats=formats, notebook=args.notebook, **given)
    for path in made:
        print(_("The report is ready: {path}").format(path=path))
    return 0


def _each(args: argparse.Namespace, given: dict[str, Any], formats: list[str]) -> int:
    from tqdm import tqdm

    from interview_coach.reports import Question, make_each

    with tqdm(desc=_("Writing reports"), unit=_("report"), disable=None, leave=False) as bar:

        def progress(done: int, of: int, words: str) -> None:
            bar.total = of
            bar.set_postfix_str(words)
            bar.update(done - bar.n)

        each = make_each(Question(**given), args.each, args.out, formats=formats, progress=progress)
    for group in each.made:
        print(_("Written: {group}").format(group=group))
    for group in each.kept:
        print(_("Kept, nothing changed: {group}").format(group=group))
    for group, sentence in each.failed.items():
        print(_("Failed: {group}: {sentence}").format(group=group, sentence=sentence))
    ready = len(each.made) + len(each.kept)
    total = ready + len(each.failed)
    says = _("{n} of {total} reports are in {folder}.")
    print(says.format(n=ready, total=total, folder=args.out))
    return 1 if each.failed else 0
