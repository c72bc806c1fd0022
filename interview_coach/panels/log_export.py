"""Taking the log's calls out as a file that a spreadsheet opens."""

import tempfile
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext
from interview_coach.outcomes import export_calls
from interview_coach.panels import kit
from interview_coach.panels.log_model import LogModel
from interview_coach.wording import counted, number
from interview_coach.writing import PASSING

__all__ = ["export_card"]

# What a file is called for its reader, and its media type.
_KINDS = {
    ".xlsx": (
        N_("A spreadsheet (.xlsx)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ".csv": (N_("A table (.csv)"), "text/csv"),
    ".parquet": (N_("For programs (.parquet)"), "application/vnd.apache.parquet"),
}


def export_card(model: LogModel) -> Any:
    """Offer the log's calls as files to save."""
    notice, ready = kit.Notice(), kit.Region()
    ready.keep = True
    kind = kit.radio(
        _("As what?"), [(_(says), suffix) for suffix, (says, *_rest) in _KINDS.items()], ".xlsx"
    )
    kind.add_class("ic-across")

    def make() -> None:
        model.read()
        if model.calls.empty:
            raise KitError(_("There is nothing to take out yet; log a call first."))
        suffix = kind.value
        with (
            notice.working(counted(len(model.calls), "Writing {n} call …", "Writing {n} calls …")),
            # Only its owner can look into this folder (0700), and it is gone at once.
            tempfile.TemporaryDirectory(prefix=PASSING) as folder,
        ):
            content = export_calls(model.calls, Path(folder) / f"calls{suffix}").read_bytes()
        words = ngettext(
            "Save {n} call ({ending})", "Save {n} calls ({ending})", len(model.calls)
        ).format(n=number(len(model.calls)), ending=suffix)
        link = kit.download_link(words, f"outcomes{suffix}", content, _KINDS[suffix][1])
        ready.show(kit.row(link))

    kit.on_change(kind, lambda __: ready.show(), notice)
    return kit.card(
        kit.text(
            _(
                "All calls with your notes in them: keep the file where only you can open it. "
                "Texts that a spreadsheet would run as formulas get an apostrophe in front."
            )
        ),
        kind,
        kit.row(kit.button(_("Make the file"), make, where=notice)),
        notice,
        ready,
        title=_("Take the calls out"),
    )
