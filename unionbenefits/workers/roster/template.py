"""The workbook that a clerk fills in: headings that are understood, lists to choose from, numbers kept as
text.

Its words are Chinese in every language, as the rosters are; each is one that `vocabulary` reads.
"""

import io
from typing import Final

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
    for index, (_field, heading, width, form, choices) in enumerate(COLUMNS):
        page.set_column(index, index, width, formats.get(form or ""))
        page.write_string(0, index, heading, head)
        if choices:
            page.data_validation(1, index, ROWS, index, {"validate": "list", "source": list(choices)})
    book.close()
    return out.getvalue()
