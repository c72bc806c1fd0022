"""Policies read from a file: their times are those of the rules in force, unless they say their own.

So a house rule or an adviser's variant changes a policy with everything else.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interview_coach.comparing.moments import Moment, moment_of
from interview_coach.comparing.policies import CHECKS, TIMED, VERBS, Apology, Policy, Step
from interview_coach.comparing.soundness import faults_of, last_minute
from interview_coach.language import _
from interview_coach.playbook import Facts, Fault, Playbook, PlaybookError, Timing, pick
from interview_coach.playbook.faults import from_validation, near
from interview_coach.playbook.loader import DATA, read_toml
from interview_coach.playbook.texts import SHOWN, translated
from interview_coach.simulation.scenario import Scenario

__all__ = ["PolicyEntry", "Read", "load_policies", "read_policies"]

_DAY = 24 * 60
_SHIPPED = DATA / "policies.toml"

Which = Literal["earliest", "due", "latest"]


class PolicyEntry(BaseModel):
    """A policy as its file has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")
    says: Annotated[str, SHOWN] = Field(min_length=3)
    source: tuple[str, ...] = ("house",)
    moment: tuple[Moment, ...] = ()
    variants: tuple[str, ...] = ()
    at: Mapping[str, Which | int] = {}
    without: tuple[str, ...] = ()
    more: tuple[Step, ...] = ()
    steps: tuple[Step, ...] = ()
    apology: Apology = "brief"
    offers: bool = False


class Read(NamedTuple):
    """The policies of a file that can be followed in a call, and all that is wrong with the others."""

    policies: dict[str, Policy]
    faults: tuple[Fault, ...]


def load_policies(
    playbook: Playbook, scenario: Scenario, path: Path | str = _SHIPPED
) -> dict[str, Policy]:
    """Read policies from a file, those that make sense in the moment of a call.

    Raises
    ------
    PlaybookError
        If anything in the file is wrong, or a policy could not be followed; all faults at once.
    """
    found = read_policies(playbook, scenario, path)
    if found.faults:
        raise PlaybookError(found.faults)
    return found.policies


def read_policies(playbook: Playbook, scenario: Scenario, path: Path | str = _SHIPPED) -> Read:
    """Read policies from a file; one that is wrong is named, and the others can be used.

    Returns
    -------
    Read
        Each fault with its file, the policy's id and its field.
    """
    faults: list[Fault] = []
    file = Path(path).name
    found: dict[str, Policy] = {}
    data = read_toml(Path(path), faults)
    entries = data.get("policy", [])
    wrong = [name for name in data if name != "policy"]
    faults += [
        Fault(file, n, "", _("there is no such table"), _("use {what}").format(what="[[policy]]"))
        for n in wrong
    ]
    if not isinstance(entries, list) or not (entries or faults):
        faults.append(Fault(file, "policy", "", _("there is none"), _("add one as [[policy]]")))
        entries = []
    moment, ids = moment_of(scenario), set[str]()
    for number, raw in enumerate(entries, 1):
        where = str(raw.get("id", f"policy {number}")) if isinstance(raw, dict) else str(number)
        try:
            entry = PolicyEntry.model_validate(raw)
            # A coach's own policies stay as they were written.
            entry = translated(entry) if Path(path) == _SHIPPED else entry
            if entry.moment and moment not in entry.moment:
                # It is not asked for here, so that only its name can be wrong.
                faults += _twice(file, entry.id, ids)
                continue
            policy = _policy(entry, playbook, scenario, file)
        except ValidationError as error:
            faults += from_validation(error, file, where, (*PolicyEntry.model_fields, "do", "at"))
            continue
        except PlaybookError as error:
            faults += error.faults
            continue
        own = [*_twice(file, policy.id, ids), *faults_of(policy, playbook, scenario, file)]
        faults += own
        if not own:
            found[policy.id] = policy
    return Read(found, tuple(faults))


def _twice(file: str, key: str, ids: set[str]) -> list[Fault]:
    known = key in ids
    ids.add(key)
    return (
        [Fault(file, key, "id", _("it is there twice"), _("give it another name"))] if known else []
    )


def _policy(entry: PolicyEntry, playbook: Playbook, scenario: Scenario, file: str) -> Policy:
    allowed = {"without": VERBS, "at": TIMED}
    for name, given in (("without", entry.without), ("at", entry.at)):
        for verb in given:
            if verb not in allowed[name]:
                remedy = near(verb, allowed[name], _("leave it out"))
                wrong = _("{name} is not known here").format(name=repr(verb))
                raise PlaybookError([Fault(file, entry.id, name, wrong, remedy)])
    steps = entry.steps
    if not steps:
        ruled = pick(playbook, entry.variants, file) if entry.variants else playbook
        steps = tuple(one for one in _ruled(entry, ruled, scenario) if one.do not in entry.without)
    return Policy(entry.id, entry.says, entry.source, steps, entry.apology, entry.offers)


def _ruled(entry: PolicyEntry, playbook: Playbook, scenario: Scenario) -> Iterator[Step]:
    """Write the rules that speak as steps, each at the time that the entry asks for."""
    facts: dict[str, Any] = {
        "caller": scenario.caller,
        "missed_by": scenario.missed_by,
        "channel": scenario.channel,
        "minutes_past": scenario.opens,
        "attempts": scenario.attempts,
    }
    hold = playbook.hold(Facts(**facts))
    left = (hold.due if hold else _DAY) - scenario.opens

    def timing(do: str, **more: Any) -> Timing | None:
        rules = playbook.speaking(Facts(**(facts | {"minutes_left": left} | more)))
        return next((r.timing for r in rules if r.do == do and not r.avoid and r.timing), None)

    def at(do: str, found: Timing) -> int:
        asked = entry.at.get(do, "due")
        if isinstance(asked, int):
            return asked
        # What is to be done now is timed from the first decision, when the miss is noticed.
        since = scenario.opens if found.from_ == "now" else 0
        return since + int(getattr(found, asked))

    if hold is not None:
        ends = at("stop_waiting", hold)
    else:
        # After a miss of one's own no rule ends the wait: it lasts as long as the call lets it.
        asked = entry.at.get("stop_waiting")
        ends = asked if isinstance(asked, int) else last_minute(scenario)
    clock, called = scenario.opens, False
    for do in ("gather", "call", "leave_voicemail", "send_email"):
        found = timing(do)
        if found is None or do in entry.without or (do == "leave_voicemail" and not called):
            continue
        # A voicemail can only be left where a call has just rung out.
        begin = clock if do == "leave_voicemail" else max(clock, at(do, found))
        if begin + playbook.actions[do].minutes < ends:
            clock = begin + playbook.actions[do].minutes
            called = called or do == "call"
            yield Step(do=do, at=None if do == "leave_voicemail" else begin)
    for one in entry.more:
        found = timing(one.do) if one.do in CHECKS and one.at is None else None
        if found is not None:
            yield Step(do=one.do, at=max(scenario.opens, at(one.do, found)))
        elif one.at is None or one.do in ("stop_waiting", "propose_times") or one.at + 2 < ends:
            yield one
    yield Step(do="stop_waiting", at=ends)
    # An adviser may have them offered as soon as the wait is over; else a later day's rule holds.
    offers = (timing("propose_times", minutes_past=ends, minutes_left=0), timing("propose_times"))
    again = next((one for one in offers if one is not None and one.from_ == "scheduled"), None)
    if again is not None:
        yield Step(do="propose_times", at=max(ends, at("propose_times", again)))
    if timing("confirm_ahead", stage="rebooked"):
        yield Step(do="confirm_ahead")
    if scenario.missed_by == "candidate" and timing("leave_margins", stage="rebooked"):
        yield Step(do="leave_margins")
    if timing("ask_them_to_call", miss=2):
        yield Step(do="ask_them_to_call")
