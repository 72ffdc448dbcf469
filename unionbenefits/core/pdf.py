"""PDF from typst templates (`paper/*.typ` of an app), with the fonts that a package ships and no others.

A template reads its data with `#let data = json(bytes(sys.inputs.data))`. It must set
`cjk-latin-spacing: none`: with typst's own spacing, text copied out of the file is torn apart.
"""

import json
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
import typst

# Shared pieces (frame, fonts, QR) are imported by absolute path from the root.
_ROOT = Path(__file__).resolve().parent.parent
_EMPTY = Path(__file__).resolve().parent / "paper" / "empty.typ"
_KEPT_FOR_RUNS = 10


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Noto Sans SC and Noto Serif SC, found by path: what the machine has installed changes nothing."""
    folder = pylopdf_fonts_zh_cn.sans_path().parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


class Template:
    """A compiled template. Making one costs some milliseconds and reads the fonts; use `template`."""

    def __init__(self, path: Path) -> None:
        # From a file: a compiler made from bytes works once.
        self._compiler = typst.Compiler(
            str(path), root=str(_ROOT), font_paths=_fonts(), ignore_system_fonts=True
        )
        self._lock = Lock()

    def render(self, data: dict[str, Any], *, tagged: bool = False) -> bytes:
        """The PDF. `tagged` adds the structure that screen readers use, at twice the size.

        Raises typst.TypstError where the template is at fault.
        """
        with self._lock:
            made = self._compiler.compile(
                format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_tags=tagged
            )
        assert isinstance(made, bytes)
        return made


def forget() -> None:
    """Gives the memory of large documents back: typst keeps what it worked out for its next ten runs.

    Without it, 20,812 certificates in parts of 500 take ten times the memory of one part.
    """
    for _run in range(_KEPT_FOR_RUNS + 1):
        template(_EMPTY).render({})


@lru_cache(maxsize=16)
def template(path: Path) -> Template:
    """The template at `path`, one compiler per file and process."""
    return Template(path)
