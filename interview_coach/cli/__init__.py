"""The kit's jobs from a terminal: ``interview-coach COMMAND``.

Each command imports what it needs when it runs, so that the quick ones stay quick. What a person
got wrong comes back as one sentence on standard error, with exit code 2.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from interview_coach import __version__
from interview_coach.cli.comparing import add_comparing_commands
from interview_coach.cli.doctor import add_doctor_command
from interview_coach.cli.files import add_file_commands
from interview_coach.cli.keeping import add_keeping_commands
from interview_coach.cli.log import add_log_commands
from interview_coach.cli.measuring import add_measuring_commands
from interview_coach.cli.messages import add_message_commands
from interview_coach.cli.parsing import Parser
from interview_coach.cli.printing import print_json
from interview_coach.cli.reporting import add_report_commands
from interview_coach.cli.team import add_team_commands
from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, chosen, ngettext, use
from interview_coach.wording import first_lower, number

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0 when it worked, 1 when a check found a hole, 2 when something given was wrong.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name that the terminal's code page cannot show must not end in a traceback.
        sys.stdout.reconfigure(errors="replace")
    try:
        # Help, and what is wrong with the command itself, come before its folder is known.
        use(chosen())
        args = _parser().parse_args(argv)
        use(_language(args))
        code: int = args.run(args)
    except KitError as error:
        print(f"interview-coach: {error}", file=sys.stderr)  # unmarked: the name
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print(_("interview-coach: stopped."), file=sys.stderr)
        return 130
    return code


def _language(args: argparse.Namespace) -> str:
    """Say what a command speaks: English to programs, else as its work folder or this one says."""
    if getattr(args, "json", False) or getattr(args, "jsonl", None):
        return ENGLISH
    return chosen(house=(getattr(args, "folder", None) or Path()) / "coach.toml")


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="interview-coach",
        description=_(
            "What to do when an interview call does not connect: practise it, handle it, "
            "log it, report it."
        ),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"interview-coach {__version__}",
        help=_("show program's version number and exit"),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    _add_check(commands)
    _add_advise(commands)
    add_message_commands(commands)
    add_file_commands(commands)
    add_log_commands(commands)
    add_measuring_commands(commands)
    add_comparing_commands(commands)
    add_report_commands(commands)
    add_doctor_command(commands)
    add_keeping_commands(commands)
    add_team_commands(commands)
    _add_app_commands(commands)
    return parser


def _add_check(commands: Any) -> None:
    check = commands.add_parser("check", help=_("show what carries each piece of guidance"))
    check.add_argument("--house", type=Path, help=_("your coach.toml"))
    check.add_argument("--quick", action="store_true", help=_("do not walk through every story"))
    check.add_argument("--json", action="store_true", help=_("for machines"))
    check.set_defaults(run=_check)


def _add_advise(commands: Any) -> None:
    advise = commands.add_parser("advise", help=_("it is happening now: what to do next"))
    advise.add_argument("--caller", required=True, choices=["interviewer", "candidate"])
    advise.add_argument(
        "--missed-by", default="unknown", choices=["interviewer", "candidate", "unknown"]
    )
    advise.add_argument("--scheduled", required=True, help=_("the agreed start: 2026-03-05T14:00"))
    advise.add_argument("--timezone", required=True, help=_("your time zone: Europe/London"))
    advise.add_argument("--now", help=_("the time now, in your zone; the clock's if left out"))
    advise.add_argument("--their-timezone", help=_("the interviewer's time zone"))
    advise.add_argument("--attempts", type=int, default=0, help=_("how often you have called"))
    advise.add_argument("--miss", type=int, default=1, help=_("which miss in a row this is"))
    advise.add_argument("--channel", default="phone", choices=["phone", "video", "in_person"])
    advise.add_argument("--new-time", help=_("the newly agreed start, if there is one"))
    advise.add_argument("--spoke-at", help=_("when you spoke, if you have"))
    advise.add_argument(
        "--variant", action="append", default=[], help=_("an adviser's rule: F1 to F9")
    )
    advise.add_argument("--house", type=Path, help=_("your coach.toml"))
    advise.add_argument("--json", action="store_true", help=_("for machines"))
    advise.set_defaults(run=_advise)


def _add_app_commands(commands: Any) -> None:
    new = commands.add_parser("new", help=_("make a work folder; never overwrites your changes"))
    new.add_argument("folder", type=Path, metavar=_("FOLDER"))
    new.set_defaults(run=_new)
    for name, says in (
        ("lab", _("open JupyterLab on a work folder")),
        ("app", _("open the pages without code, on a work folder")),
    ):
        command = commands.add_parser(name, help=says)
        command.add_argument(
            "folder",
            type=Path,
            nargs="?",
            default=Path("interview-coach"),
            metavar=_("folder"),
        )
        command.add_argument("--port", type=int, default=0, help=_("a free one if left out"))
        command.add_argument("--no-browser", action="store_true", help=_("only print the address"))
        if name == "app":
            command.add_argument(
                "--share", action="store_true", help=_("let other devices in the network open it")
            )
        command.set_defaults(run=_lab if name == "lab" else _app)


def _check(args: argparse.Namespace) -> int:
    from interview_coach.check import ledger
    from interview_coach.outcomes.retention import months_of
    from interview_coach.playbook import load_playbook

    house = _house(args.house)
    playbook = load_playbook(house)
    if house is not None:
        months_of(house)  # the playbook does not read what a coach.toml says of the log
    found = ledger(playbook, None if args.quick else _walked(playbook))
    if args.json:
        print_json(found.as_dict())
        return 1 if found.holes else 0
    nothing = _("nothing")
    print(_("Guidance and what carries it"))
    for key, by in found.carried.items():
        print(f"  {'ok ' if by else 'NO '} {key}  {', '.join(by) or nothing}")
    print(_("Rules: speaks where it must, silent where it must"))
    for rule in found.rules:
        # The moments stand in the words of the rules' files.
        must = _("speaks at [{moment}]") if rule.speaks else _("SILENT at [{moment}]")
        must_not = _("silent at [{moment}]") if rule.silent else _("SPEAKS at [{moment}]")
        words = f"{must.format(moment=rule.speaks_in)}, {must_not.format(moment=rule.silent_in)}"
        good = rule.speaks and rule.silent
        print(f"  {'ok ' if good else 'NO '} {rule.id} ({', '.join(rule.source)}): {words}")
    print(_("Templates"))
    for template in found.templates:
        words = template.fault or _("{n} of at most {most} words").format(
            n=template.words, most=template.most_words
        )
        print(f"  {'NO ' if template.fault else 'ok '} {template.kind}: {words}")
    if found.walks:
        print(
            _(
                "Scenarios: every cause, level and order of choices (see simulation/walk.py for how far)"
            )
        )
    for key, walk in found.walks.items():
        words = _("{points} points of stories, {n} ends ({ends})").format(
            points=number(walk.states),
            n=number(walk.ended),
            ends=", ".join(sorted(walk.outcomes)),
        )
        print(f"  {'NO ' if walk.failures else 'ok '} {key}: {words}")
    for change in found.changed:
        print(_("Changed by {change}").format(change=change))
    for hole in found.holes:
        print(_("Hole: {where}: {wrong}.").format(where=hole.where, wrong=hole.wrong))
    total = (
        ngettext(
            "{ids} ids, {rules} rules, {templates} templates: {holes} hole.",
            "{ids} ids, {rules} rules, {templates} templates: {holes} holes.",
            len(found.holes),
        )
        if found.holes
        else _("{ids} ids, {rules} rules, {templates} templates: all covered.")
    )
    print(
        total.format(
            ids=len(found.carried),
            rules=len(found.rules),
            templates=len(found.templates),
            holes=len(found.holes),
        )
    )
    return 1 if found.holes else 0


def _walked(playbook: Any) -> Any:
    from tqdm import tqdm

    from interview_coach.simulation.walk import walk_all

    # On a terminal only: the walk takes half a minute, and the ledger goes to a file as it is.
    with tqdm(desc=_("Walking every story"), unit=_("walk"), disable=None, leave=False) as bar:

        def progress(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        return walk_all(playbook, progress=progress)


def _advise(args: argparse.Namespace) -> int:
    # Pydantic would read the metadata of every installed package in search of plugins, a tenth of
    # the time that `advise` takes; the kit has none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from interview_coach.advice import Situation, advise
    from interview_coach.playbook import load_playbook
    from interview_coach.times import now_in, read_time, zone

    timezone = zone(args.timezone, "--timezone")
    if args.their_timezone:
        zone(args.their_timezone, "--their-timezone")
    scheduled = read_time(args.scheduled, timezone, "--scheduled")
    now = (
        read_time(args.now, timezone, "--now", not_before=scheduled)
        if args.now
        else now_in(timezone)
    )
    new_time = read_time(args.new_time, timezone, "--new-time") if args.new_time else None
    spoke_at = read_time(args.spoke_at, timezone, "--spoke-at") if args.spoke_at else None
    situation = Situation(
        caller=args.caller,
        scheduled=scheduled,
        missed_by=args.missed_by,
        their_timezone=args.their_timezone,
        attempts=args.attempts,
        miss=args.miss,
        channel=args.channel,
        stage="spoken" if spoke_at else "rebooked" if new_time else "waiting",
        new_time=new_time,
        spoke_at=spoke_at,
    )
    variants = tuple(key for text in args.variant for key in text.split(","))
    plan = advise(situation, now, load_playbook(_house(args.house), variants))
    if args.json:
        print_json(plan.as_dict())
    else:
        _print_plan(plan)
    return 0


def _house(given: Path | None) -> Path:
    # Without a word a coach.toml in this folder is used if there is one; a named file must be there.
    if given is not None and not given.is_file():
        raise KitError(
            _("--house: there is no file {file!r}; check the path.").format(file=str(given))
        )
    return given or Path("coach.toml")


def _print_plan(plan: Any) -> None:
    from interview_coach.times import clock_time, day_words

    def said(moment: Any) -> str:
        if moment <= plan.now:
            return _("now")
        day = day_words(moment, plan.now)
        return clock_time(moment) if day == _("today") else f"{day} {clock_time(moment)}"

    print(_("It is {time} in {zone}.").format(time=clock_time(plan.now), zone=plan.now.tz_id))
    if plan.time_check:
        print(plan.time_check)
    if plan.hold_until is not None and plan.now < plan.give_up_at:
        words = (
            _("Hold until {time}, and no longer than {latest}.")
            if plan.now < plan.hold_until
            else _("Hold no longer than {latest}.")
        )
        print(words.format(time=clock_time(plan.hold_until), latest=clock_time(plan.give_up_at)))
    for step in plan.steps:
        print(f"\n{said(step.due)}: {step.say}")
        print(f"    {step.because} [{', '.join(step.source)}]")
        if step.template:
            print("    " + _("Message: {template}").format(template=step.template))
    if plan.avoid:
        said_of = "; ".join(first_lower(rule.say) for rule in plan.avoid)
        print("\n" + _("Not now: {steps}").format(steps=said_of))
    for source in plan.variants:
        stand = (
            _("{id} is followed here: {says} ({where})")
            if source.id in plan.picked
            else _("{id} says otherwise: {says} ({where})")
        )
        print("\n" + stand.format(id=source.id, says=source.says, where=source.where))


def _new(args: argparse.Namespace) -> int:
    from interview_coach.app import make_work_folder

    for sentence in make_work_folder(args.folder):
        print(sentence)
    return 0


def _lab(args: argparse.Namespace) -> int:
    from interview_coach.app.lab import run_lab

    return run_lab(args.folder, port=args.port, browser=not args.no_browser)


def _app(args: argparse.Namespace) -> int:
    from interview_coach.app.serve import run_app

    return run_app(args.folder, port=args.port, browser=not args.no_browser, share=args.share)
