"""``interview-coach doctor``: look over this computer, the work folder and the log, and mend the log."""

import argparse
from collections.abc import Iterable, Iterator
from contextlib import chdir, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from interview_coach.cli.keeping import agreed, need_log
from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError

__all__ = ["add_doctor_command"]

_LOG = "outcomes.db"


def add_doctor_command(commands: Any) -> None:
    """Add ``doctor`` to the parser."""
    doctor = commands.add_parser(
        "doctor", help="look over this computer, the work folder and the log, and mend the log"
    )
    doctor.add_argument(
        "folder", type=Path, nargs="?", help="the work folder; this one if left out"
    )
    doctor.add_argument(
        "--log",
        help="look only at this log: a file, sqlite:///FILE or postgresql://...",
    )
    doctor.add_argument("--restore", metavar="BACKUP", help="put a backup back; 'newest' will do")
    doctor.add_argument(
        "--accept",
        action="store_true",
        help="take the log as it is, though acts are gone that it held before",
    )
    doctor.add_argument("--recount", action="store_true", help="count anew what the pages show")
    doctor.add_argument("--yes", action="store_true", help="do not ask")
    doctor.add_argument("--json", action="store_true", help="for machines")
    doctor.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace) -> int:
    if args.folder is not None and not args.folder.is_dir():
        raise KitError(
            f"There is no folder {args.folder}; interview-coach new {args.folder} makes it."
        )
    # A folder's coach.toml says where its log is, and is read from there.
    with chdir(args.folder) if args.folder is not None else nullcontext():
        return _looked_over(args)


def _looked_over(args: argparse.Namespace) -> int:
    from interview_coach.outcomes.doctor import Finding

    if (args.restore or args.accept or args.recount) and not _mended(args, args.log or _LOG):
        return 1
    found: list[Finding] = []
    for title, findings in _parts(args):
        if not args.json:
            print(f"{title}:", flush=True)
        for one in findings:
            found.append(one)
            if not args.json:
                # Each as soon as it is known: some take a second.
                print(f"  {'ok ' if one.ok else 'NO '} {one.what}: {one.says}", flush=True)
    sound = all(one.ok for one in found)
    if args.json:
        print_json([{name: getattr(one, name) for name in one.__slots__} for one in found])
        return 0 if sound else 1
    remedies = {one.remedy for one in found if not one.ok}
    if "restore" in remedies:
        print("To put the newest backup back: interview-coach doctor --restore newest")
    elif "recount" in remedies:
        print("To count anew: interview-coach doctor --recount")
    if args.log is None:
        wrong = sum(not one.ok for one in found)
        print(
            "All is well." if sound else f"To be done: {wrong}; each line with NO says what to do."
        )
    return 0 if sound else 1


def _parts(args: argparse.Namespace) -> Iterator[tuple[str, Iterable[Any]]]:
    from interview_coach.outcomes import address
    from interview_coach.outcomes.doctor import Finding, examine

    log = args.log or _LOG
    if args.log is None:
        from interview_coach.app.health import look_at_computer, look_at_folder

        yield "This computer", look_at_computer()
        yield "The work folder", look_at_folder(Path.cwd())
        try:
            there = address.is_there(log)
        except KitError as problem:
            yield "The log", [Finding("place", False, str(problem))]
            return
        if not there:
            words = "There is no log yet; the first call that you log makes it."
            yield "The log", [Finding("log", True, words)]
            return
    else:
        need_log(log)
    yield address.name_of(address.location(log)), examine(log)


def _mended(args: argparse.Namespace, log: str) -> bool:
    from interview_coach.outcomes import OutcomeLog
    from interview_coach.outcomes.doctor import accept, restore

    need_log(log)
    if args.restore:
        question = "What was written since the backup is taken out of the log. Put it back?"
        if not agreed(args, question):
            print("Nothing was changed.")
            return False
        print(restore(log, args.restore, datetime.now(UTC), agreed=True))
    if args.accept:
        if not agreed(args, "What the log held before is no longer held against it. Go on?"):
            print("Nothing was changed.")
            return False
        accept(log)
    if args.recount:
        with OutcomeLog.open(log) as opened:
            opened.recount()
    return True
