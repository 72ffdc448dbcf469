import datetime as dt
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from tests.claims import scene
from tests.factories import PostFactory, UserFactory
from tests.web import desk as desks
from unionbenefits.access.roles import Role
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import Claim, Paper, PaperFile
from unionbenefits.core import clock
from unionbenefits.plans.models import PlanVersion
from unionbenefits.workers.querysets import phone_digest

LIST_QUERIES = 10
CLAIM_QUERIES = 20
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def office(db):
    return desks.build()


def page(claim):
    return reverse("admin:claim_desk", args=[claim.pk])


def listed(client, **query):
    answer = client.get(reverse("admin:claims_desk"), query)
    return [row.claim.pk for row in answer.context["rows"].rows]


def stays(office, count):
    """Filed claims of the worker for stays a month apart."""
    return [
        office.desk.filed(
            admitted=f"2026-{month:02}-02",
            discharged=f"2026-{month:02}-05",
            settled=f"2026-{month:02}-05",
            hospital=f"第{month}医院",
        )
        for month in range(1, count + 1)
    ]


# -- the list


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three_claims(office, sign_in, django_assert_num_queries, count):
    for claim in stays(office, count):
        office.decided(claim)
    client = sign_in(office.reviewer)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(listed(client)) == count


def test_list_is_in_the_order_of_promised_day_then_rank(office, sign_in):
    one, two, three, four = stays(office, 4)
    today = clock.today()
    for claim, days, risk in ((one, 5, 0), (two, -1, 0), (three, 5, 40), (four, 9, 70)):
        Claim.objects.filter(pk=claim.pk).update(promised_on=today + dt.timedelta(days=days), risk=risk)
    answer = sign_in(office.decider).get(reverse("admin:claims_desk"))
    rows = answer.context["rows"].rows
    assert [row.claim.pk for row in rows] == [two.pk, three.pk, one.pk, four.pk]
    assert [(row.due, row.tone) for row in rows[:2]] == [("1 day late", "bad"), ("5 days left", "plain")]


def test_list_pages_through_every_claim_once_forth_and_back(office, sign_in, monkeypatch):
    claims = stays(office, 5)
    for at, claim in enumerate(claims):
        Claim.objects.filter(pk=claim.pk).update(risk=at % 2)
    monkeypatch.setattr("unionbenefits.backoffice.pages.paging.keyset_by.__kwdefaults__", {"size": 2})
    client, seen, address = sign_in(office.decider), [], "?"
    while address:
        rows = client.get(reverse("admin:claims_desk") + address).context["rows"]
        seen.append([row.claim.pk for row in rows.rows])
        address, back = rows.forth, rows.back
    odd, even = [claims[1].pk, claims[3].pk], [claims[0].pk, claims[2].pk, claims[4].pk]
    assert [claim for rows in seen for claim in rows] == odd + even
    rows = client.get(reverse("admin:claims_desk") + back).context["rows"]
    assert [row.claim.pk for row in rows.rows] == seen[-2]


def test_a_mangled_place_in_the_list_is_the_first_page(office, sign_in):
    claim = office.desk.filed()
    for after in ("x", "2026-13-40_1_2", "2026-01-01_1", "2026-01-01_-9_" + "9" * 40, ""):
        assert listed(sign_in(office.decider), after=after) == [claim.pk]


def at_work(office):
    """A claim at each step of the desk, of which one is overdue and one is due soon."""
    filed, decided, reviewed, asked, approved = stays(office, 5)
    office.decided(decided)
    office.reviewed(reviewed)
    ask = {"missing": [PaperKind.INVOICE], "text": "", "until": clock.today() + dt.timedelta(days=5)}
    actions.ask_for_more(by=office.decider, claim=asked, version=1, **ask)
    office.approved(approved)
    for claim, days in ((filed, -1), (decided, 2), (reviewed, 6), (asked, -3)):
        Claim.objects.filter(pk=claim.pk).update(promised_on=clock.today() + dt.timedelta(days=days))
    return filed, decided, reviewed, asked, approved


def test_every_count_leads_to_exactly_those_rows(office, sign_in):
    filed, decided, reviewed, asked, approved = (claim.pk for claim in at_work(office))
    client = sign_in(office.decider)
    tabs = client.get(reverse("admin:claims_desk")).context["tabs"]
    found = {tab.code: set(listed(client, show=tab.code)) for tab in tabs}
    assert {tab.code: tab.count for tab in tabs} == {code: len(rows) for code, rows in found.items()}
    assert found == {
        "": {filed, decided, reviewed, asked},
        "turn": {filed},
        "decide": {filed},
        "review": {decided},
        "approve": {reviewed},
        "asked": {asked},
        "late": {filed},
        "soon": {decided},
        "mine": {decided, reviewed, asked},
    }
    assert listed(client, show="closed") == [approved]


@pytest.mark.parametrize(
    ("who", "turn", "mine"),
    [("reviewer", [1], [2]), ("approver", [2], []), ("decider", [0], [1, 2, 3])],
)
def test_whose_turn_it_is_and_who_took_part(office, sign_in, who, turn, mine):
    claims = at_work(office)
    client = sign_in(getattr(office, who))
    assert listed(client, show="turn") == [claims[at].pk for at in turn]
    assert set(listed(client, show="mine")) == {claims[at].pk for at in mine}


def test_someone_who_reviews_and_decides_never_gets_the_own_decision(office, sign_in):
    office.decider.posts.update(role=Role.CLAIMS_REVIEWER)
    claim = office.desk.filed()
    office.decided(claim)
    client = sign_in(office.decider)
    assert listed(client, show="turn") == []
    assert (
        "You decided this claim. Somebody else has to review it." in client.get(page(claim)).content.decode()
    )


def test_next_claim_is_the_most_urgent_of_ones_own_steps(office, sign_in):
    filed, decided, *_rest = at_work(office)
    client = sign_in(office.decider)
    address = reverse("admin:claims_next")
    assert client.get(address).headers["Location"] == page(filed)
    after = client.get(address, {"after": filed.pk})
    assert after.headers["Location"] == reverse("admin:claims_desk")
    assert sign_in(office.reviewer).get(address).headers["Location"] == page(decided)


@pytest.mark.parametrize("asked", ["number", "name", "phone"])
def test_search_finds_a_claim_and_none_of_other_unions(office, sign_in, asked):
    claim, other = office.desk.filed(), office.elsewhere()
    worker = claim.worker
    worker.phone, worker.phone_digest = "19900000777", phone_digest("19900000777")
    worker.save()
    q = {
        "number": claim.number.lower(),
        "name": claim.worker.name,
        "phone": claim.worker.phone,
    }[asked]
    answer = sign_in(office.decider).post(reverse("admin:claims_desk"), {"q": q})
    assert [row.claim.pk for row in answer.context["rows"].rows] == [claim.pk]
    hidden = sign_in(office.decider).post(reverse("admin:claims_desk"), {"q": other.number})
    assert hidden.context["rows"].rows == []


def test_drafts_and_claims_of_other_unions_are_not_at_the_desk(office, sign_in):
    own, other, draft = office.desk.filed(), office.elsewhere(), office.desk.draft(hospital="草稿医院")
    client = sign_in(office.decider)
    assert listed(client) == [own.pk]
    for hidden in (other, draft):
        assert client.get(page(hidden)).status_code == 404
    assert sign_in(office.stranger).get(page(own)).status_code == 404


def test_home_counts_by_promised_day_and_each_leads_to_its_rows(office, sign_in):
    at_work(office)
    client = sign_in(office.decider)
    parts = client.get(reverse("admin:index")).context["claims"]
    assert {part.code: part.count for part in parts} == {
        "turn": 1,
        "late": 1,
        "soon": 1,
        "week": 1,
        "later": 0,
    }
    for part in parts:
        address = urlsplit(part.href)
        assert len(client.get(f"{address.path}?{address.query}").context["rows"].rows) == part.count
    assert sign_in(office.officers["union_officer"]).get(reverse("admin:index")).context["claims"] == []


# -- one claim


@pytest.mark.parametrize("count", [1, 3])
def test_claim_costs_the_same_with_one_and_three_of_everything(
    office, sign_in, django_assert_num_queries, count
):
    """With findings about other workers, money owed before, and a reason in the log."""
    PlanVersion.objects.update(rates=[Decimal("0.80")] * 5)
    *others, claim = stays(office, count + 1)
    office.approved(claim)
    actions.reopen(by=office.decider, claim=claim, version=1, reason="发票作废")
    for other in others:
        office.approved(other)
        office.desk.filed(office.colleague())
    for at in range(count):
        actions.add_paper(by=claim.worker, claim=claim, kind=PaperKind.OTHER, content=scene.photo(900 + at))
    for _again in range(count):
        office.decided(claim)
    client = sign_in(PostFactory(role=Role.PROVINCE_OFFICER, union=office.district).user)
    client.get(page(claim))
    with django_assert_num_queries(CLAIM_QUERIES):
        answer = client.get(page(claim))
    context = answer.context
    assert [len(context[name]) for name in ("stays", "decisions", "money")] == [count, count + 1, 1]
    assert len({row.other.worker_id for row in context["findings"]} - {claim.worker_id}) == count


def test_claim_shows_facts_working_cover_and_stays_with_their_ordinals(office, sign_in):
    first, second = stays(office, 2)
    office.approved(first)
    answer = sign_in(office.decider).get(page(second))
    context, text = answer.context, answer.content.decode()
    assert (context["ordinal"], [(row.ordinal, str(row.amount)) for row in context["stays"]]) == (
        2,
        [(1, "5600.00")],
    )
    assert [line[0] for line in context["working"].lines][-2:] == [
        "70 % of it, for stay no. 2 of the period",
        "To be paid",
    ]
    assert str(context["working"].amount) == "4900.00"
    assert scene.ACCOUNT not in text
    assert f"**** {scene.ACCOUNT[-4:]}" in text


def test_working_is_in_the_language_of_the_page(office, client):
    claim = office.desk.filed()
    client.cookies["django_language"] = "zh-hans"
    client.force_login(office.decider)
    lines = client.get(page(claim)).context["working"].lines
    assert "第 1 次住院" in lines[2][0]


def test_statement_that_does_not_add_up_is_said_with_the_difference(office, sign_in):
    claim = office.desk.filed(total="36000")
    answer = sign_in(office.decider).get(page(claim))
    assert str(answer.context["off"]) == "-1000.00"
    assert "What you looked at and found" in answer.content.decode()


def test_findings_name_a_counterpart_only_inside_the_scope(office, sign_in):
    theirs = office.elsewhere()
    Claim.objects.filter(pk=theirs.pk).update(account=None, account_digest=None)
    own = office.desk.filed()
    same = office.desk.filed(office.colleague())
    actions.correct(
        by=office.decider, claim=theirs, version=1, values={"account": scene.ACCOUNT}, reason="补账户"
    )
    answer = sign_in(office.decider).get(page(own))
    rows = answer.context["findings"]
    assert {(row.other and row.other.pk, row.is_elsewhere) for row in rows} == {
        (same.pk, False),
        (None, True),
    }
    assert theirs.number not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("claims_officer", {"papers", "findings", "decisions", "letter", "working"}),
        ("claims_approver", {"papers", "findings", "decisions", "letter", "working"}),
        ("auditor", {"findings", "decisions", "letter", "working", "money"}),
        ("cashier", {"money"}),
        ("union_officer", set()),
    ],
)
def test_each_role_sees_its_part_of_a_claim(office, sign_in, role, sees):
    claim = office.desk.filed()
    office.approved(claim)
    answer = sign_in(office.officers[role]).get(page(claim))
    paper = reverse("admin:claim_paper", args=[claim.papers.first().pk])
    shown = {
        "papers": paper in answer.content.decode(),
        "findings": 'id="findings-title"' in answer.content.decode(),
        "decisions": bool(answer.context["decisions"]),
        "money": bool(answer.context["money"]),
        "letter": reverse("admin:claim_letter", args=[claim.pk]) in answer.content.decode(),
        "working": bool(answer.context["working"]),
    }
    assert {name for name, is_shown in shown.items() if is_shown} == sees


# -- papers


def test_paper_streams_privately_and_each_look_is_logged(office, sign_in):
    claim = office.desk.filed()
    paper = claim.papers.order_by("pk").first()
    answer = sign_in(office.decider).get(reverse("admin:claim_paper", args=[paper.pk]))
    assert answer.content[:2] == b"\xff\xd8"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"].startswith("no-store, private")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        answer.headers["Content-Disposition"]
        == f'inline; filename="{claim.number}-statement-{paper.pk}.jpeg"'
    )
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    look = Entry.objects.filter(action="claim.view_paper").get()
    assert (look.actor, look.object_id) == (office.decider.audit_name, str(paper.pk))


def test_pdf_is_shown_or_saved_by_its_own_type(office, sign_in):
    claim = office.desk.filed()
    paper = actions.add_paper(by=claim.worker, claim=claim, kind=PaperKind.OTHER, content=PDF)
    client, address = sign_in(office.decider), reverse("admin:claim_paper", args=[paper.pk])
    assert client.get(address).headers["Content-Type"] == "application/pdf"
    assert client.get(address, {"download": 1}).headers["Content-Disposition"].startswith("attachment")
    assert "It opens in a tab of its own" in client.get(page(claim), {"paper": paper.pk}).content.decode()


def test_unknown_kind_of_file_is_never_shown(office, sign_in):
    paper = office.desk.filed().papers.first()
    Paper.objects.filter(pk=paper.pk).update(content_type="text/html")
    answer = sign_in(office.decider).get(reverse("admin:claim_paper", args=[paper.pk]))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("who", "status"),
    [("union_officer", 403), ("auditor", 403), ("cashier", 403), ("claims_approver", 200), ("stranger", 404)],
)
def test_papers_open_for_whoever_may_read_them_in_scope(office, sign_in, who, status):
    paper = office.desk.filed().papers.first()
    person = office.stranger if who == "stranger" else office.officers[who]
    assert sign_in(person).get(reverse("admin:claim_paper", args=[paper.pk])).status_code == status
    assert Entry.objects.filter(action="claim.view_paper").count() == (1 if status == 200 else 0)


def test_papers_of_drafts_stay_with_the_worker(office, sign_in):
    paper = office.desk.draft().papers.first()
    assert PaperFile.objects.filter(paper=paper).exists()
    assert sign_in(office.decider).get(reverse("admin:claim_paper", args=[paper.pk])).status_code == 404


def test_papers_turn_and_grow_by_plain_links(office, sign_in):
    claim = office.desk.filed()
    first, second, third = claim.papers.order_by("pk")
    client = sign_in(office.decider)
    view = client.get(page(claim), {"paper": second.pk, "turn": 3, "zoom": 9}).context["paper_view"]
    assert (view.turn, view.zoom) == (3, 4)
    assert view.links["right"] == f"?paper={second.pk}&zoom=4#papers"
    assert view.links["before"] == f"?paper={first.pk}#papers"
    assert view.links["next"] == f"?paper={third.pk}#papers"


def test_replaced_papers_can_still_be_looked_at(office, sign_in):
    claim = office.desk.filed()
    old = claim.papers.order_by("pk").first()
    actions.replace_paper(by=claim.worker, paper=old, content=scene.photo(777))
    context = sign_in(office.decider).get(page(claim), {"paper": old.pk}).context
    assert [sheet.paper.pk for sheet in context["old_sheets"]] == [old.pk]
    assert context["paper_is_old"]


# -- the letter


def test_letter_opens_once_a_decision_stands(office, sign_in, said):
    claim = office.desk.filed()
    client = sign_in(office.decider)
    address = reverse("admin:claim_letter", args=[claim.pk])
    assert said(client.get(address, follow=True)) == ["There is no decision on this claim yet."]
    office.approved(claim)
    answer = client.get(address)
    assert answer.content[:5] == b"%PDF-"
    assert answer.headers["Cache-Control"].startswith("no-store, private")
    assert sign_in(UserFactory()).get(address).status_code == 403
    assert sign_in(office.stranger).get(address).status_code == 404
