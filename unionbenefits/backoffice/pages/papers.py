"""What people hold in their hands: certificates, sign-off lists, presentation certificates."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.access.exports import MAY_EXPORT, request_export
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.campaigns import builders, papers
from unionbenefits.campaigns.models import Campaign, GiftBatch
from unionbenefits.core.answers import to_show
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import of_request
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.papers import print_certificate
from unionbenefits.unions.models import Union

VIEW_BATCH = "campaigns.view_giftbatch"


def _batch(request: HttpRequest, pk: int) -> GiftBatch:
    scoped = in_scope(request, GiftBatch).select_related(
        "campaign__plan_version__plan", "campaign__owner", "allotment__union", "allotment__enterprise"
    )
    batch: GiftBatch = get_object_or_404(scoped, pk=pk)
    return batch


@page("plans.view_coverage", MAY_EXPORT)
@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate of a worker in scope. It names the giver, who must be one that may be named."""
    nameable = Union.objects.get_queryset().nameable(of_request(request))
    scoped = in_scope(request, Coverage).naming_giver(nameable)  # type: ignore[attr-defined]
    cover = get_object_or_404(scoped.select_related("worker"), pk=pk)
    if cover.giver_name is None:
        raise Refusal(
            "certificate_of_another_branch",
            _("Another union gave this cover. Its holder can print the certificate in the portal."),
        )
    content = print_certificate(by=officer(request), coverage=cover)
    return to_show(content, f"保障凭证-{cover.certificate_no}.pdf")


def _asked(kind: str, title: Callable[[GiftBatch], str]) -> Callable[..., HttpResponseBase]:
    """A view that has a file of the batch made and leads to the list of one's files."""

    @page(VIEW_BATCH, MAY_EXPORT, fresh=True)
    @require_POST
    def ask(request: HttpRequest, pk: int) -> HttpResponse:
        batch = _batch(request, pk)
        params = {"batch": batch.pk}
        try:
            request_export(by=officer(request), kind=kind, title=title(batch), params=params)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:batch_review", pk=pk)
        messages.success(request, _("The file is being made. You may leave this page and come back."))
        return redirect("admin:export_list")

    return ask


certificates = _asked(
    builders.CERTIFICATES,
    lambda batch: (
        _("Certificates of batch %(number)s, %(unit)s") % {"number": batch.pk, "unit": batch.allotment.unit}
    ),
)
signoff = _asked(
    builders.SIGNOFF,
    lambda batch: (
        _("Sign-off list of batch %(number)s, %(unit)s") % {"number": batch.pk, "unit": batch.allotment.unit}
    ),
)


@page(VIEW_BATCH)
@require_GET
def presentation(request: HttpRequest, pk: int) -> HttpResponse:
    """The presentation certificate of a batch. It holds no personal data."""
    batch = _batch(request, pk)
    content = papers.print_batch_presentation(by=officer(request), batch=batch)
    return to_show(content, f"赠送证书-{batch.allotment.unit}-{batch.pk}.pdf")


@page("campaigns.view_campaign")
@require_GET
def presentations(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit in scope that took gifts of the campaign; with `?unit=`, the certificate of one."""
    campaign = get_object_or_404(
        in_scope(request, Campaign).select_related("owner", "plan_version__plan"), pk=pk
    )
    totals = papers.unit_totals(campaign, of_request(request))
    chosen = request.GET.get("unit")
    if chosen is None:
        return render_page(
            request,
            "admin/pages/presentations.html",
            title=_("Presentation certificates"),
            context={"campaign": campaign, "totals": totals},
        )
    total = next((one for one in totals if one.key == chosen), None)
    if total is None:
        raise Http404
    content = papers.print_unit_presentation(by=officer(request), campaign=campaign, total=total)
    return to_show(content, f"赠送证书-{total.unit}-{campaign.code}.pdf")
