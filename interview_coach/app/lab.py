"""Open JupyterLab on a work folder, on the start page, without pop-ups."""

import secrets
import time
from pathlib import Path

from traitlets.config import Config

from interview_coach.app.network import HOST, free_port
from interview_coach.app.outside import add_way_in
from interview_coach.app.serve import ALONE, BESIDE, COOKIE, HOME, CoachServer, server_config
from interview_coach.app.workfolder import OWN, make_work_folder
from interview_coach.language import _, chosen, use
from interview_coach.writing import sweep

__all__ = ["lab_config", "run_lab"]

_SETTINGS = Path(__file__).parent / "lab_settings"


def lab_config(folder: Path, *, port: int, token: str, browser: bool) -> Config:
    """Give the configuration of JupyterLab for a work folder."""
    return Config(
        {
            "ServerApp": {
                **server_config(folder, port, browser),
                "jpserver_extensions": {"jupyterlab": True, **BESIDE},
                "default_url": f"/lab/tree/{HOME}",
            },
            "IdentityProvider": {"token": token, **COOKIE},
            "LabApp": {
                "log_level": "ERROR",
                "app_settings_dir": str(_SETTINGS),
                # The layout belongs to the folder: another folder's open tabs mean nothing here.
                "workspaces_dir": str(folder / OWN / "workspaces"),
                "news_url": None,
                "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
                "extension_manager": "readonly",
            },
        }
    )


def run_lab(folder: Path | str, *, port: int = 0, browser: bool = True) -> int:
    """Open JupyterLab until Ctrl C.

    Parameters
    ----------
    folder : path
        The work folder; made first if need be.
    port : int
        0 for a free one.
    browser : bool
        Whether to open the browser on it.

    Returns
    -------
    int
        0 when it was closed.

    Raises
    ------
    KitError
        If the folder or the port cannot be used, or `coach.toml` names a language that the kit
        does not know.
    """
    folder = Path(folder).expanduser().resolve()
    use(chosen(house=folder / "coach.toml"))
    port = free_port(port)
    for sentence in make_work_folder(folder):
        print(sentence)
    sweep(time.time())
    token = secrets.token_urlsafe(24)
    server = CoachServer(config=lab_config(folder, port=port, token=token, browser=browser))
    server.initialize(argv=[])
    add_way_in(server)
    address = f"http://{HOST}:{port}/?token={token}"
    opened = _("JupyterLab is open at {address}").format(address=address)
    # Once it listens.
    server.io_loop.add_callback(print, opened, _(ALONE), sep="\n", flush=True)
    server.start()
    return 0
