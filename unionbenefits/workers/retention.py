"""Removing what is past keeping: the rules about rosters and erased people, and the run over all rules."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from unionbenefits.accounts.actions import TRACES_KEPT
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.audit.scrubbing import scrub
from unionbenefits.core import clock
from unionbenefits.core.retention import Rule, register, rules
from unionbenefits.workers import phone_changes, sign_ins
from unionbenefits.workers.erasing import forget_vouchers
from unionbenefits.workers.models import (
    Erasure,
    PhoneChange,
    RetentionRun,
    Roster,
    RosterFile,
    RosterLeaver,
    RosterRow,
    RowDecision,
    SignIn,
)
from unionbenefits.workers.roster.actions import OPEN, PREVIEW_HOURS, expire_rosters
from unionbenefits.workers.roster.states import RosterState


def purge_expired(*, by: Actor) -> RetentionRun:
    """Runs every rule, each in a transaction of its own, and writes down what went. Again = nothing more."""
    counts = {rule.code: rule.purge(by) for rule in rules()}
    with act("retention.run", by=by) as doing:
        run = RetentionRun.objects.create(at=clock.now(), run_by=by.audit_name, counts=counts)
        doing.about, doing.data = run, counts
    return run


def waiting() -> dict[str, int]:
    """What would go now, by rule; changes nothing."""
    return {rule.code: rule.waiting() for rule in rules()}


def _previews() -> QuerySet[Roster]:
    limit = clock.now() - dt.timedelta(hours=PREVIEW_HOURS)
    found: QuerySet[Roster] = Roster.objects.filter(state__in=OPEN, uploaded_at__lt=limit)
    return found.exclude(judged_at__gte=limit)


def _replaced_phones() -> QuerySet[PhoneChange]:
    past = clock.now() - phone_changes.TAKEN_BACK_WITHIN
    found: QuerySet[PhoneChange] = PhoneChange.objects.filter(old_phone__isnull=False, changed_at__lt=past)
    return found


def _old_rosters() -> QuerySet[Roster]:
    """Settled long ago, with their file still there: what was applied stays in the register."""
    limit = clock.now() - dt.timedelta(days=settings.RETENTION["roster_days"])
    settled = Roster.objects.filter(
        state__in=[RosterState.APPLIED, RosterState.REFUSED], uploaded_at__lt=limit
    )
    found: QuerySet[Roster] = settled.filter(file__isnull=False)
    return found


def _forget_rosters(by: Any) -> int:
    """The files and lines of old rosters; who uploaded them, when, and how they were judged stays."""
    keys = list(_old_rosters().values_list("pk", flat=True))
    for key in keys:
        with act("roster.forget", by=by) as doing:
            doing.about = Roster(pk=key)
            RosterFile.objects.filter(roster=key).delete()
            RosterLeaver.objects.filter(roster=key).delete()
            RosterRow.objects.filter(roster=key).delete()
            decided = RowDecision.objects.filter(roster=key).values_list("pk", flat=True)
            scrub(RowDecision, list(decided), subject=b"", value=None, before="")
    return len(keys)


register(
    Rule(
        code="roster_previews",
        what=_("Judged rosters that nobody confirmed"),
        period=lambda: gettext("%(hours)s hours") % {"hours": PREVIEW_HOURS},
        source=_("Our own rule: nobody confirmed, so nothing is kept (PIPL art. 19)"),
        waiting=lambda: _previews().count(),
        purge=lambda by: expire_rosters(by=by),
    )
)
register(
    Rule(
        code="sign_ins",
        what=_("Sign-ins of workers, with device and part of the address"),
        period=lambda: gettext("%(days)s days") % {"days": TRACES_KEPT.days},
        source=_("Network logs: at least six months (Cybersecurity Law, 网络安全法 art. 23)"),
        waiting=lambda: SignIn.objects.filter(began_at__lt=clock.now() - TRACES_KEPT).count(),
        purge=lambda by: sign_ins.purge(by=by),
    )
)
register(
    Rule(
        code="old_phones",
        what=_("Former numbers of changed phones"),
        period=lambda: gettext("%(days)s days") % {"days": phone_changes.TAKEN_BACK_WITHIN.days},
        source=_("Our own rule: for as long as a change can be taken back (PIPL art. 19)"),
        waiting=lambda: _replaced_phones().count(),
        purge=lambda by: phone_changes.forget_old_phones(by=by) if _replaced_phones().exists() else 0,
    )
)
register(
    Rule(
        code="roster_files",
        what=_("Files and lines of settled rosters"),
        period=lambda: gettext("%(days)s days") % {"days": settings.RETENTION["roster_days"]},
        source=_("Records of data provided: three years (网络数据安全管理条例 art. 12)"),
        waiting=lambda: _old_rosters().count(),
        purge=_forget_rosters,
    )
)
register(
    Rule(
        code="erased_vouchers",
        what=_("Sealed vouchers of erased people"),
        period=lambda: (
            gettext("%(years)s years from the end of the year")
            % {"years": settings.RETENTION["voucher_years"]}
        ),
        source=_("Accounting records: 30 years (会计档案管理办法 2015)"),
        waiting=lambda: Erasure.objects.filter(kept_until__lt=clock.today(), sealed__isnull=False).count(),
        purge=lambda by: forget_vouchers(by=by, today=clock.today()),
    )
)
