"""Who has ever opened the worker's page: what reminders and the figures of a campaign ask."""

from unionbenefits.core import clock
from unionbenefits.workers.models import FirstOpening, Worker


def note_opening(*, worker: Worker) -> None:
    """The worker has signed in; the first time is kept, later ones change nothing. One query."""
    FirstOpening.objects.bulk_create(
        [FirstOpening(worker_id=worker.pk, first_at=clock.now())], ignore_conflicts=True
    )
