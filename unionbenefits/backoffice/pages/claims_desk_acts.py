"""The verbs of the claims desk. A page that shows an old state does nothing and loses nothing (case C114)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import claims_desk_forms as forms
from unionbenefits.backoffice.pages.base import in_scope, page
from unionbenefits.backoffice.pages.claims_desk import VIEW
from unionbenefits.backoffice.pages.claims_desk_turns import APPROVE, ASK, CLEAR, DECIDE, REVIEW
from unionbenefits.backoffice.pages.claims_desk_view import claim_page, one_claim, seen_of
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims import actions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import Claim, Decision, Finding
from unionbenefits.claims.queries import verdict_for
from unionbenefits.core.errors import Refusal


def _done(
    request: HttpRequest,
    claim: Claim,
    form: forms.DeskForm,
    verb: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """Runs the verb on what the form says. What is refused comes back on a fresh page, the form filled."""
    if not form.is_valid():
        return claim_page(request, claim, form=form, status=422)
    try:
        verb(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return claim_page(request, one_claim(request, claim.pk), form=form, status=409)
    messages.success(request, said)
    return redirect("admin:claim_desk", pk=claim.pk)


@page(VIEW)
@require_GET
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one claim."""
    return claim_page(request, one_claim(request, pk))


@page(ASK)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the worker for papers or words, by a day."""
    claim = one_claim(request, pk)

    def verb(said: dict[str, Any]) -> None:
        actions.ask_for_more(
            by=officer(request),
            claim=claim,
            version=said["version"],
            missing=[PaperKind(kind) for kind in said["missing"]],
            text=said["text"],
            until=said["until"],
        )

    done = _("The worker was asked. The claim comes back to the desk with the answer.")
    return _done(request, claim, forms.AskForm(request.POST), verb, done)


@page(DECIDE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Proposes what the rules say, if they still say what the page showed."""
    claim = one_claim(request, pk)

    def verb(said: dict[str, Any]) -> None:
        if said["seen"] != seen_of(verdict_for(claim)):
            raise Refusal(
                "claim_changed",
                _(
                    "The result is another one now: another claim of the worker was decided meanwhile. "
                    "Nothing was done; look at the new result first."
                ),
            )
        actions.decide(
            by=officer(request), claim=claim, version=said["version"], note=said["note"], over=said["over"]
        )

    done = _("Decided. Somebody else reviews it next.")
    return _done(request, claim, forms.DecideForm(request.POST), verb, done)


@page(DECIDE)
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Proposes to reject, with a reason that the worker reads."""
    claim = one_claim(request, pk)

    def verb(said: dict[str, Any]) -> None:
        actions.reject(
            by=officer(request),
            claim=claim,
            version=said["version"],
            reason=said["reason"],
            over=said["over"],
        )

    done = _("A rejection is proposed. Somebody else reviews it next.")
    return _done(request, claim, forms.RejectForm(request.POST), verb, done)


@page(REVIEW)
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person agrees with exactly the decision that the page showed."""
    return _agree(request, pk, actions.review, _("Reviewed. A third person approves it next."))


@page(APPROVE, fresh=True)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The third person approves: the money is held and the worker is told."""
    return _agree(request, pk, actions.approve, _("Approved. The worker is told, and the letter is ready."))


def _agree(request: HttpRequest, pk: int, verb_: Callable[..., object], done: str) -> HttpResponse:
    claim = one_claim(request, pk)

    def verb(said: dict[str, Any]) -> None:
        decision = _decision(request, claim, said["decision"])
        verb_(by=officer(request), decision=decision, version=said["version"])

    return _done(request, claim, forms.AgreeForm(request.POST), verb, done)


@page(VIEW)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A reviewer or approver returns the decision with a reason."""
    if not (request.user.has_perm(REVIEW) or request.user.has_perm(APPROVE)):
        raise PermissionDenied
    claim = one_claim(request, pk)

    def verb(said: dict[str, Any]) -> None:
        if said["state"] != claim.state:
            raise Refusal(
                "claim_changed",
                _("The claim was changed meanwhile. Nothing was done; look at it again first."),
            )
        actions.return_decision(
            by=officer(request),
            decision=_decision(request, claim, said["decision"]),
            version=said["version"],
            reason=said["reason"],
        )

    done = _("Returned. The claim is on the desk to be decided anew.")
    return _done(request, claim, forms.ReturnForm(request.POST), verb, done)


@page(DECIDE)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """A decided claim comes back to the desk; what is still due is stopped."""
    claim = one_claim(request, pk)

    def verb(said: dict[str, Any]) -> None:
        actions.reopen(by=officer(request), claim=claim, version=said["version"], reason=said["reason"])

    done = _("Opened again. The decision is void; what had not been paid yet is stopped.")
    return _done(request, claim, forms.ReopenForm(request.POST), verb, done)


@page(CLEAR)
@require_POST
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """A finding is in order, with the reason; the pair stays cleared."""
    finding = get_object_or_404(in_scope(request, Finding), pk=pk)
    back = _int(request.POST.get("claim", "")) or finding.claim_id
    form = forms.ClearForm(request.POST)
    if not form.is_valid():
        messages.error(request, _first(form))
    else:
        try:
            actions.clear_finding(by=officer(request), finding=finding, reason=form.cleaned_data["reason"])
            messages.success(request, _("Marked as in order. It does not come up again."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("admin:claim_desk", pk=back if back == finding.other_id else finding.claim_id)


def _decision(request: HttpRequest, claim: Claim, key: int) -> Decision:
    """The decision that the page showed. Raises Refusal `claim_changed` where the claim has no such one."""
    found: Decision | None = in_scope(request, Decision).filter(claim=claim, pk=key).first()
    if found is None:
        raise Refusal(
            "claim_changed", _("The claim was changed meanwhile. Nothing was done; look at it again first.")
        )
    return found


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _first(form: Any) -> str:
    """The first thing that is wrong with a small form."""
    return str(next(iter(form.errors.values()))[0])
