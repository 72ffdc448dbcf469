"""How much would I get? The rules of a claim on four numbers, before there is a claim."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from unionbenefits.claims.estimates import estimate
from unionbenefits.claims.rules import PlanTerms
from unionbenefits.claims.wording import sentence
from unionbenefits.core import clock
from unionbenefits.plans.models import PlanVersion
from unionbenefits.plans.queries import CoverView, coverage_of, terms_on
from unionbenefits.portal.forms import EstimateForm
from unionbenefits.portal.sessions import current_worker


@never_cache
def estimates(request: HttpRequest) -> HttpResponse:
    """The form, and below it the answer with each line explained. Nothing is stored."""
    plan = _terms(request)
    asked = "total" in request.GET
    form = EstimateForm(request.GET if asked else None, stays=len(plan.rates))
    verdict = None
    if asked and form.is_valid():
        verdict = estimate(form.statement(), plan, form.ordinal())
    context = {
        "form": form,
        "verdict": verdict,
        "lines": [(sentence(line), line) for line in verdict.lines] if verdict else [],
        "notes": [sentence(note) for note in (*verdict.reasons, *verdict.flags)] if verdict else [],
    }
    return render(request, "portal/estimate.html", context)


def _terms(request: HttpRequest) -> PlanTerms:
    """The terms of the worker's own cover, the one in force first; a guest's are those of today's plan."""
    worker, today = current_worker(request), clock.today()
    if worker is not None:
        coverage = coverage_of(worker, today)
        own: list[CoverView] = [*coverage.current, *coverage.upcoming, *coverage.past]
        if own:
            return _plan(own[0])
    version = terms_on(today)
    return PlanTerms() if version is None else _plan(version)


def _plan(terms: CoverView | PlanVersion) -> PlanTerms:
    return PlanTerms(
        rates=tuple(terms.rates),
        deductible=terms.deductible,
        cap_per_stay=terms.cap_per_stay,
        cap_per_period=terms.cap_per_period,
    )
