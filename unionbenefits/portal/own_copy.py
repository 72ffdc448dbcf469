"""A copy of everything about a worker (PIPL art. 45): one file, for machines as JSON, for people as PDF."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.claims.models import Claim, Payment
from unionbenefits.core import clock
from unionbenefits.core.money import show
from unionbenefits.core.pdf import template
from unionbenefits.plans.periods import first_day, last_day
from unionbenefits.portal import own_data
from unionbenefits.workers.models import Worker
from unionbenefits.workers.queries import account_of

_TEMPLATE: Final = Path(__file__).parent / "paper" / "own_data.typ"
_CLAIM = (
    "number", "state", "hospital", "admitted", "discharged", "settled", "total", "pooled_fund",
    "supplementary", "medical_aid", "self_paid", "own_expense", "other_paid", "invoice_no", "payee_name",
    "account", "bank_name", "filed_at", "filed_through", "created_at",
)  # fmt: skip
Rows = list[tuple[str, str]]


def make_copy(worker: Worker) -> tuple[str, bytes]:
    """File name and bytes of a zip with `my-data.json` and `my-data.pdf`; logged, kept nowhere."""
    worker.refresh_from_db()
    with act("portal.copy_own", by=worker) as doing:
        doing.about = worker
        whole = everything(worker)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("my-data.json", json.dumps(whole, ensure_ascii=False, default=str, indent=1))
        packed.writestr("my-data.pdf", template(_TEMPLATE).render(_paper(worker, whole), tagged=True))
    return _("my-data-%(day)s.zip") % {"day": clock.today().isoformat()}, out.getvalue()


def everything(worker: Worker) -> dict[str, Any]:
    """What is on file, by kind. Amounts and days as text; values are in full, since they are one's own."""
    memberships = own_data.memberships_of(worker)
    return {
        "made_at": clock.now(),
        "person": own_data.plain(worker),
        "documents": _rows(worker.documents.all(), "kind", "issuer", "number", "retired_at"),
        "work": [
            {
                "enterprise": one.enterprise.name,
                "occupation": one.occupation,
                "as_written": one.occupation_as_given,
                "work_relation": one.work_relation,
                "since": one.joined_on,
                "until": one.left_on,
                "note": one.note,
            }
            for one in memberships
        ],
        "bank_account": _account(worker),
        "cover": _cover(worker),
        "gifts": _rows(
            worker.gifts.order_by("pk"), "campaign__name", "state", "reason", "cover_from"
        ),
        "claims": [_claim(claim) for claim in worker.claims.order_by("pk")],
        "messages": _rows(worker.messages.all(), "kind", "params", "created_at", "read_at"),
        "consents": _rows(worker.consents.order_by("pk"), "kind", "text_version", "given_at", "withdrawn_at"),
        "requests": [
            {
                "kind": one.kind, "field": one.field, "wanted": one.wanted, "words": one.words,
                "state": one.state, "asked_at": one.asked_at, "answer": one.answer,
                "decided_at": one.decided_at,
            }
            for one in worker.data_requests.order_by("pk")
        ],
        "sign_ins": _rows(worker.sign_ins.all(), "device", "began_at", "ended_at"),
        "came_from": [
            {"day": one.day, "what": str(one.what), "who": one.who}
            for one in own_data.sources_of(worker, memberships)
        ],
        "looked_at": [
            {"at": one.at, "role": str(one.role), "what": str(one.what)} for one in own_data.looks_of(worker)
        ],
    }  # fmt: skip


def _rows(found: Any, *names: str) -> list[dict[str, Any]]:
    return list(found.values(*names))


def _account(worker: Worker) -> dict[str, Any] | None:
    kept = account_of(worker)
    return None if kept is None else {"account": kept.account, "bank": kept.bank_name, "since": kept.set_at}


def _cover(worker: Worker) -> list[dict[str, Any]]:
    covers = worker.coverages.select_related("plan", "given_by").order_by("pk")
    return [
        {
            "certificate": cover.certificate_no,
            "plan": cover.plan.name,
            "first_day": first_day(cover.period),
            "last_day": last_day(cover.period),
            "given_by": cover.given_by.name,
            "status": cover.status,
            "cancelled_from": cover.cancelled_from,
        }
        for cover in covers
    ]


def _claim(claim: Claim) -> dict[str, Any]:
    """As filed, with its papers by name (each opens on the claim's page), decisions and payments."""
    paid = Payment.objects.for_worker(claim.worker).filter(obligation__claim=claim).order_by("pk")
    return {name: getattr(claim, name) for name in _CLAIM} | {
        "papers": _rows(claim.papers.order_by("pk"), "kind", "content_type", "size", "added_at"),
        "decisions": _rows(
            claim.decisions.filter(approved_at__isnull=False).order_by("pk"),
            "outcome", "amount", "state", "approved_at",
        ),
        "payments": _rows(paid, "amount", "state", "submitted_on", "paid_on", "returned_on"),
        "appeals": _rows(claim.appeals.order_by("pk"), "text", "state", "answer", "filed_at"),
    }  # fmt: skip


def _paper(worker: Worker, whole: dict[str, Any]) -> dict[str, Any]:
    """The same for reading: parts with lines of label and text."""
    parts: list[tuple[str, Rows]] = [
        (_("About you"), [(str(fact.label), fact.value) for fact in own_data.facts_of(worker, full=True)]),
        (_("Work"), [(one["enterprise"], _span(one["since"], one["until"])) for one in whole["work"]]),
        (
            _("Cover"),
            [
                (
                    one["certificate"],
                    f"{one['plan']}, {_span(one['first_day'], one['last_day'])}, {one['given_by']}",
                )
                for one in whole["cover"]
            ],
        ),
        (_("Claims"), list(_claim_lines(whole["claims"]))),
        (_("What you agreed to"), [_agreed(one) for one in own_data.agreements_of(worker)]),
        (
            _("From whom we have it"),
            [(one["day"].isoformat(), f"{one['what']}: {one['who']}") for one in whole["came_from"]],
        ),
        (
            _("Who looked"),
            [(_moment(one["at"]), f"{one['role']}: {one['what']}") for one in whole["looked_at"]],
        ),
    ]
    return {
        "title": _("What is kept about you"),
        "made": _("Made on %(when)s for you alone. Keep it safe.") % {"when": _moment(clock.now())},
        "none": _("Nothing."),
        "parts": [{"title": title, "rows": [list(row) for row in rows]} for title, rows in parts],
    }


def _claim_lines(claims: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    for one in claims:
        stay = _span(one["admitted"], one["discharged"])
        yield one["number"] or _("Draft"), f"{one['hospital'] or '–'}, {stay}"
        for paid in one["payments"]:
            if paid["paid_on"] is not None:
                amount = _("%(amount)s yuan paid") % {"amount": show(paid["amount"])}
                yield "", f"{paid['paid_on'].isoformat()}: {amount}"


def _agreed(one: own_data.Agreement) -> tuple[str, str]:
    if one.consent is None:
        return str(one.words.kind.label), _("In force") if one.stands else _("Not given")
    given = clock.local(one.consent.given_at).date().isoformat()
    version = _("Version %(version)s, given on %(day)s") % {"version": one.consent.text_version, "day": given}
    if one.consent.withdrawn_at is None:
        return str(one.words.kind.label), version
    ended = clock.local(one.consent.withdrawn_at).date().isoformat()
    return str(one.words.kind.label), version + _(", withdrawn on %(day)s") % {"day": ended}


def _span(first: Any, last: Any) -> str:
    return f"{first.isoformat() if first else '…'} – {last.isoformat() if last else '…'}"


def _moment(at: dt.datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"
