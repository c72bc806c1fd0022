"""What a work folder remembers of being served: where it is open now, and at which port it was last.

The port is taken again where it is free, so that a page that was left open finds back by itself.
"""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from interview_coach.app.network import HOST
from interview_coach.app.workfolder import OWN
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.writing import write_whole

__all__ = ["Serving"]

_SECONDS = 2.0  # an answer from this computer takes milliseconds


class Serving:
    """What is remembered of a work folder.

    Parameters
    ----------
    folder : Path
        The work folder; it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / OWN / "serving.json"

    @property
    def port(self) -> int:
        """The port of the last time; 0 if there was none."""
        port = self._read().get("port")
        return port if isinstance(port, int) and 1024 <= port <= 65535 else 0

    def found(self, share: bool = False) -> str:
        """Give the address at which the folder is open now; "" if it is not.

        Raises
        ------
        KitError
            If it is to be shared, and is open without.
        """
        told = self._read()
        port, token = told.get("port"), told.get("token")
        if not (isinstance(port, int) and isinstance(token, str)):
            return ""
        try:
            asked = urllib.request.Request(
                f"http://{HOST}:{port}/api/status", headers={"Authorization": f"token {token}"}
            )
            # No proxy stands between a computer and itself.
            way = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with way.open(asked, timeout=_SECONDS) as answer:
                if answer.status != 200:
                    return ""
        except (OSError, ValueError):
            return ""
        if share and not told.get("shared"):
            raise KitError(
                _(
                    "Interview Coach is open already in this folder, for this computer only: close it "
                    "(Ctrl C in its terminal), then start it again with --share."
                )
            )
        return f"http://{HOST}:{port}/?token={token}"

    @contextmanager
    def noted(self, port: int, token: str, shared: bool) -> Iterator[None]:
        """Remember where it is open, and afterwards only at which port it was."""
        self._write({"port": port, "token": token, "shared": shared})
        try:
            yield
        finally:
            self._write({"port": port})

    def _read(self) -> dict[str, Any]:
        try:
            told = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _write(self, told: dict[str, Any]) -> None:
        # Better to forget it than not to open: a full disk must not keep anybody from reading.
        with suppress(OSError):
            # It holds the key of the pages: for the coach's own account only.
            write_whole(self._file, json.dumps(told).encode())
