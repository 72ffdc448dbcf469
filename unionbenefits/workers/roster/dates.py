"""Calendar days in every shape that a roster writes them (case C032). Pure.

A day is taken only where it can be read in one way; two-digit years and 03/04 are never guessed row by row.
Nothing shifts a day: times are cut off, and only a time with an explicit zone is turned to Asia/Shanghai.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from unionbenefits.workers import text as texts
from unionbenefits.workers.roster.facts import Cell

SHANGHAI: Final = dt.timezone(dt.timedelta(hours=8))
EARLIEST: Final = dt.date(1900, 3, 1)
"""Before this day serial numbers are off by one (the 29 February 1900 that never was)."""
_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_LATEST_SERIAL = 73_050  # the year 2099

_SEPARATOR = r"[-/.,。\\\s‐-―−_年月日、~]+"
_TIME = r"(?:[T\s]+(?:上午|下午)?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?\s*(?:[AaPp][Mm])?)?"
_SHORT = rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})"
_ZONE = r"\s*(?:Z|[+-]\d{2}:?\d{2})"
_REMARK = re.compile(
    r"\s*\(?(?:(?:星期|周|礼拜)?[一二三四五六日天])\)$|\s+(?:星期|周|礼拜)[一二三四五六日天]$|(?:起|至今|入会|入职)$"
)
"""Said after a day and changing nothing: 2025/03/01 星期六, 2025-03-01(六), 2025年3月1日起."""
_HAN_DAY = "[一二三四五六七八九十]{1,3}"
_WORD_FIRST = r"([A-Za-z]{3,9})[-/.\s]+(\d{1,2})"
_WORD_SECOND = r"(\d{1,2})[-/.\s]+([A-Za-z]{3,9})"
_year_first = re.compile(rf"(\d{{4}}){_SEPARATOR}{_SHORT}[日号]?\.?{_TIME}", re.ASCII).fullmatch
_year_last = re.compile(rf"{_SHORT}{_SEPARATOR}(\d{{4}}){_TIME}", re.ASCII).fullmatch
_two_digits = re.compile(rf"{_SHORT}{_SEPARATOR}(\d{{1,2}})日?{_TIME}", re.ASCII).fullmatch
_eight = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:\.0)?{_TIME}", re.ASCII).fullmatch
_six = re.compile(r"(\d{2})(\d{2})(\d{2})(?:\.0)?", re.ASCII).fullmatch
_year_month = re.compile(r"(\d{4})(?:(?:\s*年\s*|[-/.])(\d{1,2})\s*月?|年?(?:度)?)", re.ASCII).fullmatch
_serial = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII).fullmatch
_zoned = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}[T ]\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?{_ZONE}", re.ASCII
).fullmatch
_month_named = re.compile(
    rf"(?:{_WORD_SECOND}|{_WORD_FIRST})[-/.,\s]+(\d{{4}}|\d{{2}}){_TIME}", re.ASCII
).fullmatch
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHINESE_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_chinese = re.compile(rf"([〇零○Ｏ一二三四五六七八九]{{4}})年({_HAN_DAY})月({_HAN_DAY})[日号]").fullmatch


class DateProblem(StrEnum):
    """Why no day could be taken."""

    AMBIGUOUS = "ambiguous"
    INCOMPLETE = "incomplete"
    IMPOSSIBLE = "impossible"
    UNREADABLE = "unreadable"


class DateReading(NamedTuple):
    """A day, or a problem and the days that the text may mean."""

    day: dt.date | None
    problem: DateProblem | None = None
    candidates: tuple[dt.date, ...] = ()
    month: tuple[int, int] | None = None
    """Year and month where only the day is lacking; 0 where the month is lacking too."""


_UNREADABLE = DateReading(None, DateProblem.UNREADABLE)
_IMPOSSIBLE = DateReading(None, DateProblem.IMPOSSIBLE)


@lru_cache(maxsize=65_536, typed=True)
def read_date(value: Cell, date1904: bool = False) -> DateReading:
    """The calendar day that a cell means; a blank cell must be sorted out before."""
    if isinstance(value, dt.datetime):
        return _of(value.astimezone(SHANGHAI).date() if value.tzinfo else value.date())
    if isinstance(value, dt.date):
        return _of(value)
    if isinstance(value, bool) or not isinstance(value, str | float | int):
        return _UNREADABLE
    if isinstance(value, str):
        text = texts.to_half_width(texts.strip_forcing(texts.strip_noise(value))[0])
        return _read_text(_REMARK.sub("", text), date1904)
    return _read_number(float(value), date1904)


def _of(day: dt.date) -> DateReading:
    return DateReading(day) if day >= EARLIEST else _IMPOSSIBLE


def _day(year: int, month: int, day: int) -> DateReading:
    try:
        return _of(dt.date(year, month, day))
    except ValueError:
        return _IMPOSSIBLE


def _read_number(number: float, date1904: bool) -> DateReading:
    """A serial day number, or 20250301 and 202503 typed as numbers."""
    if not 0 <= number < 1e9:
        return _UNREADABLE
    whole = int(number)
    if whole >= 10_000_000:
        return _read_text(str(whole), date1904)
    if whole > _LATEST_SERIAL:
        return _read_text(str(whole), date1904) if whole >= 100_000 else _UNREADABLE
    if whole <= 60 and not date1904:
        return _IMPOSSIBLE
    if 1900 <= whole <= 2100 and whole == number:
        return DateReading(None, DateProblem.INCOMPLETE, month=(whole, 0))
    return _of((_EPOCH_1904 if date1904 else _EPOCH_1900) + dt.timedelta(days=whole))


def _read_text(text: str, date1904: bool) -> DateReading:
    if found := _year_first(text) or _eight(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if _zoned(text):
        return _read_zoned(text)
    if _serial(text):
        return _read_number(float(text), date1904)
    if found := _year_last(text):
        return _either_order(int(found[3]), int(found[1]), int(found[2]))
    if found := _two_digits(text) or _six(text):
        return _two_digit_year(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _month_named(text):
        return _named_month(found)
    if found := _year_month(text):
        month = int(found[2]) if found[2] else 0
        if month > 12 or (found[2] and month == 0):
            return _IMPOSSIBLE
        return DateReading(None, DateProblem.INCOMPLETE, month=(int(found[1]), month))
    if found := _chinese(text):
        year = int(found[1].translate(_CHINESE_DIGITS))
        return _day(year, _chinese_number(found[2]), _chinese_number(found[3]))
    return _UNREADABLE


def _read_zoned(text: str) -> DateReading:
    try:
        moment = dt.datetime.fromisoformat(text.replace(" +", "+"))
    except ValueError:
        return _IMPOSSIBLE
    return _of(moment.astimezone(SHANGHAI).date())


def _either_order(year: int, first: int, second: int) -> DateReading:
    """Month and day in an order that only a value above 12, or two equal ones, give away."""
    days = {_day(year, first, second).day, _day(year, second, first).day} - {None}
    known = tuple(sorted(day for day in days if day is not None))
    if len(known) == 1:
        return DateReading(known[0])
    return DateReading(None, DateProblem.AMBIGUOUS, known) if known else _IMPOSSIBLE


def _two_digit_year(text: str, first: int, second: int, third: int) -> DateReading:
    """25-3-1 is never guessed; the candidates serve to compare it with a date that is known otherwise."""
    if text.isdigit() and int(text[:4]) in range(1900, 2100) and 1 <= int(text[4:6]) <= 12:
        year_month = (int(text[:4]), int(text[4:6]))
        return DateReading(None, DateProblem.AMBIGUOUS, _century(first, second, third), year_month)
    orders = ((first, second, third), (third, first, second), (third, second, first))
    candidates = [day for order in orders for day in _century(*order)]
    if not candidates:
        return _IMPOSSIBLE
    return DateReading(None, DateProblem.AMBIGUOUS, tuple(sorted(set(candidates))))


def _century(year: int, month: int, day: int) -> tuple[dt.date, ...]:
    readings = (_day(century + year, month, day).day for century in (1900, 2000))
    return tuple(day for day in readings if day is not None)


def _named_month(found: re.Match[str]) -> DateReading:
    word = (found[2] or found[3])[:3].lower()
    if word not in _MONTHS:
        return _UNREADABLE
    month = _MONTHS.index(word) + 1
    day, year = int(found[1] or found[4]), int(found[5])
    if len(found[5]) == 2:
        candidates = _century(year, month, day)
        return DateReading(None, DateProblem.AMBIGUOUS, candidates) if candidates else _IMPOSSIBLE
    return _day(year, month, day)


def _chinese_number(text: str) -> int:
    """一 to 三十一."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(text.translate(_CHINESE_DIGITS)) if len(text) == 1 else 0
    return int(tens.translate(_CHINESE_DIGITS) or 1) * 10 + int(ones.translate(_CHINESE_DIGITS) or 0)
