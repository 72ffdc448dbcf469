"""My exports: files being made for the signed-in officer, and those ready to be fetched."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.access import exports
from unionbenefits.access.export_models import ExportState
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import clock
from unionbenefits.core.answers import as_file

SHOWN = 50
# A job that nobody has taken up after so long waits for a worker that is busy or stopped.
_SOON_SECONDS = 20


@page(exports.MAY_EXPORT)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The newest files with their progress; while one is being made, the list asks anew every second."""
    rows = [_row(export) for export in exports.own_exports(officer(request))[:SHOWN]]
    context = {
        "rows": rows,
        "busy": any(row["is_unfinished"] for row in rows),
        "waits_long": any(row["waits_long"] for row in rows),
        "kept_hours": int(exports.KEPT.total_seconds() // 3600),
    }
    template = "admin/pages/parts/exports.html" if request.htmx else "admin/pages/exports.html"  # type: ignore[attr-defined]
    return render_page(request, template, title=_("My exports"), context=context)


def _row(export: Any) -> dict[str, Any]:
    waits = export.state == ExportState.WAITING
    over = export.state == ExportState.READY and export.expires_at <= clock.now()
    return {
        "export": export,
        "state": ExportState.EXPIRED if over else ExportState(export.state),
        "is_unfinished": export.state in (ExportState.WAITING, ExportState.RUNNING),
        "is_ready": export.state == ExportState.READY and not over,
        "waits_long": waits and (clock.now() - export.made_at).total_seconds() > _SOON_SECONDS,
    }


@page(exports.MAY_EXPORT)
@require_GET
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, for its maker; every time is logged."""
    made = exports.fetch_export(by=officer(request), pk=pk)
    return as_file(made.content, made.name, made.content_type)
