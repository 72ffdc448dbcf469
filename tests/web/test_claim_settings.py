"""Limits, funds for claims and bank profiles: set by association officers, read by those they bind."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import FundFactory, PlanFactory, PostFactory, UnionFactory, UserFactory
from tests.factories.claims import BankProfileFactory, ClaimsFundFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.claims.banking.layouts import Answer, In, Layout, Out
from unionbenefits.claims.models import ApprovalLimit, BankProfile, ClaimsFund
from unionbenefits.unions.enums import UnionKind

LIMITS, FUNDS, PROFILES, ADD = map(
    reverse,
    ("admin:claims_limits", "admin:claims_fund_plans", "admin:bank_profiles", "admin:bank_profile_add"),
)


@pytest.fixture
def union(db):
    sync_roles(by=SYSTEM)
    return UnionFactory(kind=UnionKind.PROVINCE)


@pytest.fixture
def as_role(client, union):
    def enter(role, place=None):
        client.force_login(PostFactory(role=role, user=UserFactory(), union=place or union).user)
        return client

    return enter


def limits():
    return dict(ApprovalLimit.objects.values_list("role", "up_to"))


def test_limits_are_set_changed_and_lifted_and_logged(as_role):
    client = as_role(Role.PROVINCE_OFFICER)
    assert client.post(LIMITS, {"claims_reviewer": "20000", "claims_approver": "5000.50"}).status_code == 302
    assert limits() == {"claims_reviewer": Decimal("20000.00"), "claims_approver": Decimal("5000.50")}
    client.post(LIMITS, {"claims_reviewer": "20000.00", "claims_approver": ""})
    assert limits() == {"claims_reviewer": Decimal("20000.00")}
    acts = (
        Entry.objects.filter(action="claims.set_limit")
        .order_by("pk")
        .values_list("data__role", "data__up_to")
    )
    assert list(acts) == [
        ("claims_reviewer", "20000"), ("claims_approver", "5000.50"), ("claims_approver", None),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["0", "-1", "x", "1.001"])
def test_an_amount_that_is_no_limit_is_refused(as_role, text):
    answer = as_role(Role.PROVINCE_OFFICER).post(LIMITS, {"claims_approver": text})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["claims_approver"])
    assert limits() == {}


def test_limits_above_which_nobody_can_finish_are_pointed_out(as_role):
    ApprovalLimit.objects.create(role="claims_approver", up_to=Decimal("5000.00"))
    client = as_role(Role.CLAIMS_APPROVER)
    assert client.get(LIMITS).context["nobody_above"] == Decimal("5000.00")
    assert client.post(LIMITS, {"claims_approver": "9000000"}).status_code == 403
    assert limits() == {"claims_approver": Decimal("5000.00")}
    assert as_role(Role.CASHIER).get(LIMITS).status_code == 403


def funds_form(*funds):
    data = {"fund-TOTAL_FORMS": len(funds), "fund-INITIAL_FORMS": 0}
    return data | {f"fund-{at}-fund": fund.pk if fund else "" for at, fund in enumerate(funds)}


def paying(plan):
    return list(ClaimsFund.objects.filter(plan=plan).order_by("order").values_list("fund", flat=True))


def test_funds_of_a_plan_are_written_down_in_order(as_role, union):
    plan, first, second = PlanFactory(), FundFactory(owner=union), FundFactory(owner=union)
    client = as_role(Role.PROVINCE_OFFICER)
    page = reverse("admin:claims_funds", args=[plan.pk])
    assert client.post(page, funds_form(second, None, first)).status_code == 302
    assert paying(plan) == [second.pk, first.pk]
    assert client.post(page, funds_form(first, first)).status_code == 422
    assert paying(plan) == [second.pk, first.pk]
    [shown] = client.get(FUNDS).context["plans"]
    assert ([one.fund_id for one in shown.funds], shown.hidden) == ([second.pk, first.pk], 0)
    assert as_role(Role.CASHIER).get(FUNDS).status_code == 200
    assert as_role(Role.CASHIER).get(page).status_code == 403


def test_a_fund_outside_the_scope_is_counted_not_named_and_not_lost(as_role, union):
    plan, outside = PlanFactory(), FundFactory(owner=union, name="省的秘密资金")
    ClaimsFundFactory(plan=plan, fund=outside)
    district = UnionFactory(parent=union)
    client = as_role(Role.PROVINCE_OFFICER, district)
    listed = client.get(FUNDS)
    assert [(one.funds, one.hidden) for one in listed.context["plans"]] == [([], 1)]
    page = reverse("admin:claims_funds", args=[plan.pk])
    client.post(page, funds_form(FundFactory(owner=district)))
    shown = client.get(page)
    assert shown.context["locked"]
    assert "省的秘密资金" not in listed.content.decode() + shown.content.decode()
    assert paying(plan) == [outside.pk]


def test_queries_of_the_funds_do_not_grow(as_role, union, django_assert_num_queries):
    client = as_role(Role.PROVINCE_OFFICER)
    ClaimsFundFactory(plan=PlanFactory(), fund=FundFactory(owner=union))
    with django_assert_num_queries(8):
        client.get(FUNDS)
    for _more in range(2):
        ClaimsFundFactory(plan=PlanFactory(), fund=FundFactory(owner=union))
    with django_assert_num_queries(8):
        assert len(client.get(FUNDS).context["plans"]) == 3


def profile_form(client, address, **changes):
    """What the form shows, as a browser would send it back, with changes."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return {name: value for name, value in (data | changes).items() if value not in ("", False)}


def test_a_bank_is_added_with_the_usual_columns_and_words(as_role):
    client = as_role(Role.PROVINCE_OFFICER)
    answer = client.post(ADD, profile_form(client, ADD, code="icbc", name="示例银行"))
    profile = BankProfile.objects.get()
    assert answer.headers["Location"] == reverse("admin:bank_profile", args=[profile.pk])
    assert (profile.code, profile.is_active, profile.layout()) == ("icbc", True, Layout())
    act = Entry.objects.get(action="claims.set_bank_profile")
    assert (act.object_id, act.data["code"]) == (str(profile.pk), "icbc")


def test_columns_headings_and_words_change_as_data(as_role):
    profile = BankProfileFactory()
    client = as_role(Role.PROVINCE_OFFICER)
    page = reverse("admin:bank_profile", args=[profile.pk])
    moved = {
        "column_0": "order", "heading_0": "流水", "column_1": "account", "heading_1": "账号",
        "column_2": "name", "heading_2": "户名", "column_3": "amount", "heading_3": "金额",
    }  # fmt: skip
    rest = {f"column_{at}": "" for at in range(4, 7)}
    data = profile_form(
        client,
        page,
        format="csv",
        encoding="gb18030",
        in_order="流水, 我方流水",
        word_paid="划款成功，OK",
        **moved,
        **rest,
    )
    assert client.post(page, data).status_code == 302
    profile.refresh_from_db()
    layout = profile.layout()
    assert layout.out_columns == (
        (Out.ORDER, "流水"), (Out.ACCOUNT, "账号"), (Out.NAME, "户名"), (Out.AMOUNT, "金额"),
    )  # fmt: skip
    assert layout.in_headings[In.ORDER] == ("流水", "我方流水")
    assert (layout.answer("划款成功"), layout.answer("交易成功")) == (Answer.PAID, None)
    sample = client.get(reverse("admin:bank_profile_sample", args=[profile.pk]))
    assert sample.content.decode("gb18030").splitlines() == [
        "流水,账号,户名,金额", "Z2026000001,9999990000000000014,陈测试,1234.50",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"column_1": ""}, 422, "column_0"),
        ({"column_0": "account"}, 422, "column_0"),
        ({"heading_1": ""}, 422, "column_0"),
        ({"heading_0": "金额"}, 422, "column_0"),
        ({"in_status": ""}, 422, "in_order"),
        ({"in_day": "金额"}, 422, "in_order"),
        ({"word_failed": ""}, 422, "word_paid"),
        ({"word_failed": "成功"}, 422, "word_failed"),
        ({"line_limit": "10001"}, 422, "line_limit"),
        ({"code": "taken"}, 409, "code"),
    ],
)
def test_a_form_that_could_not_work_is_refused_beside_its_field(as_role, changes, status, field):
    BankProfileFactory(code="taken")
    client = as_role(Role.PROVINCE_OFFICER)
    answer = client.post(ADD, profile_form(client, ADD, **{"code": "new", "name": "示例银行"} | changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (status, [field])
    assert BankProfile.objects.count() == 1


def test_the_file_is_shown_before_it_is_kept(as_role):
    profile = BankProfileFactory()
    client = as_role(Role.PROVINCE_OFFICER)
    page = reverse("admin:bank_profile", args=[profile.pk])
    data = profile_form(client, page, purpose="互助金2026")
    part = client.post(page, data, headers={"HX-Request": "true"})
    assert (part.context["head"][0], part.context["rows"][0][5]) == ("序号", "互助金2026")
    shown = client.post(page, data | {"act": "preview"})
    assert (shown.status_code, shown.context["rows"][0][1]) == (200, "9999990000000000014")
    wrong = client.post(page, data | {"heading_0": "金额"}, headers={"HX-Request": "true"})
    assert (wrong.context["rows"], "<html" in wrong.content.decode()) == ([], False)
    profile.refresh_from_db()
    assert profile.purpose == "互助金"


def test_cashiers_read_profiles_and_change_none(as_role):
    profile = BankProfileFactory()
    client = as_role(Role.CASHIER)
    page = reverse("admin:bank_profile", args=[profile.pk])
    data = profile_form(client, page, purpose="别的")
    assert client.post(page, data).status_code == 403
    assert client.get(ADD).status_code == 403
    assert as_role(Role.UNION_OFFICER).get(page).status_code == 403


def test_queries_of_the_banks_do_not_grow(as_role, django_assert_num_queries):
    client = as_role(Role.CASHIER)
    BankProfileFactory()
    with django_assert_num_queries(4):
        client.get(PROFILES)
    BankProfileFactory.create_batch(2)
    with django_assert_num_queries(4):
        assert len(client.get(PROFILES).context["rows"]) == 3
