import pytest
from hypothesis import given, strategies as st

from unionbenefits.plans.certificates import certificate_no, clean, grouped, is_certificate_no

serials = st.integers(min_value=1, max_value=10**10 - 1)


def test_number_as_documented():
    assert certificate_no(2026, 17) == "202600000001705"
    assert grouped("202600000001705") == "2026 000000017 05"


@given(serial=serials, at=st.integers(0, 20), by=st.integers(1, 9))
def test_one_wrong_digit_shows(serial, at, by):
    number = certificate_no(2026, serial)
    at %= len(number)
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert is_certificate_no(number)
    assert not is_certificate_no(wrong)


@given(serial=serials, at=st.integers(0, 20))
def test_two_swapped_digits_show(serial, at):
    number = certificate_no(2026, serial)
    at %= len(number) - 1
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert swapped == number or not is_certificate_no(swapped)


def test_serials_beyond_nine_digits_stay_valid_and_distinct():
    assert is_certificate_no(certificate_no(2026, 1_234_567_890))
    assert certificate_no(2026, 1_234_567_890) != certificate_no(2026, 234_567_890)


@pytest.mark.parametrize(
    "text", ["", "abc", "2026", "20260000000170５", "2026 000000017 05", "-20260000000170"]
)
def test_anything_else_is_no_certificate_number(text):
    assert not is_certificate_no(text)


def test_what_people_type_is_cleaned():
    assert clean(" ２０２６-000000017 05 ") == "202600000001705"
