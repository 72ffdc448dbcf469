"""Where the running code was asked from: an address, a command or a job. The log and the history keep it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

ADDRESS: Final = "address"
COMMAND: Final = "command"
JOB: Final = "job"
_LONGEST: Final = 80
_origin: ContextVar[str] = ContextVar("origin", default="")


@contextmanager
def asked_from(kind: str, name: str) -> Iterator[None]:
    """What runs inside was asked from there. A command within a command keeps the inner name."""
    within = _origin.set(f"{kind}:{name}"[:_LONGEST])
    try:
        yield
    finally:
        _origin.reset(within)


def origin() -> str:
    """`address:10.0.0.7`, `command:import_roster`, `job:workers.judge_roster`; empty where nobody said."""
    return _origin.get()
