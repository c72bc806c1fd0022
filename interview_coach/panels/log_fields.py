"""The fields of a call, as a form: those that its end has are in sight, what few need is folded away.

All are made once; what is not needed is hidden, so that nothing typed is lost and nobody's place in
the form moves.
"""

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from interview_coach.language import N_, _, pgettext
from interview_coach.panels import kit
from interview_coach.panels.choices import spoken
from interview_coach.panels.log_entry_model import EntryModel
from interview_coach.panels.log_words import options

__all__ = ["CallFields"]

_ON = [(N_("Nothing yet"), "nothing"), (N_("You spoke after all"), "spoke")]
_REBOOKED = (N_("There is a new time"), "rebooked")
_TWICE = [
    (N_("say which"), ""),
    (N_("the first, before the clocks go back"), "first"),
    (N_("the second, after they have"), "second"),
]
# What decides whether a time comes twice.
_TIMES = (
    *("day", "time", "message_day", "message_time", "until_day", "until_time"),
    *("spoke_day", "spoke_time", "new_day", "new_time", "timezone"),
)
# Fields of the log to the form's field that a fault is shown beside.
_BESIDE = {
    "client_id": "client",
    "scheduled_at": "time",
    "booked_at": "booked_day",
    "first_message_at": "message_time",
    "window_until": "until_time",
    "reconnected_at": "spoke_time",
    "waited_minutes": "waited",
}


class CallFields(widgets.VBox):
    """The form of one call.

    Parameters
    ----------
    entry : EntryModel
        What is typed goes there.
    notice : Notice
        Where a failure is said.
    """

    def __init__(self, entry: EntryModel, notice: kit.Notice) -> None:
        self._entry = entry
        self._new = not entry.call_id
        self.fields = self._made(entry)
        for name, field in self.fields.items():
            kit.link((entry, name), (field, "value"))
        self._who = self._group("missed_by", "cause")
        self._message = self._group("message_time", "message_day", "until_time")
        self._until_day = self._group("until_day")
        self._on = self._group("went_on")
        self._spoke = self._group("spoke_time", "spoke_day")
        self._rebooked = self._group("new_day", "new_time") if self._new else kit.Region()
        self._asked = self._group("initiator", "reason")
        # A new call's client and employer stand beside its day and time: one line to fill in.
        self._begun = kit.columns(
            *(self.fields[n] for n in ("client", "employer", "day", "time") if n in self.fields)
        )
        self._twice = self._group("which")
        self._ticked = self._group("messaged")
        more = ["channel", "caller", "timezone", "waited", "cohort", "notes"]
        super().__init__(
            [
                self._begun,
                self.fields["state"],
                self._who,
                self._ticked,
                self._message,
                self._until_day,
                self._on,
                self._spoke,
                self._rebooked,
                self._asked,
                self._twice,
                kit.fold(
                    _("Group, tags, notes, how you were to speak, when it was booked")
                    if self._new
                    else _("Group, notes, how you were to speak, when it was booked"),
                    self._group(*more[:2]),
                    self._group(*more[2:4]),
                    self._group("booked_day", "booked_time"),
                    self._group("cohort", *(["tags"] if self._new else [])),
                    self.fields["notes"],
                    where=notice,
                ),
            ]
        )
        self.add_class("ic-call-fields")
        for name in ("state", "messaged", "went_on", "interview", *_TIMES):
            kit.on_change(entry, self._draw, notice, name=name)
        self._draw()

    def _made(self, entry: EntryModel) -> dict[str, Any]:
        on = spoken([*_ON, _REBOOKED] if self._new else _ON)
        asked = [(_("not known"), ""), *options("initiator")]
        made: dict[str, Any] = {
            "employer": kit.text_input(_("Employer"), entry.employer),
            "day": kit.date_input(_("Agreed day"), entry.day),
            "time": kit.time_input(_("Agreed time"), entry.time, hint=_("On the client's clock.")),
            "state": kit.radio(_("How did it end?"), options("state"), entry.state),
            "missed_by": kit.dropdown(_("Who missed it"), options("missed_by"), entry.missed_by),
            "cause": kit.dropdown(_("Why, if known"), options("cause"), entry.cause),
            "messaged": kit.checkbox(_("A voicemail or an email was sent"), entry.messaged),
            "message_time": kit.time_input(_("Sent at"), entry.message_time),
            "message_day": kit.date_input(
                _("Sent on"), entry.message_day, hint=_("The agreed day, if you leave it empty.")
            ),
            "until_time": kit.time_input(
                _("Available until"), entry.until_time, hint=_("As the message said.")
            ),
            "until_day": kit.date_input(_("Available until this day"), entry.until_day),
            "went_on": kit.radio(_("How did it go on?"), on, entry.went_on),
            "spoke_time": kit.time_input(_("You spoke at"), entry.spoke_time),
            "spoke_day": kit.date_input(
                pgettext("the day of it", "On"),
                entry.spoke_day,
                hint=_("The agreed day, if you leave it empty."),
            ),
            "initiator": kit.dropdown(_("Who asked for the new time"), asked, entry.initiator),
            "reason": kit.text_input(_("Reason given"), entry.reason, hint=_("In a few words.")),
            "which": kit.dropdown(
                _("This hour comes twice that night"), spoken(_TWICE), entry.which
            ),
            "channel": kit.dropdown(_("How"), options("channel"), entry.channel),
            "caller": kit.dropdown(_("Who was to call"), options("caller"), entry.caller),
            "timezone": kit.text_input(_("Client's time zone"), entry.timezone),
            "booked_day": kit.date_input(
                _("Booked on"),
                entry.booked_day,
                hint=_("The day on which this call was agreed, if known."),
            ),
            "booked_time": kit.time_input(
                _("Booked at"), entry.booked_time, hint=_("May stay empty.")
            ),
            "waited": kit.text_input(_("Minutes waited"), entry.waited),
            "cohort": kit.text_input(_("Group"), entry.cohort, hint=_("Programme or cohort.")),
            "notes": kit.text_input(_("Notes"), entry.notes, hint=_("Private; never in a report.")),
        }
        if self._new:
            made["client"] = kit.text_input(
                _("Client"),
                entry.client,
                hint=_("A pseudonym, such as C-014: names stay out of the log."),
            )
            made["tags"] = kit.text_input(
                _("Tags"), entry.tags, hint=_("Words, with commas between.")
            )
            made["new_day"] = kit.date_input(_("New day"), entry.new_day)
            made["new_time"] = kit.time_input(_("New time"), entry.new_time)
        for name in ("state", "went_on"):
            made[name].add_class("ic-across")
        return made

    def _group(self, *names: str) -> Any:
        return kit.columns(*(self.fields[name] for name in names if name in self.fields))

    def _draw(self, __: Any = None) -> None:
        """Show what the chosen end has."""
        entry, missed = self._entry, self._entry.state == "missed"
        moved, off = entry.state == "moved", entry.state == "cancelled"
        rebooked = missed and entry.went_on == "rebooked"
        kit.seen(self._who, missed or moved or off)
        kit.seen(self.fields["missed_by"], missed)
        kit.seen(self._ticked, missed)
        kit.seen(self._message, missed and entry.messaged)
        kit.seen(self._until_day, missed and entry.messaged and entry.until_day is not None)
        kit.seen(self._on, missed)
        kit.seen(self._twice, entry.is_shown_twice)
        kit.seen(self._spoke, missed and entry.went_on == "spoke")
        kit.seen(self._rebooked, rebooked or moved)
        kit.seen(self._asked, rebooked or moved or off or (missed and not self._new))
        kit.seen(self.fields["initiator"], not off)
        kit.seen(self.fields["waited"], missed)
        # The next call of an interview has its client, employer and group already.
        for name in ("client", "employer", "cohort"):
            if name in self.fields:
                kit.seen(self.fields[name], not (self._new and entry.interview))

    def wrong(self, faults: Mapping[str, str]) -> None:
        """Show beside each field what is wrong with it; fields that are not named are right."""
        beside = {_BESIDE.get(name, name): says for name, says in faults.items()}
        for name, field in self.fields.items():
            field.error = f"{beside[name]}" if name in beside else ""
