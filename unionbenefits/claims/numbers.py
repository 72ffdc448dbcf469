"""Numbers that are never used twice: drawn from sequences, which no rollback gives back."""

from django.db import connection

from unionbenefits.core import clock

_SEQUENCES = frozenset({"claims_claim_no", "claims_batch_no", "claims_order_no"})


def draw(sequence: str, prefix: str) -> str:
    """The next number, such as K2026000123: prefix, year in Shanghai, at least six digits."""
    [number] = draw_many(sequence, prefix, 1)
    return number


def draw_many(sequence: str, prefix: str, count: int) -> list[str]:
    """The next `count` numbers, rising. One query."""
    if sequence not in _SEQUENCES:
        raise ValueError(sequence)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        serials = sorted(serial for (serial,) in cursor.fetchall())
    year = clock.today().year
    return [f"{prefix}{year}{serial:06d}" for serial in serials]
