"""The head of the log's chain: on screen, on paper with a QR code, and whether a kept one still stands."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.audit.heads import Head, check_head, current_head, print_head, read_head
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import qr
from unionbenefits.core.answers import to_show
from unionbenefits.core.errors import Refusal

VIEW = "audit.view_seal"


@page(VIEW)
@require_GET
def head(request: HttpRequest) -> HttpResponse:
    """Position and hash of now; with `?head=`, whether that one still stands."""
    asked = request.GET.get("head", "").strip()
    context = {"asked": asked, "verdict": "", "stands": False, "refused": ""}
    if asked:
        try:
            kept = read_head(asked)
        except Refusal as refusal:
            context["refused"] = str(refusal)
        else:
            verdict = check_head(kept)
            context |= {"verdict": verdict.text(kept), "stands": verdict.stands}
    now = current_head()
    picture = qr.svg(_address(now)).decode() if now else ""
    context |= {"head": now, "picture": picture[picture.find("<svg") :] if picture else ""}
    return render_page(request, "admin/pages/chain_head.html", title=_("Head of the log"), context=context)


@page(VIEW)
@require_POST
def paper(request: HttpRequest) -> HttpResponse:
    """The head on paper, to sign and to put into a safe."""
    me = officer(request)
    try:
        printed, content = print_head(by=me, printed_by=f"{me} ({me.username})", address=_address)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:chain_head")
    return to_show(content, f"审计日志链首-{printed.position}.pdf")


def _address(shown: Head) -> str:
    """What the code opens: this page, asking about the head. The colons stay, for whoever reads the code."""
    return f"{settings.PUBLIC_URL}{reverse('admin:chain_head')}?head={shown.text}"
