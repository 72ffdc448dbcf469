"""Second looks: decisions that were drawn, right or wrong, and what that says of all the others."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.claims.actions.looking import people_of, set_look_rule, take_look
from unionbenefits.claims.enums import LookVerdict
from unionbenefits.claims.frozen import lines_of, notes_of
from unionbenefits.claims.looks import LookFigures, by_approver, figures_of, rule_in_force
from unionbenefits.claims.models import LookRule, SecondLook
from unionbenefits.claims.wording import sentence
from unionbenefits.core.errors import Refusal

VIEW = "claims.view_secondlook"
TAKE = "claims.take_secondlook"
SET = "claims.add_lookrule"
SHOWN = 10


class RuleForm(forms.Form):
    """How many small decisions get a second look."""

    share = forms.DecimalField(
        label=gettext_lazy("Share of an approver's small decisions of a week (%)"),
        min_value=0,
        max_value=100,
        max_digits=3,
        decimal_places=0,
    )
    at_least = forms.IntegerField(label=gettext_lazy("At least"), min_value=0, max_value=1_000)
    up_to = forms.DecimalField(
        label=gettext_lazy("Small up to (元)"), min_value=1, max_digits=12, decimal_places=2
    )


def _rule_form(rule: LookRule) -> RuleForm:
    values = {"share": int(rule.share * 100), "at_least": rule.at_least, "up_to": rule.up_to}
    return RuleForm(initial=values)


@page(VIEW)
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Those to be taken, the oldest first; or those found right or wrong, the newest first."""
    return _looks_page(request)


@page(VIEW, TAKE)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Right, or wrong with a reason."""
    look = one_in_scope(request, SecondLook, pk)
    right = request.POST.get("verdict") == LookVerdict.RIGHT
    try:
        take_look(by=officer(request), look=look, right=right, note=request.POST.get("note", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("Written down as right.")
        if not right:
            done = _("Written down as wrong. If it has to be put right, reopen the claim at the desk.")
        messages.success(request, done)
    return redirect("admin:look_list")


@page(VIEW, SET)
@require_POST
def set_rule(request: HttpRequest) -> HttpResponse:
    """From the next draw on."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _looks_page(request, form, status=422)
    try:
        set_look_rule(
            by=officer(request),
            share=form.cleaned_data["share"] / 100,
            at_least=form.cleaned_data["at_least"],
            up_to=form.cleaned_data["up_to"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _looks_page(request, form, status=409)
    messages.success(request, _("The rule holds from the next draw on."))
    return redirect("admin:look_list")


def _looks_page(request: HttpRequest, form: RuleForm | None = None, status: int = 200) -> HttpResponse:
    scoped = in_scope(request, SecondLook)
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in LookVerdict.values else LookVerdict.OPEN.value
    figures, rule = figures_of(scoped), rule_in_force()
    context = {
        "figures": figures,
        "percents": _percents(figures),
        "approvers": [(one, _percents(one)) for one in by_approver(scoped)],
        "rule": rule,
        "rule_percent": int(rule.share * 100),
        "rows": _rows(request, scoped, verdict),
        "is_open": verdict == LookVerdict.OPEN,
        "may_take": request.user.has_perm(TAKE),
        "may_set": request.user.has_perm(SET),
        "form": form or _rule_form(rule),
        "tabs": listing.tabs(
            LookVerdict.choices,
            {
                LookVerdict.OPEN: figures.drawn - figures.looked,
                LookVerdict.RIGHT: figures.looked - figures.wrong,
                LookVerdict.WRONG: figures.wrong,
            },
            chosen=verdict,
            name="verdict",
            tones={LookVerdict.OPEN: "warn", LookVerdict.RIGHT: "good", LookVerdict.WRONG: "bad"},
        ),
    }
    return render_page(
        request, "admin/pages/second_looks.html", title=_("Second looks"), context=context, status=status
    )


def _rows(request: HttpRequest, scoped: Any, verdict: str) -> Any:
    chosen = scoped.filter(verdict=verdict).select_related(
        "decision__claim__worker", "decision__plan_version__plan", "decision__approved_by", "looked_by"
    )
    known = chosen.prefetch_related("decision__claim__decisions")
    rows = keyset(request, known, descending=verdict != LookVerdict.OPEN, size=SHOWN)
    for look in rows.rows:
        look.is_own = request.user.pk in people_of(look)
        look.lines = [(sentence(line), line.amount) for line in lines_of(look.decision.lines)]
        noted = [*look.decision.reasons, *look.decision.flags]
        look.notes = [sentence(note) for note in notes_of(noted)]
    return rows


def _percents(figures: LookFigures) -> dict[str, str] | None:
    """The share of wrong ones and where that of all lies, in per cent; None before the first look."""
    share, between = figures.share, figures.between
    if share is None or between is None:
        return None
    return {
        "share": f"{share * 100:.1f}".removesuffix(".0"),
        "low": f"{between[0] * 100:.1f}".removesuffix(".0"),
        "high": f"{between[1] * 100:.1f}".removesuffix(".0"),
    }
