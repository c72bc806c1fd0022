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
from interview_coach.language import _, pgettext

__all__ = ["add_doctor_command"]

_LOG = "outcomes.db"


def add_doctor_command(commands: Any) -> None:
    """Add ``doctor`` to the parser."""
    doctor = commands.add_parser(
        "doctor", help=_("look over this computer, the work folder and the log, and mend the log")
    )
    doctor.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar=_("folder"),
        help=_("the work folder; this one if left out"),
    )
    doctor.add_argument(
        "--log",
        help=_("look only at this log: a file, sqlite:///FILE or postgresql://..."),
    )
    doctor.add_argument(
        "--restore", metavar=_("BACKUP"), help=_("put a backup back; 'newest' will do")
    )
    doctor.add_argument(
        "--accept",
        action="store_true",
        help=_("take the log as it is, though acts are gone that it held before"),
    )
    doctor.add_argument("--recount", action="store_true", help=_("count anew what the pages show"))
    doctor.add_argument("--yes", action="store_true", help=_("do not ask"))
    doctor.add_argument("--json", action="store_true", help=_("for machines"))
    doctor.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace) -> int:
    if args.folder is not None and not args.folder.is_dir():
        raise KitError(
            _("There is no folder {folder}; interview-coach new {folder} makes it.").format(
                folder=args.folder
            )
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
                print(f"  {'ok ' if one.ok else 'NO '} {_part(one.what)}: {one.says}", flush=True)
    sound = all(one.ok for one in found)
    if args.json:
        print_json([{name: getattr(one, name) for name in one.__slots__} for one in found])
        return 0 if sound else 1
    remedies = {one.remedy for one in found if not one.ok}
    if "restore" in remedies:
        print(_("To put the newest backup back: interview-coach doctor --restore newest"))
    elif "recount" in remedies:
        print(_("To count anew: interview-coach doctor --recount"))
    if args.log is None:
        wrong = sum(not one.ok for one in found)
        to_do = _("To be done: {n}; each line with NO says what to do.").format(n=wrong)
        print(_("All is well.") if sound else to_do)
    return 0 if sound else 1


def _part(name: str) -> str:
    """Name what was looked at; to programs (``--json``) it goes by its English name."""
    return {
        "backups": _("backups"),
        "browser": _("browser"),
        "connection": _("connection"),
        "folder": _("folder"),
        "fonts": _("fonts"),
        "history": _("history"),
        "integrity": _("integrity"),
        "kernel": _("kernel"),
        "kit": _("kit"),
        "log": _("log"),
        "logins": _("logins"),
        "memory": _("memory"),
        "network": _("network"),
        "opening": _("opening"),
        "packages": _("packages"),
        "pages": _("pages"),
        "permissions": _("permissions"),
        "place": _("place"),
        "ports": _("ports"),
        "references": _("references"),
        "room": pgettext("on a disk", "room"),
        "row-level security": _("row-level security"),
        "settings": _("settings"),
        "team": _("team"),
        "writing": _("writing"),
    }.get(name, name)


def _parts(args: argparse.Namespace) -> Iterator[tuple[str, Iterable[Any]]]:
    from interview_coach.outcomes import address
    from interview_coach.outcomes.doctor import Finding, examine

    log = args.log or _LOG
    if args.log is None:
        from interview_coach.app.health import look_at_computer, look_at_folder

        yield _("This computer"), look_at_computer()
        yield _("The work folder"), look_at_folder(Path.cwd())
        try:
            there = address.is_there(log)
        except KitError as problem:
            yield _("The log"), [Finding("place", False, str(problem))]
            return
        if not there:
            words = _("There is no log yet; the first call that you log makes it.")
            yield _("The log"), [Finding("log", True, words)]
            return
    else:
        need_log(log)
    yield address.name_of(address.location(log)), examine(log)


def _mended(args: argparse.Namespace, log: str) -> bool:
    from interview_coach.outcomes import OutcomeLog
    from interview_coach.outcomes.doctor import accept, restore

    need_log(log)
    if args.restore:
        question = _("What was written since the backup is taken out of the log. Put it back?")
        if not agreed(args, question):
            print(_("Nothing was changed."))
            return False
        print(restore(log, args.restore, datetime.now(UTC), agreed=True))
    if args.accept:
        if not agreed(args, _("What the log held before is no longer held against it. Go on?")):
            print(_("Nothing was changed."))
            return False
        accept(log)
    if args.recount:
        with OutcomeLog.open(log) as opened:
            opened.recount()
    return True
