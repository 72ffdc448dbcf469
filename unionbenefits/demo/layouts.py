"""How enterprises lay their rosters out: titles, headings, column order, date styles, footers. Data only."""

from dataclasses import dataclass
from typing import Final

from unionbenefits.workers.roster.facts import Field

_F = Field


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to write a roster. `{unit}` in a title line is the enterprise's name."""

    columns: tuple[tuple[Field, str], ...]
    title: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ("Sheet1",)
    """Lines are dealt out over these sheets in equal parts."""
    date_style: str = "cell"
    """`cell` for real dates, else a strftime pattern for text."""
    phones_as_numbers: bool = False
    has_total: bool = False

    @property
    def fields(self) -> frozenset[Field]:
        """The fields that have a column."""
        return frozenset(field for field, _heading in self.columns)


_ASSOCIATION_FORM: Final = Layout(
    title=(
        "广东省在职职工住院医疗综合互助保障计划参保职工名册",
        "单位（盖章）：{unit}                         填报日期：2025年12月",
    ),
    columns=(
        (_F.SERIAL, "序号"),
        (_F.NAME, "姓名"),
        (_F.DOCUMENT_KIND, "证件类型"),
        (_F.DOCUMENT_NUMBER, "证件号码"),
        (_F.PHONE, "手机号码"),
        (_F.SEX, "性别"),
        (_F.BIRTH, "出生日期"),
        (_F.OCCUPATION, "工种"),
        (_F.JOINED_ON, "入会日期"),
        (_F.NOTE, "备注"),
    ),
    footer=("填表人：            审核人：            联系电话：", "注：本表一式两份，由填报单位工会存档。"),
    sheets=("参保名册",),
)
_PLAIN: Final = Layout(
    columns=(
        (_F.NAME, "姓名"),
        (_F.DOCUMENT_NUMBER, "身份证号"),
        (_F.PHONE, "联系电话"),
        (_F.SEX, "性别"),
        (_F.OCCUPATION, "岗位"),
        (_F.JOINED_ON, "入职时间"),
    ),
    date_style="%Y/%m/%d",
    phones_as_numbers=True,
)
_PHONE_FIRST: Final = Layout(
    title=("{unit}新就业形态劳动者名单",),
    columns=(
        (_F.PHONE, "手机号"),
        (_F.NAME, "员工姓名"),
        (_F.DOCUMENT_NUMBER, "身份证号码"),
        (_F.OCCUPATION, "职业"),
        (_F.WORK_RELATION, "用工关系"),
        (_F.ENTERPRISE_NAME, "所属企业"),
        (_F.CREDIT_CODE, "统一社会信用代码"),
    ),
    sheets=("名单",),
)
_SYSTEM_EXPORT: Final = Layout(
    columns=(
        (_F.SERIAL, "序号"),
        (_F.DOCUMENT_NUMBER, "身份证号码"),
        (_F.NAME, "姓名"),
        (_F.SEX, "性别"),
        (_F.BIRTH, "出生年月日"),
        (_F.PHONE, "手机"),
        (_F.OCCUPATION, "工种"),
        (_F.JOINED_ON, "入职日期"),
    ),
    date_style="%Y-%m-%d",
    sheets=("导出数据",),
)
_BY_STATION: Final = Layout(
    title=("{unit}工会会员花名册",),
    columns=(
        (_F.SERIAL, "序号"),
        (_F.NAME, "姓名"),
        (_F.SEX, "性别"),
        (_F.DOCUMENT_NUMBER, "证件号码"),
        (_F.PHONE, "手机号码"),
        (_F.OCCUPATION, "工种"),
        (_F.JOINED_ON, "入会时间"),
    ),
    sheets=("一站", "二站", "三站"),
    date_style="%Y年%m月%d日",
    has_total=True,
)
_SHORT: Final = Layout(
    title=("互助保障赠送人员名单", "填报单位：{unit}"),
    columns=(
        (_F.SERIAL, "序号"),
        (_F.NAME, "姓名"),
        (_F.DOCUMENT_NUMBER, "身份证号码"),
        (_F.PHONE, "联系方式"),
    ),
    footer=("经办人签名：              单位公章：",),
    sheets=("赠送名单",),
)
LAYOUTS: Final = (_ASSOCIATION_FORM, _PLAIN, _PHONE_FIRST, _SYSTEM_EXPORT, _BY_STATION, _SHORT)


def layout_of(position: int) -> Layout:
    """The layout of the unit at `position`: every layout is used about equally often."""
    return LAYOUTS[position % len(LAYOUTS)]
