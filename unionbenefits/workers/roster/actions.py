"""Rosters from upload to register: receive, judge, confirm, apply, discard."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.core import clock, jobs
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.memory import collector_paused
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.closing import hold_open
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import Roster, RosterFile, RosterLeaver, RosterRow, RowDecision
from unionbenefits.workers.roster import judging, settling
from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import Judgement
from unionbenefits.workers.roster.merge import Raced, Stale, merge_confirmed, merge_judged, races_told
from unionbenefits.workers.roster.stage import clean
from unionbenefits.workers.roster.states import RosterMode, RosterState, RowVerdict


class Read(NamedTuple):
    """A file that was read and judged by itself, not yet compared with the register."""

    roster: Roster
    judgement: Judgement


PREVIEW_HOURS: Final = 24
"""How long a judged roster waits for its confirmation before its rows and file are removed (case C078)."""
_RACES: Final = 8
OPEN: Final = (RosterState.UPLOADED, RosterState.JUDGING, RosterState.JUDGED, RosterState.FAILED)


def receive_roster(
    *,
    by: User,
    enterprise: Enterprise,
    file_name: str,
    content: bytes,
    mode: RosterMode,
    as_clerk: bool,
    mapping: dict[str, Any] | None = None,
) -> Roster:
    """Takes a file in and queues its judging.

    Raises RosterRefused `file_too_large` or `file_empty`, NotFound `enterprise_not_found` outside the
    scope of `by`.
    """
    if not Enterprise.objects.in_scope(scope_of(by)).filter(pk=enterprise.pk).exists():
        raise NotFound("enterprise_not_found", _("This enterprise does not exist or is not yours."))
    with transaction.atomic():
        roster = _receive(
            by=by,
            enterprise=enterprise,
            file_name=file_name,
            content=content,
            mode=mode,
            as_clerk=as_clerk,
            mapping=mapping,
        )
        _queue_judging(roster)
    return roster


def _receive(
    *,
    by: User,
    enterprise: Enterprise,
    file_name: str,
    content: bytes,
    mode: RosterMode,
    as_clerk: bool,
    mapping: dict[str, Any] | None,
) -> Roster:
    if len(content) > settings.ROSTER_MAX_BYTES:
        raise RosterRefused(Code.FILE_TOO_LARGE, limit=str(settings.ROSTER_MAX_BYTES // (1024 * 1024)))
    if not content:
        raise RosterRefused(Code.FILE_EMPTY)
    with act("roster.receive", by=by) as doing:
        hold_open([enterprise.pk])
        roster = Roster.objects.create(
            enterprise=enterprise,
            mode=mode,
            as_clerk=as_clerk,
            file_name=clean(file_name.replace("\\", "/").rpartition("/")[2], 200),
            file_sha256=hashlib.sha256(content).hexdigest(),
            mapping=mapping or {},
            uploaded_by=by,
            uploaded_at=clock.now(),
        )
        judging.keep_file(roster, content)
        doing.about = roster
        doing.data = {"enterprise": enterprise.pk, "sha256": roster.file_sha256, "bytes": len(content)}
    return roster


def _queue_judging(roster: Roster) -> None:
    jobs.enqueue("workers.judge_roster", key=f"roster:{roster.pk}", roster=roster.pk)


def remap_roster(*, by: User, roster: Roster, mapping: dict[str, Any]) -> Roster:
    """Other headings or columns than were found; queues the judging again. Raises Refusal `roster_state`."""
    with act("roster.remap", by=by) as doing:
        locked = _locked(roster, *OPEN, RosterState.REFUSED)
        locked.mapping, locked.state, locked.refusal = mapping, RosterState.UPLOADED, ""
        locked.verdict_digest = ""
        locked.save()
        doing.about = locked
        _queue_judging(locked)
    return locked


def judge_roster(*, by: User, roster: Roster, scope: Scope | None = None) -> Roster:
    """Judges the file against its own logic and the register; the job's work. Again = the rows are replaced.

    `scope` is the officer's own unless given. A file of which nothing can be used ends as refused, with
    its code. Raises Refusal `roster_state` when the roster is applied or discarded.
    """
    judged = _read(by, roster, None)
    if isinstance(judged, Roster):
        return judged
    return _keep(by, judged, scope if scope is not None else scope_of(by), to_apply=False)


def _read(by: User, roster: Roster, content: bytes | None) -> Read | Roster:
    """The pure half: what the file says, or the roster as refused. `content` saves opening the sealed
    file.
    """
    with transaction.atomic():
        begun = _locked(roster, *OPEN)
        begun.state, begun.rows_judged, begun.verdict_digest = RosterState.JUDGING, 0, ""
        begun.save()
    try:
        with collector_paused():
            judgement = judging.read_and_judge(begun, content or judging.open_file(begun))
    except RosterRefused as refusal:
        return _refuse(by, begun, refusal)
    except Exception:
        Roster.objects.filter(pk=begun.pk).update(state=RosterState.FAILED)
        raise
    return Read(begun, judgement)


def _keep(by: User, read: Read, scope: Scope, *, to_apply: bool) -> Roster:
    """The half with the register: rows with their verdicts, ready to be confirmed."""
    with act("roster.judge", by=by) as doing:
        judged = _locked(read.roster, RosterState.JUDGING)
        judged.file_format, judged.encoding = read.roster.file_format, read.roster.encoding
        with collector_paused():
            judging.keep_judgement(judged, read.judgement, _reach(judged, scope), to_apply=to_apply)
        judged.state, judged.judged_at = RosterState.JUDGED, clock.now()
        judged.save()
        doing.about, doing.data = judged, dict(judged.counts)
    return judged


def _reach(roster: Roster, scope: Scope) -> Scope:
    """A clerk's roster speaks of the own enterprise only, whoever judges it (case C082)."""
    return Scope(enterprise_ids=(roster.enterprise_id,)) if roster.as_clerk else scope


def _refuse(by: User, roster: Roster, refusal: RosterRefused) -> Roster:
    with act("roster.refuse", by=by) as doing:
        refused = _locked(roster, RosterState.JUDGING)
        refused.state, refused.refusal = RosterState.REFUSED, refusal.code
        refused.file_format, refused.encoding = roster.file_format, roster.encoding
        refused.refusal_details = {key: clean(str(value)) for key, value in refusal.details.items()}
        refused.save()
        doing.about, doing.data = refused, {"code": refusal.code}
    return refused


def confirm_roster(
    *, by: User, roster: Roster, verdict_digest: str, leavers: Iterable[int] | None = None
) -> Roster:
    """An officer confirms exactly the rows they have seen; queues the applying. Again = nothing.

    `leavers` are the keys of the RosterLeavers who have left, none when not given. Raises RosterRefused
    `roster_stale` where the rows were judged again meanwhile, `roster_expired`, NotFound outside the scope
    of `by`.
    """
    with transaction.atomic():
        locked = _to_apply(roster, verdict_digest)
        if locked.state != RosterState.JUDGED:
            return locked
        check_reach(locked, scope_of(by))
        with act("roster.confirm", by=by) as doing:
            chosen = RosterLeaver.objects.filter(roster=locked, pk__in=leavers or ())
            doing.about, doing.data = locked, {"leavers": chosen.update(confirmed=True)}
            locked.state, locked.confirmed_by = RosterState.APPLYING, by
            locked.save()
            # Not the key of judging: a judging job delivered again must not stand for this one.
            key = f"roster:{locked.pk}:apply"
            jobs.enqueue("workers.apply_roster", key=key, roster=locked.pk, digest=verdict_digest)
    return locked


def apply_roster(*, by: User, roster: Roster, verdict_digest: str, scope: Scope | None = None) -> Roster:
    """Writes what was confirmed into the register: all of it in one transaction, once (invariant 5).

    Applied already = nothing. Raises RosterRefused `roster_stale` where the rows were judged again
    meanwhile or the register has changed so that they no longer tell what would happen (the roster is then
    judged again).
    """
    for _race in range(_RACES):
        try:
            with races_told():
                return _apply(by, roster, verdict_digest, scope if scope is not None else scope_of(by))
        except Raced:
            continue
        except Stale:
            break
    _judge_again(roster)
    raise RosterRefused(Code.ROSTER_STALE)


def _apply(by: User, roster: Roster, verdict_digest: str, scope: Scope) -> Roster:
    with transaction.atomic():
        locked = _to_apply(roster, verdict_digest)
        if locked.state == RosterState.APPLIED:
            return locked
        check_reach(locked, scope)
        with act("roster.apply", by=by) as doing:
            doing.about, doing.data = locked, merge_confirmed(locked, today=clock.today())
            settling.mark_applied(locked)
            locked.state, locked.applied_at = RosterState.APPLIED, clock.now()
            locked.confirmed_by = locked.confirmed_by or by
            locked.save()
    return locked


def _judge_again(roster: Roster) -> None:
    """The confirmation is void: back to judging, with nobody's leavers confirmed."""
    with transaction.atomic():
        found = Roster.objects.select_for_update().get(pk=roster.pk)
        if found.state in (RosterState.JUDGING, RosterState.JUDGED, RosterState.APPLYING):
            found.state, found.confirmed_by, found.verdict_digest = RosterState.UPLOADED, None, ""
            found.save()
            _queue_judging(found)


def _to_apply(roster: Roster, verdict_digest: str) -> Roster:
    """The roster, locked, if it may be confirmed or applied under this digest or already was."""
    locked: Roster = Roster.objects.select_for_update().get(pk=roster.pk)
    if locked.refusal == Code.ROSTER_EXPIRED:
        raise RosterRefused(Code.ROSTER_EXPIRED)
    if locked.state not in (RosterState.JUDGED, RosterState.APPLYING, RosterState.APPLIED):
        raise RosterRefused(Code.ROSTER_STALE) if locked.state in OPEN else _wrong_state()
    if locked.verdict_digest != verdict_digest:
        raise RosterRefused(Code.ROSTER_STALE)
    return locked


def check_reach(roster: Roster, scope: Scope) -> None:
    """Whoever confirms must see the roster's enterprise and every one that rows are written for (invariant
    9).
    """
    named = RosterRow.objects.filter(roster=roster, verdict=RowVerdict.ACCEPT).values("enterprise").distinct()
    reached = Enterprise.objects.in_scope(scope)
    concerned = Enterprise.objects.filter(Q(pk__in=named) | Q(pk=roster.enterprise_id))
    if concerned.exclude(pk__in=reached.values("pk")).exists():
        raise NotFound("enterprise_not_found", _("This enterprise does not exist or is not yours."))
    # Whoever closes one of them waits until the rows are written; after that nothing is written any more.
    hold_open(set(concerned.values_list("pk", flat=True)))


def discard_roster(*, by: User, roster: Roster) -> Roster:
    """The roster will not be applied: its rows and its file go. Raises Refusal `roster_state`."""
    with act("roster.discard", by=by) as doing:
        locked = _locked(roster, *OPEN, RosterState.REFUSED, RosterState.DISCARDED)
        _empty(locked)
        doing.about = locked
    return locked


def expire_rosters(*, by: Any) -> int:
    """Discards rosters that nobody confirmed within PREVIEW_HOURS (case C078); returns how many. A
    nightly job.
    """
    limit = clock.now() - dt.timedelta(hours=PREVIEW_HOURS)
    waiting = Roster.objects.filter(state__in=OPEN, uploaded_at__lt=limit).exclude(judged_at__gte=limit)
    for roster in waiting:
        with act("roster.expire", by=by) as doing:
            locked = Roster.objects.select_for_update().get(pk=roster.pk)
            if locked.state in OPEN:
                locked.refusal = Code.ROSTER_EXPIRED
                _empty(locked)
            doing.about = locked
    return len(waiting)


def _empty(roster: Roster) -> None:
    RosterFile.objects.filter(roster=roster).delete()
    RosterRow.objects.filter(roster=roster).delete()
    RosterLeaver.objects.filter(roster=roster).delete()
    RowDecision.objects.filter(roster=roster).delete()
    roster.state, roster.verdict_digest = RosterState.DISCARDED, ""
    roster.save()


def _locked(roster: Roster, *states: str) -> Roster:
    """The roster's row, locked, if it is in one of the states. Raises Refusal `roster_state`."""
    # `of`: the enterprise's row is only read along.
    found = Roster.objects.select_for_update(of=("self",)).select_related("enterprise")
    locked: Roster = found.get(pk=roster.pk)
    if locked.state not in states:
        raise _wrong_state()
    return locked


def _wrong_state() -> Refusal:
    return Refusal(
        "roster_state",
        _("This roster was applied, refused or discarded. Open the list to see how it stands."),
    )


def import_roster(
    *,
    by: User,
    enterprise: Enterprise,
    file_name: str,
    content: bytes,
    mode: RosterMode = RosterMode.ADDITIONS,
    as_clerk: bool = False,
    scope: Scope | None = None,
    confirm_leavers: bool = False,
    mapping: dict[str, Any] | None = None,
    apply: bool = True,
) -> Roster:
    """Receives, judges and applies at once, as the command and the demo do; a refused file is returned as
    refused.

    `confirm_leavers` ends the memberships of whoever is missing from a full roster.
    """
    roster = _receive(
        by=by,
        enterprise=enterprise,
        file_name=file_name,
        content=content,
        mode=mode,
        as_clerk=as_clerk,
        mapping=mapping,
    )
    read = _read(by, roster, content)
    if isinstance(read, Roster):
        return read
    reach = scope if scope is not None else scope_of(by)
    if not apply:
        return _keep(by, read, reach, to_apply=False)
    for _race in range(_RACES):
        try:
            with races_told():
                return _keep_and_apply(by, read, reach, confirm_leavers)
        except Raced:
            continue
    _judge_again(roster)
    raise RosterRefused(Code.ROSTER_STALE)


def _keep_and_apply(by: User, read: Read, scope: Scope, confirm_leavers: bool) -> Roster:
    """Judges against the register and writes in one transaction, with nobody in between to confirm."""
    with transaction.atomic():
        judged = _keep(by, read, scope, to_apply=True)
        with act("roster.apply", by=by) as doing:
            if confirm_leavers:
                RosterLeaver.objects.filter(roster=judged).update(confirmed=True)
            doing.about, doing.data = judged, merge_judged(judged, today=clock.today())
            judged.state, judged.applied_at, judged.confirmed_by = RosterState.APPLIED, clock.now(), by
            judged.save()
    return judged
