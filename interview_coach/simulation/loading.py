"""How scenario files are read: joined with the one they are like, typed, and checked all at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, speaking
from interview_coach.playbook import Fault, Playbook, PlaybookError
from interview_coach.playbook.faults import from_validation, near
from interview_coach.playbook.texts import translated
from interview_coach.simulation.scenario import LEVELS, Cause, Happening, Scenario

__all__ = ["joined", "load_scenarios"]


def load_scenarios(playbook: Playbook) -> dict[str, Scenario]:
    """Give every scenario of the playbook its type, and check what it says of other data.

    Raises
    ------
    PlaybookError
        If anything is wrong in any of the files; all faults at once.
    """
    faults: list[Fault] = []
    loaded: dict[str, Scenario] = {}
    for key, data in playbook.scenarios.items():
        file = str(data["file"])
        try:
            whole = joined(key, data, playbook.scenarios)
            scenario = Scenario.model_validate({"id": key, **whole})
        except PlaybookError as error:
            faults += error.faults
            continue
        except ValidationError as error:
            faults += from_validation(error, file, key, Scenario.model_fields)
            continue
        if playbook.language != ENGLISH:
            with speaking(playbook.language):
                scenario = scenario.in_words_of(translated(scenario))
        found = list(_faults(scenario, playbook))
        faults += found
        if not found:
            loaded[key] = scenario
    if faults:
        raise PlaybookError(faults)
    return loaded


def joined(
    key: str, data: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Join a scenario with the one that it is `like`: that one's choices, texts and answers.

    What a scenario gives itself stands in place of what the other says of the same verb (its texts,
    its choices, its answers for all causes) or of the same kind (what comes by itself). `without` names verbs that it does not offer.
    """
    whole = {name: value for name, value in data.items() if name not in {"like", "without"}}
    if "like" not in data:
        return whole
    model = known.get(str(data["like"]))
    if model is None or "like" in model:
        wrong = _("{name!r} is not a scenario that stands by itself").format(name=data["like"])
        names = [name for name, other in known.items() if "like" not in other]
        remedy = near(str(data["like"]), names, _("name one that has no 'like'"))
        raise PlaybookError([Fault(str(data["file"]), key, "like", wrong, remedy)])
    without = set(data.get("without", ()))
    for name in ("cue", "pressure"):
        texts = {do: says for do, says in model.get(name, {}).items() if do not in without}
        whole[name] = {**texts, **data.get(name, {})}
    answered = without | {one.get("do") for one in data.get("on", ())}
    theirs = [one for one in model.get("on", ()) if one["do"] not in answered]
    whole["on"] = [*data.get("on", ()), *theirs]
    kinds = {one.get("kind") for one in data.get("event", ())}
    coming = [one for one in model.get("event", ()) if one["kind"] not in kinds]
    whole["event"] = [*data.get("event", ()), *coming]
    whole["offer"] = _offers(data.get("offer", ()), model["offer"], without)
    return whole


def _offers(own: Sequence[Any], theirs: Sequence[Any], without: set[str]) -> list[Any]:
    """Put choices in the other's order, new ones after them, and giving up last."""
    places: dict[str, int] = {}
    for place, one in enumerate(theirs):
        places.setdefault(one["do"], place)
    new = len(theirs)
    places["stop_waiting"] = new + 1
    taken = without | {one["do"] for one in own}
    kept = [one for one in theirs if one["do"] not in taken]
    return sorted([*kept, *own], key=lambda one: places.get(one["do"], new))


def _faults(scenario: Scenario, playbook: Playbook) -> Iterator[Fault]:
    file = scenario.file

    def fault(field: str, wrong: str, remedy: str) -> Fault:
        return Fault(file, scenario.id, field, wrong, remedy)

    def unknown(field: str, value: str, names: Mapping[str, object]) -> Iterator[Fault]:
        if value not in names:
            wrong = _("{value} is not known").format(value=repr(value))
            yield fault(field, wrong, near(value, names, _("use one that is there")))

    for source in scenario.source:
        yield from unknown("source", source, playbook.sources)
    for cause in scenario.cause:
        yield from unknown("cause.code", cause.code, playbook.codes["cause"])
    if scenario.opens >= scenario.length:
        yield fault("opens", _("it is not before the story's end"), _("open sooner"))
    later = scenario.stage != "waiting" or any(o.do == "confirm_ahead" for o in scenario.offer)
    if later != (scenario.anchor is not None):
        wrong = _("a rebooked or spoken story has one, and no other")
        yield fault("anchor", wrong, _("give it, or take it away"))
    for level in LEVELS:
        if level not in scenario.opening:
            yield fault("opening", _("level {level!r} is missing").format(level=level), _("add it"))
    verbs = {offer.do for offer in scenario.offer}
    open_ = {(offer.do, offer.phase) for offer in scenario.offer}
    answered = {
        reaction.do for cause in scenario.cause for reaction in scenario.reactions(cause)
    } | {"stop_waiting"}
    for offer in scenario.offer:
        yield from unknown("offer.do", offer.do, playbook.actions)
        if (offer.do == "wait") != (offer.until is not None):
            yield fault(
                "offer.until",
                _("a wait, and only a wait, lasts until a minute"),
                _("give a wait its 'until'"),
            )
        if offer.until is not None and offer.until > scenario.length:
            wrong = _("it waits until {minute}, beyond the story's end ({last})").format(
                minute=offer.until, last=scenario.length
            )
            yield fault("offer.until", wrong, _("end it sooner"))
        if offer.do not in scenario.cue and offer.do not in answered:
            wrong = _("there is no text for {action!r}").format(action=offer.do)
            yield fault("cue", wrong, _("say what the candidate notices"))
    for cause in scenario.cause:
        for reaction in scenario.reactions(cause):
            if (reaction.do, reaction.phase) not in open_:
                wrong = _("it answers {action!r}, which is never offered while {phase}").format(
                    action=reaction.do, phase=reaction.phase
                )
                yield fault("on.do", wrong, _("offer it, or take the answer away"))
        for happening in scenario.happenings(cause):
            for verb in happening.upon:
                if verb not in verbs:
                    wrong = _("{action!r} is never offered").format(action=verb)
                    yield fault("event.upon", wrong, _("offer it"))
            if _soonest(happening, cause) <= scenario.opens:
                wrong = _(
                    "{cause}: {event} may come before the first decision (minute {minute})"
                ).format(cause=cause.code, event=happening.kind, minute=scenario.opens)
                yield fault("event.at", wrong, _("let it begin later"))
        if not _can_end(scenario, cause):
            wrong = _("{cause}: nothing ends the story but its length").format(cause=cause.code)
            yield fault("cause", wrong, _("let an action or an event have an outcome"))
    yield from _start_and_texts(scenario, fault)


def _soonest(happening: Happening, cause: Cause) -> int:
    if happening.at is not None:
        return happening.at.from_
    if happening.after_free is not None and cause.free_after is not None:
        return cause.free_after.from_ + happening.after_free.from_
    return 10_000  # it waits for the candidate, or for somebody who is not free that day


def _can_end(scenario: Scenario, cause: Cause) -> bool:
    stops = any(offer.do == "stop_waiting" for offer in scenario.offer)
    return (
        stops
        or any(one.outcome for one in scenario.reactions(cause))
        or any(one.outcome for one in scenario.happenings(cause))
    )


def _start_and_texts(scenario: Scenario, fault: Any) -> Iterator[Fault]:
    try:
        _start = scenario.start
    except KitError as error:
        yield fault("starts", str(error).rstrip("."), _("give a day and time"))
        return  # the texts hold times, which cannot be written without a start
    for field, text in _texts(scenario):
        try:
            scenario.words(text, free="", until="", time="")
        except (KeyError, IndexError, ValueError) as error:
            wrong = _("{text!r} has a blank that nothing fills ({blank})").format(
                text=text[:40], blank=error
            )
            remedy = _("use {blanks} ...").format(blanks="{name}, {they}, {their}, {start}")
            yield fault(field, wrong, remedy)


def _texts(scenario: Scenario) -> Iterator[tuple[str, str]]:
    yield from (("opening", text) for text in scenario.opening.values())
    yield from (("cue", text) for text in scenario.cue.values())
    yield from (("pressure", text) for text in scenario.pressure.values())
    yield from (("end", text) for text in scenario.end.values())
    yield from (("offer.says", offer.says) for offer in scenario.offer if offer.says)
    yield from (("phone", text) for text in scenario.phone.model_dump().values())
    for cause in scenario.cause:
        yield from (("cause", text) for text in _words_of(cause))
        yield from (("on", one.says) for one in scenario.reactions(cause))
        yield from (("event", one.says) for one in scenario.happenings(cause))


def _words_of(cause: Cause) -> tuple[str, ...]:
    return (cause.hidden, cause.during, *cause.cue.values(), *cause.pressure.values())
