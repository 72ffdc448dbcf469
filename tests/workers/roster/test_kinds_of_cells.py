"""Kinds of cells that clerks write and the handed cases do not hold: each with the verdict of a careful officer."""

import datetime as dt

import pytest

from unionbenefits.workers.enums import Occupation
from unionbenefits.workers.roster.codes import Code, Severity

NUMBER, OTHER = "440699199003070010", "440699199003070037"


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


# -- document numbers


@pytest.mark.parametrize(
    "given",
    [
        f"身份证号：{NUMBER}", f"ID:{NUMBER}", f"{NUMBER}（身份证）", f"{NUMBER}。", f"{NUMBER}，", f"，{NUMBER}",
        f"{NUMBER};", f'"{NUMBER}"', f"“{NUMBER}”", f"[{NUMBER}]", f"’{NUMBER}’", f"{NUMBER}'", f"{NUMBER}#",
    ],
)  # fmt: skip
def test_marks_and_labels_around_a_number_are_taken_off_and_told(given, judge_one):
    row = judge_one(证件号码=given)
    assert (row.verdict.value, row.number, row.codes) == ("accept", NUMBER, (Code.VALUE_CLEANED,))
    assert NUMBER not in str(row.findings[0].params)


@pytest.mark.parametrize(
    "given",
    [
        f"{NUMBER[:6]}\u00ad{NUMBER[6:]}", f"{NUMBER[:6]}\n{NUMBER[6:]}", f"\u202a{NUMBER}\u202c", f"\u2060{NUMBER}",
        f"{NUMBER}\u2028", "4406 9919 9003 0700 10", f"{NUMBER[:6]} 1990-03-07 0010", f"{NUMBER}.", f"{NUMBER}\t",
        f"{NUMBER[:17]}０",
    ],
)  # fmt: skip
def test_invisible_characters_and_separators_say_nothing(given, judge_one):
    row = judge_one(证件号码=given)
    assert (row.verdict.value, row.number, row.codes) == ("accept", NUMBER, ())


@pytest.mark.parametrize("between", ["/", "、", "\n", " ", "；", "，"])
def test_numbers_of_two_people_in_one_cell_are_told_as_such(between, judge_one):
    row = judge_one(证件号码=NUMBER + between + OTHER)
    assert (row.verdict.value, heavy(row), row.number) == ("reject", {Code.DOCUMENT_SEVERAL}, None)


def test_the_same_number_twice_is_no_second_person_but_is_not_taken_unseen(judge_one):
    row = judge_one(证件号码=f"{NUMBER}/{NUMBER}")
    assert row.verdict.value == "reject"
    assert row.findings[0].proposed == NUMBER


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (f"{NUMBER} 有效期至2030", Code.DOCUMENT_CHARACTER),
        (f"{NUMBER}元", Code.DOCUMENT_CHARACTER),
        (f"{NUMBER}E", Code.DOCUMENT_SHAPE),
        (f"ID{NUMBER}", Code.DOCUMENT_SHAPE),
    ],
)
def test_number_among_other_text_is_proposed_not_taken(given, code, judge_one):
    row = judge_one(证件号码=given)
    assert [(f.code, f.proposed) for f in row.findings] == [(code, NUMBER)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("#####", Code.CELL_ERROR),
        ("#CALC!", Code.CELL_ERROR),
        ("#GETTING_DATA", Code.CELL_ERROR),
        ("Err:502", Code.CELL_ERROR),
        (True, Code.DOCUMENT_SHAPE),
        (dt.date(2025, 3, 1), Code.DOCUMENT_SHAPE),
        (dt.datetime(2025, 3, 1, 12), Code.DOCUMENT_SHAPE),
        (0.0, Code.DOCUMENT_SHAPE),
        (-440699199003070010.0, Code.PRECISION_LOST),
        ("440699********0010", Code.DOCUMENT_CHARACTER),
        ("440,699,199,003,070,010", Code.DOCUMENT_CHARACTER),
        ("①40699199003070010", Code.DOCUMENT_CHARACTER),
        ("٤٤٠٦٩٩١٩٩٠٠٣٠٧٠٠١٠", Code.DOCUMENT_CHARACTER),
        ("000440699199003070010", Code.DOCUMENT_SHAPE),
        (f"={NUMBER}", Code.FORMULA_NOT_CALCULATED),
        (440699900307001.0, Code.DOCUMENT_OLD_FORM),
        ("440699900307001", Code.DOCUMENT_OLD_FORM),
        ("440699 900307 001", Code.DOCUMENT_OLD_FORM),
    ],
)
def test_what_is_no_number_is_rejected_for_its_own_reason(given, code, judge_one):
    row = judge_one(证件号码=given)
    assert (row.verdict.value, heavy(row)) == ("reject", {code})


# -- names


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("张测 李测", Code.NAME_NOT_AS_ON_CARD),
        ("张测\n李测", Code.NAME_NOT_AS_ON_CARD),
        ("张小测 李大测", Code.NAME_NOT_AS_ON_CARD),
        ("张测和李测", Code.NAME_NOT_AS_ON_CARD),
        ("张测 男", Code.NAME_NOT_AS_ON_CARD),
        ("张测 主管", Code.NAME_NOT_AS_ON_CARD),
        ("张测-骑手", Code.NAME_NOT_AS_ON_CARD),
        ("先生", Code.NAME_NOT_AS_ON_CARD),
        ("1.张测", Code.NAME_NOT_AS_ON_CARD),
        ("张测(已离职)", Code.NAME_NOT_AS_ON_CARD),
        (5.0, Code.NAME_NOT_AS_ON_CARD),
        (dt.date(2025, 3, 1), Code.NAME_NOT_AS_ON_CARD),
        ("张测/李测", Code.NAME_ILLEGAL_CHARACTERS),
        ("张测、李测", Code.NAME_ILLEGAL_CHARACTERS),
        ("张测★", Code.NAME_ILLEGAL_CHARACTERS),
        ("张○", Code.NAME_ILLEGAL_CHARACTERS),
        ("同上", Code.NAME_UNREADABLE),
        ("离职", Code.NAME_UNREADABLE),
        ("待定", Code.NAME_UNREADABLE),
        ("合计", Code.NAME_UNREADABLE),
        ("null", Code.NAME_UNREADABLE),
        ("NaN", Code.NAME_UNREADABLE),
        (True, Code.NAME_UNREADABLE),
        ("张测A", Code.NAME_MIXED),
        ("#NAME?", Code.CELL_ERROR),
    ],
)  # fmt: skip
def test_what_is_not_one_person_s_name_is_never_stored_unseen(given, code, judge_one):
    row = judge_one(姓名=given)
    assert heavy(row) == {code}


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("欧阳 测玉", "欧阳测玉"),
        ("张 测 甲", "张测甲"),
        ("张\n测", "张测"),
        ("买买提 阿不都", "买买提·阿不都"),
        ("买买提－阿不都", "买买提·阿不都"),
        ("张\u00ad测", "张测"),
        ("\ufeff张测\u200d", "张测"),
        ("张〇", "张〇"),
        ("O'Brien", "O'Brien"),
        ("Nguyễn Văn A", "Nguyễn Văn A"),
        ("和测", "和测"),
        ("王", "王"),
        ('="张测"', "张测"),
    ],
)  # fmt: skip
def test_names_of_every_shape_are_kept_whole(given, stored, judge_one):
    row = judge_one(姓名=given)
    assert (row.verdict.value, row.name) == ("accept", stored)


# -- phones


@pytest.mark.parametrize(
    "given",
    [
        "(86)19900000001", "（+86）199 0000 0001", "8619900000001", "+86 +86 19900000001", "019900000001",
        "19900000001（本人）", "手机：19900000001", "19900000001(微信同号)", "19900000001。", "19900000001.00",
        "1.9900000001E10", "19900000001/19900000001", "199.0000.0001", "\u202d19900000001\u202c", 19900000001.0,
    ],
)  # fmt: skip
def test_one_mobile_in_any_dress_is_that_mobile(given, judge_one):
    row = judge_one(手机号码=given)
    assert (row.verdict.value, row.phone) == ("accept", "19900000001")


@pytest.mark.parametrize(
    ("given", "code", "proposed"),
    [
        ("19900000001 19900000002", Code.PHONE_SEVERAL, "19900000001"),
        ("19900000001\n19900000002", Code.PHONE_SEVERAL, "19900000001"),
        ("0757-86234567 19900000001", Code.PHONE_SEVERAL, "19900000001"),
        ("19900000001/0757-86234567", Code.PHONE_SEVERAL, "19900000001"),
        ("19900000001 张三", Code.PHONE_INVALID, "19900000001"),
        ("19900000001 8", Code.PHONE_INVALID, "19900000001"),
        ("0757-86234567-801", Code.PHONE_NOT_MOBILE, None),
        ("400-123-4567", Code.PHONE_NOT_MOBILE, None),
        ("+1 415 555 2671", Code.PHONE_NOT_MOBILE, None),
        ("00000000000", Code.PHONE_INVALID, None),
        ("199****0001", Code.PHONE_INVALID, None),
        ("1.99E+10", Code.PRECISION_LOST, None),
        ("#REF!", Code.CELL_ERROR, None),
        (True, Code.PHONE_INVALID, None),
        (dt.date(2025, 3, 1), Code.PHONE_INVALID, None),
        (-19900000001.0, Code.PHONE_INVALID, None),
        ("同上", Code.PHONE_INVALID, None),
    ],
)  # fmt: skip
def test_what_is_not_one_mobile_is_never_taken(given, code, proposed, judge_one):
    row = judge_one(手机号码=given)
    assert row.phone is None
    assert [(f.code, f.proposed) for f in row.findings] == [(code, proposed)]


@pytest.mark.parametrize("given", ["无手机", "暂无电话", "没有", "/", "——"])
def test_words_for_no_phone_are_a_blank(given, judge_one):
    assert (judge_one(手机号码=given).phone, judge_one(手机号码=given).verdict.value) == (None, "accept")


# -- sex, days


@pytest.mark.parametrize("given", ["01", "1-男", "男(1)", "男。", "♂", "Male", 1.0])
def test_codes_of_the_sex(given, judge_one):
    assert (judge_one(性别=given).verdict.value, judge_one(性别=given).codes) == ("accept", ())


@pytest.mark.parametrize("heading", ["性别", "出生日期"])
@pytest.mark.parametrize("error", ["#N/A", "#VALUE!", "#####"])
def test_error_beside_a_number_that_tells_the_same_is_only_told(heading, error, judge_one):
    row = judge_one(**{heading: error})
    assert (row.verdict.value, row.codes) == ("accept", (Code.FORMULA_TEXT_DROPPED,))


@pytest.mark.parametrize("given", ["1990", 1990.0, "1990年", "1990-3"])
def test_incomplete_birth_that_agrees_is_no_difference(given, judge_one):
    assert judge_one(出生日期=given).verdict.value == "accept"
    assert heavy(judge_one(出生日期=str(given).replace("1990", "1991"))) == {Code.BIRTH_DIFFERS}


@pytest.mark.parametrize(
    "given",
    [
        "2025/03/01 星期六", "2025-03-01（六）", "2025年3月1日起", "2025-03-01至今", "2025。3。1", "2025\\3\\1",
        "2025-03-01 上午 12:00", "2025，3，1", "2025年３月１日", 45717.99999, dt.datetime(2025, 3, 1, 23, 59),
    ],
)  # fmt: skip
def test_more_ways_to_write_a_day(given, judge_one):
    assert judge_one(入会日期=given).joined_on == dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("#N/A", Code.CELL_ERROR),
        ("待定", Code.JOINED_ON_UNREADABLE),
        ("2025-03-01至2026-02-28", Code.JOINED_ON_UNREADABLE),
        ("3月1日", Code.JOINED_ON_UNREADABLE),
        (True, Code.JOINED_ON_UNREADABLE),
        (-1.0, Code.JOINED_ON_UNREADABLE),
        ("2025-02-29", Code.JOINED_ON_IMPOSSIBLE),
        ("9999-12-31", Code.JOINED_ON_FUTURE),
        ("1-Mar-25", Code.JOINED_ON_AMBIGUOUS),
        ("202503", Code.JOINED_ON_AMBIGUOUS),
        ("2025", Code.JOINED_ON_INCOMPLETE),
    ],
)
def test_what_is_no_day_is_never_guessed(given, code, judge_one):
    row = judge_one(入会日期=given)
    assert (row.joined_on, heavy(row)) == (None, {code})


def test_minors_elders_and_births_to_come(judge_one):
    assert heavy(judge_one(born="20100102")) == {Code.UNDER_WORKING_AGE}
    assert judge_one(born="20100101").verdict.value == "accept"  # sixteen today
    assert heavy(judge_one(born="19251231")) == {Code.BIRTH_IMPLAUSIBLE}
    assert judge_one(born="19440301").verdict.value == "accept"
    assert heavy(judge_one(born="20260102", 出生日期="")) == {Code.DOCUMENT_DATE}


# -- enterprise and occupation


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "海燕速运（测试）有限公司"),
        ("海燕速运(测试)有限公司", "海燕速运(测试)有限公司"),
        ("91440000XX00000191", ""),
        ("91440000XX00000191", "91440000XX00000191"),
        ("本公司", ""),
        ("本单位", "91440000XX00000191"),
        ("", "统一社会信用代码：91440000XX00000191"),
        ("", "91440000XX00000191。"),
    ],
)
def test_own_enterprise_written_into_the_other_cell_is_still_the_own_one(name, code, judge_one):
    row = judge_one(所属企业=name, 统一社会信用代码=code)
    assert (row.verdict.value, row.credit_code) == ("accept", "91440000XX00000191")


def test_another_enterprise_s_name_for_a_code_is_asked_of_the_register_and_refused_to_a_clerk(judge_one):
    lark = "云雀外卖配送(测试)有限公司"
    row = judge_one(所属企业="", 统一社会信用代码=lark)
    assert (row.credit_code, row.enterprise_name) == (None, lark)
    clerk = judge_one({"confined": True}, 所属企业="", 统一社会信用代码=lark)
    assert heavy(clerk) == {Code.OUTSIDE_UNIT}


@pytest.mark.parametrize("code", ["91440000XX0000019l", "91440000ХХ00000191", "91440000XX0000O191"])
def test_credit_code_with_look_alike_letters_is_proposed(code, judge_one):
    row = judge_one(统一社会信用代码=code)
    assert [(f.code, f.proposed) for f in row.findings] == [
        (Code.CREDIT_CODE_SUGGESTION, "91440000XX00000191")
    ]


@pytest.mark.parametrize(
    ("job", "occupation"),
    [
        ("美团专送骑手", Occupation.RIDER), ("兼职外卖员", Occupation.RIDER), ("顺丰快递员", Occupation.COURIER),
        ("快递小哥（兼职）", Occupation.COURIER), ("带货主播", Occupation.LIVESTREAMER), ("快遞員", Occupation.COURIER),
        ("网约货车司机", Occupation.ONLINE_FREIGHT_DRIVER), ("大货车司机", Occupation.TRUCK_DRIVER),
        ("滴滴司机", Occupation.RIDE_HAILING_DRIVER), ("钟点工", Occupation.DOMESTIC_WORKER), ("小区保安", Occupation.SECURITY_GUARD),
        ("骑手/配送员", Occupation.RIDER), ("骑手/快递员", Occupation.OTHER), ("站长", Occupation.OTHER), ("司机", Occupation.OTHER),
    ],
)  # fmt: skip
def test_titles_of_occupations_keep_their_words(job, occupation, judge_one):
    row = judge_one(工种=job)
    assert (row.occupation, row.occupation_title, row.verdict.value) == (occupation, job, "accept")
