"""Terminal commands for a team's log on a server: ``team init``, ``add-coach``, ``remove-coach`` ..."""

import argparse
import sys
from typing import Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.wording import number

__all__ = ["add_team_commands"]

_LOG = N_(
    "postgresql://ADMIN@HOST/DATABASE; what coach.toml names if left out. The password is read from "
    "PGPASSWORD, ~/.pgpass or a service file"
)
# What is counted for a funder; the database names it in English.
FIGURES = (
    *(N_("completed"), N_("missed"), N_("moved"), N_("cancelled")),
    *(N_("interviews"), N_("rescheduled")),
)


def add_team_commands(commands: Any) -> None:
    """Add ``team`` to the parser."""
    team = commands.add_parser("team", help=_("a log that several coaches share, on a server"))
    jobs = team.add_subparsers(dest="job", required=True, metavar=_("JOB"))

    def job(name: str, says: str, run: Any) -> Any:
        parser = jobs.add_parser(name, help=says)
        parser.add_argument("--log", default="outcomes.db", help=_(_LOG))
        parser.set_defaults(run=run)
        return parser

    job("init", _("make a log on a server a team's, or set its rights anew"), _init)
    add = job("add-coach", _("let a coach, a lead or a funder in"), _add)
    add.add_argument("name", metavar=_("NAME"), help=_("the login: small letters, digits and _"))
    add.add_argument("--role", default="coach", choices=["coach", "lead", "funder"])
    add.add_argument(
        "--returning",
        action="store_true",
        help=_("a coach who was here before gets their rows again"),
    )
    remove = job("remove-coach", _("take somebody out; their rows stay"), _remove)
    remove.add_argument("name", metavar=_("NAME"))
    remove.add_argument("--to", metavar=_("OTHER"), help=_("the coach who gets their rows"))
    job("list", _("who is in the team"), _list)
    figures = job("figures", _("the counts that a funder may see, small ones hidden"), _figures)
    figures.add_argument("--json", action="store_true", help=_("for machines"))


def _init(args: argparse.Namespace) -> int:
    from interview_coach.outcomes.team import members

    print(members.init(args.log))
    return 0


def _add(args: argparse.Namespace) -> int:
    from interview_coach.outcomes import address
    from interview_coach.outcomes.team import members

    # Asked before anything is done: into a file or a notebook a password must not go.
    if not sys.stdout.isatty():
        raise KitError(
            _(
                "The password is shown once, on a terminal, and kept nowhere; run this in a terminal, "
                "without sending what it prints elsewhere."
            )
        )
    password = members.add(args.log, args.name, args.role, returning=args.returning)
    url = address.location(args.log)
    place = f"{url.host or 'localhost'}{f':{url.port}' if url.port else ''}/{url.database}"
    says = _("{name} is in the team as a {role}. Their password, shown this once:")
    print(says.format(name=args.name, role=args.role))
    print(f"\n    {password.get_secret_value()}\n")
    print(_("Hand it over in private. Their coach.toml needs these two lines, and no password:"))
    print(f'\n    [log]\n    url = "postgresql://{args.name}@{place}"\n')
    print(_("The password goes into their ~/.pgpass (docs/team.md says how)."))
    return 0


def _remove(args: argparse.Namespace) -> int:
    from interview_coach.outcomes.team import members

    print(members.remove(args.log, args.name, to=args.to))
    return 0


def _list(args: argparse.Namespace) -> int:
    from interview_coach.outcomes.team import members

    found = members.members(args.log)
    for one in found:
        print(f"  {one.role:7} {one.name}")
    if not found:
        print(_("Nobody is in the team yet: interview-coach team add-coach NAME"))
    return 0


def _figures(args: argparse.Namespace) -> int:
    from interview_coach.outcomes.team.figures import figures

    rows = figures(args.log).astype(object).to_dict("records")
    if args.json:
        print_json([{**row, "n": None if row["hidden"] else int(row["n"])} for row in rows])
        return 0
    for row in rows:
        n = _("hidden") if row["hidden"] else number(row["n"])
        print(f"  {row['quarter']}  {_(row['what']):12} {n:>9}")
    print(
        _("Hidden: a count of 1 to 10, or one that would give such a count away.")
        if rows
        else _("No quarter with calls is over yet.")
    )
    return 0
