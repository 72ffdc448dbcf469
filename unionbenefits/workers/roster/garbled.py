"""Whether a text that names no heading is one whose encoding was lost on the way (case C020). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from unionbenefits.workers.roster.vocabulary import mentions_headings

_ROUTES: Final = (
    ("gb18030", "utf-8"),  # UTF-8 opened as GBK: 姓名 became 濮撳悕
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),  # GBK opened as Latin-1: ÐÕÃû
    ("cp1252", "gb18030"),
    ("big5", "gb18030"),
    ("gb18030", "big5"),
    ("utf-8", "gb18030"),
)
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
    return text.encode(wrong, "ignore").decode(right, "ignore")
