"""`manage.py import_roster`: the JSON contract of design §6, exit codes, masking, dry run, report."""

import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.factories.people import resident_number
from tests.workers.conftest import LARK, SWALLOW, person, sheet, totals
from unionbenefits.access.actions import sync_roles
from unionbenefits.accounts.models import User
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.workers.models import Membership, Roster, RosterRow

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (resident_number(order) for order in (1, 3, 5))
WRONG = THREE[:17] + ("1" if THREE[17] != "1" else "2")


@pytest.fixture
def run(units, tmp_path, capsys):
    """Runs the command on bytes; returns (exit code, JSON document)."""

    def call(content, *options, code=SWALLOW, name="名册.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        status = 0
        try:
            call_command("import_roster", str(path), "--enterprise", code, "--json", *options)
        except SystemExit as stop:
            status = stop.code
        return status, json.loads(capsys.readouterr().out)

    return call


def test_document_has_the_shape_of_the_contract(run):
    status, document = run(sheet(person(number=ONE), person("陈测二", TWO[:17] + "y")))
    assert status == 0
    assert document["file"]["name"] == "名册.xlsx"
    assert (document["file"]["format"], document["file"]["encoding"]) == ("xlsx", None)
    assert document["file"]["sheets"] == [{"name": "名册", "header_row": 1, "rows": 2, "hidden_rows": 0}]
    assert len(document["file"]["sha256"]) == 64
    assert document["refused"] is None
    assert document["rows"][0] == {
        "sheet": "名册",
        "row": 2,
        "verdict": "accept",
        "action": "new",
        "document": f"{ONE[:3]}***********{ONE[-4:]}",
        "name": "陈测一",
        "codes": ["phone_missing"],
    }
    assert (document["rows"][1]["verdict"], document["rows"][1]["action"]) == ("reject", "none")
    assert document["counts"] == {
        "rows": 2, "accept": 1, "hold": 0, "reject": 1, "new": 1, "changed": 0, "unchanged": 0, "joined": 0, "leavers": 0,
    }  # fmt: skip
    assert document["applied"] is True
    assert totals() == (1, 1, 1)


def test_reveal_prints_numbers_in_full(run):
    assert run(sheet(person(number=ONE)), "--reveal")[1]["rows"][0]["document"] == ONE


def test_dry_run_leaves_no_trace(run):
    before = Entry.objects.count()
    status, document = run(sheet(person(number=ONE)), "--dry-run", "--reveal")
    assert (status, document["applied"], document["rows"][0]["action"]) == (0, False, "new")
    assert totals() == (0, 0, 0)
    assert (Roster.objects.count(), RosterRow.objects.count(), Entry.objects.count()) == (0, 0, before)
    assert not User.objects.filter(username="console").exists()


def test_acts_as_console_who_cannot_sign_in(run, client):
    run(sheet(person(number=ONE)))
    console = User.objects.get(username="console")
    assert (console.is_active, console.is_staff, console.has_usable_password()) == (False, False, False)
    assert Roster.objects.get().uploaded_by == console
    run(sheet(person("陈测二", TWO)))
    assert User.objects.filter(username="console").count() == 1


def test_acts_as_an_officer_within_the_posts(run, officer, clerk, stranger):
    sync_roles(by=SYSTEM)
    status, _document = run(sheet(person(number=ONE)), "--officer", officer.username, code=LARK)
    assert (status, Roster.objects.get().uploaded_by) == (0, officer)
    for who in (clerk, stranger):
        status, document = run(sheet(person(number=ONE)), "--officer", who.username, code=LARK)
        assert (status, document["refused"]["code"] in {"enterprise_unknown", "officer_unknown"}) == (1, True)


def test_as_clerk_confines_the_file(run):
    rows = person(number=ONE), person("陈测二", TWO, 统一社会信用代码=LARK)
    _status, free = run(sheet(*rows), "--dry-run")
    _status, confined = run(sheet(*rows), "--dry-run", "--as-clerk")
    assert [row["verdict"] for row in free["rows"]] == ["accept", "accept"]
    assert [row["verdict"] for row in confined["rows"]] == ["accept", "reject"]
    assert confined["rows"][1]["codes"] == ["outside_unit"]


def test_file_that_cannot_be_used_is_refused_with_exit_1(run, case_bytes):
    status, document = run(case_bytes("036-password.xlsx"))
    assert (status, document["refused"]["code"], document["rows"], document["applied"]) == (
        1,
        "file_encrypted",
        [],
        False,
    )
    assert document["refused"]["message"]
    status, document = run(b"")
    assert (status, document["refused"]["code"]) == (1, "file_empty")


def test_unknown_enterprise_is_refused_with_the_nearest_code(run):
    status, document = run(sheet(person(number=ONE)), code="91440000XX00000192")
    assert (status, document["refused"]["code"]) == (1, "enterprise_unknown")
    assert SWALLOW in document["refused"]["message"]


def test_missing_file_is_a_usage_error(units, tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("import_roster", str(tmp_path / "none.xlsx"), "--enterprise", SWALLOW)
    assert error.value.returncode == 2


def test_full_mode_ends_leavers_only_when_told(run):
    run(sheet(person(number=ONE), person("陈测二", TWO)))
    _status, document = run(sheet(person(number=ONE)), "--mode", "full")
    assert (document["counts"]["leavers"], Membership.objects.filter(left_on__isnull=False).count()) == (1, 0)
    assert {"leavers", "leavers_many"} <= {notice["code"] for notice in document["notices"]}
    run(sheet(person(number=ONE)), "--mode", "full", "--confirm-leavers")
    assert Membership.objects.filter(left_on__isnull=False).count() == 1


def test_people_read_sentences(units, tmp_path, capsys):
    path = tmp_path / "r.xlsx"
    path.write_bytes(sheet(person(number=ONE), person("坏", "1")))
    call_command("import_roster", str(path), "--enterprise", SWALLOW, "--language", "en")
    out = capsys.readouterr().out
    assert "This is not a valid number" in out
    assert "Applied." in out
    assert ONE not in out


def test_report_is_the_same_workbook_with_faults_marked(run, tmp_path):
    out = tmp_path / "out.xlsx"
    rows = person(number=ONE), person("=1+1", TWO), person("陈测三", WRONG)
    run(sheet(*rows), "--dry-run", "--report", str(out), "--language", "en")
    page = openpyxl.load_workbook(out)["名册"]
    assert [cell.value for cell in page[1]][-1] == "Reason"
    assert [cell.value for cell in page[2]][:3] == ["陈测一", "居民身份证", ONE]
    assert page.cell(4, 3).fill.fgColor.rgb.endswith("FFC7CE")
    assert "check character" in page.cell(4, 12).value
    assert page.cell(3, 1).data_type == "s"
    assert page.cell(3, 12).data_type == "s"
    assert page.cell(2, 3).fill.fill_type is None


@pytest.mark.parametrize(
    "name", ["014-gbk.csv", "034a-biff.xls", "018a-utf16le-tab.csv", "022-title-rows.xlsx"]
)
def test_report_of_any_format_is_a_workbook(run, case_bytes, tmp_path, name):
    out = tmp_path / "out.xlsx"
    run(case_bytes(name), "--dry-run", "--report", str(out), name=name)
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    texts = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert any(text.startswith("44000019") for text in texts)


def test_report_of_a_file_with_formulas_in_text_stays_text(run, tmp_path):
    out = tmp_path / "out.xlsx"
    content = f"姓名,证件号码,备注\r\n=cmd|' /C calc'!A0,{ONE},+1\r\n".encode()
    run(content, "--dry-run", "--report", str(out), name="r.csv")
    page = openpyxl.load_workbook(out).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in page[2]][:3] == [
        ("=cmd|' /C calc'!A0", "s"), (ONE, "s"), ("+1", "s"),
    ]  # fmt: skip


OTHER_KINDS = {
    "quote.csv": (
        lambda: f'姓名,证件号码,备注\r\n陈测一,{ONE},"夜班\r\n陈测二,{TWO},\r\n'.encode(),
        0, [("accept", "new"), ("accept", "new")],
    ),
    "nul.csv": (lambda: f"姓名,证件号码\r\n陈\0测,{ONE}\r\n".encode() + b"\0" * 99, 0, [("accept", "new")]),
    "两人.xlsx": (lambda: sheet(person("陈测一\n李测二", f"{ONE}\n{TWO}")), 0, [("reject", "none")]),
    "full-width.xlsx": (
        lambda: sheet(person(number=ONE, 企业名称="云雀外卖配送（测试）有限公司")), 0, [("accept", "new")]
    ),
    "name for code.xlsx": (
        lambda: sheet(person(number=ONE, 统一社会信用代码="云雀外卖配送（测试）有限公司")), 0, [("accept", "new")]
    ),
    "unknown enterprise.xlsx": (lambda: sheet(person(number=ONE, 企业名称="不存在的公司(测试)")), 0, [("hold", "none")]),
    "roster.pdf.xlsx": (lambda: b"%PDF-1.7", 1, []),
    "heading only.xlsx": (lambda: sheet(), 1, []),
    "照片.heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0", 1, []),
}  # fmt: skip


@pytest.mark.parametrize("name", list(OTHER_KINDS))
def test_other_kinds_of_files_print_one_document_and_their_exit_code(run, name):
    make, status, rows = OTHER_KINDS[name]
    found, document = run(make(), "--dry-run", "--reveal", name=name)
    assert (found, [(row["verdict"], row["action"]) for row in document["rows"]]) == (status, rows)
    assert (document["refused"] is not None, document["applied"]) == (status == 1, False)
    assert totals() == (0, 0, 0)


def test_enterprise_that_a_row_names_in_other_widths_is_the_registered_one(run, units):
    make, _status, _rows = OTHER_KINDS["full-width.xlsx"]
    run(make())
    assert Membership.objects.get().enterprise == units[LARK]


def test_folder_instead_of_a_file_is_a_usage_error(units, tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("import_roster", str(tmp_path), "--enterprise", SWALLOW, "--json")
    assert error.value.returncode == 2
