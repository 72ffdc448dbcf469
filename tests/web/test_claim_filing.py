"""An officer files for a worker: found in scope, one page, the draft kept, sent once, kept apart in the record."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.claims.scene import STATEMENT, photo
from tests.factories import (
    CoverageFactory,
    EnterpriseFactory,
    IdentityDocumentFactory,
    MembershipFactory,
    PlanVersionFactory,
    PostFactory,
    UnionFactory,
    UserFactory,
    WorkerFactory,
    resident_number,
)
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.consents import MEDICAL_VERSION
from unionbenefits.claims.models import Claim, Paper

STAY = {"admitted": "2026-03-10", "discharged": "2026-03-18", "settled": "2026-03-18", "payee_name": "陈测试"}
NEEDED = ("statement", "invoice", "discharge")


class Place:
    """A district with one covered worker, a sibling district with another, and an officer of each."""

    def __init__(self):
        sync_roles(by=SYSTEM)
        self.version = PlanVersionFactory(waiting_days=0, rates=[Decimal("0.80"), Decimal("0.70")])
        self.number = resident_number(1, "19900307")
        self.worker, self.enterprise, self.district = self.covered("陈测试", self.number)
        self.other = self.covered("陈测试", resident_number(2, "19910307"))[0]

    def covered(self, name, number):
        worker = WorkerFactory(name=name, name_key=name, phone="13900000001")
        IdentityDocumentFactory(worker=worker, number=number)
        district = UnionFactory()
        enterprise = EnterpriseFactory(union=UnionFactory(parent=district))
        MembershipFactory(worker=worker, enterprise=enterprise)
        CoverageFactory(worker=worker, plan_version=self.version, first_enrolment=False)
        return worker, enterprise, district

    def staff(self, role=Role.UNION_OFFICER):
        return PostFactory(role=role, user=UserFactory(), union=self.district).user

    def draft(self, by):
        return actions.start_draft_for_worker(
            by=by, worker=self.worker, key=uuid.uuid4(), reason="没有智能手机"
        )


@pytest.fixture
def place(db):
    return Place()


@pytest.fixture
def officer(place):
    return place.staff()


@pytest.fixture
def client(client, officer):
    client.force_login(officer)
    return client


def address(claim, name="claim_filing"):
    return reverse(f"admin:{name}", args=[claim.pk])


def files(*kinds, seed=0):
    return {
        f"paper_{kind}": [SimpleUploadedFile(f"{kind}.jpg", photo(seed + at), "image/jpeg")]
        for at, kind in enumerate(kinds, start=1)
    }


def send(client, claim, act="save", **data):
    return client.post(address(claim), {"act": act} | data)


def test_a_worker_is_found_by_number_or_name_inside_the_scope_only(client, place):
    search = reverse("admin:claim_filing_find")
    for text in (place.number, "陈测试", place.worker.phone):
        answer = client.post(search, {"q": text})
        assert [person.pk for person in answer.context["found"]] == [place.worker.pk], text
        assert place.number not in answer.content.decode()
    nobody = client.post(search, {"q": resident_number(2, "19910307")})
    assert nobody.context["found"] == []
    assert client.get(reverse("admin:claim_filing_start", args=[place.other.pk])).status_code == 404


def test_begun_twice_with_one_key_is_one_draft_with_its_reason(client, place, officer):
    start = reverse("admin:claim_filing_start", args=[place.worker.pk])
    key = client.get(start).context["form"]["key"].value()
    assert client.post(start, {"key": key, "why": "other"}).status_code == 422
    for _time in range(2):
        answer = client.post(start, {"key": key, "why": "other", "detail": "在异地住院"})
    claim = Claim.objects.get()
    assert answer.headers["Location"] == address(claim)
    assert (claim.state, claim.filed_through, claim.filed_by, claim.filing_reason) == (
        "draft", "officer", officer, "在异地住院",
    )  # fmt: skip


def test_filed_through_the_page_with_papers_estimate_and_consent(client, place, officer):
    claim = place.draft(officer)
    answer = send(client, claim, **STATEMENT | STAY, **files(*NEEDED))
    assert answer.status_code == 302
    shown = client.get(address(claim))
    side = shown.context["side"]
    assert (side.is_complete, side.estimate.amount, side.estimate.outcome) == (
        True,
        Decimal("5600.00"),
        "pay",
    )
    assert STATEMENT["account"] not in shown.content.decode()
    unsigned = send(client, claim, "send")
    assert unsigned.status_code == 409
    assert Claim.objects.get().state == "draft"
    for _time in range(2):
        sent = send(client, claim, "send", signed=MEDICAL_VERSION)
        assert sent.headers["Location"] == address(claim, "claim_filing_done")
    filed = Claim.objects.get()
    assert (filed.state, filed.filed_through, filed.filed_by, filed.filing_reason) == (
        "filed", "officer", officer, "没有智能手机",
    )  # fmt: skip
    assert (filed.consent.text_version, filed.consent.given_through) == (MEDICAL_VERSION, officer.audit_name)
    assert (filed.account, filed.self_paid) == (STATEMENT["account"], Decimal("7000.00"))
    assert filed.number in client.get(address(claim, "claim_filing_done")).content.decode()


def test_what_is_missing_is_named_and_nothing_is_sent(client, place, officer):
    claim = place.draft(officer)
    answer = send(client, claim, "send", hospital="测试人民医院", signed=MEDICAL_VERSION)
    assert answer.status_code == 409
    side = answer.context["side"]
    assert [name for name, _label in side.missing_fields] == [
        "admitted", "discharged", "total", "self_paid", "account", "bank_name",
    ]  # fmt: skip
    assert [kind.value for kind in side.missing_kinds] == list(NEEDED)
    assert (Claim.objects.get().state, Claim.objects.get().hospital) == ("draft", "测试人民医院")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"total": "三万七"}, "total"),
        ({"discharged": "2026-03-01"}, "admitted"),
        ({"account": "12"}, "account"),
        ({"hospital": "x\x00"}, "hospital"),
    ],
)
def test_one_wrong_entry_is_marked_and_the_others_are_kept(client, place, officer, wrong, field):
    claim = place.draft(officer)
    answer = send(client, claim, **{"bank_name": "测试银行", "self_paid": "7000"} | STAY | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    claim.refresh_from_db()
    assert (claim.bank_name, claim.self_paid) == ("测试银行", Decimal("7000.00"))


def test_several_files_come_in_and_a_bad_one_says_its_name(client, place, officer):
    claim = place.draft(officer)
    good = [SimpleUploadedFile(f"{at}.jpg", photo(at), "image/jpeg") for at in (1, 2)]
    answer = client.post(
        address(claim),
        {"act": "save", "paper_invoice": [*good, SimpleUploadedFile("坏.jpg", b"not a photo")]},
    )
    assert answer.status_code == 422
    assert [fault.split(":")[0] for fault in answer.context["faults"]] == ["坏.jpg"]
    assert Paper.objects.filter(claim=claim, kind="invoice").count() == 2
    paper = Paper.objects.earliest("pk")
    seen = client.get(reverse("admin:claim_filing_paper", args=[paper.pk]))
    assert seen.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in seen.headers["Cache-Control"]
    client.post(address(claim), {"remove": paper.pk, "bank_name": "测试银行"})
    paper.refresh_from_db()
    claim.refresh_from_db()
    assert (paper.removed_at is not None, claim.bank_name) == (True, "测试银行")


def test_a_change_of_a_field_is_kept_at_once_and_answers_the_estimate(client, place, officer):
    claim = place.draft(officer)
    answer = client.post(address(claim), STATEMENT | STAY, headers={"HX-Request": "true"})
    content = answer.content.decode()
    assert (answer.status_code, "5,600.00" in content, "<html" in content) == (200, True, False)
    claim.refresh_from_db()
    assert claim.total == Decimal("37000.00")


def test_the_desks_question_is_answered_for_the_worker(client, place, officer):
    claim = place.draft(officer)
    send(client, claim, **STATEMENT | STAY, **files(*NEEDED))
    send(client, claim, "send", signed=MEDICAL_VERSION)
    claim.refresh_from_db()
    actions.ask_for_more(
        by=place.staff(Role.CLAIMS_OFFICER), claim=claim, version=claim.version, missing=["bank_card"],
        text="", until=dt.date(2099, 1, 1),
    )  # fmt: skip
    assert client.get(address(claim)).context["question"].missing == ["bank_card"]
    answer = send(client, claim, "send", answer="已补", **files("bank_card", seed=9))
    assert answer.headers["Location"] == address(claim, "claim_filing_done")
    claim.refresh_from_db()
    assert (claim.state, claim.version, claim.questions.get().answer) == ("filed", 2, "已补")


def test_a_draft_is_discarded(client, place, officer):
    claim = place.draft(officer)
    send(client, claim, "discard")
    assert Claim.objects.get().state == "withdrawn"


def test_a_workers_own_draft_is_not_shown_to_officers(client, place):
    claim = actions.start_draft(by=place.worker, worker=place.worker, key=uuid.uuid4())
    actions.save_step(by=place.worker, claim=claim, step=1, values={"hospital": "秘密医院"})
    start = reverse("admin:claim_filing_start", args=[place.worker.pk])
    for page in (address(claim), address(claim, "claim_filing_done"), address(claim, "claim_filing_print")):
        assert client.get(page).headers["Location"] == reverse("admin:claim_filing_find")
    assert client.get(start).context["claims"] == []
    send(client, claim, hospital="别的医院")
    assert Claim.objects.get().hospital == "秘密医院"


def test_others_drafts_are_not_found_and_other_roles_refused(client, place, officer):
    outside = actions.start_draft_for_worker(by=officer, worker=place.other, key=uuid.uuid4(), reason="x")
    for name in ("claim_filing", "claim_filing_done", "claim_filing_print"):
        assert client.get(address(outside, name)).status_code == 404
    paper = actions.add_paper(by=officer, claim=outside, kind="other", content=photo(3))
    assert client.get(reverse("admin:claim_filing_paper", args=[paper.pk])).status_code == 404
    client.force_login(place.staff(Role.AUDITOR))
    assert client.get(address(place.draft(officer))).status_code == 403


def test_queries_of_the_lists_do_not_grow(client, place, officer, django_assert_num_queries):
    place.draft(officer)
    search, start = (
        reverse("admin:claim_filing_find"),
        reverse("admin:claim_filing_start", args=[place.worker.pk]),
    )
    with django_assert_num_queries(10):
        client.post(search, {"q": "陈测试"})
    with django_assert_num_queries(10):
        client.get(start)
    for _more in range(2):
        place.draft(officer)
        MembershipFactory(worker=WorkerFactory(name="陈测试", name_key="陈测试"), enterprise=place.enterprise)
    with django_assert_num_queries(10):
        assert len(client.post(search, {"q": "陈测试"}).context["found"]) == 3
    with django_assert_num_queries(10):
        assert len(client.get(start).context["claims"]) == 3


def test_queries_of_the_page(client, place, officer, django_assert_num_queries):
    claim = place.draft(officer)
    send(client, claim, **STATEMENT | STAY, **files(*NEEDED))
    with django_assert_num_queries(17):
        client.get(address(claim))
