"""`manage.py sync_roles`: writes the roles of the code into the database."""

from typing import Any

from unionbenefits.access.actions import sync_roles
from unionbenefits.audit.actors import System
from unionbenefits.core.commands import Answer, ContractCommand


class Command(ContractCommand):
    """Thin: one verb, one answer."""

    help = "Write the roles and their permissions, as the code defines them, into the database."

    def answer(self, **_options: Any) -> Answer:
        """Permissions per role."""
        counts = sync_roles(by=System("sync_roles"))
        return Answer({"roles": counts}, [f"{role}: {count}" for role, count in counts.items()])
