"""``interview-coach measure``: the figures of a log, by name, group and window."""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.wording import counted, decimals, number, percent, rate_in_brackets

__all__ = ["add_measuring_commands"]


def add_measuring_commands(commands: Any) -> None:
    """Add `measure` to the commands."""
    measure = commands.add_parser("measure", help=_("rates, delays and what came of missed calls"))
    measure.add_argument(
        "--measure",
        action="append",
        default=[],
        metavar=_("NAME"),
        help=_(
            "a measure; may be given several times; the rates of missed and moved calls if left out"
        ),
    )
    measure.add_argument("--list", action="store_true", help=_("list the measures there are"))
    measure.add_argument(
        "--by", help=_("a column of the log, or month, quarter, week, hour; several with commas")
    )
    measure.add_argument(
        "--log",
        help=_(
            "the log: a file, sqlite:///FILE or postgresql://...; the sample log if left out and "
            "none is here"
        ),
    )
    measure.add_argument("--from", dest="start", help=_("first day: 2026-01-01"))
    measure.add_argument("--to", dest="end", help=_("last day: 2026-06-30"))
    measure.add_argument(
        "--days", type=int, help=_("within which a missed call is to be recovered")
    )
    measure.add_argument("--grace", type=float, help=_("minutes within which a call is not missed"))
    measure.add_argument("--as-of", help=_("the day of the report, to its end, in UTC: 2026-06-30"))
    measure.add_argument("--json", action="store_true", help=_("for machines"))
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
            raise KitError(
                _("There is no measure {name!r}; there are: {names}.").format(
                    name=name[:60], names=", ".join(CATALOGUE)
                )
            )
    as_of = _moment(args.as_of)
    given = {"days": args.days, "grace": args.grace, "as_of": as_of}
    window = {"start": args.start, "end": args.end}
    asked = {key: value for key, value in given.items() if value is not None}
    for key in asked:
        if not any(key in CATALOGUE[name].options for name in names):
            raise KitError(
                _("{option}: the measures asked for have no such setting; leave it out.").format(
                    option="--" + key.replace("_", "-")
                )
            )
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
        print(
            counted(
                left_out,
                "{n} call is outside the window or has no date that can be believed.",
                "{n} calls are outside the window or have no date that can be believed.",
            )
        )
    for cannot in odd.to_dict("records"):
        print(
            _("Cannot be: {what}, {n} of {total} calls.").format(
                what=_(str(cannot["check"])), n=number(cannot["n"]), total=number(cannot["N"])
            )
        )
    lines = [_line(row, CATALOGUE[str(row["measure"])].unit) for row in records]
    told = [line for line in lines if line]
    # As wide as what is longest, and never narrower than usual.
    first, second = (max([28, *(len(line[at]) for line in told)]) for at in (0, 1))
    for name, group, counts, said in told:
        print(f"{name:<{first}} {group:<{second}} {counts:>14}  {said}".rstrip())
    return 0


def _clients(log: str | None) -> Any:
    from pathlib import Path

    from interview_coach.outcomes import OutcomeLog
    from interview_coach.outcomes.reader import is_snapshot

    if log and is_snapshot(log):
        raise KitError(
            _("A snapshot holds calls alone; name the log itself for figures of clients.")
        )
    here = log or ("outcomes.db" if Path("outcomes.db").is_file() else None)
    if here is None:
        raise KitError(
            _("The sample log knows no outcomes of clients; name a log of your own with --log.")
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
            _("--as-of: {day!r} is not a day; write it as 2026-01-31 (year-month-day).").format(
                day=given[:40]
            )
        ) from None


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Make a row fit for JSON: what is not known is None."""
    return {
        str(key): None if isinstance(value, float) and value != value else value
        for key, value in row.items()
    }


def _line(row: Mapping[str, Any], unit: str) -> tuple[str, str, str, str] | None:
    from interview_coach.measures.survival import AT_RISK_DAYS

    # A measure goes by its code, which is typed; a step by its words.
    name = _(str(row["step"])) if "step" in row else str(row["measure"])
    group = _group(str(row["group"]))
    if unit == "curve":
        days, rest = divmod(row["minutes"], 24 * 60)
        if rest or days not in AT_RISK_DAYS:
            # The whole curve is for machines.
            return None
        counts = _("{n} at risk").format(n=number(row["at_risk"]))
        time = counted(int(days), "{n} day", "{n} days")
        group = _("{group}, after {time}").format(group=group, time=time)
        # Beyond the longest case there is nobody to tell of.
        said = _("nobody left to watch") if row["value"] is None else _open_still(row)
    else:
        counts = f"{number(row['n'])}/{number(row['N'])}"
        if row["value"] is None:
            said = _("no cases")
        elif unit == "minutes":
            said = _half(row)
        elif unit == "mean":
            said = _("{n} for each").format(n=number(row["value"], 2))
        else:
            said = rate_in_brackets(row)
    beside = [
        says.format(n=number(row[key]))
        for key, says in (("pending", _("{n} pending")), ("left_out", _("{n} left out")))
        if row.get(key)
    ]
    return name, group, counts, "; ".join([said, *beside])


def _group(name: str) -> str:
    """Name a group as the log does, and in words what the kit itself puts together."""
    from interview_coach.measures import IN_DOUBT, LEAD_TIMES, NOT_RECORDED
    from interview_coach.measures.grouping import AND

    ours = {one: _(one) for one in (IN_DOUBT, NOT_RECORDED, *LEAD_TIMES.values())}
    # Translators: every call (or client), not told apart by group.
    ours["all"] = _("all")
    return AND.join(ours.get(part, part) for part in name.split(AND))


def _open_still(row: Mapping[str, Any]) -> str:
    known = row["low"] is not None
    places = decimals(row["low"], row["high"]) if known else 0
    share = percent(row["value"], places)
    if not known or row["low"] == row["high"]:
        return _("{share} not yet completed").format(share=share)
    return _("{share} not yet completed, between {low} and {high}").format(
        share=share, low=percent(row["low"], places), high=percent(row["high"], places)
    )


def _half(row: Mapping[str, Any]) -> str:
    value = f"{row['value']:.0f}"
    if row["low"] is None:
        return _("half within {n} minutes, too few for an interval").format(n=value)
    return _("half within {n} minutes, between {low} and {high}").format(
        n=value, low=f"{row['low']:.0f}", high=f"{row['high']:.0f}"
    )
