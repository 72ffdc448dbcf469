"""The lines of every roster: who stands on it, who on several, and what clerks got wrong. Pure and seeded.

`gifted` people of a unit stand on its roster soundly and on no earlier one. On top come people whose line is
faulty (rejected or held, and they stand nowhere else), men past the retirement age, repeats within the file,
and people who already stand on an earlier unit's roster: one worker with two memberships, and one gift.
"""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from unionbenefits.demo.faults import FAULTS, NOISE, Fault
from unionbenefits.demo.layouts import Layout, layout_of
from unionbenefits.demo.people import Person, Population
from unionbenefits.demo.units import Industry, Unit

SEED: Final = 20_250_118


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a person, what the unit says of them, and what is wrong with the way it is written."""

    person: Person
    job: str
    relation: str
    joined_on: dt.date
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """A unit's roster before it is written, and how it was composed."""

    unit: Unit
    layout: Layout
    lines: tuple[Line, ...]
    retired: int
    repeated_in_file: int
    from_other_units: int


@dataclass(frozen=True, slots=True)
class _Trade:
    men_share: float
    jobs: tuple[str, ...]
    relations: tuple[str, ...]
    also_elsewhere: float
    """Share of the unit's people who already stand on an earlier roster."""


_TRADES: Final = {
    Industry.DELIVERY: _Trade(
        0.88,
        ("外卖配送员", "外卖配送员", "外卖骑手", "网约配送员"),
        ("新型用工关系", "新型用工关系", "平等民事关系", "劳动关系"),
        0.035,
    ),
    Industry.COURIER: _Trade(
        0.82, ("快递员", "快递员", "快递员", "分拣员"), ("劳动关系", "劳动关系", "新型用工关系"), 0.02
    ),
    Industry.LIVESTREAM: _Trade(
        0.31, ("网络主播", "带货主播", "互联网营销师", "直播运营"), ("新型用工关系", "劳动关系"), 0.004
    ),
    Industry.TRANSPORT: _Trade(
        0.97, ("货车司机", "货车司机", "网约货运驾驶员"), ("劳动关系", "平等民事关系"), 0.012
    ),
}
_FAULTY, _NOISY, _REPEATED, _RETIRED = 0.021, 0.03, 0.006, 0.0015


def plan_rosters(units: Iterable[Unit], seed: int = SEED) -> list[RosterPlan]:
    """The rosters of `units` in their order; the same arguments give the same lines."""
    population = Population(seed)
    rng = random.Random(seed + 1)  # noqa: S311 - chance that can be repeated
    known: list[Person] = []
    plans = []
    for position, unit in enumerate(units):
        plan, fresh = _plan_roster(unit, layout_of(position), population, rng, known)
        known.extend(fresh)
        plans.append(plan)
    return plans


def _plan_roster(
    unit: Unit, layout: Layout, population: Population, rng: random.Random, known: list[Person]
) -> tuple[RosterPlan, list[Person]]:
    trade = _TRADES[unit.industry]
    fresh = [population.draw(men_share=trade.men_share) for _ in range(unit.gifted)]
    retired = [population.draw(men_share=1, retired=True) for _ in range(_share(unit.gifted * _RETIRED, rng))]
    others = rng.sample(known, min(len(known), _share(unit.gifted * trade.also_elsewhere, rng)))
    sound = [_line(person, trade, rng) for person in (*fresh, *retired, *others)]
    noisy = [_with_noise(line, layout, rng) for line in sound]
    repeats = rng.sample(sound[: len(fresh)], _share(unit.gifted * _REPEATED, rng))
    faulty = [
        _faulty(trade, layout, population, rng) for _ in range(max(1, _share(unit.gifted * _FAULTY, rng)))
    ]
    lines = _mix(noisy, repeats, faulty, rng)
    plan = RosterPlan(unit, layout, tuple(lines), len(retired), len(repeats), len(others))
    return plan, fresh


def _share(expected: float, rng: random.Random) -> int:
    """A whole number near `expected`, rounded by chance so that small units get their part."""
    return int(expected + rng.random())


def _line(person: Person, trade: _Trade, rng: random.Random) -> Line:
    joined = dt.date(2018, 1, 1) + dt.timedelta(days=rng.randrange(2500))
    return Line(person, rng.choice(trade.jobs), rng.choice(trade.relations), joined)


def _with_noise(line: Line, layout: Layout, rng: random.Random) -> Line:
    if rng.random() >= _NOISY:
        return line
    fitting = [fault for fault in NOISE if fault.needs <= layout.fields and fault.fits(line.person)]
    return replace(line, fault=rng.choice(fitting))


def _faulty(trade: _Trade, layout: Layout, population: Population, rng: random.Random) -> Line:
    fitting = [fault for fault in FAULTS if fault.needs <= layout.fields]
    fault = rng.choices(fitting, [fault.weight for fault in fitting])[0]
    person = population.draw(men_share=trade.men_share, minor=fault.minor)
    return replace(_line(person, trade, rng), fault=fault)


def _mix(sound: list[Line], repeats: list[Line], faulty: list[Line], rng: random.Random) -> list[Line]:
    """Sound lines in chance order; faulty ones never side by side; repeats below their first line."""
    rng.shuffle(sound)
    places = sorted(rng.sample(range(1, len(sound) // 2), len(faulty)))
    for shift, (place, line) in enumerate(zip(places, faulty, strict=True)):
        sound.insert(2 * place + shift, line)
    return sound + repeats
