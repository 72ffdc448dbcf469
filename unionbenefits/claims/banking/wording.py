"""Faults of result lines, and refusals of whole files, as sentences."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.banking.results import Fault
from unionbenefits.core.errors import Refusal

FAULTS: dict[Fault, str | Promise] = {
    Fault.ORDER_MISSING: _("The line names no payment."),
    Fault.ORDER_UNKNOWN: _("No payment of this batch has this number."),
    Fault.OTHER_BATCH: _("The line belongs to another batch."),
    Fault.LINE_DIFFERS: _("The payment stands in the file twice, with different answers. Ask the bank."),
    Fault.STATUS_UNKNOWN: _("The bank's word for the status is not known. Add it to the bank's settings."),
    Fault.AMOUNT_MISSING: _("The paid amount is missing."),
    Fault.AMOUNT_UNREADABLE: _("The cell of the paid amount holds no amount."),
    Fault.AMOUNT_NEGATIVE: _("A successful payment cannot have a negative amount."),
    Fault.PAID_MORE: _("More was paid than was due. Ask the bank."),
    Fault.PAID_LESS: _("Less was paid than was due. Ask the bank."),
    Fault.DATE_MISSING: _("The date is missing."),
    Fault.DATE_IMPOSSIBLE: _("The date lies in the future or before the batch went out."),
    Fault.RECEIPT_MISSING: _("The receipt number is missing."),
    Fault.RECEIPT_REUSED: _("This receipt number already belongs to another payment."),
    Fault.CONTRADICTS: _("The answer contradicts what the bank said before. Ask the bank."),
    Fault.LATE_SUCCESS: _(
        "The bank reports success for a payment that had failed or was sent again. "
        "Stop: the money may arrive twice."
    ),
}
REFUSALS: dict[str, str | Promise] = {
    "result_unreadable": _("The result file cannot be read: %(why)s"),
    "result_no_header": _("No row of the file has the headings %(needed)s. Is it the right file?"),
    "bank_account_missing": _("Payment %(order)s has no account number."),
    "batch_too_long": _("The bank takes at most %(limit)s lines in a file."),
}


class ResultFileRefused(Refusal):
    """A file from or for the bank of which nothing can be used."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, REFUSALS[code] % values, **values)
