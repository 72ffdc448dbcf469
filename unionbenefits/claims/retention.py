"""How long drafts of claims and papers are kept."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from unionbenefits.audit.actions import act
from unionbenefits.claims.actions.filing import withdraw
from unionbenefits.claims.enums import ClaimState, PaymentState
from unionbenefits.claims.erasers import forget_claims
from unionbenefits.claims.models import Claim, PaperFile, Payment
from unionbenefits.core import clock
from unionbenefits.core.retention import Rule, register

_ENDED = (ClaimState.REJECTED, ClaimState.WITHDRAWN, ClaimState.APPROVED)


def _unchanged_for(claims: QuerySet[Claim], days: int) -> QuerySet[Claim]:
    """Those whose history has nothing younger than so many days."""
    since = clock.now() - dt.timedelta(days=days)
    events: Any = Claim.pgh_event_model  # type: ignore[attr-defined]
    newer = events._base_manager.filter(pgh_obj=OuterRef("pk"), pgh_created_at__gte=since)
    return claims.filter(created_at__lt=since).filter(~Exists(newer))


def old_drafts() -> QuerySet[Claim]:
    """Drafts that nobody went on with."""
    drafts = Claim.objects.filter(state=ClaimState.DRAFT)
    return _unchanged_for(drafts, settings.RETENTION["draft_days"]).order_by("pk")


def _forget_drafts(by: Any) -> int:
    """Taken back, and what was written into them overwritten; that there was one stays."""
    drafts = list(old_drafts())
    for draft in drafts:
        with act("claim.forget_draft", by=by) as doing:
            doing.about = withdraw(by=by, claim=draft, reason="")
            PaperFile.objects.filter(paper__claim=draft).delete()
            forget_claims([draft.pk])
    return len(drafts)


def old_papers() -> QuerySet[PaperFile]:
    """Papers of claims that ended without a payment long ago, and of those paid before the vouchers' time.

    A withdrawn draft's papers go with the draft's own period.
    """
    paid = Payment.objects.filter(obligation__claim=OuterRef("pk"), state=PaymentState.SUCCEEDED)
    last_year = clock.today().year - settings.RETENTION["voucher_years"] - 1
    ended = Claim.objects.filter(state__in=_ENDED)
    unpaid = _unchanged_for(ended.filter(~Exists(paid)), settings.RETENTION["paper_days"])
    long_paid = ended.filter(Exists(paid), ~Exists(paid.filter(paid_on__year__gt=last_year)))
    found: QuerySet[PaperFile] = PaperFile.objects.filter(
        Q(paper__claim__in=unpaid.order_by().values("pk"))
        | Q(paper__claim__in=long_paid.order_by().values("pk"))
    )
    return found


def _forget_papers(by: Any) -> int:
    keys = list(old_papers().values_list("pk", flat=True))
    if not keys:
        return 0
    with act("claim.forget_papers", by=by) as doing:
        gone, _by_model = PaperFile.objects.filter(pk__in=keys).delete()
        doing.data = {"papers": gone}
    return gone


register(
    Rule(
        code="claim_drafts",
        what=_("Claims that were begun and never sent, with their papers"),
        period=lambda: gettext("%(days)s days") % {"days": settings.RETENTION["draft_days"]},
        source=_("Our own rule: after the last change (PIPL art. 19)"),
        waiting=lambda: old_drafts().count(),
        purge=_forget_drafts,
    )
)
register(
    Rule(
        code="claim_papers",
        what=_("Papers of ended claims"),
        period=lambda: (
            gettext("%(days)s days, where money was paid %(years)s years")
            % {"days": settings.RETENTION["paper_days"], "years": settings.RETENTION["voucher_years"]}
        ),
        source=_("Time to sue: three years (民法典 art. 188); vouchers: 30 years (会计档案管理办法 2015)"),
        waiting=lambda: old_papers().count(),
        purge=_forget_papers,
    )
)
