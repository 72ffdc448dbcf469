"""Papers of one's own claim: shown, added, replaced, taken out. Each look is logged, nothing is cached."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET

from unionbenefits.claims import actions
from unionbenefits.claims.enums import ClaimState, PaperKind
from unionbenefits.claims.models import Claim, Paper
from unionbenefits.claims.pictures import MAX_BYTES, preview
from unionbenefits.core.answers import to_show
from unionbenefits.core.errors import Refusal
from unionbenefits.core.uploads import in_memory, too_much
from unionbenefits.portal.own import own_claim
from unionbenefits.portal.papers import say

PAPERS_STEP = 3
# A request may bring several photos; more at once would fill the memory of the server.
AT_ONCE = 4 * MAX_BYTES


@require_GET
@own_claim
def show(request: HttpRequest, claim: Claim, paper: int) -> HttpResponse:
    """A paper as it is kept; with `?small`, a preview of a photo."""
    found = _paper(claim, paper)
    content, kind = actions.view_paper(by=claim.worker, paper=found), found.content_type
    if "small" in request.GET and kind == "image/jpeg":
        content = preview(content)
    suffix = "pdf" if kind == "application/pdf" else "jpg"
    return to_show(content, f"{found.get_kind_display()}-{found.pk}.{suffix}", kind)


@in_memory(each=MAX_BYTES, in_all=AT_ONCE)
@own_claim
@csrf_protect
def add(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Takes in photos and PDF files of one kind; what cannot be taken is said beside its place."""
    if request.method != "POST":
        return back(claim)
    kind = _kind(request.POST.get("kind", ""))
    files = request.FILES.getlist("files")
    if not files and not too_much(request):
        say(request, claim, kind, _("Choose a photo or a PDF file first."))
    for file in files:
        try:
            actions.add_paper(by=claim.worker, claim=claim, kind=kind, content=file.read())
        except Refusal as refusal:
            say(request, claim, kind, f"{file.name}: {refusal}" if len(files) > 1 else str(refusal))
    if too_much(request):
        say(request, claim, kind, _("That was too much at once. Add the remaining files in a second go."))
    return _done(request, claim, kind)


@in_memory(each=MAX_BYTES, in_all=AT_ONCE)
@own_claim
@csrf_protect
def replace(request: HttpRequest, claim: Claim, paper: int) -> HttpResponse:
    """Puts a better photo in the place of one; the old one is kept on file."""
    old = _paper(claim, paper)
    if request.method == "POST":
        file = request.FILES.get("files")
        try:
            if file is None:
                say(request, claim, old.kind, _("Choose a photo or a PDF file first."))
            else:
                actions.replace_paper(by=claim.worker, paper=old, content=file.read())
        except Refusal as refusal:
            say(request, claim, old.kind, str(refusal))
    return _done(request, claim, PaperKind(old.kind))


@own_claim
def remove(request: HttpRequest, claim: Claim, paper: int) -> HttpResponse:
    """Takes a paper out; taken out twice, it is out."""
    old = _paper(claim, paper)
    if request.method == "POST":
        try:
            actions.remove_paper(by=claim.worker, paper=old)
        except Refusal as refusal:
            if refusal.code != "paper_replaced":
                say(request, claim, old.kind, str(refusal))
    return back(claim, PaperKind(old.kind))


def back(claim: Claim, kind: PaperKind | None = None) -> HttpResponse:
    """To the page that shows the papers: a draft's third step, or the page of a claim that was sent."""
    if claim.state == ClaimState.DRAFT:
        address = reverse("portal:claim_step", args=[claim.pk, PAPERS_STEP])
    else:
        address = reverse("portal:claim", args=[claim.pk])
    return redirect(f"{address}#{'papers' if kind is None else f'paper-{kind}'}")


def _done(request: HttpRequest, claim: Claim, kind: PaperKind) -> HttpResponse:
    """The script that sends several files asks for no page in between."""
    return HttpResponse(status=204) if "X-Upload" in request.headers else back(claim, kind)


def _paper(claim: Claim, key: int) -> Paper:
    found: Paper = get_object_or_404(Paper.objects.for_worker(claim.worker), claim=claim, pk=key)
    return found


def _kind(text: str) -> PaperKind:
    try:
        return PaperKind(text)
    except ValueError:
        raise Http404
