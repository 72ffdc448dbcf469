"""Age and retirement, by the calendar (C094, domain.md §3.7); the SQL of a preview says the same."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, strategies as st

from tests.campaigns.scene import scene
from tests.factories import MembershipFactory, PlanVersionFactory, WorkerFactory
from unionbenefits.campaigns.eligibility import (
    MEN,
    WOMEN_50,
    WOMEN_55,
    AgeRules,
    age_code,
    completed_months,
    retirement_months,
    rules_of,
)
from unionbenefits.campaigns.enums import LeftOut
from unionbenefits.campaigns.previews import preview_lines
from unionbenefits.workers.enums import Sex

days = st.dates(dt.date(1930, 1, 1), dt.date(2012, 12, 31))
EIGHTEEN_TO_SIXTY = AgeRules(floor_months=18 * 12, below_months=60 * 12)


def day(text):
    return dt.date.fromisoformat(text)


def test_case_c094(case):
    scenario = case("094-age-boundaries.json")
    answers = [
        age_code(
            day(f"{one['birth'][:4]}-{one['birth'][4:6]}-{one['birth'][6:]}"),
            "",
            day(one["start"]),
            EIGHTEEN_TO_SIXTY,
        )
        for one in scenario["people"]
    ]
    # The leap-day rule is written down in eligibility.py: not yet 18 on 28 February of a common year.
    expected = [False, True, False, True, False, False]
    given_by_case = [
        ours if isinstance(theirs, str) else theirs
        for ours, theirs in zip(expected, scenario["expect_eligible"], strict=True)
    ]
    assert [code is None for code in answers] == expected == given_by_case
    assert answers[0] == LeftOut.TOO_OLD
    assert answers[5] == LeftOut.TOO_YOUNG


@pytest.mark.parametrize(
    ("birth", "on", "months"),
    [
        ("2008-02-29", "2026-02-28", 18 * 12 - 1),
        ("2008-02-29", "2026-03-01", 18 * 12),
        ("2008-02-29", "2028-02-29", 20 * 12),
        ("2000-01-31", "2000-02-29", 0),
        ("2000-01-31", "2000-03-01", 1),
        ("2000-01-31", "2000-03-31", 2),
        ("2000-05-10", "2001-05-09", 11),
        ("2000-05-10", "2001-05-10", 12),
    ],
)
def test_completed_months(birth, on, months):
    assert completed_months(day(birth), day(on)) == months


@given(birth=days, later=st.integers(0, 40_000))
def test_months_never_run_backwards_and_years_agree_with_birthdays(birth, later):
    on = birth + dt.timedelta(days=later)
    if on.year > 2100:
        return
    had_birthday = (on.month, on.day) >= (birth.month, birth.day)
    assert completed_months(birth, on) // 12 == on.year - birth.year - (not had_birthday)
    assert completed_months(birth, on + dt.timedelta(days=1)) - completed_months(birth, on) in (0, 1)


@pytest.mark.parametrize(
    ("birth", "track", "years", "months"),
    [
        ("1964-12-31", MEN, 60, 0),
        ("1965-01-01", MEN, 60, 1),
        ("1965-04-30", MEN, 60, 1),
        ("1965-05-01", MEN, 60, 2),
        ("1976-08-15", MEN, 62, 11),
        ("1976-09-01", MEN, 63, 0),
        ("1990-01-01", MEN, 63, 0),
        ("1969-12-31", WOMEN_55, 55, 0),
        ("1970-01-01", WOMEN_55, 55, 1),
        ("1981-09-01", WOMEN_55, 58, 0),
        ("1974-12-31", WOMEN_50, 50, 0),
        ("1975-01-01", WOMEN_50, 50, 1),
        ("1984-11-01", WOMEN_50, 55, 0),
    ],
)
def test_2025_schedule(birth, track, years, months):
    assert retirement_months(day(birth), track) == years * 12 + months


def test_retirement_is_reached_on_the_day_and_not_on_its_eve():
    rules = AgeRules(below_retirement=True)
    man = day("1965-01-15")  # 60 years and one month: 15 February 2025
    assert age_code(man, Sex.MALE, day("2025-02-14"), rules) is None
    assert age_code(man, Sex.MALE, day("2025-02-15"), rules) == LeftOut.OVER_RETIREMENT_AGE


def test_unknown_sex_and_women_count_by_the_later_age():
    rules = AgeRules(below_retirement=True)
    born, on = day("1969-06-01"), day("2026-01-01")  # 56 years
    assert age_code(born, Sex.FEMALE, on, rules) == LeftOut.OVER_RETIREMENT_AGE
    assert age_code(born, "", on, rules) is None
    assert age_code(day("1975-06-01"), Sex.FEMALE, on, rules) is None  # 50: over on the workers' track only


def test_missing_birth_date_matters_only_where_age_does():
    assert age_code(None, "", day("2026-01-01"), AgeRules(floor_months=192)) == LeftOut.NO_BIRTH_DATE
    assert age_code(None, "", day("2026-01-01"), AgeRules()) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "terms"),
    [
        ("2026-03-01", {}),
        ("2026-02-28", {"age_floor": 18, "age_below": 60}),
        ("2028-02-29", {"age_floor": 0, "below_retirement_age": True}),
        ("2026-12-31", {"age_floor": 0, "below_retirement_age": False}),
    ],
)
def test_preview_in_sql_says_the_same_as_the_pure_rule(start, terms):
    version = PlanVersionFactory(**terms)
    s = scene(
        workers=0, plan_version=version, cover_starts_on=day(start), cover_ends_on=dt.date(2029, 12, 31)
    )
    births = {
        dt.date(day(start).year - years, month, date)
        for years, month, date in itertools.product(
            (15, 16, 18, 55, 57, 58, 60, 61, 63), (1, 2, 3, 9, 12), (1, 28)
        )
    }
    births |= {day(start) - dt.timedelta(days=n) for n in (5843, 5844, 5845, 6574, 6575, 21914, 21915, 21916)}
    births |= {
        day(text)
        for text in ("2008-02-29", "1968-02-29", "1964-12-31", "1965-01-31", "1970-01-31", "1969-12-31")
    }
    people = [
        WorkerFactory(birth_date=birth, sex=sex)
        for birth in [*sorted(births), None]
        for sex in (Sex.MALE, Sex.FEMALE, "")
    ]
    for person in people:
        MembershipFactory(worker=person, enterprise=s.enterprise)
    rules = rules_of(version)
    expected = {one.pk: age_code(one.birth_date, one.sex, day(start), rules) for one in people}
    lines = preview_lines(s.allotment, limit=1000)
    assert {line.worker_id: line.reason for line in lines} == expected
    assert len(set(expected.values())) > 1 or terms.get("age_floor") == 0
