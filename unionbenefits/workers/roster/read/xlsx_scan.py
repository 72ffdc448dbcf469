"""What must be known of an .xlsx before its values are read: safety, hidden parts, formulas without a value.

The parts are streamed through zlib and searched as bytes: nothing is built from them, so a hostile part costs
time but no memory. Sources: cases C026, C028, C038, C044.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol
from xml.parsers import expat

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.read.limits import Limits
from unionbenefits.workers.roster.read.parts import Part, measure

_CHUNK: Final = 1024 * 1024
_LONGEST_ROW: Final = 64 * _CHUNK
_XML_PART = (".xml", ".rels", ".vml")
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet[\s>]")


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """At most that many bytes; empty at the end."""


@dataclass
class SheetScan:
    """What the bytes of one sheet tell; rows from 1, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    last_row: int = 0
    """Last row that holds a value."""
    last_column: int = 0
    """Last column that holds a cell near the top, or beyond Z a value anywhere."""
    rows: int = 0
    """Row elements, with or without values."""
    filled_rows: int = 0
    """Rows that hold a value."""
    pictures: bool = False


def check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuses encrypted, oversize and overpacked archives by their directory, before unpacking anything."""
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise RosterRefused(Code.ZIP_BOMB)
    for part in parts:
        if part.flag_bits & 0x1:
            raise RosterRefused(Code.FILE_ENCRYPTED)
        if not part.filename.lower().endswith(_XML_PART):
            continue
        if part.file_size > part_limit(part.filename, limits):
            raise RosterRefused(Code.ZIP_BOMB)
        if part.file_size > limits.ratio_from and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise RosterRefused(Code.ZIP_BOMB)


def part_limit(name: str, limits: Limits) -> int:
    """Largest unpacked size of a part by what it is."""
    lower = name.lower()
    if "worksheets/" in lower and lower.endswith(".xml"):
        return limits.sheet_bytes
    return limits.strings_bytes if "sharedstrings" in lower else limits.other_bytes


def check_contents(data: bytes, archive: zipfile.ZipFile) -> None:
    """Refuses parts with a document type declaration (case C038) and parts larger than they say.

    Only the prolog is parsed. Sheets are measured while they are scanned.
    """
    for info in archive.infolist():
        lower = info.filename.lower()
        if lower.endswith(_XML_PART) and info.file_size:
            refuse_doctype(Part(data, info))
            if "worksheets/" not in lower:
                measure(data, info)


class _RootReached(Exception):
    """The prolog is over."""


def refuse_doctype(stream: Readable) -> None:
    """Raises RosterRefused(file_dtd) if an XML document declares a document type."""

    def found_doctype(*_arguments: object) -> None:
        raise RosterRefused(Code.FILE_DTD)

    def reached_root(*_arguments: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found_doctype
    parser.StartElementHandler = reached_root
    try:
        while chunk := stream.read(4096):
            parser.Parse(chunk)
    except _RootReached:
        return
    except expat.ExpatError:
        return  # what is not XML is refused by the reader of the values
    except (LookupError, ValueError):
        raise RosterRefused(Code.FILE_UNREADABLE) from None  # an encoding in which nobody can look for one


def blocks_of_rows(stream: Readable) -> Iterator[bytes]:
    """The part in blocks that end where a row ends; the first also holds what stands before the rows."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        rest += chunk
        end = max(rest.rfind(b"</row>"), rest.rfind(b":row>"))
        if end < 0:
            if len(rest) > _LONGEST_ROW:
                raise RosterRefused(Code.ZIP_BOMB)
            continue
        end = rest.index(b">", end) + 1
        yield rest[:end]
        rest = rest[end:]
    yield rest


def scan_sheet(stream: Readable, limits: Limits) -> SheetScan:
    """Reads a sheet's bytes once. Raises RosterRefused where it holds too many rows or is damaged."""
    scan = SheetScan()
    try:
        patterns: _Patterns | None = None
        for block in blocks_of_rows(stream):
            if patterns is None:
                found = _ROOT.search(block)
                patterns = _Patterns((found[1] + b":") if found and found[1] else b"")
                all_hidden = patterns.note_columns(scan, block)
            patterns.note_rows(scan, block, all_hidden)
            if scan.filled_rows > limits.rows:
                raise RosterRefused(Code.SHEET_TOO_LARGE, limit=f"{limits.rows:,}")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise RosterRefused(Code.FILE_UNREADABLE) from None
    return scan


class _Patterns:
    """Searches for one namespace prefix; most files use none."""

    def __init__(self, prefix: bytes) -> None:
        tag = b"<" + re.escape(prefix)
        self.row = re.compile(tag + rb"row\b([^>]*)>")
        self.column = re.compile(tag + rb"col\b([^>]*)>")
        self.format = re.compile(tag + rb"sheetFormatPr\b([^>]*)>")
        self.letters = re.compile(rb'\br="([A-Z])\d')
        self.wide_hint = re.compile(rb'r="[A-Z][A-Z]')
        self.wide = re.compile(tag + rb'c\b[^>]*?\br="([A-Z]{2,3})\d+"[^>]*[^/>]>')
        self.full_value = re.compile(tag + rb"(?:v|t)\b[^>]*>[^<]")
        self.cell, self.cell_end = b"<" + prefix + b"c ", b"</" + prefix + b"c>"
        self.formula = re.compile(tag + rb"f[\s>/]")
        self.error = re.compile(tag + rb'c\b[^>]*\bt="e"')
        self.row_start = b"<" + prefix + b"row"
        self.value_start, self.inline_start = b"<" + prefix + b"v>", b"<" + prefix + b"is>"

    def note_columns(self, scan: SheetScan, block: bytes) -> bool:
        """Takes down the hidden columns; True where every row without own height is hidden."""
        rows_start = block.find(b"sheetData")
        head = block[: rows_start if rows_start >= 0 else len(block)]
        for found in self.column.finditer(head):
            attributes = found[1]
            if _is_hidden(attributes) or _number(attributes, rb"width") == 0:
                first, last = _number(attributes, rb"min"), _number(attributes, rb"max")
                if first:
                    scan.hidden_columns.update(range(int(first) - 1, min(int(last or first), 256)))
        letters = {found[1] for found in self.letters.finditer(block)}
        scan.last_column = column_index(max(letters, default=b"A").decode())
        form = self.format.search(head)
        return form is not None and b"zeroHeight" in form[1] and _flag(form[1], rb"zeroHeight")

    def note_rows(self, scan: SheetScan, block: bytes, all_hidden: bool) -> None:
        """Takes down hidden rows, the last row with a value, wide columns, formulas and errors."""
        self._note_last_value(scan, block)
        if all_hidden or b"hidden=" in block or b'ht="0' in block:
            self._note_hidden(scan, block, all_hidden)
        scan.rows += block.count(self.row_start)
        value, inline = self.value_start, self.inline_start
        scan.filled_rows += sum(value in piece or inline in piece for piece in block.split(self.row_start))
        if self.wide_hint.search(block):
            for found in self.wide.finditer(block):
                scan.last_column = max(scan.last_column, column_index(found[1].decode()))
        if self.formula.search(block):
            self._note_formulas(scan, block)
        if b't="e"' in block:
            self._note_errors(scan, block)

    def _note_last_value(self, scan: SheetScan, block: bytes) -> None:
        last_value = max(block.rfind(self.value_start), block.rfind(self.inline_start))
        if last_value >= 0:
            start = block.rfind(self.row_start, 0, last_value)
            found = self.row.match(block, start) if start >= 0 else None
            number = _number(found[1], rb"r") if found else None
            scan.last_row = int(number) if number else scan.rows + block.count(self.row_start, 0, last_value)

    def _note_hidden(self, scan: SheetScan, block: bytes, all_hidden: bool) -> None:
        for place, found in enumerate(self.row.finditer(block), scan.rows + 1):
            attributes = found[1]
            if all_hidden or _is_hidden(attributes) or _is_flat(attributes):
                scan.hidden_rows.add(int(_number(attributes, rb"r") or place))

    def _cell_around(self, block: bytes, position: int) -> bytes:
        start = block.rfind(self.cell, 0, position)
        end = block.find(self.cell_end, position)
        return block[start:end] if 0 <= start < end else b""

    def _note_formulas(self, scan: SheetScan, block: bytes) -> None:
        for found in self.formula.finditer(block):
            cell = self._cell_around(block, found.start())
            if b"DISPIMG" in cell:
                scan.pictures = True
            if not self.full_value.search(cell):
                place = _reference(cell)
                if place:
                    scan.uncalculated.add(place)

    def _note_errors(self, scan: SheetScan, block: bytes) -> None:
        for found in self.error.finditer(block):
            cell = self._cell_around(block, found.end())
            place = _reference(cell)
            value = re.search(rb"v>([^<]{1,12})<", cell)
            if place:
                scan.errors[place] = value[1].decode("ascii", "replace") if value else "#?"


def _number(attributes: bytes, name: bytes) -> float | None:
    found = re.search(rb'(?:^|\s)%s="([\d.]+)"' % name, attributes)
    return float(found[1]) if found else None


def _flag(attributes: bytes, name: bytes) -> bool:
    return re.search(rb'(?:^|\s)%s="(?:1|true)"' % name, attributes) is not None


def _is_hidden(attributes: bytes) -> bool:
    return b"hidden" in attributes and _flag(attributes, b"hidden")


def _is_flat(attributes: bytes) -> bool:
    return b'ht="0' in attributes and _number(attributes, rb"ht") == 0


def _reference(cell: bytes) -> tuple[int, int] | None:
    found = re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', cell)
    return (int(found[2]), column_index(found[1].decode())) if found else None


def column_index(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
