"""The widget base: every panel is built from these parts, and all looks live in its `theme.css`.

How a panel is built::

    from interview_coach.panels import kit

    @kit.panel                                      # speaks the language of whoever opened it
    def practice_panel(model):                      # model: a traitlets HasTraits; views only link
        notice = kit.Notice()                       # words beside the button: failures, "Saved."
        step = kit.Region()                         # a part that is replaced; .show(*parts)
        name = kit.text_input("Your name", hint="As you would say it on the telephone.")
        kit.link((model, "name"), (name, "value"))  # fields have .value and .error

        def draw(_=None):
            step.show(
                kit.heading(model.question, focus=True),
                kit.choices([("wait", "Wait until quarter past"), ...], model.choose, where=notice),
                kit.row(kit.button("Hint", model.hint, where=notice, key="h")),
                kit.key_help("Keys 1 to 5 · H for a hint"),
            )

        model.observe(draw, "question")
        draw()
        return kit.page("It is seven past.", "She was to call you.",
                        kit.columns(kit.phone(...), step, widths="phone"),
                        name, notice, current="practise")

- **Parts** may be widgets, `Html`, or plain text (becomes an escaped paragraph) wherever
  ``*parts`` is written. ``page.say("Voicemail left.")`` is read out by screen readers.
- **Text from people** goes through `el` (``el("b", name)``), which escapes it. `show` refuses a
  plain string with tags in mind: only `Html` is markup. `trusted` is for markup the kit made.
- **Buttons** take their handler (no arguments) and a `Notice`: a `KitError` is shown as it is,
  anything else as "That did not work. Nothing you typed is lost." with a traceback in the log
  file. ``button.click()`` in a test runs the same path; with ``INTERVIEW_COACH_RAISE=1`` (set for
  all panel tests) failures are raised instead of shown.
- **Links** between pages: ``link_button("Play one", page="02_practice", main=True)``.
- **One page, several parts**: `Sections`; what few need: `fold`, or `seen` to show and hide.
- **States**: `empty`, `error`, `finished`, `Notice.working`, `Progress`.

Names load on first use, so that the server part can read `nav` and `theme` without ipywidgets.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from traitlets import dlink, link

    from interview_coach.panels.kit.cameras import qr
    from interview_coach.panels.kit.controls import (
        Button,
        Choices,
        button,
        choices,
        copy_button,
        download_link,
        key_help,
        link_button,
    )
    from interview_coach.panels.kit.fields import (
        Field,
        checkbox,
        date_input,
        dropdown,
        file_input,
        number_input,
        radio,
        text_area,
        text_input,
        time_input,
    )
    from interview_coach.panels.kit.guard import guarded, on_change
    from interview_coach.panels.kit.language import panel
    from interview_coach.panels.kit.markup import Html, el, escape, join, trusted
    from interview_coach.panels.kit.opening import Fold, Sections, fold, seen
    from interview_coach.panels.kit.pages import Page, Region, page, show
    from interview_coach.panels.kit.parts import (
        card,
        columns,
        details,
        empty,
        error,
        figure,
        finished,
        heading,
        marked_text,
        row,
        small,
        source,
        steps,
        table,
        tag,
        text,
    )
    from interview_coach.panels.kit.phones import phone
    from interview_coach.panels.kit.places import came_back_to
    from interview_coach.panels.kit.status import Notice, Progress
    from interview_coach.panels.kit.timelines import Point, Span, timeline

_HOME = {
    "Button": "controls",
    "Choices": "controls",
    "Field": "fields",
    "Fold": "opening",
    "Html": "markup",
    "Notice": "status",
    "Page": "pages",
    "Point": "timelines",
    "Progress": "status",
    "Region": "pages",
    "Sections": "opening",
    "Span": "timelines",
    "button": "controls",
    "came_back_to": "places",
    "card": "parts",
    "checkbox": "fields",
    "choices": "controls",
    "columns": "parts",
    "copy_button": "controls",
    "date_input": "fields",
    "details": "parts",
    "download_link": "controls",
    "dropdown": "fields",
    "el": "markup",
    "empty": "parts",
    "error": "parts",
    "escape": "markup",
    "figure": "parts",
    "file_input": "fields",
    "finished": "parts",
    "fold": "opening",
    "guarded": "guard",
    "heading": "parts",
    "join": "markup",
    "key_help": "controls",
    "link_button": "controls",
    "marked_text": "parts",
    "number_input": "fields",
    "on_change": "guard",
    "page": "pages",
    "panel": "language",
    "phone": "phones",
    "qr": "cameras",
    "radio": "fields",
    "row": "parts",
    "seen": "opening",
    "show": "pages",
    "small": "parts",
    "source": "parts",
    "steps": "parts",
    "table": "parts",
    "tag": "parts",
    "text": "parts",
    "text_area": "fields",
    "text_input": "fields",
    "time_input": "fields",
    "timeline": "timelines",
    "trusted": "markup",
}

__all__ = [
    "Button",
    "Choices",
    "Field",
    "Fold",
    "Html",
    "Notice",
    "Page",
    "Point",
    "Progress",
    "Region",
    "Sections",
    "Span",
    "button",
    "came_back_to",
    "card",
    "checkbox",
    "choices",
    "columns",
    "copy_button",
    "date_input",
    "details",
    "dlink",
    "download_link",
    "dropdown",
    "el",
    "empty",
    "error",
    "escape",
    "figure",
    "file_input",
    "finished",
    "fold",
    "guarded",
    "heading",
    "join",
    "key_help",
    "link",
    "link_button",
    "marked_text",
    "number_input",
    "on_change",
    "page",
    "panel",
    "phone",
    "qr",
    "radio",
    "row",
    "seen",
    "show",
    "small",
    "source",
    "steps",
    "table",
    "tag",
    "text",
    "text_area",
    "text_input",
    "time_input",
    "timeline",
    "trusted",
]


def __getattr__(name: str) -> Any:
    """Import a part of the kit the first time it is asked for."""
    if name in {"link", "dlink"}:
        import traitlets

        return getattr(traitlets, name)
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # No submodule may be called like a name in here (hence pages.py for `page`): once imported,
    # the submodule would hide it.
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
