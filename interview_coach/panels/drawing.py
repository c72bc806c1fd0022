"""A chart for a page, drawn without the stops that Python makes to look for garbage.

A figure is some thousand objects that hold each other. Left to Python, every fifteenth click waits a
sixth of a second while all that the page ever loaded is searched for them; taken away as soon as the
picture is written, they are found in two or three thousandths.
"""

import gc
from collections.abc import Callable

from interview_coach.charts import Chart
from interview_coach.panels.kit.markup import Html, trusted

__all__ = ["drawn"]


def drawn(make: Callable[[], Chart]) -> tuple[Html, str]:
    """Draw a chart; gives it as it is shown, and its title, and lets the figures go."""
    before = gc.isenabled()
    gc.disable()
    try:
        made = _shown(make)
        # The youngest alone: among them are the figures, and nobody holds these any more.
        gc.collect(0)
        return made
    finally:
        if before:
            gc.enable()


def _shown(make: Callable[[], Chart]) -> tuple[Html, str]:
    chart = make()
    return trusted(chart.html()), chart.title
