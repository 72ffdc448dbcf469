"""What is refused before anything is decided, as sentences."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.core.errors import Refusal

FACTS: dict[str, str | Promise] = {
    "amount_invalid": _("%(field)s: write an amount such as 1234.50 instead of “%(given)s”."),
    "amount_decimals": _(
        "%(field)s: “%(given)s” has more than two decimal places. Write it as on the statement."
    ),
    "amount_too_large": _("%(field)s: “%(given)s” is larger than any statement. Check the number of digits."),
    "amount_zero": _("%(field)s: the amount must be above zero."),
    "date_invalid": _("%(field)s: write a date such as 2025-03-10 instead of “%(given)s”."),
    "field_missing": _("%(field)s is missing."),
    "field_unknown": _("%(field)s is not known here. Check its spelling."),
    "choice_unknown": _("%(field)s: “%(given)s” is none of %(choices)s."),
    "number_invalid": _("%(field)s: write a whole number of zero or more instead of “%(given)s”."),
    "rate_invalid": _("%(field)s: write a share between 0 and 1, such as 0.80, instead of “%(given)s”."),
    "period_invalid": _("%(field)s: the cover ends before it starts."),
    "type_invalid": _("%(field)s has the wrong form. The documentation of `adjudicate` shows it."),
    "stay_twice": _("%(field)s: two stays have the id “%(given)s”."),
    "stay_unknown": _("%(field)s: there is no stay with the id “%(given)s”."),
    "json_invalid": _("This is not valid JSON: %(why)s"),
}


class FactsRefused(Refusal):
    """Facts that cannot be read; `field` says where, such as stays[0].self_paid."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, FACTS[code] % values, **values)
