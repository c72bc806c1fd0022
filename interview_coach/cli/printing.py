"""How commands print what is meant for machines."""

import json
import sys

__all__ = ["print_json"]


def print_json(value: object) -> None:
    """Print a value as indented JSON, moments and paths as their text."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    print()
