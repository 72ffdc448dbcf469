"""One's own claims after sending: the list, one page for each, and what may be done about it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.claims import actions
from unionbenefits.claims.enums import AppealState, ClaimState
from unionbenefits.claims.letters import print_letter
from unionbenefits.claims.models import Claim, Question
from unionbenefits.claims.queries import current_papers
from unionbenefits.core.answers import to_show
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_account
from unionbenefits.portal.claim_answers import AnswerForm, AppealForm, WithdrawForm
from unionbenefits.portal.claim_list import rows
from unionbenefits.portal.following import follow
from unionbenefits.portal.own import own_claim, signed_in
from unionbenefits.portal.papers import Part, papers_part
from unionbenefits.workers.models import Worker


@dataclass(frozen=True, slots=True)
class AskedPart(Part):
    """What an officer asked for; all other papers are folded away, so that the answer is not far below."""

    @property
    def more_open(self) -> bool:
        """Only where an upload among them was refused."""
        return any(slot.errors for slot in self.more)


@require_GET
@signed_in
def claims(request: HttpRequest, worker: Worker) -> HttpResponse:
    """All of them, drafts too, with where each stands."""
    return render(request, "portal/claims/list.html", {"rows": rows(worker)})


@require_GET
@own_claim
def claim(request: HttpRequest, claim: Claim) -> HttpResponse:
    """One claim: how it stands, what is missing, the decision, the money, and every step so far."""
    return _sent_only(claim) or claim_page(request, claim, AnswerForm())


def claim_page(request: HttpRequest, claim: Claim, answer: AnswerForm, status: int = 200) -> HttpResponse:
    """The page, with the answer as far as it was written."""
    followed = follow(claim)
    context = {
        "claim": claim,
        "f": followed,
        "answer": answer,
        "papers": _papers(request, claim, followed.question),
        "account": mask_account(claim.account) if claim.account else "",
    }
    return render(request, "portal/claims/claim.html", context, status=status)


@own_claim
def answer(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Sends the answer to a question: papers, words, or why a paper cannot be had."""
    question = claim.questions.filter(answered_at=None, lapsed_at=None).order_by("-pk").first()
    if request.method != "POST" or claim.state != ClaimState.ASKED or question is None:
        return redirect("portal:claim", claim.pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return claim_page(request, claim, form)
    if not form.cleaned_data["text"] and not _is_answered(claim, question):
        form.add_error("text", _("Add what is missing above, or write why you cannot."))
        return claim_page(request, claim, form)
    return _act(
        request,
        claim,
        lambda: actions.answer(by=claim.worker, claim=claim, text=form.cleaned_data["text"]),
        _("Thank you. Your answer is with us, and the claim goes on."),
    )


@require_GET
@own_claim
def letter(_request: HttpRequest, claim: Claim) -> HttpResponse:
    """The decision letter; it opens in the browser, from where it is printed or kept."""
    name, content = print_letter(by=claim.worker, claim=claim)
    return to_show(content, name)


@own_claim
def appeal(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Says what is wrong with the decision; somebody else looks at it."""
    followed = follow(claim)
    if not followed.may_appeal:
        return redirect("portal:claim", claim.pk)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        return _act(
            request,
            claim,
            lambda: actions.appeal(by=claim.worker, claim=claim, text=form.cleaned_data["text"]),
            _("We have your appeal. Somebody who had no part in the decision looks at it."),
        )
    return render(request, "portal/claims/appeal.html", {"claim": claim, "f": followed, "form": form})


@own_claim
def drop_appeal(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Lets an open appeal rest, after asking once."""
    found = claim.appeals.filter(state=AppealState.OPEN).first()
    if found is None:
        return redirect("portal:claim", claim.pk)
    if request.method != "POST":
        return render(request, "portal/claims/drop_appeal.html", {"claim": claim, "appeal": found})
    return _act(
        request,
        claim,
        lambda: actions.withdraw_appeal(by=claim.worker, appeal=found),
        _("You took the appeal back. The decision stands."),
    )


@own_claim
def withdraw(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Takes a claim back that is not decided yet, after asking once and with a reason."""
    followed = follow(claim)
    if not followed.may_withdraw:
        return redirect("portal:claim", claim.pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        return _act(
            request,
            claim,
            lambda: actions.withdraw(by=claim.worker, claim=claim, reason=form.cleaned_data["reason"]),
            _("You took the claim back."),
        )
    return render(request, "portal/claims/withdraw.html", {"claim": claim, "f": followed, "form": form})


def _act(request: HttpRequest, claim: Claim, verb: Any, done: str) -> HttpResponse:
    """Back to the page of the claim, with what was done or why it was not."""
    try:
        verb()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("portal:claim", claim.pk)


def _sent_only(claim: Claim) -> HttpResponse | None:
    """Where to go with a claim that was not sent: to its step, or to the list where it was given up."""
    if claim.state == ClaimState.DRAFT:
        return redirect("portal:claim_step", claim.pk, max(1, min(claim.step, 5)))
    return redirect("portal:claims") if claim.number is None else None


def _papers(request: HttpRequest, claim: Claim, question: Question | None) -> Part:
    """The papers; what an officer asked for comes first, all others below."""
    asked = [] if question is None else question.missing
    part = papers_part(request, claim, asked)
    if question is None:
        return part
    first = [slot for slot in part.slots if slot.kind in asked]
    rest = [slot for slot in part.slots if slot.kind not in asked]
    return AskedPart(claim, first, rest + part.more, part.changeable)


def _is_answered(claim: Claim, question: Question) -> bool:
    """Whether each paper that was asked for has come since; words that were asked for have not."""
    fresh = set(current_papers(claim).filter(added_at__gte=question.asked_at).values_list("kind", flat=True))
    return bool(question.missing) and set(question.missing) <= fresh
