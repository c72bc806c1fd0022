"""Serve the notebooks of a work folder as pages, without code: Voilà on a Jupyter server.

One server for the pages, and for the phones of a live room, which it lets in by a door of their own.
"""

import os
import secrets
import time
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp
from traitlets.config import Config

from interview_coach.app.kernels import OwnKernel
from interview_coach.app.network import HOST, free_port
from interview_coach.app.outside import add_error_pages, add_way_in
from interview_coach.app.page import FILTERS
from interview_coach.app.pool import WarmKernels
from interview_coach.app.quicker import EXTENSIONS, add_scripts, use_page_exporter
from interview_coach.app.room import ROOM
from interview_coach.app.serving import Serving
from interview_coach.app.sharing import print_share, share_at
from interview_coach.app.speaking import speak
from interview_coach.app.workfolder import make_work_folder
from interview_coach.language import N_, _, chosen, use
from interview_coach.writing import sweep

__all__ = ["CoachServer", "app_config", "run_app"]

HOME = "00_start_here.ipynb"
# What answers beside the pages and beside JupyterLab: the guides, and the live room.
BESIDE = {"interview_coach.app.help": True, **ROOM}
_SHARE = Path(__file__).parent / "share" / "jupyter"
# Voilà fetches MathJax from a CDN and complains if it is told of none. No page of the kit holds a
# formula, so it gets a script that is one comment (Voilà's own "?config=..." ends up in it).
_NO_MATHJAX = "data:text/javascript,//none"
COOKIE = {"cookie_options": {"samesite": "Lax"}}  # unmarked: for browsers
"""Not every browser by itself keeps a cookie from what a foreign page loads."""
LARGEST_UPLOAD = 100_000_000  # bytes; some 600,000 calls as text
IDLE_MINUTES = 20
"""How long the kernel of a page that nobody has open any more is kept."""
AHEAD, AHEAD_SHARED = 1, 2
"""How many kernels wait for the next page: each takes some 130 MB."""
ALONE = N_("Only this computer can reach it. Close it with Ctrl C.")
"""Said in the terminal of what is not shared."""


class CoachServer(ServerApp):
    """A Jupyter server with the pages and nothing that the machine's other tools add to it."""

    name = "interview-coach"  # its own configuration file, so that another server's has no say

    def find_server_extensions(self) -> None:
        """Take only the extensions that are configured here."""

    def init_signal(self) -> None:
        """Stop at the first Ctrl C: everything is in the log already, there is nothing to confirm."""
        self.answer_yes = True
        super().init_signal()

    def start_ioloop(self) -> None:
        """Have the first kernel started while the browser is still on its way."""
        if isinstance(self.kernel_manager, WarmKernels):
            self.io_loop.add_callback(self.kernel_manager.warm)
        super().start_ioloop()


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
        "tornado_settings": {
            "websocket_max_message_size": LARGEST_UPLOAD,
            # A source that is opened from a page is not told where the pages are.
            "headers": {"Referrer-Policy": "same-origin"},
        },
    }


def app_config(
    folder: Path, *, port: int, token: str, browser: bool, shared: bool = False
) -> Config:
    """Give the configuration of the server of pages."""
    common = server_config(folder, port, browser)
    if shared:
        # Whoever was let in by this link is out again when it ends: the cookies go by this secret.
        common |= {"ip": "0.0.0.0", "cookie_secret": secrets.token_bytes(32)}
    return Config(
        {
            "ServerApp": {
                **common,
                "kernel_manager_class": WarmKernels,
                "jpserver_extensions": {"voila.server_extension": True, **BESIDE},
                "default_url": f"/voila/render/{HOME}",
                "terminals_enabled": False,
                "tornado_settings": {**common["tornado_settings"], "mathjax_url": _NO_MATHJAX},
            },
            "IdentityProvider": {"token": token, **COOKIE},
            # A closed tab's kernel costs some 90 MB: let go after a while.
            "MappingKernelManager": {
                "cull_idle_timeout": IDLE_MINUTES * 60,
                "cull_interval": 60,
                "cull_connected": False,
            },
            "KernelManager": {"client_class": "interview_coach.app.pool.PageClient"},
            "WarmKernels": {"ahead": AHEAD_SHARED if shared else AHEAD},
            # Restarted behind the page's back, a kernel leaves dead buttons. So none is: it is watched,
            # and when it has ended it is gone, which the page notices and says.
            "KernelRestarter": {"restart_limit": 0, "time_to_dead": 1.0},
            "VoilaConfiguration": {
                "template": "interview-coach",
                "theme": "light",
                # Left in for the template, which shows the sentence and never the traceback.
                "show_tracebacks": True,
                "file_allowlist": [],
                "prelaunch_hook": speak,
                "extension_allowlist": EXTENSIONS,
                # A finished page in stock would show the numbers of when it was made.
                "preheat_kernel": False,
            },
            "VoilaExporter": {"filters": FILTERS},
        }
    )


def run_app(folder: Path | str, *, port: int = 0, browser: bool = True, share: bool = False) -> int:
    """Serve the pages until Ctrl C.

    Parameters
    ----------
    folder : path
        The work folder; made first if need be.
    port : int
        0 for a free one: the same as last time if it is free, so that open pages find back.
    browser : bool
        Whether to open the home page.
    share : bool
        Whether other devices in the network may open the pages, with the link that is printed.

    Returns
    -------
    int
        0 when it was closed, or is open already in this folder.

    Raises
    ------
    KitError
        If the folder or the port cannot be used, nobody could reach what is to be shared, or
        `coach.toml` names a language that the kit does not know.
    """
    folder = Path(folder).expanduser().resolve()
    use(chosen(house=folder / "coach.toml"))
    serving = Serving(folder)
    if not port and (there := serving.found(share)):
        print(_("Interview Coach is open already at {address}").format(address=there))
        if browser:
            import webbrowser

            webbrowser.open(there)
        return 0
    port = free_port(port, "" if share else HOST, rather=serving.port)
    token = secrets.token_urlsafe(24)
    reach = share_at(port, token) if share else None
    for sentence in make_work_folder(folder):
        print(sentence)
    sweep(time.time())
    # Voilà looks for templates on Jupyter's path only.
    known = os.environ.get("JUPYTER_PATH", "")
    if str(_SHARE) not in known.split(os.pathsep):
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(_SHARE), known)))
    # The home page shows it; a kernel has its server's environment.
    os.environ["INTERVIEW_COACH_SHARED"] = reach.link if reach else ""
    use_page_exporter()
    config = app_config(folder, port=port, token=token, browser=browser, shared=share)
    server = CoachServer(config=config)
    server.initialize(argv=[])
    add_scripts(server)
    add_way_in(server)
    add_error_pages(server)

    def tell() -> None:
        address = f"http://{HOST}:{port}/?token={token}"
        print(_("Interview Coach is open at {address}").format(address=address))
        if reach is not None:
            print_share(reach)
        print(_("Close it with Ctrl C.") if share else _(ALONE), flush=True)

    server.io_loop.add_callback(tell)  # once it listens: what is said is true when it is read
    with serving.noted(port, token, share):
        server.start()
    return 0
