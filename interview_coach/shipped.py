"""Where the files that travel beside the code are: notebooks, sample data, mappings.

In a checkout they stand at the top of the repository, where a reader looks for them; a wheel has no
such place, so there they are packed into the package. One helper knows both.
"""

from pathlib import Path

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["shipped"]

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Find a folder or file that travels with the kit.

    Parameters
    ----------
    name : str
        Its path from the top of the repository, such as ``data``, ``notebooks`` or
        ``data/mappings``.

    Returns
    -------
    Path
        Where it is in this installation. Read only: an installed kit may belong to somebody else.

    Raises
    ------
    KitError
        If this installation holds no such thing.
    """
    # The packed copy first: beside an installed package "data" may be anybody's folder.
    packed = _PACKAGE / "_shipped" / name
    if packed.exists():
        return packed
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).exists():
        return checkout / name
    raise KitError(
        _(
            "This installation of Interview Coach holds no '{name}'; install it again, from a wheel or "
            "from a full checkout."
        ).format(name=name)
    )
