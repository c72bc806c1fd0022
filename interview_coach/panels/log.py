"""The outcome log's page: log a call, find and change it, bring files in and out, keep clients.

This module is the page as a whole; each part of it is a module of its own (``log_*.py``).
"""

from typing import Any

import pandas as pd

from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.desk import Desk
from interview_coach.panels.log_clients import Clients
from interview_coach.panels.log_export import export_card
from interview_coach.panels.log_import import ImportFile
from interview_coach.panels.log_list import CallList
from interview_coach.panels.log_model import LogModel
from interview_coach.panels.log_new import NewCall
from interview_coach.times import local_zone
from interview_coach.wording import counted, number

__all__ = ["LogModel", "log_panel"]


@kit.panel
def log_panel(
    log: str = "outcomes.db", coach: str = "me", timezone: str = "", desk: str = "", **given: Any
) -> kit.Page:
    """Show the page of the outcome log.

    Parameters
    ----------
    log : str
        A file or URL; it is made if it is not there.
    coach : str
        Who is writing.
    timezone : str
        The clients' zone (IANA name); the machine's if empty.
    desk : str
        The file with today's call, whose answers the form begins with, and with what was typed here
        and not logged yet; "" for none.
    **given
        Fields of `EntryModel` that are known already.
    """
    model = LogModel(log, coach, Desk(desk), timezone or local_zone(), **given)
    page = kit.page(_("Log what happened"), "", current="outcomes")
    page.model = model
    notice = kit.Notice()
    told = kit.Region()

    def see_all() -> Any:
        return parts.go("all")

    def change(call_id: str) -> None:
        see_all().show_call(call_id)

    def follow(call_id: str) -> None:
        parts.go("new").follow(call_id)

    parts = kit.Sections(
        [
            ("new", _("Log a call"), lambda: NewCall(page, model, change)),
            ("all", _("All calls"), lambda: CallList(page, model, follow)),
            ("files", _("Import and export"), lambda: _files(page, model, see_all)),
            ("clients", _("Clients"), lambda: Clients(page, model)),
        ],
        notice,
    )
    page.parts = parts

    def example() -> None:
        parts.go("new")
        model.example()

    def head(__: Any = None) -> None:
        page.head(_("Log what happened"), _lead(model.calls))
        told.show(
            kit.small(kit.tag("backup", "amber"), f" {model.notice}") if model.notice else None
        )
        kit.seen(told, bool(model.notice))

    page.explain(example, stays=True)
    kit.on_change(model, head, notice, name="changed")
    head()
    page.body.show(told, parts, notice)
    parts.begin("new")
    return page


def _files(page: kit.Page, model: LogModel, see_all: Any) -> Any:
    return kit.Region(ImportFile(page, model, see_all), export_card(model))


def _lead(calls: pd.DataFrame) -> str:
    if calls.empty:
        return _("Nothing is logged yet. The first call takes a minute.")
    missed = int((calls["state"] == "missed").sum())
    calls_words = counted(len(calls), "{n} call", "{n} calls")
    # Translators: {missed} is how many of the calls were missed.
    return _("{calls} in the log, {missed} of them missed.").format(
        calls=calls_words, missed=number(missed)
    )
