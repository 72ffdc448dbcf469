"""What a form sends for a claim, tidied field by field (cases C108, C112)."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from stdnum import luhn

from unionbenefits.claims.amounts import LARGEST, amount
from unionbenefits.claims.errors import FactsRefused
from unionbenefits.claims.querysets import account_digest, invoice_digest
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.bank_accounts import account_digits

DATES = ("admitted", "discharged", "settled")
AMOUNTS = (
    "total",
    "pooled_fund",
    "supplementary",
    "medical_aid",
    "self_paid",
    "own_expense",
    "other_paid",
)
WORDS = ("hospital", "payee_name", "bank_name", "other_holder_reason")
FIELDS = frozenset({*DATES, *AMOUNTS, *WORDS, "invoice_no", "account"})
LABELS: dict[str, str | Promise] = {
    "hospital": gettext_lazy("Hospital"),
    "admitted": gettext_lazy("Admitted on"),
    "discharged": gettext_lazy("Discharged on"),
    "settled": gettext_lazy("Settled on"),
    "total": gettext_lazy("Total of the statement"),
    "pooled_fund": gettext_lazy("Paid by the pooled fund"),
    "supplementary": gettext_lazy("Paid by supplementary insurance"),
    "medical_aid": gettext_lazy("Paid by medical aid"),
    "self_paid": gettext_lazy("Self-paid within the insured costs"),
    "own_expense": gettext_lazy("Own expense"),
    "other_paid": gettext_lazy("Paid by other schemes"),
    "invoice_no": gettext_lazy("Invoice number"),
    "payee_name": gettext_lazy("Account holder"),
    "account": gettext_lazy("Bank account"),
    "bank_name": gettext_lazy("Bank"),
    "other_holder_reason": gettext_lazy("Reason for another account holder"),
}
_NOT_LETTERS = re.compile(r"[\s\W_]+")
_LONGEST = {"hospital": 120, "payee_name": 100, "bank_name": 80, "other_holder_reason": 200}


def tidied(values: dict[str, Any]) -> dict[str, Any]:
    """Columns of a Claim from what was typed or chosen; blank is None or "".

    Raises FactsRefused `amount_*` or `date_invalid`, Refusal `account_invalid` or `text_too_long`, and
    TypeError for a field that no claim has.
    """
    unknown = values.keys() - FIELDS
    if unknown:
        raise TypeError(f"Not fields of a claim: {sorted(unknown)}")
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name in AMOUNTS:
            columns[name] = _amount(name, value)
        elif name in DATES:
            columns[name] = _date(name, value)
        elif name == "invoice_no":
            columns |= _sealed(name, "invoice_digest", tidy_invoice(str(value or "")), invoice_digest)
        elif name == "account":
            columns |= _sealed(name, "account_digest", account_digits(str(value or "")), account_digest)
        else:
            columns |= _words(name, str(value or ""))
    return columns


def tidy_invoice(text: str) -> str:
    """An invoice number for comparison: half-width, upper case, letters and digits only."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text)).upper()[:60]


def tidy_hospital(text: str) -> str:
    """A hospital's name for comparison: no blanks, brackets or case."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text)).casefold()[:120]


def passes_luhn(account: str) -> bool:
    """Whether a card number passes its check. Some real accounts don't: a warning, never a refusal."""
    return bool(luhn.is_valid(account))


def _amount(name: str, value: Any) -> Decimal | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not value.is_finite() or value.is_signed() or value > LARGEST or int(exponent) < -2:
            raise FactsRefused("amount_invalid", field=LABELS[name], given=str(value))
        return value
    return amount(str(value), str(LABELS[name]))


def _date(name: str, value: Any) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    text = unicodedata.normalize("NFKC", str(value)).strip().replace("/", "-").replace(".", "-")
    if not text:
        return None
    try:
        return dt.date.fromisoformat("-".join(part.zfill(2) for part in text.split("-")))
    except ValueError:
        raise FactsRefused("date_invalid", field=LABELS[name], given=value)


def _sealed(name: str, index: str, text: str, digest: Any) -> dict[str, Any]:
    return {name: text or None, index: digest(text) if text else None}


def _words(name: str, text: str) -> dict[str, Any]:
    text = " ".join(text.split())
    if len(text) > _LONGEST[name]:
        raise Refusal("text_too_long", _("%(field)s is too long.") % {"field": LABELS[name]})
    if name == "hospital":
        return {name: text, "hospital_key": tidy_hospital(text)}
    # A holder's name stays as written: the bank compares it with its own spelling (case C060).
    return {name: text}
