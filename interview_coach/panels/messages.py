"""Messages: choose the situation, get a draft in a voice, edit it with the review beside it, take it along."""

from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import N_, _, pgettext
from interview_coach.messages import LANGUAGES, VOICES, blanks
from interview_coach.panels import kit
from interview_coach.panels.choices import CALLER, CHANNEL, spoken
from interview_coach.panels.desk import Desk
from interview_coach.panels.draft_model import DraftModel
from interview_coach.panels.draft_send import AppointmentModel, appointment_card, send_row
from interview_coach.panels.draft_view import draft_editor
from interview_coach.panels.messages_model import MessagesModel, plan_of_today
from interview_coach.playbook import load_playbook
from interview_coach.times import local_zone

__all__ = ["messages_panel"]

_TIMES = N_("Two or three, with a semicolon between them: Tuesday after 2 pm; Friday morning")
_APPOINTED = frozenset({"email_confirmation", "email_reschedule", "email_apology"})
_APPOINTMENT = ("minutes", "margin", "alarm", "uid", "sequence", "kept", "margins", "off")
# What a blank of the template is asked by: one field or two of the model.
_ASKED = {
    "appointment": ("day", "time"),
    "new_time": ("new_day", "new_time"),
    "spoken": ("spoken_day", "spoken_time"),
    "available_until": ("until",),
    "now": (),
}


@kit.panel
def messages_panel(
    timezone: str = "", now: str = "", house: str = "coach.toml", desk: str = "desk.json"
) -> kit.Page:
    """Show the page of messages.

    Parameters
    ----------
    timezone : str
        The person's zone (IANA name); the machine's if empty.
    now : str
        ISO 8601, stands in for the machine's clock; for practice and tests.
    house : str
        The coach's ``coach.toml``; not there means no house rules.
    desk : str
        The file that keeps what is on the desk; "" keeps nothing.
    """
    kept = Desk(desk)
    model = MessagesModel(load_playbook(house), timezone=timezone or local_zone(), now=now)
    model.take({**kept.read("message"), **kept.read("today")})
    if timezone:
        model.timezone = timezone
    if model.day is None:
        model.day = model.moment().date().to_stdlib()
    page = kit.page(
        _("What do you want to say?"),
        _(
            "Choose the message, get a draft, and see what it lacks and which words may hurt. Nothing is sent."
        ),
        current="messages",
    )
    page.model = model
    written = kit.Region()
    _ask(page, model, written, kept)
    text = kept.read("draft")
    if text.get("kind") == model.kind and isinstance(text.get("text"), str) and text["text"]:
        _edit(page, model, written, kept, text["text"])
    return page


def _ask(page: kit.Page, model: MessagesModel, written: kit.Region, kept: Desk) -> None:
    notice, asked = kit.Notice(), kit.Region()
    kinds = [(spec.label, key) for key, spec in model.playbook.kinds.items()]
    which = kit.dropdown(_("Which message?"), kinds, model.kind)
    named = {
        "plain": pgettext("how a message sounds", "Plain"),
        "warm": pgettext("how a message sounds", "Warm"),
        "formal": pgettext("how a message sounds", "Formal"),
    }
    voice = kit.radio(_("How should it sound?"), [(named[one], one) for one in VOICES], model.voice)
    language = kit.dropdown(
        pgettext("of a message", "Language"),
        [(name, code) for code, name in LANGUAGES.items()],
        model.language,
    )
    for name, field in (("kind", which), ("voice", voice), ("language", language)):
        kit.link((model, name), (field, "value"))

    def questions(_change: Any = None) -> None:
        fields = _fields(model)
        for name, field in fields.items():
            kit.link((model, name), (field, "value"))
        spec = blanks(model.kind, model.playbook)
        needed = [f for blank in spec.needs for f in _ASKED.get(blank, (blank,)) if f in fields]
        rest = [name for name in fields if name not in needed]
        asked.show(
            _in_threes([fields[name] for name in needed]),
            kit.text(_("If you like:"), soft=True) if rest else None,
            _in_threes([fields[name] for name in rest]) if rest else None,
        )

    def write() -> None:
        text = model.write()
        page.draft = _edit(page, model, written, kept, text, fresh=True)
        kept.keep("message", model.kept())

    def own() -> None:
        page.draft = _edit(page, model, written, kept, "", fresh=True)
        page.say(_("Write below: the review reads along."))

    def example() -> None:
        if getattr(page, "draft", None) is not None and page.draft.text.strip():
            raise KitError(
                _("A draft of yours is on the desk: clear the desk first, to make room.")
            )
        text = model.example()
        # Nothing of it is kept: the next opening of this page is the person's own again.
        page.draft = _edit(page, model, written, Desk(""), text)
        notice.done(
            _(
                "An example, made up and not kept: see beside the draft what it lacks and what hurts."
            )
        )
        page.say(notice.words)

    page.explain(example)

    def afresh() -> None:
        kept.clear("message", "draft", "appointment")
        page.draft = None
        model.clear()
        written.show()
        notice.done(_("The desk is clear."))

    def other_kind(_change: Any = None) -> None:
        # The words of another message must not stand under this one; they come back with its kind.
        shown = getattr(page, "draft", None)
        if shown is not None and shown.kind != model.kind:
            written.show()
        elif shown is not None:
            page.draft = _edit(page, model, written, kept, shown.text)

    model.observe(questions, "kind")
    for name in ("kind", "language"):
        kit.on_change(model, lambda _change: other_kind(), notice, name=name)
    questions()
    page.body.show(
        kit.card(
            kit.columns(which, voice, language),
            asked,
            kit.row(
                kit.button(_("Write it for me"), write, where=notice, main=True),
                kit.button(_("I write it myself"), own, where=notice),
                kit.button(_("Clear the desk"), afresh, where=notice),
            ),
            notice,
        ),
        written,
    )


def _in_threes(fields: list[Any]) -> Any:
    rows = [fields[at : at + 3] for at in range(0, len(fields), 3)]
    return kit.Region(*(kit.columns(*row) for row in rows))


def _fields(model: MessagesModel) -> dict[str, Any]:
    """Make a field for each blank of the kind; those that it needs first."""
    spec = blanks(model.kind, model.playbook)
    made: dict[str, Any] = {}
    for blank in (*spec.needs, *spec.may):
        asks = model.playbook.fields[blank].asks
        if blank in {"appointment", "new_time", "spoken"}:
            day, time = _ASKED[blank]
            on_day, at_time = {
                "appointment": (_("Agreed day"), _("Agreed time")),
                "new_time": (_("New day"), _("New time")),
                "spoken": (_("You spoke: day"), _("You spoke: time")),
            }[blank]
            made[day] = kit.date_input(on_day, getattr(model, day))
            made[time] = kit.time_input(at_time, getattr(model, time))
        elif blank == "available_until":
            made["until"] = kit.time_input(
                _("Free until"), model.until, hint=_("On your own clock, today.")
            )
        elif blank == "attempts":
            made[blank] = kit.number_input(asks, model.attempts, low=1, high=50)
        elif blank == "caller":
            made[blank] = kit.radio(_("Who was to call?"), spoken(CALLER), model.caller)
        elif blank == "channel":
            made[blank] = kit.radio(_("How were you to speak?"), spoken(CHANNEL), model.channel)
        elif blank == "missed_by_me":
            made[blank] = kit.checkbox(asks, model.missed_by_me)
        elif blank != "now":
            made[blank] = kit.text_input(
                asks, getattr(model, blank), hint=_(_TIMES) if blank == "times" else ""
            )
    return made


def _edit(
    page: kit.Page,
    model: MessagesModel,
    written: kit.Region,
    kept: Desk,
    text: str,
    *,
    fresh: bool = False,
) -> DraftModel:
    """Show the editor; the draft that was there can be had back with Undo."""
    before = getattr(page, "draft", None)
    plan = plan_of_today(kept.read("today"), model)
    draft = DraftModel(
        model.playbook, plan, kind=model.kind, language=model.language, known=model.known
    )
    if before is not None and before.kind == model.kind:
        draft.put(before.text)
    draft.put(text)
    draft.observe(
        lambda change: kept.keep("draft", {"kind": draft.kind, "text": change["new"]}), "text"
    )
    if fresh:
        kept.keep("draft", {"kind": draft.kind, "text": draft.text})
    appointment = _appointment(model, kept) if model.kind in _APPOINTED else None
    written.show(
        kit.heading(model.playbook.kinds[model.kind].label, focus=fresh),
        kit.card(draft_editor(draft, say=page.say, below=send_row(draft, model.moment))),
        appointment,
    )
    page.draft = draft
    return draft


def _appointment(model: MessagesModel, kept: Desk) -> Any:
    known = AppointmentModel()
    before = kept.read("appointment")
    for name in _APPOINTMENT:
        if name in before:
            setattr(known, name, tuple(before[name]) if name == "margins" else before[name])
    known.day, known.time = model.new_day, model.new_time

    def keep(_change: Any = None) -> None:
        kept.keep("appointment", {name: getattr(known, name) for name in _APPOINTMENT})

    known.observe(keep, ["sequence", "off"])

    def summary() -> str:
        role = model.role.strip()
        return _("Interview: {role}").format(role=role) if role else _("Interview")

    return appointment_card(
        known,
        timezone=lambda: model.timezone,
        now=model.moment,
        summary=summary,
    )
