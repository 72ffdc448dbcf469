"""Reading a file into rows of typed cells: content decides the format, never the name (case C034)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import Workbook
from unionbenefits.workers.roster.read import ole
from unionbenefits.workers.roster.read.html import declared_encoding, read_html
from unionbenefits.workers.roster.read.limits import LIMITS, Limits
from unionbenefits.workers.roster.read.text import find_encoding, read_delimited
from unionbenefits.workers.roster.read.xls import read_xls
from unionbenefits.workers.roster.read.xlsx import read_xlsx
from unionbenefits.workers.roster.read.xml2003 import NAMESPACE, read_xml2003

__all__ = ["LIMITS", "Limits", "read_workbook"]

_UNSUPPORTED: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"MIME-Version:", "MHTML"),
    (b"\x09\x08\x10\x00\x00\x05", "Excel 5"),
    (b"\x09\x08\x08\x00\x00\x05", "Excel 5"),
    (b"\x09\x04\x06\x00", "Excel 4"),
    (b"\x09\x02\x06\x00", "Excel 3"),
    (b"PAR1", "Parquet"),
    (b"BM", "BMP"),
    (b"RIFF", "WebP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"%!PS", "PostScript"),
    (b"From:", "MHTML"),
)


def read_workbook(source: bytes | Path, name: str = "", limits: Limits = LIMITS) -> Workbook:
    """Opens a roster of any supported format; rows are read later, sheet by sheet.

    `name` is what the file was called: it only tells WPS's .et from .xls, which look the same inside.
    Raises RosterRefused with the reason when nothing of the file can be used.
    """
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > limits.file_bytes:
        raise RosterRefused(Code.FILE_TOO_LARGE, limit=str(limits.file_bytes // (1024 * 1024)))
    data = source.read_bytes() if isinstance(source, Path) else source
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise RosterRefused(Code.FILE_EMPTY)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_xlsx(data, limits)
    if data.startswith(ole.SIGNATURE):
        return read_xls(data, "et" if name.lower().endswith(".et") else "xls", limits)
    _refuse_other_formats(data)
    return _read_text(data, limits)


def _refuse_other_formats(data: bytes) -> None:
    head = data[:64].lstrip(b"\xef\xbb\xbf\r\n\t ")
    for signature, label in _UNSUPPORTED:
        binary = len(signature) > 2 or b"\0" in data[:64]
        if head.startswith(signature) and binary:
            raise RosterRefused(Code.FILE_FORMAT_UNSUPPORTED, format=label)
    if data[4:8] == b"ftyp":
        raise RosterRefused(Code.FILE_FORMAT_UNSUPPORTED, format="HEIC/MP4")


def _read_text(data: bytes, limits: Limits) -> Workbook:
    """HTML, 2003 XML, or delimited text."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if head.startswith(b"<"):
        if NAMESPACE.encode() in head:
            return read_xml2003(data, limits)
        if head.startswith(b"<?xml") and b"<!doctype html" not in head and b"<html" not in head:
            return _read_other_xml(data, limits)
        encoding = declared_encoding(data) or find_encoding(data)
        workbook = read_html(data.decode(encoding, "replace"), encoding, limits)
        if not workbook.sheets:
            raise RosterRefused(Code.FILE_FORMAT_UNSUPPORTED, format="HTML")
        return workbook
    return read_delimited(data, find_encoding(data), limits)


def _read_other_xml(data: bytes, limits: Limits) -> Workbook:
    """XML whose namespace comes late; anything else is no spreadsheet."""
    if NAMESPACE.encode() in data:
        return read_xml2003(data, limits)
    raise RosterRefused(Code.FILE_FORMAT_UNSUPPORTED, format="XML")
