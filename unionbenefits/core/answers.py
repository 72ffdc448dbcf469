"""Files as answers: private, never kept by a browser or a proxy, never taken for another type."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def as_file(content: bytes, name: str, content_type: str) -> HttpResponse:
    """An answer that the browser saves under `name` and never shows."""
    return _private(content, name, content_type, saves=True)


def to_show(content: bytes, name: str, content_type: str = "application/pdf") -> HttpResponse:
    """An answer that opens in the browser, from where it is printed or saved under `name`."""
    return _private(content, name, content_type, saves=False)


def _private(content: bytes, name: str, content_type: str, *, saves: bool) -> HttpResponse:
    headers = {
        "Content-Disposition": str(content_disposition_header(saves, name)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
