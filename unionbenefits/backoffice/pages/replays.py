"""Replays: past decisions under other terms, started, watched, stopped and read."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.access.queries import posts_of
from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.claims.actions.replaying import OPEN, resume_replay, start_replay, stop_replay
from unionbenefits.claims.enums import DecisionOutcome, ReplayState
from unionbenefits.claims.frozen import notes_of
from unionbenefits.claims.models import Replay, ReplayDifference
from unionbenefits.claims.replays import KINDS, of_kind, sums_by_kind
from unionbenefits.claims.rules import RULESET, RULESETS, Outcome
from unionbenefits.claims.wording import sentence
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.models import PlanVersion
from unionbenefits.unions.models import Union

RUN = "claims.run_replay"
KIND_TONES = {"less": "warn", "more": "info", "rejected": "bad", "paid": "good", "referred": "warn"}
OUTCOMES = {
    "pay": DecisionOutcome.PAY.label,
    "reject": DecisionOutcome.REJECT.label,
    "refer": gettext_lazy("A person has to look"),
}


class VersionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Terms, told apart by plan, number and first day."""

    def label_from_instance(self, obj: Any) -> str:
        """`plan v2, from 2027-01-01`."""
        return _("%(version)s, from %(day)s") % {"version": obj, "day": obj.valid_from.isoformat()}


class StartForm(forms.Form):
    """Under which terms and rules the past is decided again."""

    plan_version = VersionChoice(queryset=None, label=gettext_lazy("Terms"), empty_label=None)
    ruleset = forms.ChoiceField(label=gettext_lazy("Rules of the program"))

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        versions = in_scope(request, PlanVersion).select_related("plan").order_by("plan", "-valid_from")
        self.fields["plan_version"].queryset = versions  # type: ignore[attr-defined]
        self.fields["ruleset"].choices = [(one, _ruleset(one)) for one in sorted(RULESETS, reverse=True)]  # type: ignore[attr-defined]
        self.fields["ruleset"].initial = RULESET


def _ruleset(name: str) -> str:
    return _("%(name)s (in force)") % {"name": name} if name == RULESET else name


@page(RUN)
@require_GET
def replays(request: HttpRequest) -> HttpResponse:
    """Those of one's offices, the newest first, and the form that starts one."""
    return _list_page(request, StartForm(request))


@page(RUN)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Queues one for the workers of the officer's own office."""
    form = StartForm(request, request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    try:
        made = start_replay(by=officer(request), office=_office(request), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _list_page(request, form, status=409)
    return redirect("admin:replay_review", pk=made.pk)


def _office(request: HttpRequest) -> Union | None:
    """The highest union where the person serves; None for whoever sees everything."""
    who = officer(request)
    unions = [post.union for post in posts_of(who) if post.union is not None]
    if unions:
        return min(unions, key=lambda union: (len(union.path), union.path))
    if who.is_superuser:
        return None
    raise Refusal("no_office", _("Only somebody who serves at a union can start this."))


def _list_page(request: HttpRequest, form: StartForm, status: int = 200) -> HttpResponse:
    rows = keyset(request, _with_names(in_scope(request, Replay)), descending=True)
    context = {"rows": rows, "form": form}
    return render_page(
        request,
        "admin/pages/replays.html",
        title=_("Replay of decisions"),
        context=context,
        status=status,
    )


def _with_names(queryset: Any) -> Any:
    return queryset.select_related("plan_version__plan", "office", "started_by")


def _one(request: HttpRequest, pk: int) -> Replay:
    found: Replay = get_object_or_404(_with_names(in_scope(request, Replay)), pk=pk)
    return found


@page(RUN)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, what the differences add up to, and each of them with its reason."""
    replay = _one(request, pk)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    sums = sums_by_kind(replay)
    found = of_kind(in_scope(request, ReplayDifference).filter(replay=replay), kind)
    rows = keyset(request, found.select_related("decision__claim__worker"))
    for row in rows.rows:
        _explain(row)
    context = {
        "replay": replay,
        "runs_now": replay.state in OPEN,
        "change": replay.amount_after - replay.amount_before,
        "may_go_on": replay.state in (ReplayState.STOPPED, ReplayState.FAILED),
        "sums": sums,
        "rows": rows,
        "tabs": listing.tabs(
            [(one.kind, one.text) for one in sums],
            {one.kind: one.count for one in sums},
            chosen=kind,
            name="kind",
            everything=_("All differences"),
            tones=KIND_TONES,
        ),
    }
    return render_page(
        request, "admin/pages/replay_review.html", title=_("Replay of decisions"), context=context
    )


def _explain(row: Any) -> None:
    """What the table shows of a difference beyond its columns."""
    row.before, row.after = OUTCOMES[row.outcome_before], OUTCOMES[row.outcome_after]
    row.tone = {Outcome.PAY: "good", Outcome.REJECT: "bad"}.get(Outcome(row.outcome_after), "warn")
    row.change = row.amount_after - row.amount_before
    amounts = [Decimal(one["amount"]) if "amount" in one else None for one in row.reasons]
    row.why = list(zip(map(sentence, notes_of(row.reasons)), amounts, strict=True))


@page(RUN)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar; once the replay is over, the page loads again."""
    replay = _one(request, pk)
    if replay.state not in OPEN:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "admin/pages/parts/replay_run.html", {"replay": replay, "runs_now": True})


@page(RUN)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops behind the block that it works on."""
    if stop_replay(by=officer(request), replay=_one(request, pk)):
        messages.info(request, _("It stops in a moment. What was found stays, and it can go on later."))
    return redirect("admin:replay_review", pk=pk)


@page(RUN)
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes on where it stopped."""
    try:
        resume_replay(by=officer(request), replay=_one(request, pk))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:replay_review", pk=pk)
