"""QR codes, for screens and for paper."""

import base64
import io
from typing import Any

import segno

# One mask for all: trying the eight of the standard costs five times as much, and any is read alike.
_MASK = 3


def _code(text: str) -> Any:
    return segno.make(text, error="m", micro=False, mask=_MASK)


def svg(text: str) -> bytes:
    """The code as an SVG picture of its own, with its quiet zone."""
    made = io.BytesIO()
    _code(text).save(made, kind="svg", border=4, light="#ffffff", scale=4)
    return made.getvalue()


def data_uri(text: str) -> str:
    """The code with its quiet zone as an address that holds the picture, for a page without a network."""
    made = io.BytesIO()
    _code(text).save(made, kind="png", border=4, scale=4)
    return "data:image/png;base64," + base64.b64encode(made.getvalue()).decode()


def for_paper(text: str) -> str:
    """The code without its quiet zone, as the SVG text that papers take: a third of drawn modules."""
    code, made = _code(text), io.BytesIO()
    code.save(made, kind="png", border=0, scale=1)
    side, picture = len(code.matrix), base64.b64encode(made.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><image width="{side}" '
        f'height="{side}" style="image-rendering:pixelated" href="data:image/png;base64,{picture}"/></svg>'
    )
