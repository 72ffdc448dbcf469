"""Hands a checked payment batch to the bank: writes its file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from unionbenefits.claims.actions import submit_payment_batch
from unionbenefits.claims.console import batch_numbered, cashier
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.money import show


class Command(ContractCommand):
    """`export_payments BATCH --as USER [--out FILE] [--json]`."""

    help = "Writes the bank file of a checked payment batch. Running it again writes the same file."

    def add_arguments(self, parser: CommandParser) -> None:
        """The batch, who hands it over, and where the file goes."""
        super().add_arguments(parser)
        parser.add_argument("batch", metavar="BATCH", help="Number of the payment batch.")
        parser.add_argument("--as", dest="officer", required=True, metavar="USER", help="The cashier.")
        parser.add_argument("--out", type=Path, metavar="FILE", help="Default: the batch's number.")

    def answer(self, **options: Any) -> Answer:
        """Count, sum and the file."""
        officer, scope = cashier(options["officer"], "claims.submit_paymentbatch")
        batch = batch_numbered(options["batch"], scope)
        content = submit_payment_batch(by=officer, batch=batch)
        out = options["out"] or Path(f"{batch.number}.{batch.profile.format}")
        out.write_bytes(content)
        document = {"batch": batch.number, "count": batch.count, "total": str(batch.total), "file": str(out)}
        line = _("%(count)s payments, %(total)s yuan: %(file)s")
        return Answer(document, [line % {"count": batch.count, "total": show(batch.total), "file": out}])
