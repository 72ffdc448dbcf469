"""Certificate numbers: year of issue, serial of nine or more digits, two check digits.

The check digits follow ISO 7064 MOD 97-10: every single wrong digit and every swap of two neighbours shows,
and the whole number leaves remainder 1 when divided by 97. Digits only, so that a phone's number pad serves.
The serial is a database sequence that never starts anew; `sql/issue_coverages.sql` builds the same number.
"""

from stdnum.iso7064 import mod_97_10

_YEAR, _SERIAL, _CHECK = 4, 9, 2


def certificate_no(year: int, serial: int) -> str:
    """The number of the `serial`-th certificate, issued in `year`: `202600000001705` for 2026 and 17."""
    body = f"{year:04d}{serial:0{_SERIAL}d}"
    return body + mod_97_10.calc_check_digits(body)


def clean(text: str) -> str:
    """The number as stored, from what a person typed: blanks, dashes and full-width digits are forgiven."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def is_certificate_no(text: str) -> bool:
    """Whether the number is well formed and its check digits fit; it may still never have been issued."""
    long_enough = len(text) >= _YEAR + _SERIAL + _CHECK
    return long_enough and text.isascii() and text.isdecimal() and mod_97_10.is_valid(text)


def grouped(number: str) -> str:
    """For reading aloud: `2026 000000017 05`. Anything that is no certificate number stays as it is."""
    if not is_certificate_no(number):
        return number
    return f"{number[:_YEAR]} {number[_YEAR:-_CHECK]} {number[-_CHECK:]}"
