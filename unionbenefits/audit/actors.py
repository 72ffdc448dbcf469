"""Who acts: anything with a name for the log. Staff users and signed-in workers fit, and so does the
system itself.
"""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """The `by=` of every verb."""

    @property
    def audit_name(self) -> str:
        """Kind and stable name, such as `staff:chen` or `worker:123`."""
        ...


@dataclass(frozen=True, slots=True)
class System:
    """The program itself: periodic jobs, migrations, the demo's set-up."""

    purpose: str = "system"

    @property
    def audit_name(self) -> str:
        """`system:` and what for."""
        return f"system:{self.purpose}"


SYSTEM = System()
