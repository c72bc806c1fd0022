"""Serve the notebooks of a work folder as pages, without code: Voilà on a Jupyter server.

One server for the pages, and for the phones of a live room, which it lets in by a door of their own.
"""

import os
import secrets
import socket
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp
from traitlets.config import Config

from interview_coach.app.kernels import OwnKernel
from interview_coach.app.page import FILTERS
from interview_coach.app.room import ROOM
from interview_coach.app.speaking import speak
from interview_coach.app.workfolder import make_work_folder
from interview_coach.errors import KitError

__all__ = ["CoachServer", "app_config", "free_port", "run_app"]

HOST = "127.0.0.1"
HOME = "00_start_here.ipynb"
# What answers beside the pages and beside JupyterLab: the guides, and the live room.
BESIDE = {"interview_coach.app.help": True, **ROOM}
_SHARE = Path(__file__).parent / "share" / "jupyter"
# Voilà fetches MathJax from a CDN and complains if it is told of none. No page of the kit holds a
# formula, so it gets a script that is one comment (Voilà's own "?config=..." ends up in it).
_NO_MATHJAX = "data:text/javascript,//none"
LARGEST_UPLOAD = 100_000_000  # bytes; some 600,000 calls as text
IDLE_MINUTES = 20
"""How long the kernel of a page that nobody has open any more is kept."""


class CoachServer(ServerApp):
    """A Jupyter server with the pages and nothing that the machine's other tools add to it."""

    name = "interview-coach"  # its own configuration file, so that another server's has no say

    def find_server_extensions(self) -> None:
        """Take only the extensions that are configured here."""

    def init_signal(self) -> None:
        """Stop at the first Ctrl C: everything is in the log already, there is nothing to confirm."""
        self.answer_yes = True
        super().init_signal()


def free_port(port: int = 0) -> int:
    """Give a port on this computer that is free.

    Parameters
    ----------
    port : int
        The wanted one; 0 for any.

    Raises
    ------
    KitError
        If it is taken, or no port at all.
    """
    if not 0 <= port <= 65535:
        raise KitError(
            f"A port is a number from 1 to 65535, not {port}; leave it out for a free one."
        )
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as problem:
            raise KitError(
                f"Port {port} cannot be used ({problem.strerror}): Interview Coach may be open "
                "already. Leave --port out for a free one."
            ) from problem
        return int(trial.getsockname()[1])


def server_config(folder: Path, port: int, browser: bool) -> dict[str, Any]:
    """Give what pages and JupyterLab have in common: this computer only, behind a token."""
    return {
        "ip": HOST,
        "port": port,
        "port_retries": 0,
        "root_dir": str(folder),
        "open_browser": browser,
        "kernel_spec_manager_class": OwnKernel,
        # Only this computer reaches it, so root (a container, say) is no more open than anybody.
        "allow_root": True,
        "log_level": "ERROR",
        # A file that is chosen on a page comes as one message; the server's own limit is 10 MB.
        "tornado_settings": {"websocket_max_message_size": LARGEST_UPLOAD},
    }


def app_config(folder: Path, *, port: int, token: str, browser: bool) -> Config:
    """Give the configuration of the server of pages."""
    common = server_config(folder, port, browser)
    return Config(
        {
            "ServerApp": {
                **common,
                "jpserver_extensions": {"voila.server_extension": True, **BESIDE},
                "default_url": f"/voila/render/{HOME}",
                "terminals_enabled": False,
                "tornado_settings": {**common["tornado_settings"], "mathjax_url": _NO_MATHJAX},
            },
            "IdentityProvider": {"token": token},
            # A closed tab's kernel costs some 90 MB: let go after a while.
            "MappingKernelManager": {
                "cull_idle_timeout": IDLE_MINUTES * 60,
                "cull_interval": 60,
                "cull_connected": False,
            },
            # Restarted behind the page's back, a kernel leaves dead buttons: better that it is
            # gone, which the page notices and says.
            "KernelManager": {"autorestart": False},
            "VoilaConfiguration": {
                "template": "interview-coach",
                "theme": "light",
                # Left in for the template, which shows the sentence and never the traceback.
                "show_tracebacks": True,
                "file_allowlist": [],
                "prelaunch_hook": speak,
                # A finished page in stock would show the numbers of when it was made.
                "preheat_kernel": False,
            },
            "VoilaExporter": {"filters": FILTERS},
        }
    )


def run_app(folder: Path | str, *, port: int = 0, browser: bool = True) -> int:
    """Serve the pages until Ctrl C.

    Parameters
    ----------
    folder : path
        The work folder; made first if need be.
    port : int
        0 for a free one.
    browser : bool
        Whether to open the home page.

    Returns
    -------
    int
        0 when it was closed.

    Raises
    ------
    KitError
        If the folder or the port cannot be used.
    """
    folder = Path(folder).expanduser().resolve()
    port = free_port(port)
    for sentence in make_work_folder(folder):
        print(sentence)
    token = secrets.token_urlsafe(24)
    # Voilà looks for templates on Jupyter's path only.
    known = os.environ.get("JUPYTER_PATH", "")
    if str(_SHARE) not in known.split(os.pathsep):
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(_SHARE), known)))
    server = CoachServer(config=app_config(folder, port=port, token=token, browser=browser))
    server.initialize(argv=[])
    print(f"Interview Coach is open at http://{HOST}:{port}/?token={token}")
    print("Only this computer can reach it. Close it with Ctrl C.", flush=True)
    server.start()
    return 0
