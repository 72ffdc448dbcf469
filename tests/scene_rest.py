"""The scene's smaller objects: what officers decided or asked for, what was found, files made and read."""

import datetime as dt
from typing import Any

from django.utils import timezone

from unionbenefits.access.models import Export, SavedView
from unionbenefits.accounts.models import Passkey
from unionbenefits.campaigns.models import GiftOverride, ReminderWave
from unionbenefits.claims.models import Finding, ResultFile
from unionbenefits.workers.models import BulkChange, DataRequest, Message, PairDecision, Reveal
from unionbenefits.workers.querysets import number_digest


def rest_of(objects: dict[str, Any], office: Any, campaign: Any, officer: Any, number: str) -> dict[str, Any]:
    """Objects by model label, of the branch whose other objects are given."""
    now, worker, batch = timezone.now(), objects["workers.worker"], objects["claims.paymentbatch"]
    return {
        "access.export": Export.objects.create(
            kind="scene",
            title=f"{office}的名单",
            language="zh-hans",
            made_by=officer,
            made_at=now,
            expires_at=now + dt.timedelta(days=1),
        ),
        "access.savedview": SavedView.objects.create(
            user=officer, register="workers.worker", name="男", query="sex__exact=male", made_at=now
        ),
        "accounts.passkey": Passkey.objects.create(
            user=officer, name="手机", credential_id=number_digest(number), public_part=b"", made_at=now
        ),
        "campaigns.reminderwave": ReminderWave.objects.create(
            campaign=campaign,
            enterprise=objects["enterprises.enterprise"],
            pause_days=30,
            starts_at=now,
            total=1,
            started_by=officer,
            started_at=now,
        ),
        "workers.bulkchange": BulkChange.objects.create(
            kind="end_memberships", rows=[objects["workers.membership"].pk], by=officer, made_at=now
        ),
        "workers.datarequest": DataRequest.objects.create(
            worker=worker, kind="correction", field="name", asked_at=now
        ),
        "workers.message": Message.objects.create(
            worker=worker,
            kind="cover_issued",
            about=f"coverage:{objects['plans.coverage'].pk}",
            created_at=now,
        ),
        "campaigns.giftoverride": GiftOverride.objects.create(
            campaign=campaign, worker=worker, reason="换了平台", asked_by=officer, asked_at=now
        ),
        "claims.finding": Finding.objects.create(
            claim=objects["claims.claim"], kind="same_invoice", weight=1, found_at=now
        ),
        "claims.resultfile": ResultFile.objects.create(
            office=office,
            profile=batch.profile,
            batch=batch,
            file_name="回盘.csv",
            sha256="0" * 64,
            sealed=b"",
            outcome="nothing",
            read_by=officer,
            read_at=now,
        ),
        "workers.reveal": Reveal.objects.create(
            worker=worker, by=officer, at=now, field="phone", reason="contact", union=office, weight=1
        ),
        "workers.pairdecision": PairDecision.objects.create(
            kind="resident_id",
            number_digest=number_digest(number),
            worker=worker,
            answer="same",
            decided_by=officer,
            decided_at=now,
        ),
    }
