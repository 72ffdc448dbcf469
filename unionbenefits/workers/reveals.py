"""Showing one hidden value in full: with a reason, limited, in the chain, told to the superior if unusual.

Invariant 11; 个人信息保护法 art. 51 (access according to need, kept on record).
"""

import datetime as dt
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from unionbenefits.access.models import Post
from unionbenefits.access.queries import posts_of, role_for
from unionbenefits.accounts.models import User
from unionbenefits.accounts.throttling import Limit, hit
from unionbenefits.audit.actions import act
from unionbenefits.audit.queries import REVEAL
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import Reveal, Worker
from unionbenefits.workers.reveal_models import RevealField, RevealReason
from unionbenefits.workers.unusual import LookFacts, flags_of, weight_of

PERMISSIONS: Final = {
    RevealField.DOCUMENT: "workers.reveal_worker",
    RevealField.PHONE: "workers.reveal_worker",
    RevealField.ACCOUNT: "workers.reveal_account",
}
REVIEW: Final = "workers.review_reveal"
_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
_SHORTEST, LONGEST = 4, 300
"""Characters of a reason in words: "查一下" says nothing."""


def reveal(
    *,
    by: User,
    worker: Worker,
    field: RevealField,
    value: str | None,
    reason: RevealReason,
    words: str,
    has_work: bool,
    source: str = "",
) -> str:
    """Logs the look and gives the value back. The caller has checked that the worker is in the scope.

    `has_work` says whether something of the person waits for the officer; `source` which row the value is
    of, such as `claims.claim:12`. Raises Refusal `reveal_not_allowed`, `reveal_reason_short` or
    `reveal_nothing`, and TooMany past the limits of an hour or a day.
    """
    words = words.strip()
    _expect(by, field, value, words)
    assert value is not None
    with act(REVEAL, by=by) as doing:
        _count(by)
        made = _noted(by, worker, has_work, PERMISSIONS[field])
        made.field, made.reason, made.words = field, reason, words[:LONGEST]
        made.save(force_insert=True)
        doing.about = worker
        doing.data = {
            "field": field.value,
            "reason": reason.value,
            "role": made.role,
            "reveal": made.pk,
            "source": source,
            "flags": made.flags,
        }
    return value


def _expect(by: User, field: RevealField, value: str | None, words: str) -> None:
    if not by.has_perm(PERMISSIONS[field]):
        raise Refusal("reveal_not_allowed", _("Your role works with the masked value."))
    if len(words) < _SHORTEST:
        raise Refusal("reveal_reason_short", _("Say in a few words what you need it for."))
    if not value:
        raise Refusal("reveal_nothing", _("There is nothing on file to show."))


def _count(by: User) -> None:
    limits = (
        Limit("reveal.hour", settings.REVEALS_PER_HOUR, _HOUR),
        Limit("reveal.day", settings.REVEALS_PER_DAY, _DAY),
    )
    hit((limit, by.audit_name) for limit in limits)


def _noted(by: User, worker: Worker, has_work: bool, permission: str) -> Reveal:
    """The look with what is unusual about it, not stored yet."""
    now = clock.now()
    in_day = Reveal.objects.filter(by=by, at__gt=now - _DAY).count() + 1
    facts = LookFacts(
        at=clock.local(now),
        in_day=in_day,
        many_from=settings.REVEALS_ARE_MANY_FROM,
        has_work=has_work,
        officer_name=by.name,
        worker_name=worker.name,
        opens=settings.OFFICE_OPENS,
        closes=settings.OFFICE_CLOSES,
    )
    flags = flags_of(facts)
    role = role_for(by, permission)
    post = next((post for post in posts_of(by) if post.role == role), None)
    return Reveal(
        worker=worker,
        by=by,
        at=now,
        role=role,
        union_id=_union_of(post),
        is_clerk=post is not None and post.enterprise_id is not None,
        flags=[flag.value for flag in flags],
        weight=weight_of(flags),
        in_day=in_day,
    )


def _union_of(post: Post | None) -> int | None:
    if post is None:
        return None
    return post.union_id if post.enterprise is None else post.enterprise.union_id


def to_examine(by: User, scope: Scope) -> QuerySet[Reveal]:
    """Unusual looks that wait for `by` as a superior: of posts strictly below, never the own ones."""
    return Reveal.objects.below(scope).filter(weight__gt=0, seen_at__isnull=True).exclude(by=by)


def examined(by: User, scope: Scope) -> QuerySet[Reveal]:
    """Those that a superior has examined."""
    return Reveal.objects.below(scope).filter(weight__gt=0, seen_at__isnull=False).exclude(by=by)


def examine(*, by: User, reveal: Reveal, scope: Scope, words: str) -> Reveal:
    """A superior has looked into it and says what was found.

    Raises Refusal `examine_not_allowed` (own looks, no post above), `examine_words_missing` or
    `examined_already`.
    """
    words = words.strip()
    if not words:
        raise Refusal("examine_words_missing", _("Write down what you found."))
    with transaction.atomic():
        found: Reveal = Reveal.objects.select_for_update(of=("self",)).get(pk=reveal.pk)
        if not (by.has_perm(REVIEW) and Reveal.objects.below(scope).exclude(by=by).filter(pk=found.pk)):
            raise Refusal("examine_not_allowed", _("Only a superior of the officer can examine this."))
        if found.seen_at is not None:
            raise Refusal("examined_already", _("A colleague has examined this already."))
        with act("reveal.examine", by=by) as doing:
            found.seen_by, found.seen_at, found.finding = by, clock.now(), words[:LONGEST]
            found.save(update_fields=["seen_by", "seen_at", "finding"])
            doing.about, doing.data = found, {"officer": found.by_id}
    return found
