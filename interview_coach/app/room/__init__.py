"""The live room: phones vote in a workshop, on the same server as the pages, behind a door of their own.

An extension of the Jupyter server. It watches the rooms' file in the work folder; while a room is open it
listens, in the same process, on a port of its own that other devices in the network reach. There is
nothing behind it but the rooms. The coach's pages stay on their own port, for this computer only.
"""

import os
from pathlib import Path
from typing import Any

__all__ = ["ROOM"]

ROOM = {"interview_coach.app.room": True}
"""What a server's configuration says to have it."""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "interview_coach.app.room"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from interview_coach.app.room.live import Live
    from interview_coach.outcomes.rooms.file import ROOMS, ROOMS_FILE

    path = Path(server.root_dir) / ROOMS
    # The pages' kernels are started by this server and inherit it.
    os.environ[ROOMS_FILE] = str(path)
    live = server.web_app.settings["interview_coach_rooms"] = Live(path)
    server.io_loop.add_callback(live.start)
