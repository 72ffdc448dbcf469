"""The lines and notes of a verdict for `portal/claims/parts/working.html` and the notices beside it."""

from collections.abc import Iterable

from unionbenefits.claims.rules import Line
from unionbenefits.claims.rules.verdict import Note
from unionbenefits.claims.wording import sentence


def lines_shown(lines: Iterable[Line]) -> list[tuple[str, Line]]:
    """Each line with its sentence in the active language."""
    return [(sentence(line), line) for line in lines]


def notes_shown(notes: Iterable[Note]) -> list[str]:
    """The sentences of reasons or flags."""
    return [sentence(note) for note in notes]
