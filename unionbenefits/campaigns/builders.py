"""Files of gift batches that officers have made: certificates and sign-off lists, thousands at a time."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from unionbenefits.access.exports import Made, Making, builder
from unionbenefits.campaigns.enums import GiftState
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.campaigns.papers import GIVEN, SIGNED_FOR, signoff_lines, signoff_pdf
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.plans.papers import PER_FILE, certificates_pdf

CERTIFICATES: Final = "certificates"
SIGNOFF: Final = "signoff"
LINES_PER_FILE: Final = 1000
PDF: Final = "application/pdf"


def _batch(making: Making) -> GiftBatch:
    """The batch asked for, if it is in the maker's scope. Raises NotFound `batch_unknown`."""
    scoped = GiftBatch.objects.in_scope(making.scope).filter(pk=making.params["batch"])
    batch: GiftBatch | None = scoped.select_related(
        "campaign__plan_version__plan", "campaign__owner", "allotment__union", "allotment__enterprise"
    ).first()
    if batch is None:
        raise NotFound("batch_unknown", _("There is no such gift batch."))
    return batch


@builder(CERTIFICATES, permission="campaigns.view_giftbatch", check=_batch)
def certificates(making: Making) -> Made:
    """A certificate for everyone who got the gift, by enterprise: one PDF, or a zip of several.

    Raises Refusal `nothing_given`.
    """
    batch = _batch(making)
    gifts = Gift.objects.filter(batch=batch, state=GiftState.LIVE, coverage__isnull=False)
    ordered = gifts.order_by("enterprise__name", "enterprise_id", "id")
    given = list(ordered.values_list("coverage_id", "worker_id"))
    covers = [cover for cover, _worker in given]
    if batch.state not in GIVEN or not covers:
        raise Refusal("nothing_given", _("Nothing has been issued yet. Issue the batch first."))

    def parts() -> Iterator[bytes]:
        for start in range(0, len(covers), PER_FILE):
            making.told(start, len(covers))
            yield certificates_pdf(covers[start : start + PER_FILE])

    made = packed(f"保障凭证-{batch.allotment.unit}-{batch.pk}", parts(), len(covers), PER_FILE)
    making.told(len(covers), len(covers))
    return replace(made, people=[worker for _cover, worker in given])


@builder(SIGNOFF, permission="campaigns.view_giftbatch", check=_batch)
def signoff(making: Making) -> Made:
    """The list that everybody signs who collects: one PDF, or a zip of parts.

    Raises Refusal `batch_not_approved`.
    """
    batch = _batch(making)
    if batch.state not in SIGNED_FOR:
        raise Refusal(
            "batch_not_approved", _("The batch is not approved. Nothing of it can be handed out yet.")
        )
    copies = batch.gifts.filter(state=GiftState.LIVE).count()

    def parts() -> Iterator[bytes]:
        for number, lines in enumerate(_chunks(signoff_lines(batch), LINES_PER_FILE), start=1):
            making.told(min(copies, number * LINES_PER_FILE - LINES_PER_FILE), copies)
            part = f"第 {number} 册，序号 {lines[0][0]}–{lines[-1][0]}" if copies > LINES_PER_FILE else ""
            yield signoff_pdf(batch, lines, copies=copies, scope=making.scope, mark=making.mark, part=part)

    made = packed(f"签收表-{batch.allotment.unit}-{batch.pk}", parts(), copies, LINES_PER_FILE)
    making.told(copies, copies)
    listed = batch.gifts.filter(state=GiftState.LIVE)
    return replace(made, people=list(listed.values_list("worker_id", flat=True)))


def _chunks(lines: Iterator[list[str]], size: int) -> Iterator[list[list[str]]]:
    chunk: list[list[str]] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def packed(name: str, parts: Iterator[bytes], count: int, per_file: int) -> Made:
    """The only part as it is, or all parts in a zip, numbered by the lines that they hold."""
    if count <= per_file:
        return Made(f"{name}.pdf", PDF, next(parts, b""))
    packed = io.BytesIO()
    # Stored: PDF is compressed already.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for number, part in enumerate(parts):
            first, last = number * per_file + 1, min(count, (number + 1) * per_file)
            archive.writestr(f"{name}-{first:05d}-{last:05d}.pdf", part)
    return Made(f"{name}.zip", "application/zip", packed.getvalue())
