"""The one place where text becomes markup, so that text from people is always escaped.

``ipywidgets.HTML`` runs scripts that hide in attributes, in JupyterLab and in Voilà alike. So no
panel writes tags by hand: `el` builds an element, escapes what it is given, and refuses tags and
attributes that can run something.
"""

import html
import re
from collections.abc import Iterable
from typing import Any

__all__ = ["Html", "el", "escape", "join", "trusted"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_REFUSED_TAGS = frozenset(
    {"script", "style", "iframe", "object", "embed", "link", "meta", "base", "form", "template"}
)
_URLS = frozenset({"href", "src", "action", "formaction", "poster"})
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
# A browser ignores control characters and blanks inside a scheme ("java\tscript:").
_IGNORED_IN_URLS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")


class Html(str):
    """Markup that is safe to show: made by `el`, `escape`, `join` or `trusted`, never by hand.

    Adding it to a plain string gives a plain string again, which `el` would escape: an unescaped
    name cannot slip in by concatenation.
    """

    __slots__ = ()


def escape(value: object) -> Html:
    """Make any value fit to stand in markup as text; `Html` passes as it is."""
    return value if isinstance(value, Html) else Html(html.escape(str(value), quote=True))


def trusted(markup: str) -> Html:
    """Declare markup that the kit itself made (a chart, a report table) to be safe.

    Parameters
    ----------
    markup : str
        Never anything a person typed, nor anything read from a file or a network.
    """
    return Html(markup)


def join(parts: Iterable[object], between: str = "") -> Html:
    """Put parts one after the other, each escaped unless it is `Html`."""
    return Html(escape(between).join(escape(part) for part in parts))


def el(tag: str, *children: object, **attributes: Any) -> Html:
    """Build one element, with everything in it escaped.

    Parameters
    ----------
    tag : str
        Name of the element; those that can run or load something are refused.
    *children : object
        `Html` stands as it is, None is left out, lists are flattened, all else is escaped text.
    **attributes : Any
        ``class_`` and ``for_`` lose their underscore, other underscores become hyphens
        (``aria_label``); True gives a bare attribute, None and False leave it out.

    Returns
    -------
    Html
        The element.

    Raises
    ------
    ValueError
        For a refused tag, an event handler, a style, or an address that could run code.

    Examples
    --------
    >>> el("p", "Ms ", el("b", "<Mahoney>"), class_="soft")
    '<p class="soft">Ms <b>&lt;Mahoney&gt;</b></p>'
    """
    if not _NAME.match(tag) or tag.lower() in _REFUSED_TAGS:
        raise ValueError(f"The element <{tag}> is not built here: it could run or load something.")
    head = tag + "".join(_attribute(key, value, attributes) for key, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{head}>")
    return Html(f"<{head}>{_inside(children)}</{tag}>")


def _inside(children: Iterable[object]) -> str:
    texts = []
    for child in children:
        if child is None:
            continue
        texts.append(_inside(child) if isinstance(child, list | tuple) else escape(child))
    return "".join(texts)


def _attribute(key: str, value: object, together: dict[str, Any]) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.match(name) or name.lower().startswith("on"):
        raise ValueError(f"The attribute {name!r} is not written here: it could run code.")
    if name.lower() in {"style", "srcdoc", "srcset"}:
        raise ValueError(f"The attribute {name!r} is not written here: looks live in theme.css.")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if name.lower() in _URLS:
        _check_address(str(value), together)
    return f' {name}="{html.escape(str(value), quote=True)}"'


def _check_address(address: str, together: dict[str, Any]) -> None:
    """Let through relative addresses, the usual schemes, pictures, and files to save."""
    bare = _IGNORED_IN_URLS.sub("", address)
    found = _SCHEME.match(bare)
    if found is None or found.group(1).lower() in _SAFE_SCHEMES:
        return
    picture = re.match(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]", bare, re.IGNORECASE)
    # A data address behind `download` is saved, never opened; behind `src` it is only drawn.
    if bare.lower().startswith("data:") and (
        "download" in together or (picture and "src" in together)
    ):
        return
    raise ValueError(f"The address starting {address[:20]!r} could run code and is not linked.")
