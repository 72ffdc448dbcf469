"""The workbook that a clerk fills in: headings that are understood, lists to choose from, numbers kept as
text.

Its words are Chinese in every language, as the rosters are; each is one that `vocabulary` reads.
"""

import io
from typing import Any, Final

import xlsxwriter

from unionbenefits.workers.roster.facts import Field

ROWS: Final = 20_000
"""Lines with lists to choose from."""
_TEXT, _DAY = "@", "yyyy-mm-dd"
KINDS: Final = (
    "居民身份证",
    "港澳居民居住证",
    "台湾居民居住证",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    "护照",
)
SEXES: Final = ("男", "女")
INSURANCES: Final = ("职工医保", "居民医保", "未参保")
CHECKED: Final = ("是", "否")
OCCUPATIONS: Final = (
    "货车司机",
    "快递员",
    "外卖配送员",
    "网约车司机",
    "网约货运驾驶员",
    "互联网营销师",
    "护理员",
    "家政服务员",
    "商场信息员",
    "房产中介员",
    "保安员",
    "其他",
)
RELATIONS: Final = ("劳动关系", "新型用工关系", "平等民事关系")
HELP: Final = {
    Field.NAME: "与证件上的姓名一致，不加编号、称呼或括号。少数民族姓名中间用“·”。",
    Field.DOCUMENT_KIND: "从列表中选择；不填时按号码判断。",
    Field.DOCUMENT_NUMBER: "本列已设为文本格式，18 位号码不会丢失末尾数字。请不要改为数字格式。",
    Field.ISSUER: "只有护照需要填写，如：法国。",
    Field.PHONE: "职工本人的手机号码，11 位，一格只填一个。职工用它登录查看保障。",
    Field.SEX: "可不填；填写时须与身份证号码一致。",
    Field.BIRTH: "可不填；填写时须与身份证号码一致。格式：1990-03-07。",
    Field.ENTERPRISE_NAME: "不填表示上传单位自己。",
    Field.CREDIT_CODE: "不填表示上传单位自己。",
    Field.OCCUPATION: "从列表中选择，也可填写具体岗位。",
    Field.WORK_RELATION: "从列表中选择。",
    Field.JOINED_ON: "格式：2025-03-01。不能晚于今天。",
    Field.INSURANCE: "从列表中选择；不填表示不修改。",
    Field.REAL_NAME: "粤工惠实名认证：填“是”，或填认证日期，如 2025-03-01；已有记录的日期不变。",
    Field.NOTE: "空白表示不修改；要清除原有内容时填写“清空”。",
}
"""Shown where a cell is chosen and on the heading; no line of the sheet holds anything but people."""
COLUMNS: Final[tuple[tuple[Field, str, int, str | None, tuple[str, ...]], ...]] = (
    (Field.NAME, "姓名", 14, None, ()),
    (Field.DOCUMENT_KIND, "证件类型", 22, None, KINDS),
    (Field.DOCUMENT_NUMBER, "证件号码", 22, _TEXT, ()),
    (Field.ISSUER, "签发国家", 10, None, ()),
    (Field.PHONE, "手机号码", 14, _TEXT, ()),
    (Field.SEX, "性别", 6, None, SEXES),
    (Field.BIRTH, "出生日期", 12, _DAY, ()),
    (Field.ENTERPRISE_NAME, "企业名称", 28, None, ()),
    (Field.CREDIT_CODE, "统一社会信用代码", 22, _TEXT, ()),
    (Field.OCCUPATION, "职业工种", 16, None, OCCUPATIONS),
    (Field.WORK_RELATION, "用工关系", 16, None, RELATIONS),
    (Field.JOINED_ON, "入会日期", 12, _DAY, ()),
    (Field.INSURANCE, "基本医保", 12, None, INSURANCES),
    (Field.REAL_NAME, "实名认证", 12, _DAY, CHECKED),
    (Field.NOTE, "备注", 24, None, ()),
)
"""Field, heading, width, format, choices."""


def template_workbook() -> bytes:
    """The empty template as .xlsx; filled in properly it imports without a warning."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("名册")
    head = book.add_format({"bold": True, "bg_color": "#F2F2F2", "bottom": 1})
    formats = {name: book.add_format({"num_format": name}) for name in (_TEXT, _DAY)}
    page.freeze_panes(1, 1)
    for index, (field, heading, width, form, choices) in enumerate(COLUMNS):
        page.set_column(index, index, width, formats.get(form or ""))
        page.write_string(0, index, heading, head)
        page.write_comment(0, index, HELP[field], {"x_scale": 1.6})
        page.data_validation(1, index, ROWS, index, _validation(field, heading, choices))
    _write_help(book)
    book.close()
    return out.getvalue()


def _validation(field: Field, heading: str, choices: tuple[str, ...]) -> dict[str, Any]:
    """The list to choose from, and the hint beside the chosen cell. Other titles and days may be typed."""
    hint = {"input_title": heading, "input_message": HELP[field]}
    if not choices:
        return {"validate": "any", **hint}
    free = field in (Field.OCCUPATION, Field.REAL_NAME)
    return {
        "validate": "list",
        "source": list(choices),
        **hint,
        "error_title": heading,
        "error_message": "请从列表中选择。",
        "error_type": "information" if free else "stop",
    }


def _write_help(book: xlsxwriter.Workbook) -> None:
    """A second sheet with all hints; it holds nobody, so the import passes it over without a word."""
    page = book.add_worksheet("填写说明")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 80, wrapped)
    for row, (field, heading, *_rest) in enumerate(COLUMNS):
        page.write_string(row, 0, heading)
        page.write_string(row, 1, HELP[field], wrapped)
