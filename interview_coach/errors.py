"""The one kind of error that a person is meant to read.

Everything that can be wrong with what a person gave (a file, a time, a setting) is raised as a
`KitError`, whose text is one clear sentence: what is wrong, where, and what to do about it.
"""

__all__ = ["KitError"]


class KitError(Exception):
    """Something the person can put right; its text is meant to be shown to them as it is."""
