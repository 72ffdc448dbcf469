"""What Chinese officers' passwords are guessed by: phones, identity numbers, names, lucky and love numbers.

Beside Django's own list of common passwords (settings.AUTH_PASSWORD_VALIDATORS). The words are what anybody
who knows where a union's officer works would try first.
"""

import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def _list(name: str) -> list[str]:
    return (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").split()


_MOBILE = re.compile(r"1[3-9]\d{9}")
_IDENTITY = re.compile(r"\d{17}[\dXx]")
# A password is more than a word and a year: what is left of it without these must be at least this long.
_LEAST_LEFT = 4
_WORDS = frozenset(_list("guessed_words.txt"))
# Rows of keys, lucky and love numbers; the longer ones first.
_WALKS = sorted(_list("guessed_walks.txt"), key=len, reverse=True)
_YEAR = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?")
_LEET = str.maketrans("@0$", "aos")
_EDGES = "0123456789!@#$%^&*()_-+=.,?~"


class ChineseContextValidator:
    """Refuses what an attacker who knows the person's surroundings tries first."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with a sentence that says what to do instead."""
        if _MOBILE.search(password) or _IDENTITY.search(password):
            raise ValidationError(
                _("A phone or identity number is no password: others know it. Take several unrelated words."),
                code="password_is_number",
            )
        if user is not None and any(part in password.lower() for part in _own(user)):
            raise ValidationError(
                _("Leave your own name and sign-in name out of the password."), code="password_has_name"
            )
        if _is_guessed(password.lower()):
            raise ValidationError(
                _("This password is one of the first that are tried. Take several unrelated words."),
                code="password_is_guessed",
            )

    def get_help_text(self) -> str:
        """The rule, for the list above the field."""
        return _("No phone or identity number, nothing of your name, no lucky numbers or rows of keys.")


def _own(user: Any) -> list[str]:
    parts = [str(getattr(user, "username", "") or "").lower(), str(getattr(user, "name", "") or "").lower()]
    return [part for part in parts if len(part) >= (2 if not part.isascii() else 3)]


def _is_guessed(text: str) -> bool:
    core = text.strip(_EDGES)
    letters = {re.sub(r"[^a-z]", "", text), re.sub(r"[^a-z]", "", core.translate(_LEET))}
    if letters & _WORDS or len(set(text)) <= 3:
        return True
    left = _YEAR.sub("", text)
    for walk in _WALKS:
        left = left.replace(walk, "")
    return len(left) < _LEAST_LEFT
