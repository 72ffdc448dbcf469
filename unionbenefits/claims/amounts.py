"""Reading amounts as people and programs write them (case C108): Decimal only, nothing guessed."""

import re
from decimal import Decimal

from unionbenefits.claims.errors import FactsRefused

# The largest amount that a column holds (core.money.MoneyField); no hospital bill comes near it.
LARGEST = Decimal("9999999999.99")
# Full-width forms only: NFKC would also read ① and ² as digits.
_HALF_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0xFFE5: 0xA5, 0x3000: 0x20}
_AMOUNT = re.compile(r"(?:¥\s?)?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?\s?元?")


def amount(text: str, field: str, *, zero: bool = True) -> Decimal:
    """元 from what was written: digits, thousands in commas, a currency sign, full-width forms.

    Never a sign, an exponent, a third decimal or words: those are refused, not repaired. Raises FactsRefused
    `amount_invalid` naming `field`, `amount_decimals`, `amount_too_large` or, unless `zero`, `amount_zero`.
    """
    plain = text.translate(_HALF_WIDTH).strip()
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise FactsRefused("amount_invalid", field=field, given=text)
    if len(found[2] or "") > 2:
        raise FactsRefused("amount_decimals", field=field, given=text)
    value = Decimal(f"{found[1].replace(',', '')}.{(found[2] or '').ljust(2, '0')}")
    if value > LARGEST:
        raise FactsRefused("amount_too_large", field=field, given=text)
    if not value and not zero:
        raise FactsRefused("amount_zero", field=field, given=text)
    return value
