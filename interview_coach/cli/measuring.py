"""``interview-coach measure``: the figures of a log, by name, group and window."""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError

__all__ = ["add_measuring_commands"]


def add_measuring_commands(commands: Any) -> None:
    """Add `measure` to the commands."""
    measure = commands.add_parser("measure", help="rates, delays and what came of missed calls")
    measure.add_argument(
        "--measure",
        action="append",
        default=[],
        metavar="NAME",
        help="a measure; may be given several times; the rates of missed and moved calls if left out",
    )
    measure.add_argument("--list", action="store_true", help="list the measures there are")
    measure.add_argument(
        "--by", help="a column of the log, or month, quarter, week, hour; several with commas"
    )
    measure.add_argument(
        "--log",
        help="the log: a file, sqlite:///FILE or postgresql://...; the sample log if left out and "
        "none is here",
    )
    measure.add_argument("--from", dest="start", help="first day: 2026-01-01")
    measure.add_argument("--to", dest="end", help="last day: 2026-06-30")
    measure.add_argument("--days", type=int, help="within which a missed call is to be recovered")
    measure.add_argument("--grace", type=float, help="minutes within which a call is not missed")
    measure.add_argument("--as-of", help="the day of the report, to its end, in UTC: 2026-06-30")
    measure.add_argument("--json", action="store_true", help="for machines")
    measure.set_defaults(run=_measure)


def _measure(args: argparse.Namespace) -> int:
    from interview_coach.measures import CATALOGUE, impossible, in_window, measured
    from interview_coach.measures.rates import MEASURES
    from interview_coach.outcomes import calls_of

    if args.list:
        for name, entry in CATALOGUE.items():
            print(f"{name:<28} {entry.says}")
        return 0
    names = [name for given in args.measure for name in given.split(",")] or list(MEASURES)
    for name in names:
        if name not in CATALOGUE:
            raise KitError(f"There is no measure {name[:60]!r}; there are: {', '.join(CATALOGUE)}.")
    as_of = _moment(args.as_of)
    given = {"days": args.days, "grace": args.grace, "as_of": as_of}
    window = {"start": args.start, "end": args.end}
    asked = {key: value for key, value in given.items() if value is not None}
    for key in asked:
        if not any(key in CATALOGUE[name].options for name in names):
            option = "--" + key.replace("_", "-")
            raise KitError(f"{option}: the measures asked for have no such setting; leave it out.")
    by = tuple(args.by.split(",")) if args.by and "," in args.by else args.by
    calls, says = calls_of(args.log)
    left_out = in_window(calls, **window)[1]
    clients = _clients(args.log) if any(CATALOGUE[one].of == "clients" for one in names) else None
    figures = []
    for name in names:
        frame = calls if CATALOGUE[name].of == "calls" else clients
        options = {
            key: value for key, value in (asked | window).items() if key in CATALOGUE[name].options
        }
        figures.append(measured(name, frame, by, **options))
    odd = impossible(calls, as_of=as_of, **window)
    odd = odd[odd["n"] > 0]
    records = [_plain(row) for figure in figures for row in figure.to_dict("records")]
    if args.json:
        print_json(records)
        return 0
    print(says)
    if left_out:
        print(f"{left_out} calls are outside the window or have no date that can be believed.")
    for cannot in odd.to_dict("records"):
        print(f"Cannot be: {cannot['check']}, {cannot['n']:,} of {cannot['N']:,} calls.")
    for row in records:
        line = _line(row, CATALOGUE[str(row["measure"])].unit)
        if line:
            print(line)
    return 0


def _clients(log: str | None) -> Any:
    from pathlib import Path

    from interview_coach.outcomes import OutcomeLog
    from interview_coach.outcomes.reader import is_snapshot

    if log and is_snapshot(log):
        raise KitError("A snapshot holds calls alone; name the log itself for figures of clients.")
    here = log or ("outcomes.db" if Path("outcomes.db").is_file() else None)
    if here is None:
        raise KitError(
            "The sample log knows no outcomes of clients; name a log of your own with --log."
        )
    with OutcomeLog.open(here) as opened:
        return opened.clients()


def _moment(given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        return datetime.combine(datetime.fromisoformat(given).date(), time.max, UTC)
    except ValueError:
        raise KitError(
            f"--as-of: {given[:40]!r} is not a day; write it as 2026-01-31 (year-month-day)."
        ) from None


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Make a row fit for JSON: what is not known is None."""
    return {
        str(key): None if isinstance(value, float) and value != value else value
        for key, value in row.items()
    }


def _line(row: Mapping[str, Any], unit: str) -> str:
    from interview_coach.measures.survival import AT_RISK_DAYS
    from interview_coach.wording import counted, rate_in_brackets

    name = str(row.get("step", row["measure"]))
    group = str(row["group"])
    if unit == "curve":
        days, rest = divmod(row["minutes"], 24 * 60)
        if rest or days not in AT_RISK_DAYS:
            # The whole curve is for machines.
            return ""
        counts = f"{row['at_risk']:,} at risk"
        group = f"{group}, after {counted(days, 'day')}"
        # Beyond the longest case there is nobody to tell of.
        said = "nobody left to watch" if row["value"] is None else _open_still(row)
    else:
        counts = f"{row['n']:,}/{row['N']:,}"
        if row["value"] is None:
            said = "no cases"
        elif unit == "minutes":
            said = f"half within {row['value']:.0f} minutes" + _between(row)
        elif unit == "mean":
            said = f"{row['value']:.2f} for each"
        else:
            said = rate_in_brackets(row)
    beside = [
        f"{row[key]:,} {says}"
        for key, says in (("pending", "pending"), ("left_out", "left out"))
        if row.get(key)
    ]
    return f"{name:<28} {group:<28} {counts:>14}  {'; '.join([said, *beside])}".rstrip()


def _open_still(row: Mapping[str, Any]) -> str:
    from interview_coach.wording import decimals, percent

    if row["low"] is None:
        return f"{percent(row['value'])} not yet completed"
    places = decimals(row["low"], row["high"])
    low, high = percent(row["low"], places), percent(row["high"], places)
    between = "" if row["low"] == row["high"] else f", between {low} and {high}"
    return f"{percent(row['value'], places)} not yet completed{between}"


def _between(row: Mapping[str, Any]) -> str:
    if row["low"] is None:
        return ", too few for an interval"
    return f", between {row['low']:.0f} and {row['high']:.0f}"
