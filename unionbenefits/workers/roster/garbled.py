"""Whether a text that names no heading is one whose encoding was lost on the way (case C020). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from unionbenefits.workers.roster.vocabulary import mentions_headings

_ROUTES: Final = (
    ("gb18030", "utf-8"),  # UTF-8 opened as GBK: 姓名 became 濮撳悕
    ("latin-1", "utf-8"),  # UTF-8 opened as Western text: å§“å
    ("latin-1", "gb18030"),  # GBK opened as Western text: ÐÕÃû
    ("big5", "gb18030"),
    ("gb18030", "big5"),
    ("utf-8", "gb18030"),
)
# Windows shows quotation marks and dashes for the bytes 0x80-0x9F of Latin-1.
_WINDOWS_1252: Final = {
    ord(bytes((byte,)).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_LOST = re.compile("[\ufffd?？]{2,}|锟斤拷|烫烫烫|ï¿½")


def is_garbled(parts: Iterable[str]) -> bool:
    """True if undoing a known mix-up brings headings to light, or nothing but question marks is left."""
    text = "\n".join(parts)
    if not text or mentions_headings(text):
        return False
    if any(mentions_headings(_undo(text, *route)) for route in _ROUTES):
        return True
    return len(_LOST.findall(text)) >= 3


def _undo(text: str, wrong: str, right: str) -> str:
    if wrong == "latin-1":
        text = text.translate(_WINDOWS_1252)
    return text.encode(wrong, "ignore").decode(right, "ignore")
