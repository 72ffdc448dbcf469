"""Background work for officers: building their files, and taking them away again."""

from unionbenefits.access import exports
from unionbenefits.audit.actors import System
from unionbenefits.core import jobs


@jobs.task(exports.BUILD_TASK)
def build_export(export: int) -> None:
    """One file."""
    exports.build_export(export_id=export)


@jobs.periodic("access.expire_exports", cron="23 * * * *")
def expire_exports(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets the time
    """Files are kept for three days."""
    exports.expire_exports(by=System("expiry"))
