"""``interview-coach compare``: what each policy buys, under which assumptions."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.wording import number

__all__ = ["add_comparing_commands"]

_RUNS = 1_000_000
_MANY = 5_000_000  # runs below which nobody has to be told how long they take
_LONG = 10.0  # seconds; what takes longer says so first


def add_comparing_commands(commands: Any) -> None:
    """Add `compare` to the commands."""
    compare = commands.add_parser("compare", help=_("what each policy buys, under assumptions"))
    compare.add_argument(
        "policies",
        nargs="*",
        metavar=_("POLICY"),
        help=_(
            "a policy by name, or a TOML file of your own policies; all that are shipped if left out"
        ),
    )
    compare.add_argument("--list", action="store_true", help=_("list the policies there are"))
    compare.add_argument(
        "--scenario",
        default="silent_phone",
        metavar=_("CALL"),
        help=_(
            "whose world, such as silent_phone, no_answer, video_nobody_joins or phone_on_silent"
        ),
    )
    compare.add_argument(
        "--assume", type=Path, metavar=_("FILE"), help=_("your own assumptions (TOML)")
    )
    compare.add_argument(
        "--log", help=_("learn from a log: a file, sqlite:///FILE or postgresql://...")
    )
    compare.add_argument("--method", default="exact", choices=["exact", "monte-carlo"])
    runs = _("simulated interviews; {n} if left out").format(n=number(_RUNS))
    compare.add_argument("--runs", type=int, help=runs)
    compare.add_argument("--seed", type=int, help=_("of the simulation; 0 if left out"))
    compare.add_argument(
        "--narrow", type=float, help=_("stop once the intervals reach no further: 0.001")
    )
    compare.add_argument(
        "--processes",
        type=int,
        help=_("that simulate at once; 1 if left out, the figures are the same"),
    )
    compare.add_argument(
        "--days", type=int, default=7, help=_("within which an interview completes")
    )
    compare.add_argument("--house", type=Path, help=_("your coach.toml"))
    compare.add_argument("--json", action="store_true", help=_("for machines"))
    compare.set_defaults(run=_compare)


def _compare(args: argparse.Namespace) -> int:
    from interview_coach.comparing import (
        SCENARIOS,
        as_dict,
        assume,
        compare,
        learn,
        load_policies,
        overlaid,
        sentences,
        tornado,
    )
    from interview_coach.comparing.words import apart, learnt_lines, line, switches
    from interview_coach.playbook import load_playbook
    from interview_coach.playbook.faults import near
    from interview_coach.simulation import load_scenarios

    if args.house is not None and not args.house.is_file():
        raise KitError(
            _("--house: there is no file {file!r}; check the path.").format(file=str(args.house))
        )
    of_runs = (args.runs, args.seed, args.narrow, args.processes)
    if args.method == "exact" and any(given is not None for given in of_runs):
        raise KitError(
            _(
                "--runs, --seed, --narrow and --processes belong to --method monte-carlo; what is "
                "calculated draws nothing."
            )
        )
    playbook = load_playbook(args.house or Path("coach.toml"))
    scenarios = load_scenarios(playbook)
    if args.scenario not in scenarios:
        names = _("use one of {names}").format(names=", ".join(SCENARIOS))
        raise KitError(
            _("--scenario: there is no call {call!r}; {remedy}.").format(
                call=args.scenario[:60], remedy=near(args.scenario, SCENARIOS, names)
            )
        )
    scenario = scenarios[args.scenario]
    assumptions = assume(scenario)
    shipped = load_policies(playbook, scenario)
    if args.list:
        for key, policy in shipped.items():
            print(f"{key:<14} {policy.says}")
        return 0
    policies = _named(args.policies, shipped, playbook, scenario)
    if args.assume is not None:
        assumptions = overlaid(assumptions, args.assume)
    learnt = None
    if args.log is not None:
        from interview_coach.outcomes import calls_of

        learnt = learn(assumptions, calls_of(args.log)[0])
    more: dict[str, Any] = {}
    if args.method == "monte-carlo":
        runs = _RUNS if args.runs is None else args.runs
        used = learnt.assumptions if learnt else assumptions
        _foretell(used, policies, playbook, runs)
        more = {"runs": runs, "seed": args.seed or 0, "narrow": args.narrow}
        more["processes"] = 1 if args.processes is None else args.processes
    with _bar(args.method) as progress:
        found = compare(
            assumptions,
            policies,
            playbook,
            method=args.method,
            within=args.days,
            learnt=learnt,
            progress=progress,
            **more,
        )
    said, swings = sentences(found, playbook), []
    if len(found.plans) == 2:
        first, second = found.plans
        pair = found.plans[first], found.plans[second]
        swings = tornado(found.assumptions, pair[0], pair[1], within=args.days)
        said[-1:-1] = switches(swings, found, first, second)
    if args.json:
        more = {"says": said, "sensitivity": [vars(swing) for swing in swings]}
        print_json(as_dict(found) | more)
        return 0
    for key in found.policies:
        print(line(found, key))
    for text in (*apart(found), *(learnt_lines(learnt) if learnt else ())):
        print(text)
    print()
    for sentence in said:
        print(sentence)
    if found.batch is not None:
        says = (
            _("{n} simulated interviews for each policy, stopped by hand; intervals of 95%.")
            if found.batch.stopped
            else _("{n} simulated interviews for each policy; intervals of 95%.")
        )
        print(says.format(n=number(found.batch.runs)))
    return 0


def _named(
    given: list[str], shipped: Mapping[str, Any], playbook: Any, scenario: Any
) -> dict[str, Any]:
    """Find the policies asked for; a name that ends in .toml is a file of one's own."""
    from interview_coach.comparing import read_policies
    from interview_coach.playbook import PlaybookError
    from interview_coach.playbook.faults import near

    if not given:
        return dict(shipped)
    found: dict[str, Any] = {}
    for name in given:
        if name.endswith(".toml"):
            read = read_policies(playbook, scenario, name)
            if read.faults and not read.policies:
                raise PlaybookError(read.faults)
            for fault in read.faults:
                print(_("Left out: {fault}").format(fault=fault), file=sys.stderr)
            found |= read.policies
        elif name in shipped:
            found[name] = shipped[name]
        else:
            listed = _("interview-coach compare --list --scenario {scenario} shows them")
            raise KitError(
                _("There is no policy {name!r} for the call {call!r}; {remedy}.").format(
                    name=name[:60],
                    call=scenario.title,
                    remedy=near(name, shipped, listed.format(scenario=scenario.id)),
                )
            )
    return found


def _foretell(assumptions: Any, policies: Mapping[str, Any], playbook: Any, runs: int) -> None:
    """Say what a long batch will take before it begins."""
    from interview_coach.comparing import foretold, plan_of

    if runs < _MANY:
        return
    plans = {key: plan_of(one, playbook, assumptions.base) for key, one in policies.items()}
    seconds, megabytes = foretold(assumptions, plans, runs)
    if seconds >= _LONG:
        # Two at least: there is no form for one.
        length = (
            _("{n} minutes").format(n=f"{seconds / 60:.0f}")
            if seconds >= 120
            else _("{n} seconds").format(n=f"{seconds:.0f}")
        )
        says = _(
            "{runs} runs of {n} will take up to about {time} and {room} MB beside the program; "
            "Ctrl+C stops, and shows what there is."
        ).format(runs=number(runs), n=len(plans), time=length, room=f"{megabytes:.0f}")
        print(says, file=sys.stderr)


class _bar:
    """A progress bar on a terminal, for what is simulated."""

    def __init__(self, method: str) -> None:
        self._shown = method == "monte-carlo"

    def __enter__(self) -> Any:
        if not self._shown:
            return None
        from tqdm import tqdm

        self._tqdm = tqdm(
            desc=_("Simulating"), unit=_("run"), unit_scale=True, disable=None, leave=False
        )

        def progress(done: int, of: int) -> None:
            self._tqdm.total = of
            self._tqdm.update(done - self._tqdm.n)

        return progress

    def __exit__(self, *_rest: object) -> None:
        if self._shown:
            self._tqdm.close()
