"""Unpacking a part of a workbook piece by piece, never more than its directory entry says.

`zipfile` stops at the declared size and believes the rest away; the reader of the values goes on to the end
of the packed stream. So a part that lies about its size is found here, before anybody unpacks it whole.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import Final

from unionbenefits.workers.roster.codes import Code, RosterRefused

_LOCAL_HEADER: Final = 30
_PACKED_CHUNK: Final = 256 * 1024
_UNPACKED_CHUNK: Final = 1024 * 1024


class Part:
    """A readable stream over one part. Raises RosterRefused(zip_bomb) when more comes out than declared."""

    def __init__(self, data: bytes, info: zipfile.ZipInfo) -> None:
        header = data[info.header_offset : info.header_offset + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile("no local header")
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        self._start = info.header_offset + _LOCAL_HEADER + name_length + extra_length
        self._end = self._start + info.compress_size
        if self._end > len(data) or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile("odd part")
        self._data = data
        self._left = info.file_size
        self._inflater = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
        self._pending = b""

    def read(self, size: int = _UNPACKED_CHUNK) -> bytes:
        """At most `size` bytes; empty at the end. Raises zlib.error for a damaged stream."""
        piece = self._stored(size) if self._inflater is None else self._inflated(size)
        self._left -= len(piece)
        if self._left < 0:
            raise RosterRefused(Code.ZIP_BOMB)
        return piece

    def _stored(self, size: int) -> bytes:
        piece = self._data[self._start : min(self._start + size, self._end)]
        self._start += len(piece)
        return piece

    def _inflated(self, size: int) -> bytes:
        inflater = self._inflater
        while inflater is not None and not inflater.eof:
            packed = self._pending
            if not packed:
                packed = self._data[self._start : min(self._start + _PACKED_CHUNK, self._end)]
                self._start += len(packed)
                if not packed:
                    raise zlib.error("stream ends early")
            piece = inflater.decompress(packed, size)
            self._pending = inflater.unconsumed_tail
            if piece:
                return piece
        return b""


def measure(data: bytes, info: zipfile.ZipInfo) -> None:
    """Unpacks a part once and throws it away, to see that it is as large as it says."""
    part = Part(data, info)
    while part.read():
        pass
