"""Policies of a coach's own: built from what was typed, kept in the work folder as the terminal reads them."""

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from interview_coach.comparing import Policy, load_policies
from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.panels.compare_choice import Draft, number_of
from interview_coach.playbook import Fault, Playbook, PlaybookError
from interview_coach.simulation import Scenario
from interview_coach.wording import first_upper
from interview_coach.writing import write_whole

__all__ = ["FILE", "DraftError", "Own", "said"]

FILE = "policies.toml"
_DAY = 24 * 60
_HEAD = re.compile(r"^\s*\[\[policy\]\]", re.MULTILINE)
# Which field of the form a fault of a step belongs to.
_FIELDS = {
    "call": "call",
    "leave_voicemail": "voicemail",
    "send_email": "email",
    "stop_waiting": "hold",
    "propose_times": "hold",
}
# The same where the fault comes with what a check shows.
_THEN = {
    "call": "then_call",
    "leave_voicemail": "then_call",
    "send_email": "then_email",
    "stop_waiting": "then_hold",
}
# What is asked for where a minute is missing or none, each a whole sentence's end.
_EMAIL = N_("write the email in whole minutes past the start, such as 20.")
_END = N_("write the end of the wait in whole minutes past the start, such as 20.")
_MINUTES = {
    "call": N_("write the first call in whole minutes past the start, such as 20."),
    "email": _EMAIL,
    "again": N_("write the second call in whole minutes past the start, such as 20."),
    "hold": _END,
}
_CHECK_MINUTES = {
    "check_at": N_("write the check in whole minutes past the start, such as 20."),
    "then_call": N_("write the call in whole minutes past the start, such as 20."),
    "then_email": _EMAIL,
    "then_hold": _END,
}
_NEEDED = ("hold", "check_at")


class DraftError(KitError):
    """What was typed makes no policy; `fields` says by field what is wrong with it."""

    def __init__(self, fields: Mapping[str, str]):
        self.fields = dict(fields)
        super().__init__(_("This is no policy yet: see beside the fields."))


def said(fault: Fault) -> str:
    """Say a fault beside what it is a fault of."""
    words = f"{fault.wrong}; {fault.remedy}."
    return first_upper(words)


class Own:
    """The coach's policies in a file of the work folder.

    Parameters
    ----------
    folder : path
        The work folder.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def add(
        self, draft: Draft, playbook: Playbook, scenario: Scenario, taken: Mapping[str, Policy]
    ) -> Policy:
        """Make a policy of what was typed, and keep it.

        Raises
        ------
        DraftError
            With what is wrong, by field.
        KitError
            If the file cannot be written.
        """
        # Without the check first: what is wrong already there is no fault of what the check shows.
        for one in (replace(draft, check=""), draft):
            entry = _entry(one, taken)
            policy = _read(entry, one, playbook, scenario)
        text = self._text()
        self._write(f"{text.rstrip()}\n\n{entry}" if text.strip() else entry)
        return policy

    def remove(self, key: str) -> str:
        """Take a policy out of the file; gives the file as it was, for `put_back`.

        Raises
        ------
        KitError
            If it does not stand there, or the file cannot be written.
        """
        text = self._text()
        heads = [found.start() for found in _HEAD.finditer(text)]
        for begin, end in zip(heads, [*heads[1:], len(text)], strict=True):
            if re.search(
                rf"""^\s*id\s*=\s*["']{re.escape(key)}["']""", text[begin:end], re.MULTILINE
            ):
                self._write(text[:begin] + text[end:])
                return text
        raise KitError(
            _("{file} has no policy {name} that can be taken out here; edit the file.").format(
                file=FILE, name=repr(key)
            )
        )

    def put_back(self, text: str) -> None:
        """Write the file as it was."""
        self._write(text)

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8") if self.path.is_file() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise KitError(
                _("{file} cannot be read ({why}); save it as UTF-8.").format(file=FILE, why=error)
            ) from None

    def _write(self, text: str) -> None:
        try:
            write_whole(self.path, text.encode())
        except OSError as error:
            raise KitError(
                _("{file} could not be written ({why}); what you typed stays here.").format(
                    file=FILE, why=error.strerror
                )
            ) from None


def _read(entry: str, draft: Draft, playbook: Playbook, scenario: Scenario) -> Policy:
    """Read a policy as its file would be read."""
    with tempfile.TemporaryDirectory() as place:
        tried = Path(place) / FILE
        tried.write_text(entry, encoding="utf-8")
        try:
            return next(iter(load_policies(playbook, scenario, tried).values()))
        except PlaybookError as error:
            wrong: dict[str, str] = {}
            for fault in error.faults:
                wrong.setdefault(_field_of(fault, draft), said(fault))
            raise DraftError(wrong) from None


def _field_of(fault: Fault, draft: Draft) -> str:
    if draft.check:
        field = _THEN.get(fault.field, "check_at")
        # What was typed there, or the end of the wait that leaves no time for it.
        there = getattr(draft, field).strip() or not draft.then_hold.strip()
        return field if there else "then_hold"
    if fault.field != "call":
        return _FIELDS.get(fault.field, "hold")
    # Of two calls the second is the one that comes too late, or too soon after the first.
    return "again" if draft.again.strip() else "call"


def _entry(draft: Draft, taken: Mapping[str, Policy]) -> str:
    """Write a policy as TOML."""
    name = "".join(sign for sign in " ".join(draft.name.split()) if sign.isprintable())
    key = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    if not re.match("[A-Za-z]", key):
        # A name in another script, or of digits: the terminal's names have neither.
        key = next(f"own-{n}" for n in range(1, len(taken) + 2) if f"own-{n}" not in taken)
    wrong: dict[str, str] = {}
    if len(name) < 3:
        wrong["name"] = _("It needs a name of 3 letters or more; write one such as Call at ten.")
    elif len(name) > 80:
        wrong["name"] = _("This name is longer than a chart has room for; use 80 letters at most.")
    elif key.lower() in {one.lower() for one in taken}:
        wrong["name"] = _("There is a policy {name} already; choose another name.").format(
            name=repr(key)
        )
    minutes: dict[str, int] = {}
    asked = {**_MINUTES, **_CHECK_MINUTES} if draft.check else _MINUTES
    for field, what in asked.items():
        text = getattr(draft, field).strip()
        value = number_of(text)
        if not text and field not in _NEEDED:
            continue
        if value is None or value != int(value) or not 0 <= value <= 10_000:
            words = (
                _("{value} is no minute: {remedy}")
                if text
                else _("The minute is missing: {remedy}")
            )
            wrong[field] = words.format(value=repr(text[:20]), remedy=_(what))
        else:
            minutes[field] = int(value)
    if draft.voicemail and "call" not in minutes and "call" not in wrong:
        wrong["voicemail"] = _(
            "A voicemail is left after a call; give the call's minute, or leave it out."
        )
    if "again" in minutes and "call" not in minutes and "call" not in wrong:
        wrong["again"] = _(
            "There is no first call; give its minute, or leave the second one empty."
        )
    elif "again" in minutes and minutes["again"] <= minutes.get("call", -1):
        wrong["again"] = _("It comes before the first call; use a minute after {minute}.").format(
            minute=minutes["call"]
        )
    if draft.check and not any(getattr(draft, name).strip() for name in set(_THEN.values())):
        wrong["then_hold"] = _(
            "Whatever it shows, nothing would change; say what to do then, or check nothing."
        )
    if wrong:
        raise DraftError(wrong)

    def then(do: str, field: str) -> list[str]:
        at = minutes.get(field)
        seen = f'{{ do = "{do}", noticed = "{draft.check}", at = {at} }}'
        return [] if at is None else [seen]

    steps = [f'{{ do = "{draft.check}", at = {minutes["check_at"]} }}'] if draft.check else []
    steps += [f'{{ do = "call", at = {minutes["call"]} }}'] if "call" in minutes else []
    # Before the voicemail, which is left straight after either call.
    steps += then("call", "then_call")
    steps += ['{ do = "leave_voicemail" }'] if draft.voicemail else []
    steps += [
        f'{{ do = "{do}", at = {minutes[field]} }}'
        for field, do in (("email", "send_email"), ("again", "call"), ("hold", "stop_waiting"))
        if field in minutes
    ]
    steps += [*then("send_email", "then_email"), *then("stop_waiting", "then_hold")]
    steps += [f'{{ do = "propose_times", at = {_DAY} }}'] if draft.next_day else []
    steps += ['{ do = "confirm_ahead" }'] if draft.confirm else []
    steps += ['{ do = "ask_them_to_call" }'] if draft.swap else []
    lines = "".join(f"  {step},\n" for step in steps)
    says = json.dumps(name, ensure_ascii=False).replace("\x7f", "")
    return f'[[policy]]\nid = "{key}"\nsays = {says}\nsteps = [\n{lines}]\n'
