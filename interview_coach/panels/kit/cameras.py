"""An address as a QR code, to be read by a telephone's camera from the screen."""

from itertools import groupby

from interview_coach.panels.kit.markup import Html, el

__all__ = ["qr"]

_QUIET = 4  # modules of white on each side: below that some cameras find no code (ISO/IEC 18004)


def qr(content: str, label: str) -> Html:
    """Draw a QR code, black on white in every scheme, as large as the place it stands in.

    Parameters
    ----------
    content : str
        What a camera reads: an address.
    label : str
        The same in words, for those who do not see it.
    """
    # Loaded here: only pages that are shared show a code.
    import segno

    modules = segno.make(content, error="m", micro=False).matrix
    size = len(modules) + 2 * _QUIET
    path = []
    for y, line in enumerate(modules, _QUIET):
        x = _QUIET
        for dark, run in groupby(line):
            width = len(list(run))
            if dark:
                path.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return el(
        "svg",
        el("rect", width=size, height=size, fill="#ffffff"),
        el("path", d="".join(path), fill="#000000"),
        viewBox=f"0 0 {size} {size}",
        shape_rendering="crispEdges",
        role="img",
        aria_label=label,
        class_="ic-qr",
    )
