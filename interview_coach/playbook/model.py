"""The shape of the playbook: what a rule, a source, a variant and a message kind are.

Rules are data; these types are all that the data may say. A rule speaks when the facts of a
situation meet its conditions; nothing here computes times or reads files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from interview_coach.language import ENGLISH, _
from interview_coach.playbook.texts import SHOWN

__all__ = [
    "RULE_WORDS",
    "Action",
    "Change",
    "Example",
    "Facts",
    "FieldSpec",
    "Item",
    "MessageKind",
    "Playbook",
    "Rule",
    "Source",
    "Span",
    "Timing",
    "Variant",
    "When",
]

CallerCode = Literal["interviewer", "candidate"]
MissedCode = Literal["interviewer", "candidate", "unknown"]
ChannelCode = Literal["phone", "video", "in_person"]
StageCode = Literal["waiting", "rebooked", "spoken"]


class _Data(BaseModel):
    # Built when first needed: most of these only ever stand inside a rule.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, defer_build=True)


class Source(_Data):
    """Where a piece of advice comes from.

    `kind` is ``guidance`` (the article), ``adviser`` (somebody who differs), ``kit`` (our own
    reading) or ``house`` (a coach's own rule).
    """

    id: str
    kind: Literal["guidance", "adviser", "kit", "house"]
    says: Annotated[str, SHOWN] = Field(min_length=10)
    where: Annotated[str, SHOWN] = Field(min_length=3)
    question: Annotated[str | None, SHOWN] = None


class Action(_Data):
    """Something a candidate can do, the skill that it is practice for, and how long it takes.

    `minutes` is whole minutes of the simulated clock; a wait takes as long as it is chosen to.
    """

    id: str
    says: Annotated[str, SHOWN]
    done: Annotated[str, SHOWN]
    skill: str
    minutes: int = Field(ge=0)


class Span(_Data):
    """A range of whole numbers, both ends included; an absent end is open."""

    from_: int | None = Field(None, alias="from")
    to: int | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Span":
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise ValueError(
                _("'from' ({first}) must not be greater than 'to' ({last})").format(
                    first=self.from_, last=self.to
                )
            )
        return self

    def holds(self, number: int) -> bool:
        """Say whether `number` lies in the range."""
        return (self.from_ is None or number >= self.from_) and (
            self.to is None or number <= self.to
        )


@dataclass(frozen=True)
class Facts:
    """What is known at a moment; the conditions of a rule are checked against this.

    `minutes_past` counts from the scheduled start, `minutes_left` until the time at which the
    playbook stops waiting, `attempts` are the candidate's own calls so far, `miss` is which miss
    in a row of the same interview this is (1 = the first).
    """

    caller: str
    missed_by: str = "unknown"
    minutes_past: int = 0
    minutes_left: int = 60
    attempts: int = 0
    miss: int = 1
    channel: str = "phone"
    stage: str = "waiting"


class When(_Data):
    """The conditions under which a rule speaks; what is not named is not asked."""

    caller: tuple[CallerCode, ...] | None = Field(None, min_length=1)
    missed_by: tuple[MissedCode, ...] | None = Field(None, min_length=1)
    channel: tuple[ChannelCode, ...] | None = Field(None, min_length=1)
    stage: tuple[StageCode, ...] = Field(("waiting",), min_length=1)
    minutes_past: Span | None = None
    minutes_left: Span | None = None
    attempts: Span | None = None
    miss: Span | None = None

    def holds(self, facts: Facts) -> bool:
        """Say whether the facts meet every condition."""
        for name in ("caller", "missed_by", "channel", "stage"):
            allowed = getattr(self, name)
            if allowed is not None and getattr(facts, name) not in allowed:
                return False
        for name in ("minutes_past", "minutes_left", "attempts", "miss"):
            span: Span | None = getattr(self, name)
            if span is not None and not span.holds(getattr(facts, name)):
                return False
        return True


class Timing(_Data):
    """When to do it, in minutes counted from an anchor (negative = before it).

    `from` is the scheduled start, the moment of asking (``now``), the newly agreed time or the
    end of the talk.
    """

    from_: Literal["scheduled", "now", "new_time", "spoken"] = Field("scheduled", alias="from")
    earliest: int
    due: int
    latest: int

    @model_validator(mode="after")
    def _in_order(self) -> "Timing":
        if not self.earliest <= self.due <= self.latest:
            raise ValueError(
                _(
                    "earliest ({earliest}), due ({due}) and latest ({latest}) must follow one another"
                ).format(earliest=self.earliest, due=self.due, latest=self.latest)
            )
        if self.earliest < 0 and self.from_ != "new_time":
            raise ValueError(
                _(
                    "earliest ({earliest}) is before the anchor '{anchor}'; only 'new_time' can be led "
                    "up to"
                ).format(earliest=self.earliest, anchor=self.from_)
            )
        return self


class Example(_Data):
    """A situation that shows a rule speaking or silent; `minutes_past` is from the start."""

    caller: CallerCode
    missed_by: MissedCode = "unknown"
    minutes_past: int = Field(0, ge=0)
    attempts: int = Field(0, ge=0)
    miss: int = Field(1, ge=1)
    channel: ChannelCode = "phone"
    stage: StageCode = "waiting"


class Rule(_Data):
    """One piece of advice: when it holds, what to do, by when, and why.

    A rule with ``avoid = true`` names what not to do; it has no timing.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    source: tuple[str, ...] = Field(min_length=1)
    do: str
    say: Annotated[str, SHOWN] = Field(min_length=3)
    because: Annotated[str, SHOWN] = Field(min_length=10)
    when: When = When()
    timing: Timing | None = None
    template: str | None = None
    variants: tuple[str, ...] = ()
    avoid: bool = False
    off: bool = False
    speaks: Example
    silent: Example

    @model_validator(mode="after")
    def _timed(self) -> "Rule":
        if self.avoid == (self.timing is not None):
            raise ValueError(
                _("timing is missing: give earliest, due and latest in minutes")
                if not self.avoid
                else _("a rule with avoid = true has no timing: remove it")
            )
        return self


RULE_WORDS = tuple(
    dict.fromkeys(
        info.alias or name
        for model in (Rule, Timing, When, Span, Example)
        for name, info in model.model_fields.items()
    )
)
"""Every field name that may stand in a rule, for the remedy of a slip."""


class Change(_Data):
    """Other values for some fields of a rule: what a variant or a house rule does to it."""

    rule: str
    timing: dict[str, int | str] | None = None
    when: dict[str, object] | None = None
    say: Annotated[str | None, SHOWN] = None
    because: Annotated[str | None, SHOWN] = None
    template: str | None = None
    off: bool | None = None


class Variant(_Data):
    """An adviser's rule that can be picked by id in place of ours."""

    id: str
    change: tuple[Change, ...] = ()
    rule: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _does_something(self) -> "Variant":
        if not self.change and not self.rule:
            raise ValueError(_("it changes nothing: give it a change or a rule"))
        return self


class FieldSpec(_Data):
    """A blank that a template may fill: its type and what a person is asked for."""

    id: str
    type: Literal["text", "moment", "phone", "email", "count", "texts", "choice", "flag"]
    asks: Annotated[str, SHOWN]


class Item(_Data):
    """Something a message must or may hold (MESSAGES vocabulary)."""

    id: str
    says: Annotated[str, SHOWN]


class MessageKind(_Data):
    """A kind of message: its medium, what it must hold, and the blanks that it needs."""

    id: str
    label: Annotated[str, SHOWN]
    medium: Literal["voicemail", "email", "call"]
    source: tuple[str, ...] = Field(min_length=1)
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    most_words: int = Field(gt=0)


@dataclass(frozen=True)
class HouseChange:
    """What a variant or house rule changed: which field of which rule, from what to what."""

    by: str
    rule: str
    field: str
    was: str
    now: str


@dataclass(frozen=True)
class Playbook:
    """Everything the kit teaches, checked and joined up.

    Attributes
    ----------
    rules : mapping of str to Rule
        In the order in which a plan lists them.
    sources, actions, variants, kinds, items, fields : mapping
        By id.
    codes : mapping of str to mapping of str to str
        Enumerations: table, then code, then its meaning.
    scenarios, decks : mapping of str to mapping
        Raw data by id; the simulation gives scenarios their type, the workshop its decks.
    changed : tuple of HouseChange
        What house rules and picked variants changed.
    language : str
        The language of the texts of what is shipped; that of scenarios and decks when they get
        their type.
    original : Playbook, optional
        The same in English, where this one is translated.
    """

    sources: Mapping[str, Source]
    actions: Mapping[str, Action]
    rules: Mapping[str, Rule]
    variants: Mapping[str, Variant]
    kinds: Mapping[str, MessageKind]
    items: Mapping[str, Item]
    fields: Mapping[str, FieldSpec]
    codes: Mapping[str, Mapping[str, str]]
    scenarios: Mapping[str, Mapping[str, object]]
    decks: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    picked: tuple[str, ...] = ()
    changed: tuple[HouseChange, ...] = ()
    language: str = ENGLISH
    original: "Playbook | None" = field(default=None, repr=False, compare=False)

    @property
    def written(self) -> "Playbook":
        """The playbook as its files have it, whatever language it speaks here."""
        return self.original or self

    def speaking(self, facts: Facts) -> list[Rule]:
        """List the rules whose conditions the facts meet, in the playbook's order."""
        return [rule for rule in self.rules.values() if not rule.off and rule.when.holds(facts)]

    def hold(self, facts: Facts) -> Timing | None:
        """Return how long to hold in this situation: the timing of the rule that ends the wait.

        None where nobody is waited for (the candidate missed the call).
        """
        for rule in self._stops:
            asked = replace(facts, minutes_past=0)
            if not rule.off and rule.when.holds(asked):
                return rule.timing
        return None

    @cached_property
    def _stops(self) -> list[Rule]:
        return [r for r in self.rules.values() if r.do == "stop_waiting" and not r.avoid]
