"""``interview-coach compare``: what each policy buys, under which assumptions."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError

__all__ = ["add_comparing_commands"]

_RUNS = 1_000_000
_MANY = 5_000_000  # runs below which nobody has to be told how long they take
_LONG = 10.0  # seconds; what takes longer says so first


def add_comparing_commands(commands: Any) -> None:
    """Add `compare` to the commands."""
    compare = commands.add_parser("compare", help="what each policy buys, under assumptions")
    compare.add_argument(
        "policies",
        nargs="*",
        metavar="POLICY",
        help="a policy by name, or a TOML file of your own policies; all that are shipped if left out",
    )
    compare.add_argument("--list", action="store_true", help="list the policies there are")
    compare.add_argument(
        "--scenario",
        default="silent_phone",
        metavar="CALL",
        help="whose world, such as silent_phone, no_answer, video_nobody_joins or phone_on_silent",
    )
    compare.add_argument("--assume", type=Path, metavar="FILE", help="your own assumptions (TOML)")
    compare.add_argument(
        "--log", help="learn from a log: a file, sqlite:///FILE or postgresql://..."
    )
    compare.add_argument("--method", default="exact", choices=["exact", "monte-carlo"])
    compare.add_argument("--runs", type=int, help=f"simulated interviews; {_RUNS:,} if left out")
    compare.add_argument("--seed", type=int, help="of the simulation; 0 if left out")
    compare.add_argument(
        "--narrow", type=float, help="stop once the intervals reach no further: 0.001"
    )
    compare.add_argument(
        "--processes",
        type=int,
        help="that simulate at once; 1 if left out, the figures are the same",
    )
    compare.add_argument("--days", type=int, default=7, help="within which an interview completes")
    compare.add_argument("--house", type=Path, help="your coach.toml")
    compare.add_argument("--json", action="store_true", help="for machines")
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
        raise KitError(f"--house: there is no file {str(args.house)!r}; check the path.")
    of_runs = (args.runs, args.seed, args.narrow, args.processes)
    if args.method == "exact" and any(given is not None for given in of_runs):
        raise KitError(
            "--runs, --seed, --narrow and --processes belong to --method monte-carlo; what is calculated "
            "draws nothing."
        )
    playbook = load_playbook(args.house or Path("coach.toml"))
    scenarios = load_scenarios(playbook)
    if args.scenario not in scenarios:
        names = near(args.scenario, SCENARIOS, f"use one of {', '.join(SCENARIOS)}")
        raise KitError(f"--scenario: there is no call {args.scenario[:60]!r}; {names}.")
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
        stopped = ", stopped by hand" if found.batch.stopped else ""
        print(
            f"{found.batch.runs:,} simulated interviews for each policy{stopped}; intervals of 95%."
        )
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
                print(f"Left out: {fault}", file=sys.stderr)
            found |= read.policies
        elif name in shipped:
            found[name] = shipped[name]
        else:
            listed = f"interview-coach compare --list --scenario {scenario.id} shows them"
            remedy = near(name, shipped, listed)
            raise KitError(
                f"There is no policy {name[:60]!r} for the call {scenario.title!r}; {remedy}."
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
        length = f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"
        print(
            f"{runs:,} runs of {len(plans)} will take up to about {length} and {megabytes:.0f} MB "
            "beside the program; Ctrl+C stops, and shows what there is.",
            file=sys.stderr,
        )


class _bar:
    """A progress bar on a terminal, for what is simulated."""

    def __init__(self, method: str) -> None:
        self._shown = method == "monte-carlo"

    def __enter__(self) -> Any:
        if not self._shown:
            return None
        from tqdm import tqdm

        self._tqdm = tqdm(desc="Simulating", unit="run", unit_scale=True, disable=None, leave=False)

        def progress(done: int, of: int) -> None:
            self._tqdm.total = of
            self._tqdm.update(done - self._tqdm.n)

        return progress

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._tqdm.close()
