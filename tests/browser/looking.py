"""What is looked for on every page: here, what is too small to press."""

from typing import Any

__all__ = ["small_targets"]


def small_targets(here: Any) -> list[str]:
    """Name what can be pressed and is under 24 px, but for links within a sentence."""
    found: list[str] = here.evaluate(
        """() => [...document.querySelectorAll("button, select, input, summary, .ic-button")]
            .filter((node) => node.offsetParent !== null)
            .map((node) => [node.textContent || node.tagName,
                            (["checkbox", "radio"].includes(node.type) ? node.labels[0] : node).getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24)
            .map(([name, box]) => `${name}: ${box.width} by ${box.height}`)"""
    )
    return found
