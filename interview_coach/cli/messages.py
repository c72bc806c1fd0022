"""The commands about messages: fill a template, review a draft or a file of drafts."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from interview_coach.cli.printing import print_json
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.wording import number

__all__ = ["add_message_commands"]

_MOST_BYTES = 1_000_000  # of one draft from a file: the review itself reads far less
_AT_ONCE = 200  # drafts handed to a process together
_WORTH_TWO = 400  # drafts from which a second process pays for its start


def add_message_commands(commands: Any) -> None:
    """Add `message` and `review` to the parser."""
    message = commands.add_parser("message", help=_("fill one of the nine message templates"))
    message.add_argument("kind", metavar=_("KIND"), help=_("such as email_no_answer"))
    message.add_argument("--timezone", required=True, help=_("your time zone: Europe/London"))
    message.add_argument("--now", help=_("the time now, in your zone; the clock's if left out"))
    message.add_argument(
        "--set",
        action="append",
        default=[],
        metavar=_("BLANK=VALUE"),
        help=_("fill a blank; times as 2026-03-05T14:00; several times: repeat the blank"),
    )
    message.add_argument("--voice", default="plain", help=_("plain, warm or formal"))
    message.add_argument("--language", default="en", help=_("en, es, fr or de"))
    message.set_defaults(run=_message)

    review = commands.add_parser("review", help=_("what a draft lacks, and which words may hurt"))
    review.add_argument("kind", metavar=_("KIND"), nargs="?", help=_("such as email_no_answer"))
    review.add_argument(
        "file", metavar=_("FILE"), nargs="?", help=_("the draft; - for standard input")
    )
    review.add_argument(
        "--jsonl",
        metavar=_("FILE"),
        help=_('many drafts: a line each, {"id", "kind", "text"}'),
    )
    review.add_argument("--json", action="store_true", help=_("for machines"))
    review.set_defaults(run=_review)


def _message(args: argparse.Namespace) -> int:
    from interview_coach.messages import blanks, fill
    from interview_coach.playbook import load_playbook
    from interview_coach.times import now_in, read_time, zone

    playbook = load_playbook()
    timezone = zone(args.timezone, "--timezone")
    now = read_time(args.now, timezone, "--now") if args.now else now_in(timezone)
    blanks(args.kind, playbook)
    fields: dict[str, Any] = {}
    for given in args.set:
        name, equals, value = given.partition("=")
        if not equals:
            raise KitError(
                _("--set: {given!r} has no '='; write it as sender=Amara Nwosu.").format(
                    given=given[:60]
                )
            )
        type_ = playbook.fields[name].type if name in playbook.fields else "text"
        if type_ == "texts":
            fields[name] = (*fields.get(name, ()), value)
        elif type_ == "moment":
            fields[name] = read_time(value, timezone, f"--set {name}")
        elif type_ == "count":
            fields[name] = int(value) if value.isdecimal() else value
        else:
            fields[name] = (
                {"yes": True, "no": False}.get(value, value) if type_ == "flag" else value
            )
    if "now" in blanks(args.kind, playbook).needs:
        fields.setdefault("now", now)
    print(fill(args.kind, fields, playbook, now=now, voice=args.voice, language=args.language).text)
    return 0


def _review(args: argparse.Namespace) -> int:
    if args.jsonl is not None:
        if args.kind is not None:
            raise KitError(_("review: --jsonl FILE says the kind in each line; leave KIND out."))
        return _review_lines(args.jsonl)
    if args.kind is None or args.file is None:
        raise KitError(_("review: give KIND and FILE (- for standard input), or --jsonl FILE."))
    from interview_coach.messages import review

    found = review(args.kind, _text_of(args.file))
    if args.json:
        print_json(found.as_dict())
    else:
        _print_review(found)
    return 0


def _bytes_of(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise KitError(
            _("review: {file} cannot be read ({problem}); check the path.").format(
                file=name, problem=error.strerror
            )
        ) from None


def _text_of(name: str) -> str:
    data = _bytes_of(name)
    if len(data) > _MOST_BYTES:
        raise KitError(
            _(
                "review: {file} has {n} bytes, far more than a message; give the message itself."
            ).format(file=name, n=number(len(data)))
        )
    return _decoded(data)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _print_review(found: Any) -> None:
    import textwrap

    says = _("{n} words of at most {most}, about {seconds} seconds to say.")
    print(says.format(n=found.words, most=found.most_words, seconds=found.spoken_seconds))
    if found.notice:
        print(found.notice)
    for item in found.missing:
        says = _("Missing: {what}. {why} [{source}]")
        print("\n" + says.format(what=item.says, why=item.why, source=item.source))
        print("    " + _("Add: {words}").format(words=item.try_))
    for fault in found.faults:
        says = _('May hurt: "{words}"') if fault.span else _("Too long.")
        print("\n" + says.format(words=fault.span))
        print(f"    {fault.why} [{fault.source}]")
        if fault.span:
            says = _("Instead: {words}") if fault.try_ else _("Better taken out.")
            print("    " + says.format(words=fault.try_))
    for fault in found.asks:
        print(f'\n"{fault.span}": {fault.why} [{fault.source}]')
    if not (found.missing or found.faults or found.notice):
        print(_("Nothing is missing, and nothing in it may hurt."))
    held = ", ".join(item.item for item in found.present)
    says = _("It holds: {items}.") if held else _("It holds: none of the items yet.")
    print("\n" + textwrap.fill(says.format(items=held), 100))


def _review_lines(name: str) -> int:
    lines = _decoded(_bytes_of(name)).splitlines()
    numbered = [(at, line) for at, line in enumerate(lines, start=1) if line.strip()]
    failed = 0
    for line, answer, fault in _answers(numbered):
        if fault:
            failed += 1
            says = _("interview-coach: line {n}: {fault}").format(n=line, fault=fault)
            print(says, file=sys.stderr)
        print(answer)
    return 2 if failed else 0


def _answers(numbered: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    if len(numbered) < _WORTH_TWO or (os.cpu_count() or 1) < 2:
        yield from map(_answer, numbered)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        for answers in pool.map(_answer_all, _parts(numbered)):
            yield from answers


def _parts(numbered: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    rest = iter(numbered)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _answer_all(part: list[tuple[int, str]]) -> list[tuple[int, str, str]]:
    return [_answer(one) for one in part]


def _answer(one: tuple[int, str]) -> tuple[int, str, str]:
    """Review one line: its number, the line to print, and what was wrong with it."""
    from interview_coach.messages import review

    at, line = one
    key: object = None
    try:
        try:
            given = json.loads(line)
        except (ValueError, RecursionError):
            raise KitError(
                _('it is not JSON; write {"id": ..., "kind": ..., "text": ...}.')
            ) from None
        if not isinstance(given, dict):
            raise KitError(_('it is not an object; write {"id": ..., "kind": ..., "text": ...}.'))
        key = given.get("id")
        for name in ("kind", "text"):
            if not isinstance(given.get(name), str):
                raise KitError(_("{name!r} is missing or is no text.").format(name=name))
        answer = {"id": key, **review(given["kind"], given["text"]).as_line()}
    except KitError as error:
        return at, json.dumps({"id": key, "error": str(error)}, ensure_ascii=True), str(error)
    # Escaped: a stray half of a surrogate pair in a draft must not stop the rest.
    return at, json.dumps(answer, ensure_ascii=True), ""
