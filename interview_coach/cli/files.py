"""``import`` and ``export``: files of calls into the log, and out of it."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interview_coach.cli.keeping import is_yes
from interview_coach.cli.log import taking_back
from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext

if TYPE_CHECKING:
    from interview_coach.outcomes import ImportResult, Proposal, Question

__all__ = ["add_file_commands"]

_LOG = N_("the log: a file, sqlite:///FILE or postgresql://...")
# Of longer lists the first are shown; a column's name can be typed all the same.
_SHOWN = 12


def add_file_commands(commands: Any) -> None:
    """Add the commands to the parser's list."""
    imports = commands.add_parser("import", help=_("bring a file of calls into the log"))
    imports.add_argument(
        "file", type=Path, metavar=_("FILE"), help=_("CSV, TSV, XLSX, Parquet or ICS")
    )
    imports.add_argument(
        "--mapping",
        type=Path,
        help=_("what the columns mean (TOML); guessed and asked if left out"),
    )
    imports.add_argument("--log", required=True, help=_(_LOG))
    imports.add_argument("--rejects", type=Path, help=_("where rows that do not fit are listed"))
    imports.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    imports.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar=_("NAME=VALUE"),
        help=_("answer a question beforehand, or name a column: column:employer=Firm"),
    )
    imports.add_argument("--yes", action="store_true", help=_("import without asking"))
    imports.add_argument(
        "--save-mapping", type=Path, help=_("keep the mapping for next time (TOML)")
    )
    imports.add_argument("--sheet", help=_("the sheet of a workbook"))
    imports.add_argument("--json", action="store_true", help=_("for machines"))
    imports.set_defaults(run=_import)

    export = commands.add_parser("export", help=_("write the log's calls to a file"))
    export.add_argument(
        "file", type=Path, metavar=_("FILE"), help=_(".csv, .tsv, .xlsx or .parquet")
    )
    export.add_argument(
        "--log",
        default="outcomes.db",
        help=_("the log: a file, sqlite:///FILE or postgresql://...; outcomes.db if left out"),
    )
    export.add_argument("--replace", action="store_true", help=_("replace the file if it is there"))
    export.set_defaults(run=_export)


def _import(args: argparse.Namespace) -> int:
    if args.mapping is None:
        return _assisted(args)
    unfit = [name for name in ("answer", "save_mapping", "sheet") if getattr(args, name)]
    if unfit:
        raise KitError(
            _("{option} is for an import without --mapping; leave one of them out.").format(
                option=f"--{unfit[0].replace('_', '-')}"
            )
        )
    result = _run(args, args.mapping, dry_run=args.dry_run)
    if args.json:
        print_json(result.as_dict())
    else:
        _tell(result, args)
    return 0


def _tell(result: "ImportResult", args: argparse.Namespace) -> None:
    print(result.summary())
    if result.act is not None:
        print(taking_back(result.act, args.log))


def _run(args: argparse.Namespace, mapping: Any, *, dry_run: bool) -> "ImportResult":
    from interview_coach.outcomes import import_file

    return import_file(args.file, mapping, args.log, rejects=args.rejects, dry_run=dry_run)


def _assisted(args: argparse.Namespace) -> int:
    from interview_coach.outcomes import propose

    proposal = propose(
        args.file, answers=dict(map(_answer, args.answer)), timezone=_own_zone(), sheet=args.sheet
    )
    asks = sys.stdin.isatty() and not (args.yes or args.json)
    if not args.json:
        print(proposal.summary())
    if asks:
        proposal = _ask(proposal)
    mapping = proposal.mapping
    if args.save_mapping is not None:
        proposal.save(args.save_mapping)
    if args.json:
        result = _run(args, mapping, dry_run=args.dry_run or not args.yes)
        print_json({**result.as_dict(), "mapping": mapping.model_dump(exclude_defaults=True)})
        return 0
    _show(proposal, asked=asks)
    if args.dry_run or not args.yes:
        print(_run(args, mapping, dry_run=True).summary())
    if args.dry_run:
        return 0
    if not args.yes and not (asks and _agrees()):
        raise KitError(_("Nothing was imported; to import it as shown, run this again with --yes."))
    _tell(_run(args, mapping, dry_run=False), args)
    return 0


def _answer(text: str) -> tuple[str, str]:
    # A word of the file may hold "=" itself, and so may a column's name; codes hold none.
    of_word = text.partition(":")[0] not in {"column", text} and not text.startswith("client=")
    name, mark, value = text.rpartition("=") if of_word else text.partition("=")
    if not mark or not name:
        raise KitError(
            _("--answer {text!r}: write it as NAME=VALUE, such as date_order=day.").format(
                text=text[:60]
            )
        )
    return name, value


def _own_zone() -> str | None:
    from interview_coach.times import local_zone

    name = local_zone()
    # A machine that says UTC mostly says nothing.
    return None if name in {"UTC", "Etc/UTC"} else name


def _ask(proposal: "Proposal") -> "Proposal":
    """Ask all questions, one after the other; an answer may bring new ones."""
    asked: set[str] = set()
    while question := next(
        (q for q in proposal.questions if q.answer is None and q.name not in asked), None
    ):
        print(f"\n{question.what}" + (f" [{question.where}]" if question.where else ""))
        if question.options:
            print("  " + _some(question.options))
        try:
            said = input(f"{question.name} [{question.default or ''}]: ").strip()
        except EOFError:
            raise KitError(_("Nothing was imported; the questions were not answered.")) from None
        if not said and question.default is not None:
            asked.add(question.name)
        elif said:
            try:
                proposal = proposal.answer(question.name, said)
            except KitError as error:
                print(error)
    return proposal


def _some(options: Iterable[str]) -> str:
    listed = list(options)
    return ", ".join(listed[:_SHOWN]) + (", ..." if len(listed) > _SHOWN else "")


def _show(proposal: "Proposal", *, asked: bool) -> None:
    taken: list[Question] = [q for q in proposal.questions if q.answer is None]
    if taken and not asked:
        print(_("Taken without being asked (change one with --answer NAME=VALUE):"))
        for question in taken:
            print(f"  {question.name} = {question.value}    {question.what}")
    first = proposal.preview(20)
    says = ngettext("The first row would become:", "The first {n} rows would become:", len(first))
    print("\n" + says.format(n=len(first)))
    # Under the names of the log's columns, which --answer takes.
    print(first.to_string(index=False, max_colwidth=24))
    print()


def _agrees() -> bool:
    try:
        return is_yes(input(_("Import this? [y/N]: ")))
    except EOFError:
        return False


def _export(args: argparse.Namespace) -> int:
    from interview_coach.outcomes import calls_of, export_calls

    calls, says = calls_of(args.log)
    file = export_calls(calls, args.file, replace=args.replace)
    print(_("{says} Written to {file}.").format(says=says, file=file))
    return 0
