"""The container of old Office files (MS-CFB): which streams it has, and the workbook stream itself.

Only what is needed to tell an encrypted workbook, an old one and a Word file apart, and to see what calamine
does not tell of an old workbook: hidden rows and columns and the 1904 calendar.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_WORKBOOK_NAMES = ("workbook", "book")


class OleFile:
    """A parsed container. Raises ValueError where the structure makes no sense."""

    def __init__(self, data: bytes) -> None:
        if data[:8] != SIGNATURE or len(data) < 512:
            raise ValueError("not an OLE file")
        self._data = data
        sector_shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if sector_shift not in {9, 12} or mini_shift != 6:
            raise ValueError("odd sector size")
        self._size = 1 << sector_shift
        first_directory, self._mini_cutoff, first_mini_fat = struct.unpack_from("<I4xII", data, 48)
        self._fat = self._read_fat()
        self._entries = self._read_directory(first_directory)
        self._mini_fat = self._table(self._chain(first_mini_fat))

    @property
    def names(self) -> frozenset[str]:
        """Lower-case names of all streams and storages."""
        return frozenset(name for name, _kind, _start, _length in self._entries)

    def workbook(self) -> bytes | None:
        """The bytes of the BIFF stream, or None where there is none."""
        for wanted in _WORKBOOK_NAMES:
            for name, kind, start, length in self._entries:
                if name == wanted and kind == 2:
                    return self._stream(start, length)
        return None

    def _sector(self, number: int) -> bytes:
        offset = (number + 1) * self._size
        return self._data[offset : offset + self._size]

    def _chain(self, start: int) -> bytes:
        """The joined sectors from `start` on; every sector at most once, so that a loop ends."""
        parts: list[bytes] = []
        number = start
        while number < len(self._fat) and len(parts) <= len(self._fat):
            parts.append(self._sector(number))
            number = self._fat[number]
        return b"".join(parts)

    def _read_fat(self) -> tuple[int, ...]:
        count, next_table = struct.unpack_from("<I20xI", self._data, 44)
        numbers = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _END]
        seen = 0
        while next_table < _END and seen < 1000:
            sector = self._sector(next_table)
            *more, next_table = struct.unpack(f"<{len(sector) // 4}I", sector)
            numbers += [n for n in more if n < _END]
            seen += 1
        return self._table(b"".join(self._sector(n) for n in numbers[:count]))

    @staticmethod
    def _table(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _read_directory(self, start: int) -> list[tuple[str, int, int, int]]:
        raw = self._chain(start)
        entries = []
        for offset in range(0, len(raw) - 127, 128):
            name_length, kind = struct.unpack_from("<HB", raw, offset + 64)
            if kind == 0 or not 2 <= name_length <= 64:
                continue
            name = raw[offset : offset + name_length - 2].decode("utf-16-le", "replace").lower()
            first, length = struct.unpack_from("<II", raw, offset + 116)
            entries.append((name, kind, first, length))
        return entries

    def _stream(self, start: int, length: int) -> bytes:
        if length >= self._mini_cutoff:
            return self._chain(start)[:length]
        root = next(((first, size) for _name, kind, first, size in self._entries if kind == 5), None)
        if root is None:
            return b""
        container = self._chain(root[0])
        parts: list[bytes] = []
        number = start
        while number < len(self._mini_fat) and len(parts) <= len(self._mini_fat):
            parts.append(container[number * 64 : number * 64 + 64])
            number = self._mini_fat[number]
        return b"".join(parts)[:length]


def records(stream: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(offset, type, start of payload, length) of every BIFF record."""
    offset, end = 0, len(stream) - 3
    unpack = struct.Struct("<HH").unpack_from
    while offset < end:
        kind, length = unpack(stream, offset)
        yield offset, kind, offset + 4, length
        offset += 4 + length
