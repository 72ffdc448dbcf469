"""Invariant 12: business dates are Asia/Shanghai calendar dates."""

import datetime as dt

import pytest

from unionbenefits.core import clock


@pytest.mark.parametrize(
    ("instant", "day"),
    [("2026-06-30T15:59:59+00:00", "2026-06-30"), ("2026-06-30T16:00:00+00:00", "2026-07-01")],
)
def test_the_day_changes_at_midnight_in_shanghai(instant, day, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.fromisoformat(instant))
    assert clock.today().isoformat() == day


@pytest.mark.parametrize(
    ("start", "last"),
    [("2025-07-01", "2026-06-30"), ("2024-02-29", "2025-02-27"), ("2023-03-01", "2024-02-29")],
)
def test_a_year_of_cover_includes_both_ends(start, last):
    assert clock.last_day_of_year_from(dt.date.fromisoformat(start)).isoformat() == last


@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [
        ("2026-09-01", "2027-08-31", "2026-09-15", "2027-09-14"),
        ("2026-09-01", "2027-08-31", "2026-09-01", "2027-08-31"),
        ("2027-01-01", "2027-12-31", "2028-02-29", "2029-02-27"),
        ("2026-01-31", "2026-02-27", "2026-03-01", "2026-03-28"),
        ("2026-01-01", "2026-06-30", "2026-08-31", "2027-02-27"),
        ("2026-01-01", "2026-01-10", "2026-02-01", "2026-02-10"),
    ],
)
def test_a_period_keeps_its_length_from_another_day(first, last, start, end):
    day = dt.date.fromisoformat
    assert clock.same_length(day(first), day(last), day(start)) == day(end)
