import datetime as dt
import hashlib
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from stdnum.cn import uscc

from unionbenefits.demo import lines, units, workbooks
from unionbenefits.demo.people import AREA, Population
from unionbenefits.demo.units import Industry
from unionbenefits.workers.documents import read_document
from unionbenefits.workers.enums import Sex
from unionbenefits.workers.phones import is_mobile

TODAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="module")
def plans():
    return lines.plan_rosters(units.units())


def test_scenario_has_the_published_numbers():
    assert len(units.units()) == units.UNITS
    assert sum(unit.gifted for unit in units.units()) == units.WORKERS
    assert units.WORKERS * Decimal(units.FEE) == Decimal(units.AMOUNT)
    transport = sum(unit.gifted for unit in units.units() if unit.industry is Industry.TRANSPORT)
    assert transport == units.TRANSPORT_COPIES
    assert transport * Decimal(units.FEE) == Decimal("130340.00")


def test_codes_pass_their_check_and_are_all_different():
    codes = [code for unit in units.units() for code in (unit.enterprise_code, unit.union_code)]
    codes += [code for _name, code in units.TEST_ENTERPRISES]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not uscc.is_valid(code)] == []


def test_people_have_valid_impossible_numbers_and_differ(plans):
    people = {line.person.number: line.person for plan in plans for line in plan.lines}
    for number, person in people.items():
        reading = read_document(number, None, TODAY)
        assert (reading.problem, reading.birth, reading.sex) == (None, person.birth, person.sex)
        assert number.startswith(AREA)
        assert is_mobile(person.phone)
        assert person.phone[3:7] == "0000"
    assert len({person.phone for person in people.values()}) == len(people)
    assert len({(person.name, person.birth) for person in people.values()}) == len(people)


def test_phones_leave_the_block_of_the_case_files_alone(plans):
    """Otherwise the demo's register would hold case rows as `phone_used_by_another` (design §7)."""
    phones = {line.person.phone for plan in plans for line in plan.lines}
    assert {phone[:3] for phone in phones} <= {"192", "193", "196", "197"}


def test_names_are_of_many_forms(plans):
    names = [line.person.name for plan in plans for line in plan.lines]
    lengths = Counter(len(name) for name in names if "·" not in name)
    assert lengths[2] > 3_000
    assert lengths[3] > 12_000
    assert lengths[4] > 50
    assert sum("·" in name for name in names) > 30
    assert any(ord(character) > 0xFFFF for name in names for character in name)


def test_ages_stay_clear_of_the_limits(plans):
    gifted = {
        line.person
        for plan in plans
        for line in plan.lines
        if not (line.fault and line.fault.code) and line.person.birth.year > 1962
    }
    assert len(gifted) == units.WORKERS
    assert min(person.birth.year for person in gifted if person.sex is Sex.MALE) >= 1970
    assert min(person.birth.year for person in gifted if person.sex is Sex.FEMALE) >= 1981
    assert max(person.birth.year for person in gifted) <= 2005


def test_rosters_add_up(plans):
    sound = {line.person.number for plan in plans for line in plan.lines if not _faulty(line)}
    faulty = [line.person.number for plan in plans for line in plan.lines if _faulty(line)]
    retired = sum(plan.retired for plan in plans)
    assert len(sound) == units.WORKERS + retired
    assert len(set(faulty)) == len(faulty)
    assert sound.isdisjoint(faulty)
    rows = sum(len(plan.lines) for plan in plans)
    repeats = sum(plan.repeated_in_file + plan.from_other_units for plan in plans)
    assert rows == units.WORKERS + retired + repeats + len(faulty)


def test_same_seed_gives_the_same_file(tmp_path):
    unit = replace(units.units()[4], gifted=60)
    digests = []
    for name in ("one.xlsx", "two.xlsx"):
        (plan,) = lines.plan_rosters([unit])
        workbooks.write_workbook(plan, tmp_path / name)
        digests.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert digests[0] == digests[1]


def test_another_seed_gives_other_people():
    one, other = Population(1).draw(men_share=0.5), Population(2).draw(men_share=0.5)
    assert one != other


def _faulty(line: lines.Line) -> bool:
    return line.fault is not None and line.fault.code is not None
