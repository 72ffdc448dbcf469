"""Background work on covers."""

from unionbenefits.core import clock, jobs
from unionbenefits.plans.reminders import tell_lapsing


@jobs.periodic("plans.tell_lapsing", cron="23 2 * * *")
def tell_whose_cover_ends(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets the time
    """Once a day; the text messages follow in the daytime."""
    tell_lapsing(day=clock.today())
