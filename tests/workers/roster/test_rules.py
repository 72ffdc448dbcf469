"""One test per rule of judging, on rows made for it. The case files have their own tests."""

import datetime as dt

import pytest

from unionbenefits.workers.enums import DocumentKind, Occupation, WorkRelation
from unionbenefits.workers.roster.codes import Code, Severity
from unionbenefits.workers.roster.facts import CLEAR

HEADINGS = [
    "姓名",
    "证件类型",
    "证件号码",
    "手机号码",
    "性别",
    "出生日期",
    "所属企业",
    "统一社会信用代码",
    "工种",
    "入会日期",
    "备注",
]


@pytest.fixture
def judge_one(judge_rows, person):
    """The judged row of one person with some cells replaced."""

    def run(options=(), **changes):
        (row,) = judge_rows([person(**changes)], **dict(options)).rows
        return row

    return run


def heavy(row):
    """The codes that decide a row's verdict."""
    return {code for code in row.codes if code.severity is not Severity.NOTICE}


def test_clean_row_has_nothing_to_say(judge_one):
    row = judge_one()
    assert (row.verdict.value, row.findings, row.kind) == ("accept", (), DocumentKind.RESIDENT_ID)
    assert (row.birth, row.sex.value, row.joined_on) == (dt.date(1990, 3, 7), "male", dt.date(2025, 3, 1))
    assert (row.occupation, row.credit_code) == (Occupation.COURIER, "91440000XX00000191")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (440699199003070010.0, Code.PRECISION_LOST),
        ("4.40699E+17", Code.PRECISION_LOST),
        ("440699199003070010.0", Code.PRECISION_LOST),
        ("440699199003070011", Code.DOCUMENT_CHECK_DIGIT),
        ("440699199002300018", Code.DOCUMENT_DATE),
        ("440699209003070012", Code.DOCUMENT_DATE),
        ("44069919900307001", Code.DOCUMENT_SHAPE),
        ("4406991990030700100", Code.DOCUMENT_SHAPE),
        ("440699900307001", Code.DOCUMENT_OLD_FORM),
        (440699900307001.0, Code.DOCUMENT_OLD_FORM),
        ("44069919900307001*", Code.DOCUMENT_CHARACTER),
        ("", Code.DOCUMENT_MISSING),
        ("无", Code.DOCUMENT_MISSING),
        ("#N/A", Code.CELL_ERROR),
        ("=B2&C2", Code.FORMULA_NOT_CALCULATED),
    ],
)
def test_bad_resident_number_is_rejected_for_its_own_reason(number, code, judge_one):
    row = judge_one(证件号码=number)
    assert (row.verdict.value, heavy(row)) == ("reject", {code})


@pytest.mark.parametrize(
    "number",
    [
        " 440699199003070010", "440699 19900307 0010", "440699-19900307-0010", "４４０６９９１９９００３０７００１０",
        "\u200b440699199003070010\ufeff", "\t440699199003070010", "440699199003070010\xa0", "'440699199003070010",
        '="440699199003070010"', "440699199003070010_x000D_", "440699199003070010\x00",
    ],
)  # fmt: skip
def test_dressed_up_number_is_bared(number, judge_one):
    row = judge_one(证件号码=number)
    assert (row.verdict.value, row.number) == ("accept", "440699199003070010")


def test_letter_for_a_digit_is_rejected_with_a_proposal(judge_one):
    row = judge_one(证件号码="44O699199003070010")
    assert [(f.code, f.proposed) for f in row.findings] == [(Code.DOCUMENT_SHAPE, "440699199003070010")]


def test_old_number_is_rejected_with_the_new_form(judge_one):
    assert judge_one(证件号码="440699900307001").findings[0].proposed == "440699199003070010"


@pytest.mark.parametrize("area", ["440682", "440622", "440605", "510202", "710000", "659001", "440000"])
def test_division_codes_of_any_time_are_accepted(area, judge_one):
    from unionbenefits.workers.documents import check_character

    first17 = f"{area}19900307001"
    assert judge_one(证件号码=first17 + check_character(first17)).verdict.value == "accept"


@pytest.mark.parametrize(
    ("kind", "number", "verdict", "found"),
    [
        ("港澳居民居住证", "810000199001010019", "accept", DocumentKind.HK_MACAO_RESIDENCE),
        ("港澳台居民居住证", "830000199001010020", "accept", DocumentKind.TAIWAN_RESIDENCE),
        ("台湾居民居住证", "810000199001010019", "hold", DocumentKind.HK_MACAO_RESIDENCE),
        ("身份证", "810000199001010019", "hold", DocumentKind.HK_MACAO_RESIDENCE),
        ("", "810000199001010019", "accept", DocumentKind.HK_MACAO_RESIDENCE),
        ("外国人永久居留身份证", "944840199001010016", "accept", DocumentKind.FOREIGNER_CARD),
        ("外国人永久居留身份证", "usa440088030499", "accept", DocumentKind.FOREIGNER_CARD),
        ("", "USA440088030499", "accept", DocumentKind.FOREIGNER_CARD),
        ("回乡证", "M12345678", "accept", DocumentKind.HK_MACAO_PERMIT),
        ("回乡证", "H1234567801", "accept", DocumentKind.HK_MACAO_PERMIT),
        ("回乡证", "12345678", "hold", DocumentKind.TAIWAN_PERMIT),
        ("回乡证", "H1234567", "reject", DocumentKind.HK_MACAO_PERMIT),
        ("台胞证", 12345678.0, "accept", DocumentKind.TAIWAN_PERMIT),
        ("台胞证", 1234567.0, "hold", DocumentKind.TAIWAN_PERMIT),
        ("", "12345678", "hold", DocumentKind.TAIWAN_PERMIT),
        ("护照", "e12345678", "accept", DocumentKind.PASSPORT),
        ("护照", "440699199003070010", "hold", DocumentKind.RESIDENT_ID),
        ("护照", "AB", "reject", DocumentKind.PASSPORT),
        ("居民身份证", "E12345678", "hold", DocumentKind.PASSPORT),
        ("军官证", "440699199003070010", "hold", DocumentKind.RESIDENT_ID),
        ("驾驶证", "440699199003070010", "hold", DocumentKind.RESIDENT_ID),
        ("二代身份证（正）", "440699199003070010", "accept", DocumentKind.RESIDENT_ID),
        ("居民身份證", "440699199003070010", "accept", DocumentKind.RESIDENT_ID),
        ("证", "440699199003070010", "hold", DocumentKind.RESIDENT_ID),
    ],
)
def test_every_kind_of_document_has_its_own_rule(kind, number, verdict, found, judge_one):
    row = judge_one(
        证件类型=kind,
        证件号码=number,
        性别="",
        出生日期="1990-03-07" if number == "440699199003070010" else "",
    )
    assert (row.verdict.value, row.kind) == (verdict, found)


@pytest.mark.parametrize(
    ("given", "stored", "verdict"),
    [
        (19900000001.0, "19900000001", "accept"),
        ("+86 199-0000-0001", "19900000001", "accept"),
        ("0086 19900000001", "19900000001", "accept"),
        ("１９９００００００００１", None, "reject"),
        ("１９９００００００００", "19900000000", "accept"),
        ("19900000001.0", "19900000001", "accept"),
        ("1.99E+10", None, "reject"),
        ("1990000000", None, "reject"),
        ("12900000001", None, "reject"),
        ("19900000001/19900000002", None, "hold"),
        ("0757-86234567", None, "hold"),
        ("+852 91234567", None, "hold"),
        ("", None, "accept"),
        ("无", None, "accept"),
        ("清空", CLEAR, "accept"),
    ],
)
def test_phone(given, stored, verdict, judge_one):
    row = judge_one(手机号码=given)
    assert (row.phone, row.verdict.value) == (stored, verdict)


@pytest.mark.parametrize(
    ("given", "stored", "code"),
    [
        ("张 测", "张测", None),
        ("\u3000张测\u3000", "张测", None),
        ("ＷＡＮＧ　ＦＡＮＧ", "WANG FANG", None),
        ("𠮷测", "𠮷测", None),
        ("阿依\u00b7古丽", "阿依·古丽", None),
        ("", None, Code.NAME_MISSING),
        ("张测<b>", "张测<b>", Code.NAME_ILLEGAL_CHARACTERS),
        ("=HYPERLINK(1)", None, Code.FORMULA_NOT_CALCULATED),
        ("张测（离职）", "张测(离职)", Code.NAME_NOT_AS_ON_CARD),
        ("张测2", "张测2", Code.NAME_NOT_AS_ON_CARD),
        ("张测12", "张测12", Code.NAME_NOT_AS_ON_CARD),
        ("张测①", "张测①", Code.NAME_NOT_AS_ON_CARD),
        ("张师傅", "张师傅", Code.NAME_NOT_AS_ON_CARD),
        ("张*测", "张*测", Code.NAME_UNREADABLE),
        ("张某某", "张某某", Code.NAME_UNREADABLE),
        ("张\ufffd", "张\ufffd", Code.NAME_UNREADABLE),
        ("张\ue000", "张\ue000", Code.NAME_PRIVATE_CHARACTER),
        ("张MING", "张MING", Code.NAME_MIXED),
        ("张😀", "张😀", Code.NAME_ILLEGAL_CHARACTERS),
        ("测" * 60, "测" * 60, None),
        ("测" * 120, "测" * 100, Code.NAME_TOO_LONG),
    ],
)
def test_name(given, stored, code, judge_one):
    row = judge_one(姓名=given)
    assert (row.name, heavy(row)) == (stored, {code} if code else set())


def test_birth_column_that_may_mean_the_same_agrees(judge_one):
    for given in ("90-3-7", "1990.3", "07/03/1990", 32939.0, "19900307", "1990年3月7日", dt.date(1990, 3, 7)):
        assert judge_one(出生日期=given).verdict.value == "accept"


@pytest.mark.parametrize(
    ("given", "code"),
    [("1990-03-08", Code.BIRTH_DIFFERS), ("1990-02-30", Code.BIRTH_DIFFERS), ("属马", Code.BIRTH_UNREADABLE)],
)
def test_birth_column_that_contradicts_holds_the_row(given, code, judge_one):
    row = judge_one(出生日期=given)
    assert (heavy(row), row.findings[0].proposed, row.birth) == ({code}, "1990-03-07", dt.date(1990, 3, 7))


def test_ages_of_workers(judge_one):
    assert heavy(judge_one(born="20120101")) == {Code.UNDER_WORKING_AGE}
    assert heavy(judge_one(born="19200101")) == {Code.BIRTH_IMPLAUSIBLE}
    assert judge_one(born="20100101").verdict.value == "accept"


def test_sex_words(judge_one):
    assert [judge_one(性别=word).verdict.value for word in ("男", "M", "男性", 1.0, "", "未知")] == [
        "accept"
    ] * 6
    assert heavy(judge_one(性别="女")) == {Code.SEX_DIFFERS}
    assert heavy(judge_one(性别="甲")) == {Code.SEX_UNREADABLE}


def test_occupation_keeps_the_words_and_names_the_group(judge_one):
    assert [
        (judge_one(工种=job).occupation, judge_one(工种=job).occupation_title)
        for job in ("骑手", "站长", "", "清空")
    ] == [
        (Occupation.RIDER, "骑手"),
        (Occupation.OTHER, "站长"),
        (None, None),
        (CLEAR, CLEAR),
    ]


def test_note_is_text_formulas_are_not(judge_one):
    assert judge_one(备注="班长").note == "班长"
    assert judge_one(备注="清空").note is CLEAR
    assert judge_one(备注="-").note is None
    dropped = judge_one(备注='=DISPIMG("ID_1",1)')
    assert (dropped.note, dropped.codes) == (None, (Code.FORMULA_TEXT_DROPPED,))
    assert len(judge_one(备注="长" * 300).note) == 200


def test_work_relation_column(judge_rows, person):
    head = [*HEADINGS, "用工形式"]
    rows = judge_rows([[*person(1), "新型用工关系"], [*person(3), "不知道"]], head).rows
    assert [(row.work_relation, row.codes) for row in rows] == [
        (WorkRelation.NEW_FORM, ()),
        (None, (Code.WORK_RELATION_UNKNOWN,)),
    ]


# -- enterprises


def test_blank_enterprise_is_the_own_one_and_a_name_alone_may_be(judge_one):
    for name, code in (
        ("", "91440000XX00000191"),
        ("海燕速运", "91440000XX00000191"),
        ("云雀外卖配送(测试)有限公司", None),
    ):
        assert judge_one(所属企业=name, 统一社会信用代码="").credit_code == code


def test_confined_clerk_cannot_name_another_unit(judge_one):
    options = {"confined": True}
    for name, code in (
        ("云雀外卖配送(测试)有限公司", ""),
        ("", "91440000XX0000027U"),
        ("", "91440000XXOOOOO27U"),
    ):
        assert heavy(judge_one(options, 所属企业=name, 统一社会信用代码=code)) == {Code.OUTSIDE_UNIT}


def test_own_code_with_another_name_is_held(judge_one):
    assert heavy(judge_one(所属企业="骆驼货运(测试)有限公司")) == {Code.ENTERPRISE_NAME_DIFFERS}


def test_numeric_credit_code_lost_digits(judge_one):
    assert heavy(judge_one(统一社会信用代码=9.1440000123e17)) == {Code.PRECISION_LOST}
