"""Terminal commands that keep a log sound, lean and private: ``backup``, ``erase``, ``encrypt``."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.wording import counted

__all__ = ["add_keeping_commands", "agreed", "is_yes", "need_log"]


def add_keeping_commands(commands: Any) -> None:
    """Add ``backup``, ``erase``, ``encrypt`` and ``decrypt`` to the parser."""
    log_help = _("the log: a file, sqlite:///FILE or postgresql://...; outcomes.db if left out")
    backup = commands.add_parser("backup", help=_("back the log up now"))
    backup.add_argument("--log", default="outcomes.db", help=log_help)
    backup.set_defaults(run=_backup)

    erase = commands.add_parser(
        "erase", help=_("erase a client's name, contact, notes and free text; what counts stays")
    )
    erase.add_argument(
        "client", nargs="?", metavar=_("CLIENT"), help=_("the client's id in the log")
    )
    erase.add_argument(
        "--by-retention",
        action="store_true",
        help=_(
            "all clients without a call for as long as coach.toml says ([log] retention_months)"
        ),
    )
    erase.add_argument("--house", type=Path, default=Path("coach.toml"), help=_("your coach.toml"))
    erase.add_argument("--log", default="outcomes.db", help=log_help)
    erase.add_argument("--coach", default="me", help=_("whose client; 'me' if left out"))
    erase.add_argument("--yes", action="store_true", help=_("do not ask"))
    erase.set_defaults(run=_erase)

    for name, says in (
        (
            "encrypt",
            _("encrypt the log's file; its key is then asked for, or INTERVIEW_COACH_KEY"),
        ),
        ("decrypt", _("take the encryption of the log's file away")),
    ):
        recode = commands.add_parser(name, help=says)
        recode.add_argument("--log", default="outcomes.db", help=_("the log: a file"))
        recode.add_argument("--yes", action="store_true", help=_("do not ask"))
        recode.set_defaults(run=_recode, encrypts=name == "encrypt")


def need_log(log: str) -> None:
    """Raise a `KitError` where there is no log yet: looking makes none."""
    from interview_coach.outcomes import address

    if not address.is_there(log):
        raise KitError(
            _("There is no outcome log {name}; name it with --log.").format(
                name=address.location(log).database
            )
        )


def agreed(args: argparse.Namespace, question: str) -> bool:
    """Ask whether something is to be done; ``--yes`` has said so already."""
    if args.yes:
        return True
    if not sys.stdin.isatty():
        says = _("{question} Nobody is here to say so; add --yes if that is meant.")
        raise KitError(says.format(question=question))
    return is_yes(input(_("{question} [y/N] ").format(question=question)))


def is_yes(answer: str) -> bool:
    """Say whether what was typed means yes; all else, and nothing, means no."""
    # Translators: what is taken for yes, blanks between.
    return answer.strip().casefold() in _("y yes").split()


def _backup(args: argparse.Namespace) -> int:
    from interview_coach.outcomes import OutcomeLog

    need_log(args.log)
    with OutcomeLog.open(args.log) as log:
        print(_("The backup is ready: {file}").format(file=log.backup()))
    return 0


def _erase(args: argparse.Namespace) -> int:
    from interview_coach.outcomes import OutcomeLog
    from interview_coach.outcomes.retention import months_of

    if (args.client is None) != args.by_retention:
        raise KitError(_("Say whom to erase: name one CLIENT, or give --by-retention."))
    months = months_of(args.house) if args.by_retention else None
    if args.by_retention and months is None:
        raise KitError(
            _("{file} has no rule to follow; put retention_months = 24 under [log] there.").format(
                file=args.house.name
            )
        )
    need_log(args.log)
    question = (
        _("Names and words of this client cannot be brought back. Erase them?")
        if months is None
        else counted(
            months,
            "Names and words of all clients without a call for {n} month cannot be brought back. "
            "Erase them?",
            "Names and words of all clients without a call for {n} months cannot be brought back. "
            "Erase them?",
        )
    )
    if not agreed(args, question):
        print(_("Nothing was erased."))
        return 1
    with OutcomeLog.open(args.log, args.coach) as log:
        done = log.erase(args.client) if months is None else log.erase_older(months)
    print(done.summary())
    return 0


def _recode(args: argparse.Namespace) -> int:
    from interview_coach.outcomes import cipher
    from interview_coach.outcomes.encrypting import decrypt, encrypt, is_encrypted

    need_log(args.log)
    question = _(
        "The file as it is and the backups of it are removed once the new one is verified. Go on?"
    )
    if is_encrypted(args.log) != args.encrypts and not agreed(args, question):
        print(_("Nothing was changed."))
        return 1
    if args.encrypts:
        key, act = cipher.new_key(), encrypt
    else:
        key, act = cipher.key_of(Path(args.log).name), decrypt
    print(act(args.log, key, datetime.now(UTC), agreed=True).summary())
    return 0
