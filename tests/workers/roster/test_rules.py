"""One test per rule of judging, on rows made for it. The case files have their own tests."""

import datetime as dt

import pytest

from unionbenefits.workers.enums import DocumentKind, Occupation, WorkRelation
from unionbenefits.workers.roster.codes import Code, RosterRefused, Severity
from unionbenefits.workers.roster.facts import CLEAR, Field
from unionbenefits.workers.roster.judge import judge as judge_workbook
from unionbenefits.workers.roster.mapping import map_rows, override
from unionbenefits.workers.roster.read import read_workbook

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


# -- neighbours


def test_swapped_columns_are_held_with_the_right_values(judge_rows, person):
    rows = [person(order) for order in (1, 3, 5)]
    rows[1][0], rows[1][2] = rows[1][2], rows[1][0]
    rows[2][2], rows[2][3] = rows[2][3], rows[2][2]
    judgement = judge_rows(rows)
    assert [heavy(row) for row in judgement.rows] == [set(), {Code.COLUMNS_SWAPPED}, {Code.COLUMNS_SWAPPED}]
    assert judgement.rows[1].name == person(3)[0]
    assert [row.number for row in judgement.rows] == [person(order)[2] for order in (1, 3, 5)]
    assert [row.phone for row in judgement.rows] == [person(order)[3] for order in (1, 3, 5)]


def test_numbers_slid_by_a_row_are_held_even_where_they_agree_by_chance(judge_rows, person):
    people = [
        person(order, born=f"1990{month:02d}07")
        for order, month in zip(range(1, 9), (1, 2, 3, 3, 5, 6, 7, 8), strict=True)
    ]
    numbers = [row[2] for row in people]
    for row, number in zip(people, [numbers[-1], *numbers[:-1]], strict=True):
        row[2] = number
        row[4] = ""
    judgement = judge_rows(people)
    assert {row.verdict.value for row in judgement.rows} == {"hold"}
    assert all(Code.COLUMN_SHIFTED in row.codes for row in judgement.rows)


def test_numbers_ending_in_000_are_suspected_among_those_that_fail(judge_rows, person):
    from unionbenefits.workers.documents import check_character

    lucky = next(
        f"44069919900307{n:03d}"
        for n in range(100, 1000, 100)
        if check_character(f"44069919900307{n}") == "0"
    )
    rows = [
        person(1),
        person(2, 证件号码="440699199003079000"),
        person(3, 证件号码="440699199103073000"),
        person(4),
    ]
    rows[3][2], rows[3][4] = lucky + "0", ""
    verdicts = [row.verdict.value for row in judge_rows(rows).rows]
    assert verdicts == ["accept", "reject", "reject", "hold"]


def test_one_number_ending_in_000_alone_is_nobody_s_fault(judge_rows, person):
    assert judge_rows([person(1)]).rows[0].verdict.value == "accept"


def test_numbered_names_in_a_series_are_told_a_lone_one_is_held(judge_rows, person):
    rows = [person(order, 姓名=name) for order, name in ((1, "乔测01"), (3, "乔测02"), (5, "王芳12"))]
    judgement = judge_rows(rows)
    assert [heavy(row) for row in judgement.rows] == [set(), set(), {Code.NAME_NOT_AS_ON_CARD}]


# -- the same person again


def test_same_person_at_two_enterprises_is_accepted_twice(judge_rows, person):
    second = person(1, 所属企业="", 统一社会信用代码="91440000XX0000027U", 工种="骑手", 入会日期="2025-04-01")
    judgement = judge_rows([person(1), second])
    assert [row.verdict.value for row in judgement.rows] == ["accept", "accept"]
    assert judgement.rows[1].codes == (Code.SECOND_ENTERPRISE_IN_FILE,)
    assert judgement.rows[1].duplicate_of is None


def test_same_person_with_other_values_is_held(judge_rows, person):
    judgement = judge_rows([person(1), person(1, 手机号码="19911111111")])
    assert [(f.code, f.field, f.proposed) for f in judgement.rows[1].findings] == [
        (Code.DUPLICATE_DIFFERS, Field.PHONE, "19900000001")
    ]


def test_two_strangers_on_one_number_are_both_held(judge_rows, person):
    judgement = judge_rows([person(1, 姓名="张测甲"), person(1, 姓名="李文乙")])
    assert [heavy(row) for row in judgement.rows] == [{Code.DOCUMENT_SHARED}] * 2


def test_row_with_a_bad_name_does_not_hold_up_the_good_one(judge_rows, person):
    judgement = judge_rows([person(1, 姓名="张?"), person(1), person(1)])
    assert [(row.verdict.value, row.duplicate_of) for row in judgement.rows] == [
        ("hold", None),
        ("accept", None),
        ("accept", 1),
    ]


def test_numbers_given_out_one_after_the_other_are_no_dragged_series(judge_rows, person):
    assert {row.verdict.value for row in judge_rows([person(order) for order in range(1, 9)]).rows} == {
        "accept"
    }


def test_homonyms_and_twins_stay_apart(judge_rows, person):
    homonyms = judge_rows([person(1, 姓名="王芳"), person(3, 姓名="王芳")])
    twins = judge_rows(
        [person(1, 姓名="张测大", 手机号码="19900000009"), person(3, 姓名="张测小", 手机号码="19900000009")]
    )
    assert [row.verdict.value for row in (*homonyms.rows, *twins.rows)] == ["accept"] * 4
    assert twins.rows[1].codes == (Code.PHONE_SHARED,)


def test_same_name_and_phone_under_another_number_may_be_a_corrected_number(judge_rows, person):
    changed = person(3, 姓名=person(1)[0], 手机号码=person(1)[3], born="19900317")
    assert heavy(judge_rows([person(1), changed]).rows[1]) == {Code.POSSIBLE_SAME_PERSON}


def test_phone_of_many_people_is_pointed_out(judge_rows, person):
    judgement = judge_rows(
        [
            person(order, 手机号码="19900000009", 姓名="张测" + "赵钱孙李周吴郑"[order % 7])
            for order in range(1, 8)
        ]
    )
    assert [(w.code, w.params) for w in judgement.warnings] == [(Code.PHONE_SHARED_WIDELY, {"count": "7"})]


def test_two_passports_of_unknown_countries_wait_for_them(judge_rows, person):
    passport = {"证件类型": "护照", "证件号码": "ZZ1234567", "性别": ""}
    rows = [
        person(1, **passport, 姓名="IVAN TESTOV"),
        person(2, **passport, 姓名="ANNA TESTA", 出生日期="1985-05-05"),
    ]
    assert [heavy(row) for row in judge_rows(rows).rows] == [{Code.DOCUMENT_ISSUER_UNKNOWN}] * 2


# -- sheets, headings, other lines


def test_lines_that_are_no_person_are_told_and_left_out(judge_rows, person):
    rows = [
        ["(必填)", "(必填)", "文本格式", "11位"],
        ["示例：张三", "居民身份证", "440699199003070010", "19900000001"],
        person(1),
        HEADINGS,
        person(3),
        ["", "", "", "", "", "", "海燕速运(测试)有限公司"],
        ["合计：2人"],
        ["填表人：王测", "", "审核人：李测"],
        ["备注：以上信息属实"],
    ]
    judgement = judge_rows(rows)
    assert [row.row for row in judgement.rows] == [4, 6]
    assert [skipped.row for skipped in judgement.skipped] == [2, 3, 5, 7, 8, 9, 10]


def test_person_with_a_name_only_is_rejected_not_skipped(judge_rows, person):
    rows = judge_rows([person(1), person(3, 证件号码="", 手机号码="")]).rows
    assert [heavy(row) for row in rows] == [set(), {Code.DOCUMENT_MISSING}]


def test_heading_over_two_lines_and_a_second_person_s_columns():
    rows = [
        (1, ["名册"]),
        (2, ["序号", "姓名", "证件", "", "联系方式", "紧急联系人", ""]),
        (3, ["", "", "类型", "证件号码", "手机", "姓名", "电话"]),
        (4, [1.0, "张测甲", "身份证", "440699199003070010", "19900000001", "李测", "19900000002"]),
    ]
    mapping = map_rows(rows)
    assert mapping.header_row == 3
    assert mapping.columns[Field.NAME] == (1,)
    assert mapping.columns[Field.PHONE] == (4,)


def test_second_table_below_with_other_columns_is_read_by_its_own_heading(judge_rows, person):
    rows = [person(1), [], ["手机", "姓名", "身份证号"], ["19900000003", "李测", person(3)[2]]]
    judgement = judge_rows(rows)
    assert [(row.row, row.name, row.number, row.phone) for row in judgement.rows] == [
        (2, person(1)[0], person(1)[2], person(1)[3]),
        (5, "李测", person(3)[2], "19900000003"),
    ]


def test_traditional_headings_are_known():
    mapping = map_rows([(1, ["姓名", "證件類型", "身份證號碼", "手機號碼", "職業", "備註"])])
    assert list(mapping.columns) == [
        Field.NAME, Field.DOCUMENT_KIND, Field.DOCUMENT_NUMBER, Field.PHONE, Field.OCCUPATION, Field.NOTE
    ]  # fmt: skip


def test_english_headings_and_marks():
    mapping = map_rows(
        [(1, ["*Full Name", "ID Number（必填）", "Mobile No.", "Gender", "Date of Birth", "Job Title"])]
    )
    assert list(mapping.columns) == [
        Field.NAME, Field.DOCUMENT_NUMBER, Field.PHONE, Field.SEX, Field.BIRTH, Field.OCCUPATION
    ]  # fmt: skip


def test_person_may_correct_the_mapping(make_workbook, person):
    from unionbenefits.workers.roster.facts import JudgeOptions

    head = ["名", *HEADINGS[1:]]
    workbook = read_workbook(make_workbook([head, person(1)]))
    options = JudgeOptions(today=dt.date(2026, 1, 1))
    with pytest.raises(RosterRefused) as refusal:
        judge_workbook(workbook, options)
    assert (refusal.value.code, refusal.value.details) == ("column_missing", {"fields": "“姓名”"})
    found = map_rows(list(workbook.sheets[0].rows()))
    chosen = override(found, columns={0: Field.NAME, 10: None})
    judgement = judge_workbook(workbook, options, {"名册": chosen})
    assert (judgement.rows[0].name, judgement.rows[0].verdict.value) == ("张测乙", "accept")


def test_merged_enterprise_holds_for_the_rows_it_covers(make_workbook, person, judge_rows):
    from unionbenefits.workers.roster.facts import JudgeOptions

    rows = [
        HEADINGS,
        person(1, 统一社会信用代码="91440000XX0000027U", 所属企业=""),
        *(person(n, 统一社会信用代码="", 所属企业="") for n in (3, 5)),
    ]
    data = make_workbook(rows, change=lambda _book, sheet: sheet.merge_range("H2:H4", "91440000XX0000027U"))
    judgement = judge_workbook(read_workbook(data), JudgeOptions(today=dt.date(2026, 1, 1)))
    assert {row.credit_code for row in judgement.rows} == {"91440000XX0000027U"}


def test_number_from_an_uncalculated_formula_is_told_so(make_workbook, person, judge_rows):
    from unionbenefits.workers.roster.facts import JudgeOptions

    data = make_workbook(
        [HEADINGS, person(1, 证件号码="")],
        change=lambda _book, sheet: sheet.write_formula("C2", '="4406991990"&"03070010"', None, ""),
    )
    (row,) = judge_workbook(read_workbook(data), JudgeOptions(today=dt.date(2026, 1, 1))).rows
    assert heavy(row) == {Code.FORMULA_NOT_CALCULATED}


def test_serial_dates_follow_the_1904_calendar(make_workbook, person):
    from unionbenefits.workers.roster.facts import JudgeOptions

    data = make_workbook([HEADINGS, person(1, 入会日期=44255.0, 出生日期="")], date_1904=True)
    judgement = judge_workbook(read_workbook(data), JudgeOptions(today=dt.date(2026, 1, 1)))
    assert judgement.rows[0].joined_on == dt.date(2025, 3, 1)
    assert [warning.code for warning in judgement.warnings] == [Code.DATES_1904]


def test_stray_separator_in_a_text_file_holds_the_row(person):
    from unionbenefits.workers.roster.facts import JudgeOptions

    line = ",".join(map(str, person(1))) + "甲,乙"
    workbook = read_workbook((",".join(HEADINGS) + "\n" + line).encode())
    (row,) = judge_workbook(workbook, JudgeOptions(today=dt.date(2026, 1, 1))).rows
    assert heavy(row) == {Code.ROW_TOO_WIDE}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("姓名,证件号码\n", "no_rows"),
        ("甲,乙\n1,2\n", "no_header"),
        ("姓名,手机\n张测,19900000001\n", "column_missing"),
        ("å§“å\u0090\u008d,è¯\u0081ä»¶å\u008f·ç\xa0\u0081\n张,1\n", "mojibake"),
        ("??,????,????,??\n???,4406,1,1\n", "mojibake"),
    ],
)
def test_file_without_people_is_refused_for_its_own_reason(text, code):
    from unionbenefits.workers.roster.facts import JudgeOptions

    with pytest.raises(RosterRefused) as refusal:
        judge_workbook(read_workbook(text.encode()), JudgeOptions(today=dt.date(2026, 1, 1)))
    assert refusal.value.code == code


def test_progress_ends_at_the_number_of_rows(make_workbook, person):
    from unionbenefits.workers.roster.facts import JudgeOptions

    told = []
    data = make_workbook([HEADINGS, *(person(n) for n in range(1, 999))])
    judge_workbook(read_workbook(data), JudgeOptions(today=dt.date(2026, 1, 1)), progress=told.append)
    assert told == [500, 998]


def test_every_message_is_filled_by_its_parameters():
    import re

    for code in Code:
        names = re.findall(r"%\((\w+)\)s", str(code.message))
        assert str(code.message) % dict.fromkeys(names, "x")
