"""How much a file may be, packed and unpacked: nothing we accept or refuse takes over 512 MB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and counts; the defaults leave room for 200,000 people with all columns."""

    file_bytes: int = 60 * _MB
    parts: int = 60_000
    """A workbook with a photo for each of 20,000 people has that many parts."""
    sheet_bytes: int = 800 * _MB
    """Unpacked and streamed: a million styled empty rows are some 250 MB of XML."""
    strings_bytes: int = 160 * _MB
    """The shared strings are held in memory."""
    other_bytes: int = 32 * _MB
    ratio: int = 400
    """Unpacked ÷ packed of one part; real sheets stay under 60."""
    ratio_from: int = 16 * _MB
    """Parts smaller than this are harmless at any ratio."""
    cells: int = 5_000_000
    """Area that the fast reader may hold; larger sheets are read row by row."""
    rows: int = 300_000


LIMITS: Final = Limits()
