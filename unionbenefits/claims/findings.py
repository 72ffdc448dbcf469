"""Ranking checks: set-based, kept per pair, never rejecting. A cleared pair stays cleared (peers.md B7)."""

from collections.abc import Iterable
from pathlib import Path

from unionbenefits.claims.enums import FindingKind
from unionbenefits.core import clock, sql

_SQL = Path(__file__).parent / "sql"
WEIGHTS: dict[FindingKind, int] = {
    FindingKind.SAME_INVOICE: 40,
    FindingKind.SAME_PICTURE: 40,
    FindingKind.SAME_STAY: 30,
    FindingKind.SHARED_ACCOUNT: 30,
    FindingKind.OVERLAPPING_STAY: 20,
    FindingKind.UNUSUAL_AMOUNT: 10,
    FindingKind.FILED_FOR_MANY: 10,
}
# Bits of 64 by which two photos of one paper may differ: fewer than there are bands to find them by
# (migration 0002).
PICTURE_DISTANCE = 4
# Claims of a hospital that an unusual amount is measured against, at least; and standard deviations.
FEWEST_CLAIMS, DEVIATIONS = 20, 3
# Claims that one officer files in 30 days before it is worth a look.
MANY_FILED = 20
# Pairs kept per claim and kind: more say nothing new.
PAIRS = 20


def find(claims: Iterable[int]) -> int:
    """Compares the claims with all others and keeps what is new; then ranks them. Returns how many
    are new.
    """
    wanted = list(claims)
    parameters = {
        "claims": wanted,
        "now": clock.now(),
        "distance": PICTURE_DISTANCE,
        "fewest": FEWEST_CLAIMS,
        "deviations": DEVIATIONS,
        "many": MANY_FILED,
        "pairs": PAIRS,
    } | {f"weight_{kind.value}": weight for kind, weight in WEIGHTS.items()}
    found = sql.run(_SQL, "findings", parameters)
    rank(wanted)
    return found


def rank(claims: Iterable[int]) -> None:
    """Sets each claim's rank, and that of its counterparts, to the weights of its open findings."""
    sql.run(_SQL, "rank", {"claims": list(claims)})
