"""Registers of the staff panel: what they show, how things are found, what a form answers."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import scene as scenes
from tests.factories import (
    CoverageFactory,
    EnterpriseFactory,
    IdentityDocumentFactory,
    MembershipFactory,
    PostFactory,
    UserFactory,
    WorkerFactory,
)
from unionbenefits.access.models import Post
from unionbenefits.access.roles import Role
from unionbenefits.accounts.models import User
from unionbenefits.audit.models import Entry
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Worker
from unionbenefits.workers.names import name_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return scenes.build()


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"


def listed(client, register: str, **query) -> list:
    answer = client.get(reverse(f"admin:{register}_changelist"), query)
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


# --- speed


REGISTERS = {
    "workers_worker": 10,
    "workers_membership": 8,
    "workers_identitydocument": 8,
    "plans_coverage": 8,
    "campaigns_gift": 8,
    "enterprises_enterprise": 8,
    "unions_union": 8,
}


def a_person(enterprise) -> None:
    worker = WorkerFactory(phone="13912345678")
    IdentityDocumentFactory(worker=worker)
    MembershipFactory(worker=worker, enterprise=enterprise)
    CoverageFactory(worker=worker, given_by=enterprise.union)


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_a_list_costs_the_same_queries_with_one_row_and_with_three(client, scene, register):
    client.force_login(scene.officers["union_officer"])
    address = reverse(f"admin:{register}_changelist")
    client.get(address)
    counts = []
    for people in (1, 2):
        for _ in range(people):
            a_person(scene.own.enterprise)
            EnterpriseFactory(union=scene.own.grassroots)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= REGISTERS[register]
    whole = [query["sql"] for query in queries if "COUNT(*)" in query["sql"]]
    assert all("LIMIT" in sql for sql in whole)


def test_a_list_counts_no_further_than_needed(client, scene):
    client.force_login(scene.officers["province_officer"])
    before = Worker.objects.count()
    for _ in range(3):
        a_person(scene.own.enterprise)
    answer = client.get(reverse("admin:workers_worker_changelist"))
    assert answer.context["cl"].paginator.has_more is False
    assert answer.context["cl"].result_count == before + 3


# --- finding


def test_workers_are_found_by_name_number_and_phone(client, scene):
    client.force_login(scene.officers["province_officer"])
    worker, number, phone = scene.own.objects["workers.worker"], scene.own.number, scene.own.phone
    for text in (
        worker.name[:2],
        number,
        number.lower(),
        f" {number[:6]} {number[6:]} ",
        phone,
        f"+86 {phone}",
    ):
        assert listed(client, "workers_worker", q=text) == [worker], text
    for text in (number[:17], phone[:10], "%", "_", "·"):
        assert listed(client, "workers_worker", q=text) == [], text


def test_names_are_found_by_any_part(client, scene):
    client.force_login(scene.officers["province_officer"])
    for name in ("欧阳建国", "王国建", "Nguyen Van Anh"):
        person = WorkerFactory(name=name, name_key=name_key(name))
        MembershipFactory(worker=person, enterprise=scene.own.enterprise)
    found = {
        "阳": {"欧阳建国"},
        "建国": {"欧阳建国"},
        "国": {"欧阳建国", "王国建"},
        "国 建": {"欧阳建国", "王国建"},
        "国 王": {"王国建"},
        "van": {"Nguyen Van Anh"},
        "anh nguyen": {"Nguyen Van Anh"},
        "国阳": set(),
    }
    for text, names in found.items():
        for register in ("workers_worker", "workers_membership"):
            rows = listed(client, register, q=text)
            assert {str(getattr(row, "worker", row)) for row in rows} == names, (register, text)


def test_batches_gifts_and_decisions_are_found_by_number_and_person(client, scene):
    client.force_login(scene.officers["province_officer"])
    own = scene.own.objects
    batch, gift, decision = own["campaigns.giftbatch"], own["campaigns.gift"], own["claims.decision"]
    assert listed(client, "campaigns_giftbatch", q=f"#{batch.pk}") == [batch]
    assert listed(client, "campaigns_gift", q=f"#{batch.pk}") == [gift]
    assert listed(client, "campaigns_gift", q=gift.coverage.certificate_no) == [gift]
    assert listed(client, "claims_decision", q=decision.claim.number) == [decision]
    assert listed(client, "claims_decision", q=scene.own.number) == [decision]
    assert listed(client, "claims_payment", q=scene.own.number) == [own["claims.payment"]]


def test_names_are_found_in_any_width_and_with_any_middle_dot(client, scene):
    client.force_login(scene.officers["province_officer"])
    name = "古丽测热·艾测布力"
    worker = WorkerFactory(name=name, name_key=name_key(name))
    latin = WorkerFactory(name="Nguyen Van A", name_key=name_key("Nguyen Van A"))
    for person in (worker, latin):
        MembershipFactory(worker=person, enterprise=scene.own.enterprise)
    for text in (name, "古丽测热•艾测", "古丽测热．艾测布力", "古丽"):
        assert listed(client, "workers_worker", q=text) == [worker], text
    assert listed(client, "workers_worker", q="ＮＧＵＹＥＮ") == [latin]


def test_searching_finds_nobody_outside_the_scope(client, scene):
    client.force_login(scene.officers["enterprise_clerk"])
    for text in (scene.sibling.number, scene.sibling.phone, "乙某某"):
        for register in (
            "workers_worker",
            "workers_membership",
            "workers_identitydocument",
            "plans_coverage",
        ):
            assert listed(client, register, q=text) == [], (register, text)


def test_coverages_are_found_by_certificate_number_and_by_person(client, scene):
    from unionbenefits.plans.certificates import certificate_no, grouped

    client.force_login(scene.officers["province_officer"])
    number = certificate_no(2026, 123)
    coverage = CoverageFactory(
        worker=scene.own.objects["workers.worker"], certificate_no=number, plan_version__plan__code="b"
    )
    assert listed(client, "plans_coverage", q=number) == [coverage]
    assert listed(client, "plans_coverage", q=grouped(number)) == [coverage]
    assert set(listed(client, "plans_coverage", q=scene.own.number)) == {
        coverage,
        scene.own.objects["plans.coverage"],
    }


def test_units_are_found_by_name_and_credit_code(client, scene):
    client.force_login(scene.officers["province_officer"])
    enterprise = scene.own.enterprise
    assert listed(client, "enterprises_enterprise", q=enterprise.credit_code) == [enterprise]
    assert listed(client, "enterprises_enterprise", q="甲区快") == [enterprise]
    assert scene.own.district in listed(client, "unions_union", q="甲区总")


@pytest.mark.parametrize(
    "query", [{"q": "\x00"}, {"p": "zzz"}, {"p": "-4"}, {"o": "9.9"}, {"sex__exact": "\x00"}]
)
def test_mangled_addresses_are_answered(client, scene, query):
    client.force_login(scene.officers["province_officer"])
    assert client.get(reverse("admin:workers_worker_changelist"), query).status_code in (200, 302, 400)


# --- showing


def test_a_worker_page_shows_documents_masked_and_only_memberships_in_scope(client, scene):
    MembershipFactory(worker=scene.own.objects["workers.worker"], enterprise=scene.sibling.enterprise)
    client.force_login(scene.officers["enterprise_clerk"])
    worker = scene.own.objects["workers.worker"]
    page = client.get(reverse("admin:workers_worker_change", args=[worker.pk])).content.decode()
    assert scene.own.enterprise.name in page
    assert scene.sibling.enterprise.name not in page
    assert scene.own.number not in page
    assert "440***********" in page
    assert "139****0001" in page


def test_the_giver_of_a_cover_is_named_only_inside_ones_branch(client, scene, english):
    client.force_login(scene.officers["enterprise_clerk"])
    page = client.get(reverse("admin:workers_worker_change", args=[scene.shared.pk])).content.decode()
    assert scene.sibling.grassroots.name not in page
    assert "another union" in page
    page = client.get(reverse("admin:plans_coverage_changelist")).content.decode()
    assert scene.own.grassroots.name in page
    assert scene.sibling.grassroots.name not in page


# --- forms


def test_an_enterprise_is_registered_through_its_verb(client, scene):
    client.force_login(scene.officers["union_officer"])
    form = {
        "name": "新站点",
        "credit_code": "91440000xx0000027u",
        "kind": "station",
        "union": scene.own.grassroots.pk,
    }
    answer = client.post(reverse("admin:enterprises_enterprise_add"), form)
    assert answer.status_code == 302, answer.context["errors"]
    made = Enterprise.objects.get(name="新站点")
    assert (made.credit_code, made.union) == ("91440000XX0000027U", scene.own.grassroots)
    assert Entry.objects.filter(action="enterprise.register", object_id=str(made.pk)).count() == 1


def test_a_refusal_keeps_what_was_typed(client, scene, english):
    client.force_login(scene.officers["union_officer"])
    form = {
        "name": "新站点",
        "credit_code": "91440000XX0000027X",
        "kind": "station",
        "union": scene.own.grassroots.pk,
    }
    answer = client.post(reverse("admin:enterprises_enterprise_add"), form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The credit code is mistyped" in page
    assert 'value="新站点"' in page
    assert not Enterprise.objects.filter(name="新站点").exists()


def test_a_unit_outside_the_scope_cannot_be_chosen(client, scene):
    client.force_login(scene.officers["union_officer"])
    form = {
        "name": "新站点",
        "credit_code": "91440000XX0000027U",
        "kind": "station",
        "union": scene.sibling.grassroots.pk,
    }
    answer = client.post(reverse("admin:enterprises_enterprise_add"), form)
    assert answer.status_code == 200
    assert scene.sibling.grassroots.name not in answer.content.decode()
    assert not Enterprise.objects.filter(name="新站点").exists()


def test_an_administrator_appoints_and_ends_below_the_own_post_only(client, scene):
    client.force_login(scene.officers["administrator"])
    form = {
        "username": "new.officer",
        "name": "新干部",
        "role": Role.UNION_OFFICER,
        "union": scene.own.district.pk,
        "starts_on": "2026-01-01",
    }
    assert (
        client.post(
            reverse("admin:accounts_user_add"), form | {"union": scene.sibling.district.pk}
        ).status_code
        == 200
    )
    assert not User.objects.filter(username="new.officer").exists()
    made = client.post(reverse("admin:accounts_user_add"), form)
    user = User.objects.get(username="new.officer")
    assert made.headers["Location"] == reverse("admin:staff_sign_in", args=[user.pk])
    assert not user.has_usable_password()
    link = client.post(made.headers["Location"], {"act": "link"}).context["link"]
    assert client.get("/" + link.split("/", 3)[3]).context["user_set"] == user
    post = Post.objects.get(user=user)
    client.post(reverse("admin:post_end", args=[post.pk]), {"last_day": "2026-06-30"})
    post.refresh_from_db()
    assert (post.role, post.union, post.ends_on) == (
        Role.UNION_OFFICER,
        scene.own.district,
        dt.date(2026, 6, 30),
    )


def test_nobody_grants_a_post_to_oneself(client, scene, english):
    administrator = scene.officers["administrator"]
    client.force_login(administrator)
    form = {
        "username": administrator.username,
        "role": Role.AUDITOR,
        "place": scene.own.grassroots.name,
        "starts_on": "2026-01-01",
    }
    answer = client.post(reverse("admin:post_grant"), form)
    assert "Nobody grants or ends their own post" in answer.content.decode()
    assert administrator.posts.count() == 1


def test_an_account_with_a_post_elsewhere_cannot_be_taken_over_from_below(client, scene):
    user = UserFactory()
    PostFactory(user=user, union=scene.own.district)
    PostFactory(user=user, union=scene.province)
    client.force_login(scene.officers["administrator"])
    address = reverse("admin:accounts_user_change", args=[user.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "x", "is_active": "on"}).status_code == 403
    sign_in = reverse("admin:staff_sign_in", args=[user.pk])
    assert client.get(sign_in).context["may_manage"] is False
    before = User.objects.get(pk=user.pk).password
    for act in ("link", "reset", "end", "unlock"):
        assert client.post(sign_in, {"act": act, "reason": "x"}).status_code == 404
    assert User.objects.get(pk=user.pk).password == before


def test_a_union_is_founded_below_one_in_scope(client, scene):
    client.force_login(scene.officers["administrator"])
    form = {"name": "新工会", "kind": "grassroots", "credit_code": "", "area_code": ""}
    address = reverse("admin:unions_union_add")
    assert client.post(address, form | {"parent": scene.sibling.district.pk}).status_code == 200
    assert client.post(address, form | {"parent": ""}).status_code == 200
    assert not Union.objects.filter(name="新工会").exists()
    assert client.post(address, form | {"parent": scene.own.district.pk}).status_code == 302
    assert Union.objects.get(name="新工会").path.startswith(scene.own.district.path)


def test_money_is_paid_in_through_the_ledger(client, scene):
    client.force_login(scene.officers["province_officer"])
    fund = scene.objects["parent"]["funds.fund"]
    form = {"fund": fund.pk, "amount": "1234.50", "memo": "拨款"}
    assert client.post(reverse("admin:funds_entry_add"), form).status_code == 302
    page = client.get(reverse("admin:funds_fund_change", args=[fund.pk])).content.decode()
    assert "1,001,234.50" in page


# --- around the panel


def test_sign_in_is_refused_with_a_sentence_and_offers_both_languages(client, english):
    UserFactory(username="someone")
    answer = client.post("/admin/login/", {"username": "someone", "password": "wrong"})
    page = answer.content.decode()
    assert "do not match an open account" in page
    assert 'lang="zh-hans"' in page


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client, db):
    officer = UserFactory()
    officer.set_password("correct-horse-9")
    officer.save()
    wanted = reverse("admin:workers_worker_changelist")
    form = {"username": officer.username, "password": "correct-horse-9", "next": wanted}
    answer = client.post("/admin/login/", form)
    assert answer.headers["Location"] == wanted


def test_the_menu_holds_what_the_role_may_open(client, scene, english):
    client.force_login(scene.officers["enterprise_clerk"])
    page = client.get(reverse("admin:index")).content.decode()
    assert reverse("admin:workers_worker_changelist") in page
    assert reverse("admin:funds_fund_changelist") not in page
    assert reverse("admin:audit_entry_changelist") not in page
