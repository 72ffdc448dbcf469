"""Erasing a person (PIPL art. 47): unreadable everywhere, with money, history and the audit chain as they were."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.core.management import call_command
from psycopg.types.range import DateRange

from tests.claims.test_payments import Office
from tests.factories import (
    AllotmentFactory,
    CoverageFactory,
    EnterpriseFactory,
    IdentityDocumentFactory,
    UserFactory,
    WorkerFactory,
    resident_number,
)
from tests.factories.claims import ACCOUNT
from tests.invariants.test_11_unreadable_dump import disguises, dump
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.models import Campaign, Gift, GiftBatch
from unionbenefits.claims import actions
from unionbenefits.claims.integrity import examine
from unionbenefits.claims.models import PaperFile, Payment
from unionbenefits.core import clock
from unionbenefits.core.crypto.fields import SealedTextField
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.funds.models import Entry as LedgerEntry
from unionbenefits.workers.enums import MessageKind, RequestKind
from unionbenefits.workers.erasing import erase, obstacles_to, vouchers_of
from unionbenefits.workers.messages import Told, tell
from unionbenefits.workers.models import (
    BankAccount,
    DataRequest,
    Erasure,
    Membership,
    PairDecision,
    Roster,
    RosterFile,
    RosterRow,
    RowDecision,
    Worker,
)
from unionbenefits.workers.querysets import number_digest, phone_digest

pytestmark = pytest.mark.django_db

NAME, PHONE, HOSPITAL, NUMBER = "欧阳试验", "13512349876", "南海试验医院", resident_number(517)
SECRETS = (NAME, PHONE, HOSPITAL, NUMBER, ACCOUNT, "甲方证词")
AFTER = dt.datetime(2027, 2, 3, 12, tzinfo=clock.SHANGHAI)


def on_rosters(worker):
    """A line of an applied roster, its file, a decision on it, a decided pair."""
    user = UserFactory()
    roster = Roster.objects.create(
        enterprise=EnterpriseFactory(), file_name="a.xlsx", file_sha256="0" * 64, state="applied",
        uploaded_by=user, uploaded_at=clock.now(), confirmed_by=user, applied_at=clock.now(),
    )  # fmt: skip
    RosterFile.objects.create(roster=roster, sealed=b"\x01")
    digest = number_digest(NUMBER)
    RosterRow.objects.create(
        roster=roster, row=7, verdict="accept", name=NAME, name_key=NAME, number=NUMBER, number_digest=digest,
        phone=PHONE, phone_digest=phone_digest(PHONE), cells=json.dumps([NAME, NUMBER], ensure_ascii=False),
    )  # fmt: skip
    RowDecision.objects.create(
        roster=roster, row=7, code="name_differs", subject=digest, choice="same", value=NAME,
        before=f'{{"name": "{NAME}"}}', decided_by=user, decided_at=clock.now(),
    )  # fmt: skip
    PairDecision.objects.create(
        kind="resident_id", number_digest=digest, worker=worker, name_key=NAME, answer="renamed",
        decided_by=user, decided_at=clock.now(),
    )  # fmt: skip
    return roster


@pytest.fixture
def person():
    """Somebody of whom everything is on file: rosters, a gift, a paid claim, a draft, an account, a request."""
    office = Office()
    worker = office.desk.worker
    worker.name, worker.name_key, worker.phone, worker.phone_digest = NAME, NAME, PHONE, phone_digest(PHONE)
    worker.save()
    IdentityDocumentFactory(worker=worker, number=NUMBER)
    Membership.objects.filter(worker=worker).update(note="甲方证词")
    worker.roster = on_rosters(worker)
    BankAccount.objects.create(worker=worker, account=ACCOUNT, set_at=clock.now(), set_through="worker:1")
    DataRequest.objects.create(
        worker=worker, kind=RequestKind.ERASURE, words="甲方证词", asked_at=clock.now()
    )
    tell(kind=MessageKind.COVER_ISSUED, to=[Told(worker.pk, "coverage:1")])
    claim = office.desk.filed(hospital=HOSPITAL, invoice_no="发票甲方证词")
    office.desk.approved(claim)
    batch = office.sent([claim.obligations.get()])
    payment = Payment.objects.get()
    office.answer(batch, (payment.order_no, "5600.00", "成功", "R1"))
    office.desk.draft(hospital=HOSPITAL)
    worker.office, worker.claim = office, claim
    return worker


@pytest.fixture
def later(monkeypatch):
    """A day after the cover has ended."""
    monkeypatch.setattr(clock, "now", lambda: AFTER)


def opened():
    """Every sealed text of the database, history included, but for the vouchers that the law keeps."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField) and (model, field.name) != (Erasure, "sealed"):
                yield from filter(None, model._base_manager.values_list(field.name, flat=True))


def readable():
    """Which of the person's secrets can be read in a dump, or by whoever has the keys besides."""
    whole, texts = dump(), "\n".join(opened())
    return {
        secret
        for secret in SECRETS
        if secret in texts or any(disguise in whole for disguise in disguises(secret))
    }


def test_an_erased_person_is_unreadable_and_the_books_are_as_before(person, later):
    assert readable() == set(SECRETS)
    ledger = list(LedgerEntry.objects.order_by("pk").values())
    figures = list(person.claim.decisions.values("amount", "base", "ordinal", "decided_by", "approved_by"))
    done = erase(by=SYSTEM, worker=person, reason="本人申请")
    assert readable() == set()
    assert list(LedgerEntry.objects.order_by("pk").values()) == ledger
    assert (
        list(person.claim.decisions.values("amount", "base", "ordinal", "decided_by", "approved_by"))
        == figures
    )
    assert list(Payment.objects.values_list("amount", "state", "payee_name")) == [(5600, "succeeded", "—")]
    assert examine().faults == ()
    kept = json.loads(done.sealed)
    assert (kept["name"], kept["documents"]) == (NAME, [{"kind": "resident_id", "number": NUMBER}])
    assert [(one["amount"], one["account"]) for one in kept["vouchers"]] == [("5600.00", ACCOUNT)]
    assert done.kept_until == dt.date(2056, 12, 31)
    # Of the papers, the vouchers of what was paid stay sealed; the discharge summary and the draft's are gone.
    kinds = PaperFile.objects.order_by("paper__kind").values_list("paper__kind", flat=True)
    assert list(kinds) == ["invoice", "statement"]
    with pytest.raises(NotFound):
        actions.view_paper(by=person, paper=person.claim.papers.filter(kind="invoice").get())
    assert not RosterFile.objects.filter(roster=person.roster).exists()
    assert not Membership.objects.filter(worker=person, left_on=None).exists()
    # The number belongs to nobody and can be enrolled anew; erasing again does nothing.
    assert list(Worker.objects.with_document(NUMBER) | Worker.objects.with_phone(PHONE)) == []
    assert erase(by=SYSTEM, worker=person, reason="再次").erased_at == done.erased_at
    anew = IdentityDocumentFactory(number=NUMBER)
    assert list(Worker.objects.with_document(NUMBER)) == [anew.worker]


def codes(worker):
    return {one.code for one in obstacles_to(worker.pk)}


def test_what_stands_in_the_way_is_named(person, monkeypatch):
    office = person.office
    assert codes(person) == {"cover_live"}
    with pytest.raises(Refusal, match="2026-12-31") as refusal:
        erase(by=SYSTEM, worker=person, reason="本人申请")
    assert refusal.value.code == "erasure_held"
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    claim = office.desk.filed(admitted="2026-05-10", discharged="2026-05-12", settled="2026-05-12")
    assert codes(person) == {"claim_open"}
    office.desk.approved(claim)
    assert codes(person) == {"payment_due"}
    batch = office.sent([claim.obligations.get()])
    assert codes(person) == {"payment_due"}
    payment = Payment.objects.latest("pk")
    office.answer(batch, (payment.order_no, str(payment.amount), "成功", "R2"), name="2.csv")
    assert codes(person) == set()
    actions.appeal(by=person, claim=claim, text="错了")
    assert codes(person) == {"appeal_open"}
    Roster.objects.filter(pk=person.roster.pk).update(state="judged", applied_at=None)
    assert codes(person) == {"appeal_open", "roster_open"}


def test_a_gift_is_known_until_the_campaign_ends(db, later):
    person, enterprise = WorkerFactory(), EnterpriseFactory()
    allotment = AllotmentFactory(enterprise=enterprise, campaign__closes_on=dt.date(2027, 2, 3))
    batch = GiftBatch.objects.create(
        campaign=allotment.campaign, allotment=allotment, copies=1, amount=95, digest="d" * 64,
        prepared_by=UserFactory(), prepared_at=clock.now(), state="draft",
    )  # fmt: skip
    Gift.objects.create(
        campaign=allotment.campaign, batch=batch, worker=person, enterprise=enterprise, state="drafted"
    )
    assert codes(person) == {"gift_open"}
    people = {"approved_digest": "d" * 64, "approved_by": UserFactory(), "issued_by": batch.prepared_by}
    GiftBatch.objects.update(state="issued", approved_at=clock.now(), issued_at=clock.now(), **people)
    Gift.objects.update(state="live")
    assert codes(person) == {"campaign_open"}
    Campaign.objects.update(closes_on=dt.date(2027, 2, 2))
    assert codes(person) == set()
    assert [one.facts["amount"] for one in vouchers_of(person.pk)][-1] == 95


def run(capsys, *arguments):
    """The command's exit code and its JSON."""
    try:
        call_command("erase_worker", *arguments, "--json", "--language", "en")
        code = 0
    except SystemExit as end:
        code = end.code
    return code, json.loads(capsys.readouterr().out)


def test_the_command_keeps_its_contract(db, capsys, monkeypatch):
    person = IdentityDocumentFactory(number=NUMBER, worker__name=NAME).worker
    CoverageFactory(worker=person, period=DateRange(dt.date(2026, 1, 1), dt.date(2027, 1, 1)))
    code, answer = run(capsys, "--document", NUMBER, "--reason", "x")
    assert (code, answer["refused"]["code"], answer["refused"]["reasons"][0]["code"]) == (
        1,
        "erasure_held",
        "cover_live",
    )
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    assert run(capsys, "--document", "nobody1")[1]["refused"]["code"] == "worker_unknown"
    assert run(capsys, "--worker", str(person.pk))[1]["refused"]["code"] == "reason_missing"
    code, answer = run(capsys, "--worker", str(person.pk), "--dry-run")
    assert (code, answer["erased"], answer["vouchers_kept_until"]) == (0, False, None)
    assert Worker.objects.get(pk=person.pk).name == NAME
    code, answer = run(capsys, "--document", NUMBER, "--reason", "本人申请")
    assert (code, answer["erased"], answer["worker"]) == (0, True, person.pk)
