"""Invented people. Nobody can hold their numbers: area 440699 and the phones were never given out. Pure."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from unionbenefits.demo.names import draw_name
from unionbenefits.workers.documents import check_character
from unionbenefits.workers.enums import Sex

AREA: Final = "440699"
"""Foshan has districts 04 to 08 only."""
_PHONE_BLOCKS: Final = ("1970000", "1960000", "1930000", "1920000")
"""Exchange 0000 of a mobile range is not assigned to subscribers; 10,000 numbers each. Not 199: the case
files use it, and the register of the demo must judge them as an empty one would (design §7)."""

# Far from both limits for years to come: the youngest is of age, and a woman born in 1981 retires in 2031 at
# the earliest (domain §3.7), so the totals do not depend on the day of the run.
_BORN: Final = {Sex.MALE: (1970, 2005, 1991), Sex.FEMALE: (1981, 2005, 1993)}
_RETIRED_BORN: Final = (1957, 1962)
"""Men of these years were past 60 before the retirement age began to rise in 2025."""


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, as their card and phone say."""

    name: str
    sex: Sex
    birth: dt.date
    number: str
    phone: str


def resident_number(birth: dt.date, order: int) -> str:
    """A number that passes GB 11643 in an area that does not exist; `order` 0-999, odd for men."""
    first17 = f"{AREA}{birth:%Y%m%d}{order:03d}"
    return first17 + check_character(first17)


class Population:
    """Draws people who differ in number, phone, and name with birth date; a seed draws the same ones."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - chance that can be repeated
        self._numbers: set[str] = set()
        self._identities: set[tuple[str, dt.date]] = set()
        self._phones = _phones(self._rng)

    def draw(self, *, men_share: float, retired: bool = False, minor: bool = False) -> Person:
        """One more person. `retired`: past the retirement age; `minor`: too young to work."""
        rng = self._rng
        sex = Sex.MALE if retired or rng.random() < men_share else Sex.FEMALE
        while True:
            birth = _birth(rng, sex, retired=retired, minor=minor)
            number = resident_number(birth, rng.randrange(500) * 2 + (sex is Sex.MALE))
            name = draw_name(rng, sex)
            # A text number ending in 000 looks like one that lost its digits in a spreadsheet.
            if number in self._numbers or (name, birth) in self._identities or number.endswith("000"):
                continue
            self._numbers.add(number)
            self._identities.add((name, birth))
            return Person(name, sex, birth, number, next(self._phones))


def _birth(rng: random.Random, sex: Sex, *, retired: bool, minor: bool) -> dt.date:
    if minor:
        year = 2020
    elif retired:
        year = rng.randint(*_RETIRED_BORN)
    else:
        low, high, mode = _BORN[sex]
        year = min(high, int(rng.triangular(low, high + 1, mode)))
    return dt.date(year, 1, 1) + dt.timedelta(days=rng.randrange(365))


def _phones(rng: random.Random) -> Iterator[str]:
    """Every number of the blocks once, in an order that looks like chance."""
    for block in _PHONE_BLOCKS:
        for tail in rng.sample(range(10_000), 10_000):
            yield f"{block}{tail:04d}"
