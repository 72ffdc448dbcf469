"""What cover says about erasing a person: nothing goes, live cover stands in the way."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from unionbenefits.core import clock
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.periods import last_day
from unionbenefits.workers.erasing import Obstacle, stands_in_the_way


@stands_in_the_way
def live_cover(worker_id: int) -> Iterator[Obstacle]:
    """Cover that runs or is to come: without the person nobody could be told or paid."""
    running = Coverage.objects.filter(worker=worker_id, live_period__endswith__gt=clock.today())
    for cover in running.order_by("pk"):
        until = last_day(cover.live_period)
        if until is not None:
            yield Obstacle(
                "cover_live",
                _("The cover %(number)s runs until %(day)s.")
                % {"number": cover.certificate_no, "day": until.isoformat()},
                until,
            )
