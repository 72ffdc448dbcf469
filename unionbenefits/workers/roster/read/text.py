"""Text files: CSV and TSV in UTF-8, GB18030 and UTF-16, whatever their name (cases C014, C018, C034c)."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import Cell, NumberedRow, Sheet, Workbook
from unionbenefits.workers.roster.read.limits import Limits
from unionbenefits.workers.roster.vocabulary import mentions_headings

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = ("\t", ",", ";", "|", "，")
_SAMPLE: Final = 64 * 1024
_LONGEST_RECORD: Final = 20
"""Lines that one quoted cell may span; more means that a quotation mark was never closed."""
_LONGEST_LINE: Final = 1024 * 1024
_MOST_LINES: Final = 1_200_000
"""Blank ones included; no spreadsheet has more."""
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def find_encoding(data: bytes) -> str:
    """The encoding of a text. Raises RosterRefused(encoding_unknown) rather than falling back to Latin-1."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data, encoding)
    if _is_sixteen_bit(data[:_SAMPLE]):
        return _utf16_without_mark(data)
    for encoding in ("utf-8", "gb18030"):
        if _decodes(data, encoding):
            if encoding == "gb18030" and not _says_headings(data, encoding) and _says_headings(data, "big5"):
                return "big5" if _decodes(data, "big5") else encoding
            return encoding
    for encoding in ("utf-8", "gb18030"):  # a few broken bytes: names that lose a character are held later
        if _says_headings(data, encoding) and _damage(data, encoding) < 0.005:
            return encoding
    raise RosterRefused(Code.ENCODING_UNKNOWN)


def _is_sixteen_bit(sample: bytes) -> bool:
    """Whether every other byte of the delimiters and digits is zero; single NULs are damage of a text."""
    text = sample.rstrip(b"\0")
    return text.count(0) * 10 > len(text)


def _checked(data: bytes, encoding: str) -> str:
    if not encoding:
        raise RosterRefused(Code.ENCODING_UNKNOWN)
    if not _decodes(data, encoding) and _damage(data, encoding) >= 0.005:
        raise RosterRefused(Code.ENCODING_UNKNOWN)
    return encoding


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether every byte decodes; in pieces, so that no second copy of a large file is made."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _damage(data: bytes, encoding: str) -> float:
    """Share of characters lost when decoding with replacement, from a sample."""
    sample = data[:_SAMPLE].decode(encoding, "replace")
    return sample.count("\ufffd") / max(len(sample), 1)


def _says_headings(data: bytes, encoding: str) -> bool:
    return mentions_headings(data[:_SAMPLE].decode(encoding, "ignore"))


def _utf16_without_mark(data: bytes) -> str:
    """Zero bytes stand at odd places in little-endian text: delimiters and digits have one each."""
    sample = data[: _SAMPLE & ~1]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    encoding = "utf-16-le" if odd >= even else "utf-16-be"
    if len(data) % 2 or not _decodes(data, encoding) or not _says_headings(data, encoding):
        raise RosterRefused(Code.ENCODING_UNKNOWN)
    return encoding


def read_delimited(data: bytes, encoding: str, limits: Limits) -> Workbook:
    """A CSV or TSV file as a workbook of one sheet; every cell is text. Raises RosterRefused: too large."""
    head = data[:_SAMPLE].decode(encoding, "replace").lstrip("\ufeff")
    declared = _SEPARATOR_LINE.match(head)
    delimiter = declared[1] if declared else find_delimiter(head)
    quoted = not _runs_away(data, encoding, delimiter)
    skip = 1 if declared else 0
    rows = partial(_rows, data, encoding, delimiter=delimiter, quoted=quoted, skip=skip, limits=limits)
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > _MOST_LINES:
        raise RosterRefused(Code.SHEET_TOO_LARGE, limit=f"{limits.rows:,}")
    sheet = Sheet(name="", rows=rows, delimited=True, lines=lines)
    shown = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(encoding, encoding)
    return Workbook("tsv" if delimiter == "\t" else "csv", (sheet,), encoding=shown)


def find_delimiter(head: str) -> str:
    """The character that splits the most lines of the head into the same number of cells."""
    lines = [line for line in head.splitlines()[:50] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        widths = [len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines]
        most = max((width for width in widths), default=1)
        return (sum(width == most for width in widths) if most > 1 else 0, most)

    return max(_DELIMITERS, key=score) if lines else ","


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """Line by line. Raises RosterRefused(file_unreadable) at one longer than any roster has."""
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline="")
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise RosterRefused(Code.FILE_UNREADABLE)
        yield line


def _runs_away(data: bytes, encoding: str, delimiter: str) -> bool:
    """Whether an unclosed quotation mark makes one record swallow the lines of other people.

    So it is where a cell holds many lines, or a line that is itself a record: nobody is ever lost in a cell.
    """
    if b'"' not in data:
        return False
    reader = csv.reader(_lines(data, encoding), delimiter=delimiter)
    before, width = 0, 0
    try:
        for record in reader:
            width = max(width, len(record))
            if reader.line_num - before > _LONGEST_RECORD or _holds_records(record, delimiter, width):
                return True
            before = reader.line_num
    except csv.Error:
        return True
    return False


def _holds_records(record: list[str], delimiter: str, width: int) -> bool:
    least = max(width // 2, 1)
    inside = (line for cell in record if "\n" in cell or "\r" in cell for line in cell.splitlines()[1:])
    return any(line.count(delimiter) >= least for line in inside)


def _line_by_line(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Records of a text whose quotation marks do not close: each line by itself, stray marks taken off."""
    for line in lines:
        bare = line.rstrip("\r\n")
        if bare.count('"') % 2 == 0:
            yield next(csv.reader([bare], delimiter=delimiter), [])
        else:
            yield [cell.strip('"') for cell in bare.split(delimiter)]


def _rows(
    data: bytes, encoding: str, *, delimiter: str, quoted: bool, skip: int, limits: Limits
) -> Iterator[NumberedRow]:
    """Records with the line number that a spreadsheet shows: a quoted break makes no new line."""
    lines = _lines(data, encoding)
    reader = csv.reader(lines, delimiter=delimiter) if quoted else _line_by_line(lines, delimiter)
    filled = 0
    try:
        for number, record in enumerate(reader, 1):
            if number <= skip or not any(cell.strip("\0 \t\r\n") for cell in record):
                continue
            filled += 1
            if filled > limits.rows:
                raise RosterRefused(Code.SHEET_TOO_LARGE, limit=f"{limits.rows:,}")
            if number == 1:
                record[0] = record[0].lstrip("\ufeff")
            cells: list[Cell] = list(record)
            yield number, cells
    except csv.Error:
        raise RosterRefused(Code.FILE_UNREADABLE) from None
