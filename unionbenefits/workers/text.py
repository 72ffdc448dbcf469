"""Cleaning of text that people or programs put into cells; pure, used wherever text comes in.

Sources: cases C003 (forced text), C018 (NUL), C040 (escaped carriage returns), C005 (look-alike characters).
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA_TEXT = re.compile(r"""^=\s*["“”](.*)["“”]\s*$""", re.DOTALL)
_FORCING_MARKS = "'‘’`´＇′"
# Digits, letters and punctuation of the full-width block; the ideographic blank becomes a plain one.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
BLANKS = "".join(
    chr(code)
    for code in (
        0x20,
        0xA0,
        0x1680,
        *range(0x2000, 0x200B),
        0x202F,
        0x205F,
        0x3000,
        0x09,
        0x0A,
        0x0B,
        0x0C,
        0x0D,
    )
)
_TO_PLAIN_BLANK = dict.fromkeys(map(ord, BLANKS), " ")


def _is_noise(character: str) -> bool:
    """Control, format and surrogate characters: zero-width marks, byte-order marks, NUL, direction marks."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def strip_noise(text: str) -> str:
    """The text without invisible characters and spreadsheet escapes, blanks plain, ends trimmed."""
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text.strip(" ")
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.translate(_TO_PLAIN_BLANK)
    if not text.isprintable():
        text = "".join(character for character in text if not _is_noise(character))
    return text.strip(" ")


def strip_forcing(text: str) -> tuple[str, str]:
    """(bare text, what was taken off): tricks that force a spreadsheet to keep text as text (case C003)."""
    first_taken = ""
    while True:
        found = _FORMULA_TEXT.match(text)
        bare = found[1] if found else text.lstrip(_FORCING_MARKS)
        if bare == text:
            return text, first_taken
        first_taken = first_taken or ('="…"' if found else text[: len(text) - len(bare)])
        text = bare.strip()


def to_half_width(text: str) -> str:
    """Full-width digits, letters and signs as plain ones; nothing else is folded."""
    return text if text.isascii() else text.translate(FULL_WIDTH)


def remove_blanks(text: str) -> str:
    """The text without any blank."""
    return "".join(text.split())
