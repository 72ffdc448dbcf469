"""The template: filled in properly it imports without a warning."""

import datetime as dt
import io

import openpyxl
import pytest

from tests.factories.people import resident_number
from tests.workers.conftest import told, verdicts
from unionbenefits.core import clock
from unionbenefits.workers.enums import BasicInsurance, DocumentKind, Occupation, Sex, WorkRelation
from unionbenefits.workers.models import Membership
from unionbenefits.workers.roster import queries, template
from unionbenefits.workers.roster.normalise import (
    read_checked,
    read_insurance,
    read_occupation,
    read_sex,
    read_work_relation,
)
from unionbenefits.workers.roster.report import template_workbook

pytestmark = pytest.mark.django_db


def filled(*rows) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    page = book.active
    headings = [cell.value for cell in page[1]]
    for row in rows:
        page.append([row.get(heading) for heading in headings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_filled_template_imports_without_a_word(import_file):
    row = {
        "姓名": "陈测一",
        "证件类型": "居民身份证",
        "证件号码": resident_number(1),
        "手机号码": "19900000001",
        "性别": "男",
        "出生日期": dt.date(1990, 3, 7),
        "职业工种": "快递员",
        "用工关系": "新型用工关系",
        "入会日期": dt.date(2025, 3, 1),
        "基本医保": "职工医保",
        "实名认证": "是",
        "备注": "甲",
    }
    roster = import_file(filled(row))
    assert (verdicts(roster), told(roster), queries.notices_of(roster)) == ({2: "accept"}, {2: []}, [])
    tie = Membership.objects.get()
    assert (tie.occupation, tie.work_relation, tie.joined_on, tie.note) == (
        Occupation.COURIER, WorkRelation.NEW_FORM, dt.date(2025, 3, 1), "甲",
    )  # fmt: skip
    assert (tie.worker.basic_insurance, tie.worker.real_name_checked_on) == ("employee", clock.today())


def test_empty_template_holds_nobody(import_file):
    assert import_file(template_workbook()).refusal == "no_rows"


def test_every_choice_is_understood_and_every_value_offered():
    from unionbenefits.workers.roster.vocabulary import DOCUMENT_KINDS, fold

    assert [DOCUMENT_KINDS[fold(word)] for word in template.KINDS] == list(DocumentKind)
    assert {read_sex(word) for word in template.SEXES} == set(Sex)
    assert {read_occupation(word)[0] for word in template.OCCUPATIONS} == set(Occupation)
    assert {read_work_relation(word) for word in template.RELATIONS} == set(WorkRelation)
    assert {read_insurance(word) for word in template.INSURANCES} == set(BasicInsurance)
    assert [read_checked(word) for word in template.CHECKED] == [True, False]


def test_number_columns_are_text_and_lists_can_be_chosen():
    page = openpyxl.load_workbook(io.BytesIO(template_workbook())).active
    assert {page.column_dimensions[letter].number_format for letter in ("C", "E", "I")} == {"@"}
    lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation if v.type == "list"}
    assert lists == {
        f"{letter}2:{letter}20001": '"' + ",".join(words) + '"'
        for letter, words in (
            ("B", template.KINDS), ("F", template.SEXES), ("J", template.OCCUPATIONS), ("K", template.RELATIONS),
            ("M", template.INSURANCES), ("N", template.CHECKED),
        )
    }  # fmt: skip
    assert all(len(formula) <= 257 for formula in lists.values())  # what Excel opens: 255 and the quotes


def test_every_column_says_in_chinese_how_it_is_filled():
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    page = book.active
    comments = {cell.value: cell.comment.text for cell in page[1]}
    hints = {v.promptTitle: v.prompt for v in page.data_validations.dataValidation}
    help_page = {row[0].value: row[1].value for row in book["填写说明"]}
    assert comments == hints == help_page
    assert set(comments) == {heading for _field, heading, *_rest in template.COLUMNS}
    assert all(0 < len(hint) <= 255 for hint in hints.values())  # what Excel shows
    assert page.max_row == 1


def test_two_thousand_people_import_without_a_word(import_file):
    people = [
        {
            "姓名": "陈测" + chr(0x4E00 + order),
            "证件类型": template.KINDS[0],
            "证件号码": resident_number(order % 1000, f"19900{1 + order // 1000}11"),
            "手机号码": f"199{order:08d}",
            "性别": template.SEXES[(order + 1) % 2],
            "职业工种": template.OCCUPATIONS[order % len(template.OCCUPATIONS)],
            "用工关系": template.RELATIONS[order % 3],
            "入会日期": dt.date(2025, 3, 1 + order % 28),
        }
        for order in range(1, 2001)
    ]
    roster = import_file(filled(*people))
    assert (set(verdicts(roster).values()), roster.counts["new"]) == ({"accept"}, 2000)
    assert (roster.rows.exclude(codes=[]).count(), queries.notices_of(roster)) == (0, [])
    assert [sheet["rows"] for sheet in roster.sheets] == [2000, 0]


@pytest.mark.parametrize(
    ("kind", "number", "issuer"),
    [
        (template.KINDS[1], "810000199001010019", None),
        (template.KINDS[2], "830000199001010020", None),
        (template.KINDS[3], "M12345678", None),
        (template.KINDS[4], "12345678", None),
        (template.KINDS[5], "944840199001010016", None),
        (template.KINDS[6], "ZZ1234567", "法国"),
    ],
)
def test_every_kind_of_document_goes_through(kind, number, issuer, import_file):
    row = {
        "姓名": "陈测一",
        "证件类型": kind,
        "证件号码": number,
        "签发国家": issuer,
        "手机号码": "19900000001",
    }
    roster = import_file(filled(row | {"出生日期": dt.date(1990, 1, 1)}))
    assert (verdicts(roster), told(roster)) == ({2: "accept"}, {2: []})
