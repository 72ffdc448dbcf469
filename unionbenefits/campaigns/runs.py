"""Issuing a whole campaign, unit by unit: what the command `issue_gifts` does."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.campaigns.actions import approve_batch, issue_batch, put_forward
from unionbenefits.campaigns.enums import BatchState, LeftOut
from unionbenefits.campaigns.models import Allotment, Campaign, GiftBatch
from unionbenefits.campaigns.previews import (
    Preview,
    PreviewLine,
    budget_sentence,
    eligible_ids,
    preview,
    preview_lines,
)
from unionbenefits.campaigns.queries import batch_reasons
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.money import ZERO, show
from unionbenefits.core.progress import Told

_LINES_SHOWN = 1000


@dataclass
class UnitResult:
    """What became of one unit: gifts issued or to be issued, who got none and why, or why it was refused."""

    allotment: Allotment
    copies: int = 0
    amount: Decimal = ZERO
    left_out: dict[LeftOut, int] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    refusal: tuple[str, str] | None = None
    workers: list[PreviewLine] | None = None

    def add(self, batch: GiftBatch) -> None:
        """Counts an issued batch."""
        self.copies += batch.copies
        self.amount += batch.amount
        self.batches.append(batch.pk)
        for reason, lines in batch_reasons(batch).items():
            self.left_out[reason] = self.left_out.get(reason, 0) + lines

    def refuse(self, code: str, message: object) -> None:
        """The unit gets nothing (more), for this reason."""
        self.refusal = (code, str(message))

    def document(self) -> dict[str, Any]:
        """For `--json`."""
        unit = self.allotment.unit
        said: dict[str, Any] = {
            "unit": unit.credit_code or f"union:{unit.pk}",
            "name": unit.name,
            "copies": self.copies,
            "amount": str(self.amount),
            "left_out": {reason.value: lines for reason, lines in self.left_out.items()},
            "batches": self.batches,
            "refused": dict(zip(("code", "message"), self.refusal, strict=True)) if self.refusal else None,
        }
        if self.workers is not None:
            said["workers"] = [
                {
                    "worker": line.worker_id,
                    "name": line.name,
                    "enterprise": line.enterprise_name,
                    "reason": line.reason.value if line.reason else None,
                }
                for line in self.workers
            ]
        return said

    def lines(self) -> Iterator[str]:
        """For people."""
        yield _("%(unit)s: %(copies)d gifts, %(amount)s yuan") % {
            "unit": self.allotment.unit,
            "copies": self.copies,
            "amount": show(self.amount),
        }
        for reason, lines in self.left_out.items():
            yield f"    {reason.label}: {lines}"
        for line in self.workers or ():
            if line.reason:
                yield f"        {line.name} ({line.enterprise_name}): {line.reason.label}"
        if self.refusal:
            yield "    " + self.refusal[1]


@dataclass
class Run:
    """What became of all units."""

    campaign: Campaign
    units: list[UnitResult]
    dry: bool = False

    @property
    def refused(self) -> bool:
        """Whether any unit was refused."""
        return any(unit.refusal for unit in self.units)

    def document(self) -> dict[str, Any]:
        """For `--json`."""
        first = next((unit.refusal for unit in self.units if unit.refusal), None)
        return {
            "campaign": self.campaign.code,
            "dry_run": self.dry,
            "units": [unit.document() for unit in self.units],
            "copies": sum(unit.copies for unit in self.units),
            "amount": str(sum((unit.amount for unit in self.units), ZERO)),
            "refused": dict(zip(("code", "message"), first, strict=True)) if first else None,
        }

    def lines(self) -> list[str]:
        """For people."""
        told = [line for unit in self.units for line in unit.lines()]
        amount = sum((unit.amount for unit in self.units), ZERO)
        text = (
            _("Would issue %(copies)d gifts, %(amount)s yuan.")
            if self.dry
            else _("Issued %(copies)d gifts, %(amount)s yuan.")
        )
        return [*told, text % {"copies": sum(unit.copies for unit in self.units), "amount": show(amount)}]


def allotments_to_serve(campaign: Campaign, unit: str | None = None) -> list[Allotment]:
    """The campaign's allotments, enterprises first and then unions from the bottom up; or that of one unit.

    `unit` is a credit code, or `union:` and a key. Raises NotFound `unit_has_no_places`.
    """
    allotments = list(
        campaign.allotments.select_related("union", "enterprise", "campaign__plan_version", "campaign__owner")
    )
    if unit is not None:
        allotments = [one for one in allotments if unit in (one.unit.credit_code, f"union:{one.union_id}")]
        if not allotments:
            raise NotFound("unit_has_no_places", _("This unit has no places of the campaign."))
    return sorted(allotments, key=lambda one: (one.union is not None, -_depth(one), one.pk))


def officer(username: str, permissions: Iterable[str], allotments: Sequence[Allotment]) -> User:
    """The user, who holds the permissions and serves above every unit, or Refusal `officer_not_allowed`."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFound("officer_unknown", _("There is no staff user with this sign-in name."))
    wanted = [one.pk for one in allotments]
    reached = Allotment.objects.filter(pk__in=wanted).in_scope(scope_of(user)).distinct().count()
    if reached < len(wanted) or not user.has_perms(list(permissions)):
        raise Refusal(
            "officer_not_allowed",
            _("%(name)s may not do this for all these units. Name another officer or a unit.")
            % {"name": username},
        )
    return user


def previewed(campaign: Campaign, allotments: Sequence[Allotment]) -> Run:
    """What a run would issue, unit after unit; nothing is written."""
    promised: list[int] = []
    spent = ZERO
    results = []
    for allotment in allotments:
        judged = preview(allotment, promised=promised)
        result = UnitResult(
            allotment,
            left_out=judged.reasons,
            workers=preview_lines(allotment, promised=promised, limit=_LINES_SHOWN),
        )
        obstacle = _obstacle(judged, spent)
        if obstacle:
            result.refuse(*obstacle)
        else:
            result.copies, result.amount = judged.eligible, judged.cost
            promised += eligible_ids(allotment, promised=promised)
            spent += judged.cost
        results.append(result)
    return Run(campaign, results, dry=True)


def issue_run(
    campaign: Campaign,
    allotments: Sequence[Allotment],
    *,
    prepared_by: User,
    approved_by: User,
    second_by: User | None = None,
    told: Callable[[Allotment, int, int], None] | None = None,
) -> Run:
    """Puts forward, approves and issues for each unit; takes up what a run of the same officer left open.

    `second_by` approves what needs two approvals; `told` hears how many of how many are covered of a unit.

    Every step is a transaction of its own: killed at any moment, the next run ends in the same state. A unit
    that is refused does not keep the others from theirs.
    """
    officers = _Officers(prepared_by, approved_by, second_by)
    return Run(campaign, [_serve(one, officers, told and partial(told, one)) for one in allotments])


@dataclass(frozen=True, slots=True)
class _Officers:
    prepared_by: User
    approved_by: User
    second_by: User | None


def _serve(allotment: Allotment, officers: _Officers, told: Told | None) -> UnitResult:
    result = UnitResult(allotment)
    try:
        for batch in _left_open(allotment, officers.prepared_by):
            result.add(_finish(batch, officers, told))
        judged = preview(allotment)
        if judged.eligible:
            made = put_forward(by=officers.prepared_by, allotment=allotment)
            result.add(_finish(made, officers, told))
        elif not result.batches:
            result.left_out = judged.reasons
    except Refusal as refusal:
        result.refuse(refusal.code, refusal.message)
    return result


def _left_open(allotment: Allotment, prepared_by: User) -> list[GiftBatch]:
    open_states = [BatchState.PUT_FORWARD, BatchState.APPROVED]
    return list(allotment.batches.filter(state__in=open_states, prepared_by=prepared_by).order_by("pk"))


def _finish(batch: GiftBatch, officers: _Officers, told: Told | None) -> GiftBatch:
    if batch.state == BatchState.PUT_FORWARD and batch.approved_by_id is None:
        batch = approve_batch(by=officers.approved_by, batch=batch, digest=batch.digest)
    if batch.state == BatchState.PUT_FORWARD:
        if officers.second_by is None:
            raise Refusal(
                "second_approval_missing",
                _("The amount asks for a second approval by a third person. Name one more officer."),
            )
        batch = approve_batch(by=officers.second_by, batch=batch, digest=batch.digest)
    return issue_batch(by=officers.approved_by, batch=batch, told=told).batch


def _obstacle(judged: Preview, spent: Decimal) -> tuple[str, str] | None:
    """The first obstacle that a run would meet; having nobody left is none."""
    for notice in judged.obstacles:
        if notice.code != "nobody_eligible":
            return notice.code, str(notice.message)
    left = judged.available - spent
    if judged.cost > left:
        return "budget_exhausted", budget_sentence(left, judged.cost)
    return None


def _depth(allotment: Allotment) -> int:
    return len(allotment.union.path) if allotment.union else 0
