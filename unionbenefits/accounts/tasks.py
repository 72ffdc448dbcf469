"""Jobs of the sign-in."""

from unionbenefits.accounts import actions, delivery
from unionbenefits.audit.actors import System
from unionbenefits.core import jobs


@jobs.task(actions.SEND_TASK, tries=delivery.MAX_TRIES)
def send_message(message_id: int) -> None:
    """One message to the gateway."""
    delivery.send_message(message_id=message_id)


@jobs.periodic("accounts.purge_traces", cron="41 3 * * *")
def purge_traces(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets the time
    """Codes, messages and counters are kept for as long as the law asks."""
    actions.purge_traces(by=System("housekeeping"))
