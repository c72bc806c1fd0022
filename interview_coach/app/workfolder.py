"""A coach's own folder: their copies of the notebooks, their settings, their log.

What a coach changed is never overwritten. A manifest of what the kit put there tells a changed
copy from an old one.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from interview_coach.app.prose import retold
from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, chosen, speaking
from interview_coach.shipped import shipped
from interview_coach.writing import write_whole

__all__ = ["OWN", "fingerprint", "make_work_folder"]

OWN = ".interview-coach"
"""The kit's own folder inside a work folder: its manifest, JupyterLab's layout."""

_STARTER = Path(__file__).parent / "coach.toml"


def fingerprint(raw: bytes) -> str:
    """Give the SHA-256 of what a person can have changed in a file.

    Of a notebook these are its cells and their tags; that it was run (outputs, counts) is no change.
    """
    try:
        cells = json.loads(raw)["cells"]
        kept = [
            [cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", [])]
            for cell in cells
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        pass  # No notebook, or none any more: whatever it is, it counts byte by byte.
    else:
        raw = json.dumps(kept, ensure_ascii=True).encode()
    return hashlib.sha256(raw).hexdigest()


def make_work_folder(folder: Path | str) -> list[str]:
    """Make a work folder, or bring one up to date, without touching what the coach changed.

    Parameters
    ----------
    folder : path
        Where; made if it is not there.

    Returns
    -------
    list of str
        Sentences that say what was done.

    Raises
    ------
    KitError
        If the folder cannot be made or written, or its settings name a language that is not known.
    """
    folder = Path(folder).expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise KitError(
            _("{file} is a file; name a folder for your work, such as {file}-work.").format(
                file=folder
            )
        )
    try:
        wanted = _wanted(chosen(house=folder / _STARTER.name))
        (folder / OWN).mkdir(parents=True, exist_ok=True)
        return _bring_up_to_date(folder, wanted)
    except OSError as problem:
        raise KitError(
            _(
                "The work folder {folder} cannot be written ({reason}); choose another one, or make "
                "room there."
            ).format(folder=folder, reason=problem.strerror)
        ) from problem


def _wanted(language: str) -> dict[str, bytes]:
    """Give what belongs into a work folder; the notebooks' prose is in the folder's language."""
    wanted = {file.name: file.read_bytes() for file in sorted(shipped("notebooks").glob("*.ipynb"))}
    if language != ENGLISH:
        with speaking(language):
            wanted = {name: retold(content, _) for name, content in wanted.items()}
    return {**wanted, _STARTER.name: _STARTER.read_bytes()}


def _bring_up_to_date(folder: Path, wanted: Mapping[str, bytes]) -> list[str]:
    manifest = _read_manifest(folder)
    new, renewed, kept = [], [], []
    for name, content in wanted.items():
        target, latest = folder / name, fingerprint(content)
        if not target.exists():
            new.append(name)
        elif (found := fingerprint(target.read_bytes())) == latest:
            manifest[name] = latest
            continue
        elif found == manifest.get(name):
            renewed.append(name)
        else:
            # Changed by the coach. Worth a word only if the kit has something newer to offer.
            if manifest.get(name) not in (latest, None):
                kept.append(name)
            continue
        # A crash leaves the old file or the new one, never half of one.
        write_whole(target, content)
        manifest[name] = latest
        # Written each time: if the next copy fails, this one is still known to be the kit's.
        _write_manifest(folder, manifest)
    _write_manifest(folder, manifest)
    said = []
    if new:
        said.append(_("Put {files} into {folder}.").format(files=_listed(new), folder=folder))
    if renewed:
        said.append(
            _("Brought {files} up to date; you had not changed them.").format(
                files=_listed(renewed)
            )
        )
    said += [
        _("You changed {file}, so it stays as it is; rename yours to get the kit's own.").format(
            file=name
        )
        for name in kept
    ]
    if not said:
        said.append(
            _("The work folder {folder} is complete; nothing was changed.").format(folder=folder)
        )
    return said


def _read_manifest(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / OWN / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # Without one, every file that differs counts as the coach's own.
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _write_manifest(folder: Path, manifest: Mapping[str, str]) -> None:
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    write_whole(folder / OWN / "manifest.json", text.encode())


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
