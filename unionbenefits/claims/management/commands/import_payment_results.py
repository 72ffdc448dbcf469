"""Reads a bank's result file in, line by line."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from unionbenefits.claims.actions import read_result_file
from unionbenefits.claims.banking.results import Fault
from unionbenefits.claims.banking.wording import FAULTS
from unionbenefits.claims.console import cashier, office_of, profile_coded
from unionbenefits.claims.models import ResultFile
from unionbenefits.core.commands import Answer, ContractCommand

RECONCILE = "claims.reconcile_paymentbatch"


class Command(ContractCommand):
    """`import_payment_results FILE --as USER --bank CODE [--json]`."""

    help = "Applies a bank's result file; every line that is not understood is named with its row."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, who reads it in, and the bank's form."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE", help="The bank's file.")
        parser.add_argument("--as", dest="officer", required=True, metavar="USER", help="The cashier.")
        parser.add_argument("--bank", required=True, metavar="CODE", help="Code of the bank's profile.")

    def answer(self, **options: Any) -> Answer:
        """What each line did."""
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s") % {"file": options["file"], "why": error.strerror},
                returncode=2,
            )
        officer, _scope = cashier(options["officer"], RECONCILE)
        file = read_result_file(
            by=officer,
            office=office_of(officer, RECONCILE),
            profile=profile_coded(options["bank"]),
            file_name=options["file"].name,
            content=content,
        )
        return Answer(_document(file), _lines(file))


def _document(file: ResultFile) -> dict[str, Any]:
    lines = [
        {
            "row": line.row,
            "order": line.order_no,
            "outcome": line.outcome,
            "fault": line.fault or None,
            "text": str(FAULTS[Fault(line.fault)]) if line.fault else "",
            "amount": None if line.amount is None else str(line.amount),
        }
        for line in file.lines.all()
    ]
    return {"file": file.file_name, "sha256": file.sha256, "outcome": file.outcome, "lines": lines}


def _lines(file: ResultFile) -> list[str]:
    document = _document(file)
    told = [
        f"{line['row']:>5}  {line['order']:<16} {line['outcome']:<9} {line['text']}"
        for line in document["lines"]
    ]
    return [document["outcome"], *told]
