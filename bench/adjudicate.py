"""Pure decisions a second on one core (design §9: at least 5,000)."""

import datetime as dt
import random
import sys
import time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from unionbenefits.claims.rules import Coverage, Facts, PlanTerms, Stay, StayState, Straddle, adjudicate

BAR, COUNT, ROUNDS = 5_000, 20_000, 5


def population(count: int) -> list[Facts]:
    """Claims of workers with one to four stays, under all three straddle rules, with and without caps."""
    chance, start = random.Random(20260101), dt.date(2026, 1, 1)
    return [_facts(chance, start) for _one in range(count)]


def _facts(chance: random.Random, start: dt.date) -> Facts:
    stays = []
    for at in range(chance.randint(1, 4)):
        admitted = start + dt.timedelta(days=chance.randint(0, 380))
        left = admitted + dt.timedelta(days=chance.randint(0, 20))
        paid = Decimal(chance.randint(0, 2_000_000)).scaleb(-2)
        state = StayState.FILED if at == 0 else chance.choice(list(StayState))
        stays.append(
            Stay(
                str(at),
                admitted,
                left,
                paid,
                total=paid,
                settled=left,
                filed=left,
                state=state,
                approved_amount=paid,
            )
        )
    plan = PlanTerms(
        straddle=chance.choice(list(Straddle)),
        deductible=Decimal("300.00"),
        cap_per_period=chance.choice([None, Decimal("20000.00")]),
    )
    return Facts(plan, Coverage(start, dt.date(2026, 12, 31), chance.random() < 0.5), tuple(stays), "0")


def main() -> int:
    """Prints the median of some rounds; 1 where the bar is missed."""
    facts = population(COUNT)
    rates = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        for one in facts:
            adjudicate(one)
        rates.append(COUNT / (time.perf_counter() - began))
    median = sorted(rates)[ROUNDS // 2]
    print(f"{median:,.0f} decisions/s on one core (bar {BAR:,}); {min(rates):,.0f}-{max(rates):,.0f}")
    return int(median < BAR)


if __name__ == "__main__":
    sys.exit(main())
