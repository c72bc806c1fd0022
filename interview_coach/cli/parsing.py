"""The parser of the command line, and the words that Python's own parser says in it."""

import argparse
import sys
from typing import NoReturn

from interview_coach.language import N_, _

__all__ = ["Parser"]

# What a person may read of it, as it stands in Python 3.11 to 3.13; a text that is not there stays
# English. What it says to programmers is left out.
_PYTHONS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("unrecognized arguments: %s"),
    N_("ignored explicit argument %r"),
    N_("the following arguments are required: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)

# It looks each of them up, as it speaks, with what stands under this name in its own module; that
# is the one way to all of them.
vars(argparse)["_"] = _


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, without the usage above it."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command, and end with code 2."""
        says = _("{command}: {message}; see {command} --help.")
        print(says.format(command=self.prog, message=message), file=sys.stderr)
        raise SystemExit(2)
