"""Terminal commands for a team's log on a server: ``team init``, ``add-coach``, ``remove-coach`` ..."""

import argparse
import sys
from typing import Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError

__all__ = ["add_team_commands"]

_LOG = (
    "postgresql://ADMIN@HOST/DATABASE; what coach.toml names if left out. The password is read from "
    "PGPASSWORD, ~/.pgpass or a service file"
)


def add_team_commands(commands: Any) -> None:
    """Add ``team`` to the parser."""
    team = commands.add_parser("team", help="a log that several coaches share, on a server")
    jobs = team.add_subparsers(dest="job", required=True, metavar="JOB")

    def job(name: str, says: str, run: Any) -> Any:
        parser = jobs.add_parser(name, help=says)
        parser.add_argument("--log", default="outcomes.db", help=_LOG)
        parser.set_defaults(run=run)
        return parser

    job("init", "make a log on a server a team's, or set its rights anew", _init)
    add = job("add-coach", "let a coach, a lead or a funder in", _add)
    add.add_argument("name", metavar="NAME", help="the login: small letters, digits and _")
    add.add_argument("--role", default="coach", choices=["coach", "lead", "funder"])
    add.add_argument(
        "--returning", action="store_true", help="a coach who was here before gets their rows again"
    )
    remove = job("remove-coach", "take somebody out; their rows stay", _remove)
    remove.add_argument("name", metavar="NAME")
    remove.add_argument("--to", metavar="OTHER", help="the coach who gets their rows")
    job("list", "who is in the team", _list)
    figures = job("figures", "the counts that a funder may see, small ones hidden", _figures)
    figures.add_argument("--json", action="store_true", help="for machines")


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
            "The password is shown once, on a terminal, and kept nowhere; run this in a terminal, "
            "without sending what it prints elsewhere."
        )
    password = members.add(args.log, args.name, args.role, returning=args.returning)
    url = address.location(args.log)
    place = f"{url.host or 'localhost'}{f':{url.port}' if url.port else ''}/{url.database}"
    print(f"{args.name} is in the team as a {args.role}. Their password, shown this once:")
    print(f"\n    {password.get_secret_value()}\n")
    print("Hand it over in private. Their coach.toml needs these two lines, and no password:")
    print(f'\n    [log]\n    url = "postgresql://{args.name}@{place}"\n')
    print("The password goes into their ~/.pgpass (docs/team.md says how).")
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
        print("Nobody is in the team yet: interview-coach team add-coach NAME")
    return 0


def _figures(args: argparse.Namespace) -> int:
    from interview_coach.outcomes.team.figures import figures

    rows = figures(args.log).astype(object).to_dict("records")
    if args.json:
        print_json([{**row, "n": None if row["hidden"] else int(row["n"])} for row in rows])
        return 0
    for row in rows:
        n = "hidden" if row["hidden"] else f"{row['n']:,}"
        print(f"  {row['quarter']}  {row['what']:12} {n:>9}")
    print(
        "Hidden: a count of 1 to 10, or one that would give such a count away."
        if rows
        else "No quarter with calls is over yet."
    )
    return 0
