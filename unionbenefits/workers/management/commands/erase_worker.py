"""Erases a person, keeping the ledger, the history of money and the audit chain valid (PIPL art. 47)."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from unionbenefits.audit.actors import System
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.workers.documents import tidy_number
from unionbenefits.workers.erasing import Obstacle, erase, kept_until, obstacles_to, vouchers_of
from unionbenefits.workers.models import Worker


class Command(ContractCommand):
    """`erase_worker (--document NUMBER | --worker KEY) [--reason TEXT] [--dry-run] [--json]`."""

    help = "Erases a person everywhere, history included; what accounting law keeps is sealed apart."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom, why, and whether only to look."""
        super().add_arguments(parser)
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--document", metavar="NUMBER", help="Number of a document of the person.")
        who.add_argument("--worker", type=int, metavar="KEY", help="Key of the worker, as in the panel.")
        parser.add_argument("--reason", default="", help="Why; such as the person's request of a day.")
        parser.add_argument("--dry-run", action="store_true", help="Say what stands in the way; do nothing.")

    def answer(self, **options: Any) -> Answer:
        """Exit 1 with every reason where the person cannot be erased now."""
        worker = _worker(options)
        until = kept_until(vouchers_of(worker.pk))
        held = obstacles_to(worker.pk)
        if held:
            return _refused(worker, held)
        if options["dry_run"]:
            document: dict[str, Any] = {"worker": worker.pk, "erased": False, "vouchers_kept_until": until}
            return Answer(document, [_("Nothing stands in the way."), _kept(until)])
        if not options["reason"].strip():
            raise Refusal("reason_missing", _("Write down why."))
        done = erase(by=System("erasure"), worker=worker, reason=options["reason"])
        document = {
            "worker": worker.pk,
            "erased": True,
            "erased_at": done.erased_at.isoformat(),
            "vouchers_kept_until": done.kept_until,
            "refused": None,
        }
        return Answer(document, [_("Erased."), _kept(done.kept_until)])


def _worker(options: dict[str, Any]) -> Worker:
    """The one person meant. Raises NotFound `worker_unknown`, Refusal `worker_unclear`."""
    if options["worker"] is not None:
        found = Worker.objects.filter(pk=options["worker"])
    else:
        found = Worker.objects.with_document(tidy_number(options["document"]).number)
    people: list[Worker] = list(found.order_by("pk")[:2])
    if not people:
        raise NotFound("worker_unknown", _("Nobody with this document number is on file."))
    if len(people) > 1:
        raise Refusal(
            "worker_unclear", _("Several people hold or held this number. Name the worker by its key.")
        )
    return people[0]


def _refused(worker: Worker, held: list[Obstacle]) -> Answer:
    reasons = [
        {"code": one.code, "message": str(one.text), "until": one.until and one.until.isoformat()}
        for one in held
    ]
    message = _("Not yet possible: %(reasons)s") % {"reasons": " ".join(str(one.text) for one in held)}
    refused = {"code": "erasure_held", "message": message, "reasons": reasons}
    document = {"worker": worker.pk, "erased": False, "refused": refused}
    return Answer(document, [message], refused=True)


def _kept(until: Any) -> str:
    if until is None:
        return _("Nothing has to be kept.")
    return _("Sealed vouchers are kept until %(day)s (会计档案管理办法).") % {"day": until.isoformat()}
