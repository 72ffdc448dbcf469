"""The coverage certificate as paper (保障凭证): always Chinese, whatever language the screen has."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock, qr
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_document, mask_name
from unionbenefits.core.money import show
from unionbenefits.core.pdf import forget, template
from unionbenefits.plans import signed
from unionbenefits.plans.certificates import grouped
from unionbenefits.plans.models import Coverage, PlanVersion
from unionbenefits.plans.periods import first_day, last_day
from unionbenefits.workers.models import IdentityDocument

_TEMPLATE: Final = Path(__file__).parent / "paper" / "certificate.typ"
PER_FILE: Final = 500
"""Certificates in one PDF: 1.5 MB, and about 80 MB of memory while it is made."""
_MANY: Final = 50


def print_certificate(*, by: Actor, coverage: Coverage) -> bytes:
    """One certificate as PDF, logged. Raises Refusal `certificate_never_held` (cancelled before it began)."""
    if coverage.live_period.isempty:
        raise Refusal(
            "certificate_never_held",
            _("This cover was cancelled before it began. There is no certificate of it."),
        )
    with act("certificate.print", by=by) as doing:
        doing.about = coverage
        return certificates_pdf([coverage.pk])


def certificates_pdf(coverage_ids: Sequence[int]) -> bytes:
    """Certificates of these covers in the order given, one page each, as of today.

    At most `PER_FILE` at a time keep memory small. Covers that never held are left out.
    """
    people = list(_people(coverage_ids, clock.today()))
    made = template(_TEMPLATE).render({"people": people}, tagged=len(people) == 1)
    if len(people) > _MANY:
        forget()
    return made


def verify_address(coverage: Coverage, as_of: dt.date) -> str:
    """The address in the QR code, signed. Needs the coverage's worker."""
    first, last = first_day(coverage.live_period), last_day(coverage.live_period)
    assert first is not None
    assert last is not None
    number = coverage.certificate_no
    stated = signed.Stated(
        number=number,
        first_day=first,
        last_day=last,
        masked_name=mask_name(coverage.worker.name),
        as_of=as_of,
        handle=signed.handle_of(number),
    )
    return f"{settings.PUBLIC_URL}/verify/{number}?{signed.query(stated)}"


def _people(coverage_ids: Sequence[int], today: dt.date) -> Iterator[dict[str, Any]]:
    found = Coverage.objects.filter(pk__in=coverage_ids)
    covers = {cover.pk: cover for cover in found.select_related("worker", "plan", "plan_version", "given_by")}
    documents = _documents({cover.worker_id for cover in covers.values()})
    for pk in coverage_ids:
        cover = covers.get(pk)
        if cover is not None and not cover.live_period.isempty:
            yield _person(cover, documents.get(cover.worker_id, ""), today)


def _documents(worker_ids: set[int]) -> dict[int, str]:
    """The masked number of each worker's oldest document that is still in use."""
    live = IdentityDocument.objects.filter(worker__in=worker_ids, retired_at__isnull=True)
    return {one.worker_id: mask_document(one.number) for one in live.order_by("-pk")}


def _person(cover: Coverage, document: str, today: dt.date) -> dict[str, Any]:
    """The fields of the template."""
    first, last = first_day(cover.live_period), last_day(cover.live_period)
    assert first is not None
    assert last is not None
    return {
        "name": cover.worker.name,
        "document": document or "—",
        "plan": cover.plan.name,
        "popular": cover.plan.popular_name,
        "first": _day(first),
        "last": _day(last),
        "pays": _pays(cover.plan_version),
        "notes": _notes(cover),
        "giver": cover.given_by.name,
        "number": grouped(cover.certificate_no),
        "qr": qr.for_paper(verify_address(cover, today)),
        "as_of": _day(today),
        "address": settings.PUBLIC_URL.split("://", 1)[-1] + "/verify/",
    }


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _pays(version: PlanVersion) -> list[str]:
    """What each stay of the period pays, then what limits it (design §4)."""
    said = [
        f"第{ordinal}次住院：医保统筹范围内个人自付部分的 {_percent(rate)}"
        for ordinal, rate in enumerate(version.rates, start=1)
    ]
    limits = []
    if version.deductible:
        limits.append(f"每次住院起付 {show(version.deductible)} 元")
    if version.cap_per_stay is not None:
        limits.append(f"每次住院最高 {show(version.cap_per_stay)} 元")
    if version.cap_per_period is not None:
        limits.append(f"保障期内最高 {show(version.cap_per_period)} 元")
    return [*said, *(["，".join(limits)] if limits else [])]


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}%"


def _notes(cover: Coverage) -> str:
    days = cover.plan_version.waiting_days if cover.first_enrolment else 0
    waiting = f"首次参加，前 {days} 天为等待期。" if days else ""
    return f"{waiting}住院后请凭医保结算单向工会申请互助金，全程免费。"
