import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from tests.web.office import person, workbook
from unionbenefits.workers.models import Membership, Roster, Worker
from unionbenefits.workers.roster import actions
from unionbenefits.workers.roster.states import RosterMode, RosterState

LIST_QUERIES = 6
REVIEW_QUERIES = 10


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def upload(client, enterprise, content, *, mode="additions", name="名册.xlsx"):
    file = SimpleUploadedFile(name, content)
    data = {"enterprise": enterprise.pk, "mode": mode, "file": file}
    return client.post(reverse("admin:roster_upload"), data)


def page(name, roster):
    return reverse(f"admin:{name}", args=[roster.pk])


def confirm(client, roster, **data):
    return client.post(page("roster_confirm", roster), {"verdict_digest": roster.verdict_digest, **data})


# -- the list


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three_rosters(office, sign_in, django_assert_num_queries, count):
    for order in range(count):
        office.received([person(order)])
    client = sign_in(office.preparer)
    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get(reverse("admin:roster_list"))
    assert len(answer.context["rows"].rows) == count


def test_list_holds_only_rosters_in_scope(office, sign_in):
    own = office.received([person(1)])
    office.received([person(2)], by=office.officers["sibling_officer"], enterprise=office.other_enterprise)
    answer = sign_in(office.preparer).get(reverse("admin:roster_list"))
    assert [row.pk for row in answer.context["rows"].rows] == [own.pk]


def test_list_filters_by_state_and_counts_each(office, sign_in):
    office.judged([person(1)])
    waiting = office.received([person(2)])
    answer = sign_in(office.preparer).get(reverse("admin:roster_list"), {"state": "uploaded"})
    assert [row.pk for row in answer.context["rows"].rows] == [waiting.pk]
    assert {tab.code: tab.count for tab in answer.context["tabs"]} == {"": 2, "uploaded": 1, "judged": 1}


# -- uploading


def test_upload_page_offers_only_enterprises_in_scope_and_preselects_the_only_one(office, sign_in):
    form = sign_in(office.clerk).get(reverse("admin:roster_upload")).context["form"]
    assert [enterprise.pk for enterprise in form.fields["enterprise"].queryset] == [office.enterprise.pk]
    assert form["enterprise"].value() == office.enterprise.pk


def test_upload_takes_the_file_in_and_leads_to_its_roster(office, sign_in):
    answer = upload(sign_in(office.clerk), office.enterprise, workbook([person(1)]), mode="full")
    roster = Roster.objects.get()
    assert answer.headers["Location"] == page("roster_review", roster)
    assert (roster.state, roster.mode, roster.as_clerk, roster.uploaded_by) == (
        RosterState.UPLOADED,
        RosterMode.FULL,
        True,
        office.clerk,
    )


def test_upload_by_an_officer_is_not_judged_as_a_clerk_sees_it(office, sign_in):
    upload(sign_in(office.preparer), office.enterprise, workbook([person(1)]))
    assert not Roster.objects.get().as_clerk


def test_upload_of_the_same_file_twice_leads_to_the_first_roster(office, sign_in):
    client = sign_in(office.clerk)
    content = workbook([person(1)])
    first = upload(client, office.enterprise, content).headers["Location"]
    assert upload(client, office.enterprise, content).headers["Location"] == first
    assert Roster.objects.count() == 1


def test_upload_for_an_enterprise_outside_the_scope_is_refused(office, sign_in):
    answer = upload(sign_in(office.clerk), office.other_enterprise, workbook([person(1)]))
    assert (answer.status_code, Roster.objects.count()) == (422, 0)
    assert office.other_enterprise.name not in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"", 422, "The file is empty. Choose the roster again."),
        (b"x" * 2000, 409, "The file is larger than 0 MB."),
    ],
)
def test_upload_that_cannot_be_taken_says_why_and_keeps_the_choice(
    office, sign_in, settings, content, status, sentence
):
    settings.ROSTER_MAX_BYTES = 1000
    answer = upload(sign_in(office.preparer), office.enterprise, content, mode="full")
    assert (answer.status_code, Roster.objects.count()) == (status, 0)
    assert answer.context["form"]["mode"].value() == "full"
    assert sentence in answer.content.decode()


def test_upload_without_a_file_says_what_to_do(office, sign_in):
    data = {"enterprise": office.enterprise.pk, "mode": "additions"}
    answer = sign_in(office.clerk).post(reverse("admin:roster_upload"), data)
    assert "Choose the roster file." in answer.content.decode()


# -- progress


def test_progress_shows_the_true_number_of_judged_rows(office, sign_in):
    roster = office.received([person(1)])
    Roster.objects.filter(pk=roster.pk).update(state=RosterState.JUDGING, rows_judged=1500, rows_total=20812)
    client = sign_in(office.clerk)
    for name in ("roster_review", "roster_progress"):
        assert "1,500 of 20,812 rows checked" in client.get(page(name, roster)).content.decode()


def test_progress_ends_by_itself_once_the_rows_are_judged(office, sign_in):
    roster = office.judged([person(1)])
    answer = sign_in(office.clerk).get(page("roster_progress", roster))
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


# -- the judged rows


def faulty(office, **options):
    """Two good rows, one with a wrong check character, one without a name."""
    wrong = person(3)[1][:-1] + ("0" if person(3)[1][-1] != "0" else "1")
    rows = [person(1), person(2), person(3, 证件号码=wrong), person(4, 姓名="")]
    return office.judged(rows, **options)


def test_review_opens_on_what_needs_a_persons_eye(office, sign_in):
    roster = faulty(office)
    context = sign_in(office.clerk).get(page("roster_review", roster)).context
    assert (context["show"], [view.row.row for view in context["rows"]]) == ("reject", [4, 5])
    assert {tab.code: tab.count for tab in context["tabs"]} == {"all": 4, "reject": 2, "new": 2}


def test_review_marks_the_faulty_cell_and_says_why(office, sign_in):
    rows = sign_in(office.clerk).get(page("roster_review", faulty(office))).context["rows"]
    marked = [[cell.kind for cell in view.cells if cell.tone == "bad"] for view in rows]
    assert marked == [["code"], ["name"]]
    assert [finding.code for view in rows for finding in view.findings] == [
        "document_check_digit",
        "name_missing",
    ]


@pytest.mark.parametrize("show", ["all", "reject", "new"])
def test_review_never_shows_a_whole_number_or_phone(office, sign_in, show):
    roster = faulty(office)
    text = sign_in(office.clerk).get(page("roster_review", roster), {"show": show}).content.decode()
    for order in range(1, 5):
        number, phone = person(order)[1:3]
        assert number not in text
        assert number[:17] not in text
        assert phone not in text


def test_review_filters_by_one_finding(office, sign_in):
    query = {"show": "all", "code": "name_missing"}
    context = sign_in(office.clerk).get(page("roster_review", faulty(office)), query).context
    assert [view.row.row for view in context["rows"]] == [5]


@pytest.mark.parametrize("count", [1, 3])
def test_review_costs_the_same_for_one_and_three_rows(office, sign_in, django_assert_num_queries, count):
    roster = office.judged([person(order, 姓名="") for order in range(count)])
    client = sign_in(office.preparer)
    with django_assert_num_queries(REVIEW_QUERIES):
        assert len(client.get(page("roster_review", roster)).context["rows"]) == count


def test_review_pages_through_every_row_once(office, sign_in):
    roster = office.judged([person(order) for order in range(120)])
    client, seen, address = sign_in(office.clerk), [], "?show=all"
    while address:
        context = client.get(page("roster_review", roster) + address).context
        assert len(context["rows"]) <= 50
        seen += [view.row.row for view in context["rows"]]
        address = context["pages"]["forth"]
    assert seen == list(range(2, 122))


def test_review_shows_markup_in_a_name_as_text(office, sign_in):
    """Case C046: what a file says is never run."""
    roster = office.judged(
        [person(1, 姓名="<script>alert(1)</script>"), person(2, 工种="<img src=x onerror=a>")]
    )
    text = sign_in(office.clerk).get(page("roster_review", roster), {"show": "all"}).content.decode()
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_review_says_what_confirming_will_do(office, sign_in):
    office.applied([person(1), person(2)])
    roster = office.judged([person(1), person(2, 入会日期="2025-04-01"), person(3)])
    text = " ".join(sign_in(office.clerk).get(page("roster_review", roster)).content.decode().split())
    for count, words in (
        (1, "people are entered as new workers"),
        (1, "workers get the changed values"),
        (1, "rows are already known"),
    ):
        assert f"<b>{count}</b><span>{words}" in text


def test_review_says_which_value_changes_from_what_to_what(office, sign_in):
    office.applied([person(1)])
    roster = office.judged([person(1, 手机号码="19900000777")])
    rows = sign_in(office.clerk).get(page("roster_review", roster)).context["rows"]
    texts = [finding.text for view in rows for finding in view.findings]
    assert texts == ["Changes mobile number: 199****0001 → 199****0777."]


def test_review_is_the_same_for_a_second_officer_of_the_unit(office, sign_in):
    roster = faulty(office, by=office.clerk)
    first = sign_in(office.clerk).get(page("roster_review", roster)).context["roster"]
    second = sign_in(office.approver).get(page("roster_review", roster)).context["roster"]
    assert (first.pk, first.verdict_digest) == (second.pk, second.verdict_digest)


def test_auditor_reads_a_roster_and_finds_nothing_to_press(office, sign_in):
    text = sign_in(office.officers["auditor"]).get(page("roster_review", faulty(office))).content.decode()
    assert page("roster_confirm", Roster.objects.get()) not in text
    assert page("roster_discard", Roster.objects.get()) not in text
    assert page("roster_report", Roster.objects.get()) not in text


def test_refused_file_gets_a_page_with_the_sentence(office, sign_in):
    roster = actions.receive_roster(
        by=office.clerk,
        enterprise=office.enterprise,
        file_name="名册.xlsx",
        content=b"not a spreadsheet \x00\x01" * 10,
        mode=RosterMode.ADDITIONS,
        as_clerk=True,
    )
    roster = actions.judge_roster(by=office.clerk, roster=roster)
    answer = sign_in(office.clerk).get(page("roster_review", roster))
    assert (roster.state, answer.status_code) == (RosterState.REFUSED, 200)
    assert answer.context["sentence"] in answer.content.decode()
    assert answer.context["sentence"] != ""


# -- confirming and discarding


def test_confirm_applies_exactly_what_was_shown_and_once(office, sign_in):
    roster, client = faulty(office), sign_in(office.clerk)
    assert confirm(client, roster).headers["Location"] == page("roster_review", roster)
    assert confirm(client, roster).status_code == 302
    roster.refresh_from_db()
    assert (roster.state, roster.confirmed_by) == (RosterState.APPLYING, office.clerk)
    actions.apply_roster(by=office.clerk, roster=roster, verdict_digest=roster.verdict_digest)
    confirm(client, roster)
    roster.refresh_from_db()
    assert (roster.state, Worker.objects.count(), Membership.objects.count()) == (RosterState.APPLIED, 2, 2)
    assert client.get(page("roster_review", roster)).context["roster"].counts["new"] == 2


def test_confirm_of_rows_that_were_judged_again_is_refused_with_a_sentence(office, sign_in, said):
    roster, client = faulty(office), sign_in(office.clerk)
    client.post(page("roster_confirm", roster), {"verdict_digest": "0" * 64})
    answer = client.get(page("roster_review", roster))
    assert said(answer) == [
        "People or enterprises changed since this preview. It has to be judged again before confirming."
    ]
    assert answer.context["roster"].state == RosterState.JUDGED


def test_confirm_ends_only_the_ticked_memberships_of_a_full_list(office, sign_in):
    office.applied([person(1), person(2), person(3)])
    roster = office.judged([person(1)], mode=RosterMode.FULL)
    client = sign_in(office.clerk)
    leavers = client.get(page("roster_review", roster)).context["leavers"].leavers
    gone = next(leaver for leaver in leavers if leaver.membership.worker.name == person(2)[0])
    assert {leaver.membership.worker.name for leaver in leavers} == {person(2)[0], person(3)[0]}
    confirm(client, roster, leavers="ticked", leaver=[gone.pk])
    actions.apply_roster(by=office.clerk, roster=roster, verdict_digest=roster.verdict_digest)
    ended = Membership.objects.filter(left_on__isnull=False)
    assert [membership.worker.name for membership in ended] == [person(2)[0]]


@pytest.mark.parametrize(("choice", "ended"), [("none", 0), ("all", 2)])
def test_confirm_of_a_full_list_ends_nobody_or_everybody_missing(office, sign_in, choice, ended):
    office.applied([person(1), person(2), person(3)])
    roster = office.judged([person(1)], mode=RosterMode.FULL)
    confirm(sign_in(office.clerk), roster, leavers=choice)
    actions.apply_roster(by=office.clerk, roster=roster, verdict_digest=roster.verdict_digest)
    assert Membership.objects.filter(left_on__isnull=False).count() == ended


def test_discard_removes_the_rows_and_touches_no_worker(office, sign_in):
    roster, client = faulty(office), sign_in(office.clerk)
    for _press in range(2):
        assert client.post(page("roster_discard", roster)).headers["Location"] == reverse("admin:roster_list")
    roster.refresh_from_db()
    assert (roster.state, roster.rows.count(), Worker.objects.count()) == (RosterState.DISCARDED, 0, 0)


def test_discard_of_an_applied_roster_is_refused_with_a_sentence(office, sign_in, said):
    roster, client = office.applied([person(1)]), sign_in(office.clerk)
    client.post(page("roster_discard", roster))
    answer = client.get(page("roster_review", roster))
    assert said(answer) == [
        "This roster was applied, refused or discarded. Open the list to see how it stands."
    ]
    assert answer.context["roster"].state == RosterState.APPLIED


# -- sheets and columns


def test_sheets_page_shows_how_the_file_was_understood(office, sign_in):
    context = sign_in(office.clerk).get(page("roster_sheets", faulty(office))).context
    columns = [(column["heading"], column["field"]) for column in context["sheets"][0]["columns"]]
    assert (context["roster"].file_format, context["sheets"][0]["header_row"]) == ("xlsx", 1)
    assert columns == [
        ("姓名", "name"),
        ("证件号码", "document_number"),
        ("手机号码", "phone"),
        ("工种", "occupation"),
        ("入会日期", "joined_on"),
    ]


def test_remap_leaves_a_column_out_and_has_the_roster_judged_again(office, sign_in):
    roster = faulty(office)
    fields = ["name", "document_number", "", "occupation", "joined_on"]
    data = {"use-0": "1", "header-0": "1"} | {f"column-0-{at}": field for at, field in enumerate(fields)}
    sign_in(office.clerk).post(page("roster_remap", roster), data)
    roster.refresh_from_db()
    assert roster.state == RosterState.UPLOADED
    roster = actions.judge_roster(by=office.clerk, roster=roster)
    assert [row.phone for row in roster.rows.filter(verdict="accept")] == [None, None]


# -- files to take home


def cells_of(answer):
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue() if answer.streaming else answer.content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_marked_workbook_comes_back_with_the_reasons_beside_the_rows(office, sign_in):
    answer = sign_in(office.clerk).get(page("roster_report", faulty(office)))
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = cells_of(answer)
    assert [row[0] for row in rows[1:4]] == [person(1)[0], person(2)[0], person(3)[0]]
    assert "The check character of the document number is wrong." in str(rows[3][-1])
    assert "The name is missing." in str(rows[4][-1])


def test_marked_workbook_of_a_removed_file_says_what_to_do(office, sign_in, said):
    roster, client = faulty(office), sign_in(office.clerk)
    roster.file.delete()
    client.get(page("roster_report", roster))
    sentences = said(client.get(page("roster_review", roster)))
    assert sentences == ["The file of this roster was removed. Upload the roster again."]


def test_auditor_does_not_get_the_workbook_with_its_whole_numbers(office, sign_in):
    answer = sign_in(office.officers["auditor"]).get(page("roster_report", faulty(office)))
    assert answer.status_code == 403


def test_template_is_a_workbook_with_our_headings(office, sign_in):
    rows = cells_of(sign_in(office.clerk).get(reverse("admin:roster_template")))
    headings = {value for row in rows for value in row if value}
    assert {"姓名", "证件号码"} <= headings
