"""The prose of a notebook: its markdown, and the comments that say what its parameters are for.

One function finds it for the catalogue and puts it into another language, so both mean the same.
"""

import json
import re
from collections.abc import Callable

__all__ = ["retold"]

# What stays as it is in front of a text, and the text: a heading or paragraph, or a comment.
_TEXTS = {
    "markdown": re.compile(r"^(#+ |)(.+(?:\n.+)*)", re.MULTILINE),
    "code": re.compile(r"((?:^|  )# )(.+)", re.MULTILINE),
}


def retold(notebook: bytes, say: Callable[[str], str]) -> bytes:
    """Give one of the kit's notebooks with each of its texts as `say` says it; the code stays."""
    whole = json.loads(notebook)
    for cell in whole["cells"]:
        told = _TEXTS[cell["cell_type"]].sub(
            lambda text: text[1] + say(text[2]), "".join(cell["source"])
        )
        cell["source"] = told.splitlines(keepends=True)
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
