"""Options of the whole suite."""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what lets a test run longer, or on a server."""
    parser.addoption(
        "--kills",
        type=int,
        default=100,
        help="how many writers the crash test kills (100)",
    )
    parser.addoption(
        "--postgres",
        default=os.environ.get("INTERVIEW_COACH_POSTGRES", ""),
        metavar="URL",
        help="a PostgreSQL server to test the log on: postgresql://USER@HOST:PORT/DATABASE "
        "(INTERVIEW_COACH_POSTGRES if left out)",
    )
