"""The Nanhai scenario's units: unions, industry unions and 35 invented enterprises. Data.

The federations are those of the published report; every enterprise is invented and says so in its name, and
its credit code lies in an area and organisation range that do not exist (440699, XX…).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from unionbenefits.enterprises.enums import EnterpriseKind

FEE: Final = "95.00"
RESERVES: Final = "30000000.00"
UNITS: Final = 35
WORKERS: Final = 20_812
AMOUNT: Final = "1977140.00"
TRANSPORT_COPIES: Final = 1_372
"""More than 1,300 copies worth more than 130,000 元, as the report says: 1,372 × 95.00 = 130,340.00."""

PROVINCE: Final = "广东省总工会"
ASSOCIATION: Final = "广东省职工保障互助会"
CITY: Final = "佛山市总工会"
DISTRICT: Final = "南海区总工会"
TEST_UNION: Final = "测试"
TOWNS: Final = {
    "大沥": ("大沥镇总工会", "440605125"),
    "狮山": ("狮山镇总工会", "440605124"),
    "桂城": ("桂城街道总工会", "440605011"),
    "里水": ("里水镇总工会", "440605126"),
    "丹灶": ("丹灶镇总工会", "440605123"),
    "西樵": ("西樵镇总工会", "440605122"),
    "九江": ("九江镇总工会", "440605121"),
}


class Industry(StrEnum):
    """An industry and the industry union of its enterprises; the value is the union's name."""

    DELIVERY = "南海外卖配送行业工会联合会"
    COURIER = "南海快递物流行业工会联合会"
    LIVESTREAM = "大沥直播电商行业工会联合会"
    TRANSPORT = "佛山市交通运输行业工会联合会"


FOUNDER: Final = {
    Industry.DELIVERY: DISTRICT,
    Industry.COURIER: DISTRICT,
    Industry.LIVESTREAM: TOWNS["大沥"][0],
    Industry.TRANSPORT: CITY,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """An enterprise with its grassroots union, and how many of its workers get their gift through it."""

    position: int
    name: str
    industry: Industry
    town: str
    gifted: int
    is_head: bool = False

    @property
    def union_name(self) -> str:
        """The grassroots union's name."""
        return self.name + "工会委员会"

    @property
    def enterprise_code(self) -> str:
        """The enterprise's credit code."""
        return credit_code(f"91{_AREA}XX{1000 + self.position:07d}")

    @property
    def union_code(self) -> str:
        """The grassroots union's credit code."""
        return credit_code(f"81{_AREA}XX{1000 + self.position:07d}")

    @property
    def kind(self) -> EnterpriseKind:
        """Delivery runs through stations and platforms, the rest through plain enterprises."""
        if self.industry is not Industry.DELIVERY:
            return EnterpriseKind.ENTERPRISE
        return EnterpriseKind.PLATFORM if self.is_head else EnterpriseKind.STATION


_AREA: Final = "440699"
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(body: str) -> str:
    """17 characters and their check character (GB 32100-2015)."""
    total = sum(_ALPHABET.index(letter) * pow(3, at, 31) for at, letter in enumerate(body))
    return body + _ALPHABET[-total % 31]


_HEADS: Final = frozenset({"喜鹊", "红隼", "雨燕", "信鸽", "孔雀", "驼鹿"})
# animal, business, town, workers who get their gift here; the largest of each industry come first.
_TABLE: Final[dict[Industry, tuple[tuple[str, str, str, int], ...]]] = {
    Industry.DELIVERY: (
        ("喜鹊", "外卖配送", "大沥", 1643),
        ("红隼", "即时配送", "桂城", 1308),
        ("鹡鸰", "外卖配送", "狮山", 1037),
        ("戴胜", "餐饮配送", "里水", 862),
        ("鹭鸶", "即时配送", "大沥", 694),
        ("翠鸟", "外卖服务", "桂城", 557),
        ("山雀", "同城配送", "丹灶", 468),
        ("斑鸠", "外卖配送", "西樵", 383),
        ("黄鹂", "即时配送", "九江", 279),
        ("画眉", "餐饮配送", "狮山", 177),
        ("绣眼", "外卖服务", "里水", 92),
    ),
    Industry.COURIER: (
        ("雨燕", "速递", "狮山", 1847),
        ("信鸽", "快递", "大沥", 1423),
        ("鸿雁", "速运", "里水", 1176),
        ("灰鹤", "快运", "桂城", 964),
        ("猎豹", "快递", "狮山", 783),
        ("羚羊", "物流", "丹灶", 637),
        ("赤狐", "速递", "大沥", 526),
        ("野马", "快运", "西樵", 424),
        ("麋鹿", "物流", "九江", 332),
        ("水獭", "仓储物流", "里水", 238),
        ("松鼠", "同城快递", "桂城", 163),
        ("刺猬", "末端配送", "丹灶", 87),
    ),
    Industry.LIVESTREAM: (
        ("孔雀", "直播电商", "大沥", 863),
        ("百灵", "文化传媒", "大沥", 637),
        ("夜莺", "网络科技", "大沥", 521),
        ("鹦鹉", "直播基地", "大沥", 408),
        ("锦鲤", "电子商务", "大沥", 334),
        ("海豚", "数字传媒", "大沥", 257),
        ("蜂鸟", "网络直播", "大沥", 182),
        ("萤火虫", "电商服务", "大沥", 138),
    ),
    Industry.TRANSPORT: (
        ("驼鹿", "汽车运输", "狮山", 513),
        ("牦牛", "货运", "大沥", 437),
        ("大象", "重载运输", "丹灶", 266),
        ("白鲸", "冷链运输", "里水", 156),
    ),
}


@lru_cache(maxsize=1)
def units() -> tuple[Unit, ...]:
    """The 35 units, in the order in which their rosters come in."""
    flat = [(industry, *row) for industry, rows in _TABLE.items() for row in rows]
    return tuple(
        Unit(
            position=position,
            name=f"{animal}{business}（示例）有限公司",
            industry=industry,
            town=town,
            gifted=gifted,
            is_head=animal in _HEADS,
        )
        for position, (industry, animal, business, town, gifted) in enumerate(flat, 1)
    )


TEST_ENTERPRISES: Final = (
    ("海燕速运(测试)有限公司", "91440000XX00000191"),
    ("云雀外卖配送(测试)有限公司", "91440000XX0000027U"),
    ("骆驼货运(测试)有限公司", "91440000XX0000035N"),
)
"""The enterprises that the case files name (design §7)."""
