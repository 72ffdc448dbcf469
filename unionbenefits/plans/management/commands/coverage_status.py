"""What the holder of a document would see of their cover; name and number masked."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from unionbenefits.core import clock
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.errors import NotFound
from unionbenefits.core.masking import mask_document, mask_name
from unionbenefits.plans.certificates import grouped
from unionbenefits.plans.queries import CoverView, WorkerCoverage, coverage_of
from unionbenefits.workers.documents import tidy_number
from unionbenefits.workers.models import Worker


class Command(ContractCommand):
    """`coverage_status --document NUMBER [--json]`."""

    help = "Whether the holder of a document is covered today, until when, and what it pays."

    def add_arguments(self, parser: CommandParser) -> None:
        """The document's number, as typed."""
        super().add_arguments(parser)
        parser.add_argument("--document", required=True, metavar="NUMBER", help="Number of the document.")

    def answer(self, **options: Any) -> Answer:
        """One entry per worker who holds or held a document of this number; nearly always one."""
        number = tidy_number(options["document"]).number
        today = clock.today()
        workers = list(Worker.objects.with_document(number).order_by("pk"))
        if not workers:
            raise NotFound("worker_unknown", _("Nobody with this document number is on file."))
        found = [(worker, coverage_of(worker, today)) for worker in workers]
        document = {
            "document": mask_document(number),
            "day": today.isoformat(),
            "workers": [_document(*one) for one in found],
        }
        return Answer(document, [line for one in found for line in _lines(*one)])


def _document(worker: Worker, found: WorkerCoverage) -> dict[str, Any]:
    return {
        "name": mask_name(worker.name),
        "covered": found.covered,
        "current": [_cover(one) for one in found.current],
        "upcoming": [_cover(one) for one in found.upcoming],
        "past": [_cover(one) for one in found.past],
    }


def _cover(one: CoverView) -> dict[str, Any]:
    return {
        "certificate_no": one.certificate_no,
        "plan": one.plan_code,
        "name": one.popular_name or one.plan_name,
        "state": one.state.value,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "waiting_until": one.waiting_until.isoformat() if one.waiting_until else None,
        "rates": [str(rate) for rate in one.rates],
        "given_by": one.given_by,
        "first_enrolment": one.first_enrolment,
    }


def _lines(worker: Worker, found: WorkerCoverage) -> list[str]:
    answer = _("covered today") if found.covered else _("not covered today")
    lines = [f"{mask_name(worker.name)}: {answer}"]
    for one in (*found.current, *found.upcoming, *found.past):
        lines.append(
            "  "
            + _("%(plan)s, %(first)s to %(last)s, given by %(giver)s, certificate %(number)s")
            % {
                "plan": one.popular_name or one.plan_name,
                "first": one.first_day.isoformat(),
                "last": one.last_day.isoformat(),
                "giver": one.given_by,
                "number": grouped(one.certificate_no),
            }
        )
        if one.waiting_until:
            until = one.waiting_until.isoformat()
            lines.append("  " + _("Waiting period until %(day)s inclusive") % {"day": until})
        lines.append("  " + _("Pays %(rates)s") % {"rates": " / ".join(f"{rate:.0%}" for rate in one.rates)})
    return lines
