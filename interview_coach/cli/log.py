"""The outcome log from a terminal: ``log add``, ``change``, ``undo``, ``list``, ``due``, ``stories``, ``history``."""

import argparse
import shlex
from typing import TYPE_CHECKING, Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.wording import number

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["add_log_commands", "taking_back"]

# The fields of `CallEntry` that a person gives, in short, translated where they are shown; reading
# them from there would cost every command the import of the log. A test holds that they are the same.
FIELDS = {
    "client_id": N_("the client's code; it names nobody"),
    "scheduled_at": N_("the agreed start, on the client's clock: 2026-03-05T14:00"),
    "timezone": N_("the client's time zone: Europe/London"),
    "booked_at": N_("when this appointment was made, on the client's clock"),
    "state": N_("completed, missed, moved, cancelled or pending"),
    "channel": N_("phone, video or in_person"),
    "caller": N_("who was to call: interviewer or candidate"),
    "missed_by": N_("interviewer_no_call, interviewer_no_answer, candidate, technical or unknown"),
    "cause": N_(
        "time_mix_up, wrong_number, overran, forgot, dropped_call, no_reception, travel, ..."
    ),
    "initiator": N_("who asked for the move: candidate or interviewer"),
    "reason": N_("why it was moved, in words"),
    "first_message_at": N_("when the first voicemail or email went out"),
    "window_until": N_("until when the message said that the client is there"),
    "reconnected_at": N_("when both spoke after all"),
    "waited_minutes": N_("how long the client waited"),
    "interview_id": N_("the interview that it belongs to; a new one if left out"),
    "cohort": N_("group or programme"),
    "employer": N_("with whom"),
    "employer_type": N_("its kind or sector"),
    "round": N_("of interviews with this employer, from 1"),
    "notes": N_("your own words; private"),
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
# Above the columns of each table that is printed.
HEADINGS = {
    "action": N_("action"),
    "at": N_("at"),
    "became": N_("became"),
    "by": N_("by"),
    "call_id": N_("call id"),
    "cause": N_("cause"),
    "channel": N_("channel"),
    "client_id": N_("client id"),
    "due": N_("due"),
    "employer": N_("employer"),
    "field": N_("field"),
    "missed_at": N_("missed at"),
    "missed_by": N_("missed by"),
    "scheduled_at": N_("scheduled at"),
    "since": N_("since"),
    "state": N_("state"),
    "story": N_("story"),
    "was": N_("was"),
    "why": N_("why"),
}
# What stands below some of them in words, which nobody has to type, is translated there.
IN_WORDS = {
    "action": (N_("added"), N_("changed"), N_("erased"), N_("imported"), N_("undone")),
    "due": (N_("enter"), N_("message"), N_("new_time"), N_("rebook")),
    "story": (
        *(N_("cancelled"), N_("completed"), N_("message sent"), N_("missed"), N_("no message")),
        *(N_("open"), N_("rebooked"), N_("reconnected")),
    ),
}
_MOST = 50  # rows that a screen takes


def add_log_commands(commands: Any) -> None:
    """Add `log` and what it does to the parser."""
    log = commands.add_parser("log", help=_("note and change calls, see what is due"))
    acts = log.add_subparsers(dest="act", metavar=_("ACT"), required=True)
    add = _act(acts, "add", _("log a call"), _add)
    _fields(add, needed=("client_id", "scheduled_at", "timezone"))
    change = _act(acts, "change", _("change a call; what it was stays in its history"), _change)
    change.add_argument("call", metavar=_("CALL"), help=_("the call's id, as list shows it"))
    change.add_argument("--why", required=True, help=_("the reason, for whoever reads the history"))
    change.add_argument(
        "--empty", action="append", default=[], metavar=_("FIELD"), help=_("empty a field")
    )
    change.add_argument("--revision", type=int, help=_("only if nobody has changed it since"))
    _fields(change, needed=())
    undo = _act(acts, "undo", _("take back the last act on a call, or a whole import"), _undo)
    undo.add_argument("call", nargs="?", metavar=_("CALL"))
    undo.add_argument(
        "--act",
        type=int,
        metavar="N",
        help=_("all of one act; an import says the number of its own"),
    )
    undo.add_argument("--why", default="taken back")  # unmarked: kept in the log
    listed = _act(acts, "list", _("the calls, the latest first"), _list)
    listed.add_argument("--state", help=_("only of this state, such as missed"))
    listed.add_argument("--client", help=_("only of this client"))
    listed.add_argument("--from", dest="start", help=_("first day: 2026-01-01"))
    listed.add_argument("--to", dest="end", help=_("last day: 2026-06-30"))
    most = _("{n} if left out; 0 for all").format(n=_MOST)
    listed.add_argument("--most", type=int, default=_MOST, help=most)
    _act(acts, "due", _("what is to be done next"), _due)
    _act(acts, "stories", _("how each missed call went on, on a line"), _stories)
    history = _act(acts, "history", _("what was done to a call"), _history)
    history.add_argument("call", metavar=_("CALL"))


def _act(acts: Any, name: str, says: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = acts.add_parser(name, help=says)
    parser.add_argument(
        "--log", default="outcomes.db", help=_("a file or a database URL; outcomes.db if left out")
    )
    parser.add_argument("--coach", default="me", help=_("who is writing; 'me' if left out"))
    parser.add_argument("--json", action="store_true", help=_("for machines"))
    parser.set_defaults(run=run)
    return parser


def _fields(parser: argparse.ArgumentParser, needed: tuple[str, ...]) -> None:
    for name, says in FIELDS.items():
        if needed or name not in {"client_id", "interview_id"}:
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(option, dest=name, required=name in needed, help=_(says))


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
    print_json({"call_id": call}) if args.json else print(_("Logged as {call}.").format(call=call))
    return 0


def _change(args: argparse.Namespace) -> int:
    fields = {**_given(args), **dict.fromkeys((one.replace("-", "_") for one in args.empty), None)}
    if not fields:
        raise KitError(
            _("log change: nothing is to be changed; name a field, such as --state moved.")
        )
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
        says = _("Changed: {fields}.") if changed else _("It was so already.")
        print(says.format(fields=", ".join(changed)))
    return 0


def _undo(args: argparse.Namespace) -> int:
    if (args.call is None) == (args.act is None):
        raise KitError(
            _("log undo: name either a call, or an act with --act; nothing was changed.")
        )
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
    says = (
        _("To take that back: interview-coach log undo --act {act} with the same --log")
        if "://" in log
        else _("To take that back: interview-coach log undo --act {act} --log {log}")
    )
    return says.format(act=act, log=shlex.quote(log))


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
        says = _("{n} of {total} calls; --most 0 shows all.")
        print(says.format(n=len(shown), total=number(len(calls))))
    return 0


def _due(args: argparse.Namespace) -> int:
    with _open(args) as log:
        return _told(
            log.follow_ups(),
            args,
            _("Nothing is due."),
            ("since", "client_id", "employer", "due", "call_id"),
        )


def _stories(args: argparse.Namespace) -> int:
    with _open(args) as log:
        return _told(
            log.stories(),
            args,
            _("No call was missed."),
            ("missed_at", "client_id", "story", "call_id"),
        )


def _history(args: argparse.Namespace) -> int:
    with _open(args) as log:
        return _told(
            log.history(args.call),
            args,
            _("There is no such call."),
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

    def cell(value: Any, column: str) -> str:
        if pd.isna(value):
            return ""
        if column in IN_WORDS:
            known = IN_WORDS[column]
            return ", ".join(_(one) if one in known else one for one in str(value).split(", "))
        if isinstance(value, pd.Timestamp):
            return f"{value:%Y-%m-%d %H:%M} UTC"
        # A line break or a control character in somebody's words must not move the terminal.
        return "".join(char if char.isprintable() else " " for char in str(value))[:60]

    rows = [[_(HEADINGS[name]) for name in frame.columns]]
    rows += [
        [cell(value, name) for value, name in zip(row, frame.columns, strict=True)]
        for row in frame.itertuples(index=False, name=None)
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(one.ljust(width) for one, width in zip(row, widths, strict=True)).rstrip())
