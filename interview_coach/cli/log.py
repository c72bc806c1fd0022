"""The outcome log from a terminal: ``log add``, ``change``, ``undo``, ``list``, ``due``, ``stories``, ``history``."""

import argparse
import shlex
from typing import TYPE_CHECKING, Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["add_log_commands", "taking_back"]

# The fields of `CallEntry` that a person gives, in short; reading them from there would cost every command
# the import of the log. A test holds that they are the same.
FIELDS = {
    "client_id": "the client's code; it names nobody",
    "scheduled_at": "the agreed start, on the client's clock: 2026-03-05T14:00",
    "timezone": "the client's time zone: Europe/London",
    "booked_at": "when this appointment was made, on the client's clock",
    "state": "completed, missed, moved, cancelled or pending",
    "channel": "phone, video or in_person",
    "caller": "who was to call: interviewer or candidate",
    "missed_by": "interviewer_no_call, interviewer_no_answer, candidate, technical or unknown",
    "cause": "time_mix_up, wrong_number, overran, forgot, dropped_call, no_reception, travel, ...",
    "initiator": "who asked for the move: candidate or interviewer",
    "reason": "why it was moved, in words",
    "first_message_at": "when the first voicemail or email went out",
    "window_until": "until when the message said that the client is there",
    "reconnected_at": "when both spoke after all",
    "waited_minutes": "how long the client waited",
    "interview_id": "the interview that it belongs to; a new one if left out",
    "cohort": "group or programme",
    "employer": "with whom",
    "employer_type": "its kind or sector",
    "round": "of interviews with this employer, from 1",
    "notes": "your own words; private",
}
_SHOWN = (
    "scheduled_at",
    "client_id",
    "employer",
    "channel",
    "state",
    "missed_by",
    "cause",
    "call_id",
)
_MOST = 50  # rows that a screen takes


def add_log_commands(commands: Any) -> None:
    """Add `log` and what it does to the parser."""
    log = commands.add_parser("log", help="note and change calls, see what is due")
    acts = log.add_subparsers(dest="act", metavar="ACT", required=True)
    add = _act(acts, "add", "log a call", _add)
    _fields(add, needed=("client_id", "scheduled_at", "timezone"))
    change = _act(acts, "change", "change a call; what it was stays in its history", _change)
    change.add_argument("call", metavar="CALL", help="the call's id, as list shows it")
    change.add_argument("--why", required=True, help="the reason, for whoever reads the history")
    change.add_argument(
        "--empty", action="append", default=[], metavar="FIELD", help="empty a field"
    )
    change.add_argument("--revision", type=int, help="only if nobody has changed it since")
    _fields(change, needed=())
    undo = _act(acts, "undo", "take back the last act on a call, or a whole import", _undo)
    undo.add_argument("call", nargs="?", metavar="CALL")
    undo.add_argument(
        "--act", type=int, metavar="N", help="all of one act; an import says the number of its own"
    )
    undo.add_argument("--why", default="taken back")
    listed = _act(acts, "list", "the calls, the latest first", _list)
    listed.add_argument("--state", help="only of this state, such as missed")
    listed.add_argument("--client", help="only of this client")
    listed.add_argument("--from", dest="start", help="first day: 2026-01-01")
    listed.add_argument("--to", dest="end", help="last day: 2026-06-30")
    listed.add_argument("--most", type=int, default=_MOST, help=f"{_MOST} if left out; 0 for all")
    _act(acts, "due", "what is to be done next", _due)
    _act(acts, "stories", "how each missed call went on, on a line", _stories)
    history = _act(acts, "history", "what was done to a call", _history)
    history.add_argument("call", metavar="CALL")


def _act(acts: Any, name: str, says: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = acts.add_parser(name, help=says)
    parser.add_argument(
        "--log", default="outcomes.db", help="a file or a database URL; outcomes.db if left out"
    )
    parser.add_argument("--coach", default="me", help="who is writing; 'me' if left out")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)
    return parser


def _fields(parser: argparse.ArgumentParser, needed: tuple[str, ...]) -> None:
    for name, says in FIELDS.items():
        if needed or name not in {"client_id", "interview_id"}:
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(option, dest=name, required=name in needed, help=says)


def _given(args: argparse.Namespace) -> dict[str, Any]:
    return {name: value for name in FIELDS if (value := getattr(args, name, None)) is not None}


def _open(args: argparse.Namespace, *, new: bool = False) -> Any:
    from interview_coach.cli.keeping import need_log
    from interview_coach.outcomes import OutcomeLog

    if not new:
        need_log(args.log)
    return OutcomeLog.open(args.log, args.coach)


def _add(args: argparse.Namespace) -> int:
    with _open(args, new=True) as log:
        call = log.add_call(_given(args))
    print_json({"call_id": call}) if args.json else print(f"Logged as {call}.")
    return 0


def _change(args: argparse.Namespace) -> int:
    fields = {**_given(args), **dict.fromkeys((one.replace("-", "_") for one in args.empty), None)}
    if not fields:
        raise KitError("log change: nothing is to be changed; name a field, such as --state moved.")
    with _open(args) as log:
        before = log.call(args.call)
        if "timezone" not in fields:
            fields["timezone"] = before["timezone"]  # times are clock times of the call's own zone
        log.change_call(args.call, why=args.why, expected_revision=args.revision, **fields)
        after = log.call(args.call)
    changed = sorted(
        name for name in after if after[name] != before.get(name) and name != "revision"
    )
    if args.json:
        print_json({"call_id": args.call, "changed": changed, "revision": after["revision"]})
    else:
        print(f"Changed: {', '.join(changed)}." if changed else "It was so already.")
    return 0


def _undo(args: argparse.Namespace) -> int:
    if (args.call is None) == (args.act is None):
        raise KitError("log undo: name either a call, or an act with --act; nothing was changed.")
    with _open(args) as log:
        if args.call is not None:
            told = {"call_id": args.call, "undone": log.undo(args.call, why=args.why)}
        else:
            says, act = log.undo_act(args.act, why=args.why)
            told = {"act": act, "undone": says}
    if args.json:
        print_json(told)
    else:
        print(told["undone"])
        if args.act is not None:
            print(taking_back(told["act"], args.log))
    return 0


def taking_back(act: int, log: str) -> str:
    """Say how all that an act did is taken back; a server's address is not repeated on the screen."""
    where = "with the same --log" if "://" in log else f"--log {shlex.quote(log)}"
    return f"To take that back: interview-coach log undo --act {act} {where}"


def _list(args: argparse.Namespace) -> int:
    from interview_coach.measures import in_window

    with _open(args) as log:
        calls = log.calls()
    if args.start or args.end:
        calls = in_window(calls, args.start, args.end)[0]
    for name, wanted in (("state", args.state), ("client_id", args.client)):
        if wanted is not None:
            calls = calls[calls[name] == wanted]
    calls = calls.iloc[::-1]
    if args.json:
        print_json(_records(calls))
        return 0
    shown = calls if args.most <= 0 else calls.head(args.most)
    local = [
        f"{moment.tz_convert(timezone):%Y-%m-%d %H:%M}"
        for moment, timezone in zip(shown["scheduled_at"], shown["timezone"], strict=True)
    ]
    _print_rows(shown.assign(scheduled_at=local)[list(_SHOWN)])
    if len(shown) < len(calls):
        print(f"{len(shown)} of {len(calls):,} calls; --most 0 shows all.")
    return 0


def _due(args: argparse.Namespace) -> int:
    with _open(args) as log:
        return _told(
            log.follow_ups(),
            args,
            "Nothing is due.",
            ("since", "client_id", "employer", "due", "call_id"),
        )


def _stories(args: argparse.Namespace) -> int:
    with _open(args) as log:
        return _told(
            log.stories(),
            args,
            "No call was missed.",
            ("missed_at", "client_id", "story", "call_id"),
        )


def _history(args: argparse.Namespace) -> int:
    with _open(args) as log:
        return _told(
            log.history(args.call),
            args,
            "There is no such call.",
            ("at", "by", "action", "field", "was", "became", "why"),
        )


def _told(
    frame: "pd.DataFrame", args: argparse.Namespace, nothing: str, columns: tuple[str, ...]
) -> int:
    if args.json:
        print_json(_records(frame))
    elif frame.empty:
        print(nothing)
    else:
        _print_rows(frame[list(columns)])
    return 0


def _records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    import pandas as pd

    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def _print_rows(frame: "pd.DataFrame") -> None:
    import pandas as pd

    def cell(value: Any) -> str:
        if pd.isna(value):
            return ""
        if isinstance(value, pd.Timestamp):
            return f"{value:%Y-%m-%d %H:%M} UTC"
        # A line break or a control character in somebody's words must not move the terminal.
        return "".join(char if char.isprintable() else " " for char in str(value))[:60]

    rows = [[str(name).replace("_", " ") for name in frame.columns]]
    rows += [[cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(one.ljust(width) for one, width in zip(row, widths, strict=True)).rstrip())
