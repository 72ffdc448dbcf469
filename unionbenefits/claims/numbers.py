"""Numbers that are never used twice: drawn from sequences, which no rollback gives back."""

from django.db import connection

from unionbenefits.core import clock

_SEQUENCES = frozenset({"claims_claim_no", "claims_batch_no", "claims_order_no"})


def draw(sequence: str, prefix: str) -> str:
    """The next number, such as K2026000123: prefix, year in Shanghai, at least six digits."""
    if sequence not in _SEQUENCES:
        raise ValueError(sequence)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        [serial] = cursor.fetchone()
    return f"{prefix}{clock.today().year}{serial:06d}"
