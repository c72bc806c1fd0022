"""PostgreSQL: connecting to a server, and saying in a sentence why it did not work.

The driver's own words are never passed on: they may quote a row, and a row is about a client.
"""

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import NoSuchModuleError

from interview_coach.errors import KitError
from interview_coach.language import N_, _

__all__ = ["check_may_upgrade", "engine_of", "sentence"]

# A page that asks a server that is gone must say so before its reader gives up.
CONNECT_SECONDS = 10


def engine_of(url: URL) -> Engine:
    """Make the engine of a log on a server; nothing is connected yet."""
    waits = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    try:
        return create_engine(
            # Always psycopg 3, whatever a plain postgresql:// means to this SQLAlchemy.
            url.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args=waits,
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise KitError(
            _("A PostgreSQL log needs one more package: pip install 'interview-coach[postgres]'.")
        ) from None


def check_may_upgrade(connection: Connection, name: str) -> None:
    """Refuse to change tables that belong to somebody else; a KitError says who can.

    A team's coaches get a newer kit one after the other; none of them may change the tables.
    """
    if connection.dialect.name != "postgresql":
        return
    owner = "(SELECT relowner FROM pg_class WHERE oid = to_regclass('interview_coach_log'))"
    if not connection.exec_driver_sql(f"SELECT pg_has_role({owner}, 'USAGE')").scalar():
        raise KitError(
            _(
                "{name} is of an older version, and your login may not bring it up; nothing "
                "was changed; ask whoever runs the server to do 'interview-coach team init' "
                "with a superuser's login and this version of the kit."
            ).format(name=name)
        )


# By the beginning of the code that the server gives (PostgreSQL's manual, appendix A).
_BY_STATE = {
    "28": N_(
        "{name} does not know this login or its password; look at the name in the "
        "address, and at PGPASSWORD, ~/.pgpass or the service file."
    ),
    "3D": N_(
        "{name} is not there: the server has no such database; look at the end of the address."
    ),
    "42501": N_(
        "{name} does not allow this to your login; nothing was written; a coach "
        "changes only their own clients, a lead only reads, and a funder sees "
        "'interview-coach team figures'."
    ),
    "22021": N_("{name} cannot keep a character of this text; nothing was written; type it again."),
    "22P05": N_("{name} cannot keep a character of this text; nothing was written; type it again."),
    "40": N_("{name} was written by two at once; nothing of this was written; try again."),
    "55P03": N_("{name} was written by two at once; nothing of this was written; try again."),
    "53": N_(
        "{name} has no room or no connection left on its server; nothing was written; "
        "tell whoever runs it."
    ),
    "57": N_("{name} is going down or was closed by its administrator; try again later."),
    "25006": N_("{name} is read-only for now; nothing was written; ask whoever runs the server."),
    "08": N_(
        "{name} cannot be reached; look at the host in the address, and whether the server runs."
    ),
}
# Where connecting fails there is no code, only the words of the library.
_BY_WORDS = (
    (
        ("password", "authentication", "no pg_hba.conf entry", "role "),  # unmarked: read
        "28",
    ),
    (("database ",), "3D"),
    (("too many", "remaining connection slots"), "53"),  # unmarked: read
    (("shutting down", "starting up"), "57"),  # unmarked: read
    (("",), "08"),
)


def sentence(error: BaseException, name: str) -> str | None:
    """Say what a server's refusal means; None if that is not known.

    Parameters
    ----------
    error : exception
        The driver's.
    name : str
        What to call the log.
    """
    state = getattr(error, "sqlstate", None)
    if state is None and type(error).__name__ == "DataError":
        # Refused on this side already: a NUL, which no text of PostgreSQL can hold.
        state = "22021"
    if state is None:
        if type(error).__name__ not in {"OperationalError", "ConnectionTimeout"}:
            return None
        words = str(error)
        state = next(
            code for known, code in _BY_WORDS if any(word in _fatal(words) for word in known)
        )
    for begins, says in _BY_STATE.items():
        if str(state).startswith(begins):
            return _(says).format(name=name)
    return None


def _fatal(words: str) -> str:
    """Give what the server itself said when it turned a connection away; else nothing."""
    return words.partition("FATAL:")[2] or ("password" if "no password supplied" in words else "")
