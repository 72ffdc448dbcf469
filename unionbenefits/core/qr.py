"""QR codes, for screens as SVG and for paper as rows of modules."""

import io
from typing import Any

import segno

# One mask for all: trying the eight of the standard costs five times as much, and any is read alike.
_MASK = 3


def _code(text: str) -> Any:
    return segno.make(text, error="m", micro=False, mask=_MASK)


def modules(text: str) -> list[str]:
    """The code as rows of `1` (dark) and `0`, without its quiet zone of four modules."""
    return ["".join("1" if module & 1 else "0" for module in row) for row in _code(text).matrix]


def svg(text: str) -> bytes:
    """The code as an SVG picture of its own, with its quiet zone."""
    made = io.BytesIO()
    _code(text).save(made, kind="svg", border=4, light="#ffffff", scale=4)
    return made.getvalue()
