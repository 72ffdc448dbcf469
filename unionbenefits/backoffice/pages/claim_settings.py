"""Settings of claims: up to which amount a role goes alone, and which funds pay the claims of a plan."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims.actions import set_claims_funds, set_limit
from unionbenefits.claims.funding import funds_of
from unionbenefits.claims.models import ApprovalLimit
from unionbenefits.funds.models import Fund
from unionbenefits.funds.queries import balances
from unionbenefits.plans.models import Plan

SEE_LIMITS, SET_LIMITS = "claims.view_approvallimit", "claims.change_approvallimit"
SEE_FUNDS, SET_FUNDS = ("claims.view_claimsfund", "funds.view_fund"), "claims.change_claimsfund"
# The steps that an amount can be too large for (claims.actions.deciding).
STEPS = ("claims.review_decision", "claims.approve_decision")
SPARE = 2


class LimitsForm(forms.Form):
    """An amount per role that reviews or approves; empty for no limit."""

    def __init__(self, on_file: dict[str, Decimal], data: Any = None) -> None:
        super().__init__(data, initial=on_file)
        for role in limited_roles():
            self.fields[role] = forms.DecimalField(
                label=role.label,
                required=False,
                min_value=Decimal("0.01"),
                max_digits=12,
                decimal_places=2,
                help_text=str(BUNDLES[role].sentence),
                error_messages={"min_value": _("Leave it empty for no limit.")},
            )

    def changed(self) -> dict[str, Decimal | None]:
        """What differs from what is on file."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.changed_data}


def limited_roles() -> list[Role]:
    """The roles that review or approve decisions."""
    return [role for role in Role if BUNDLES[role].permissions.intersection(STEPS)]


@page(SEE_LIMITS)
@require_http_methods(["GET", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """The limits, to read; association officers change them."""
    on_file = dict(in_scope(request, ApprovalLimit).values_list("role", "up_to"))
    may_change = request.user.has_perm(SET_LIMITS)
    form = LimitsForm(on_file, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        status = 422
        if form.is_valid():
            for role, up_to in form.changed().items():
                set_limit(by=officer(request), role=role, up_to=up_to)
            messages.success(request, _("The limits are written down. They hold from the next step on."))
            return redirect("admin:claims_limits")
    context = {"form": form, "may_change": may_change, "nobody_above": _nobody_above(on_file)}
    title = _("Limits of approval")
    return render_page(request, "admin/pages/claims_limits.html", title=title, context=context, status=status)


def _nobody_above(on_file: dict[str, Decimal]) -> Decimal | None:
    """The amount above which nobody could take one of the steps; None where somebody always can."""
    tops = []
    for step in STEPS:
        roles = [role for role in Role if step in BUNDLES[role].permissions]
        if roles and all(role in on_file for role in roles):
            tops.append(max(on_file[role] for role in roles))
    return min(tops, default=None)


@dataclass(frozen=True, slots=True)
class PlanFunds:
    """A plan with the funds that pay its claims; `hidden` counts those outside the scope."""

    plan: Plan
    funds: list[Any]
    hidden: int


@page(*SEE_FUNDS)
@require_GET
def fund_plans(request: HttpRequest) -> HttpResponse:
    """Every plan with the funds that pay its claims, in the order of use, and what is left in each."""
    plans = list(in_scope(request, Plan).order_by("code"))
    keys = funds_of(plans)
    seen = list(in_scope(request, Fund).filter(pk__in={key for keys_ in keys.values() for key in keys_}))
    left = {balance.fund_id: balance for balance in balances(seen)}
    shown = [
        PlanFunds(
            plan,
            [left[key] for key in keys.get(plan.pk, []) if key in left],
            sum(key not in left for key in keys.get(plan.pk, [])),
        )
        for plan in plans
    ]
    context = {"plans": shown, "may_change": request.user.has_perm(SET_FUNDS)}
    title = _("Funds for claims")
    return render_page(request, "admin/pages/claims_fund_plans.html", title=title, context=context)


class FundLine(forms.Form):
    """One fund; without one the line counts for nothing."""

    fund: forms.Field = forms.ModelChoiceField(
        queryset=None, required=False, label=gettext_lazy("Fund"), empty_label=gettext_lazy("None")
    )

    def __init__(self, *args: Any, funds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds  # type: ignore[attr-defined]


@page(*SEE_FUNDS, SET_FUNDS)
@require_http_methods(["GET", "POST"])
def plan_funds(request: HttpRequest, pk: int) -> HttpResponse:
    """The funds of one plan, in the order of use."""
    plan = one_in_scope(request, Plan, pk)
    choices = in_scope(request, Fund).select_related("owner").order_by("-year", "name", "pk")
    keys = funds_of([plan]).get(plan.pk, [])
    locked = choices.filter(pk__in=keys).count() < len(keys)
    lines = _formset(request, keys, choices)
    fault: str | Promise = ""
    status = 200
    if request.method == "POST" and not locked:
        status = 422
        if lines.is_valid():
            named = [line["fund"] for line in lines.cleaned_data if line.get("fund")]
            if len(set(named)) == len(named):
                set_claims_funds(by=officer(request), plan=plan, funds=named)
                messages.success(request, _("The funds are written down. What is held already stays held."))
                return redirect("admin:claims_fund_plans")
            fault = _("A fund stands there twice. Name each once, in the order of use.")
    context = {"plan": plan, "lines": lines, "locked": locked, "fault": fault}
    title = _("Funds for the claims of %(plan)s") % {"plan": plan.name}
    return render_page(request, "admin/pages/claims_funds.html", title=title, context=context, status=status)


def _formset(request: HttpRequest, keys: list[int], choices: Any) -> Any:
    made = forms.formset_factory(FundLine, extra=SPARE, max_num=20, validate_max=True)
    options: dict[str, Any] = {"form_kwargs": {"funds": choices}, "prefix": "fund"}
    if request.method == "POST":
        return made(request.POST, **options)
    return made(initial=[{"fund": key} for key in keys], **options)
