"""Rules that look beyond the row: neighbours, the same person again, headings and other lines."""

import datetime as dt

import pytest

from unionbenefits.workers.roster.codes import Code, RosterRefused, Severity
from unionbenefits.workers.roster.facts import Field
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


def heavy(row):
    """The codes that decide a row's verdict."""
    return {code for code in row.codes if code.severity is not Severity.NOTICE}


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
