"""Countries that issue passports, as rosters name them → ISO 3166-1 alpha-3. Data for `country_code`."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = """
CHN 中国|中华人民共和国|china|cn; RUS 俄罗斯|俄国|俄联邦|russia|russianfederation|ru; ITA 意大利|italy|it
USA 美国|美利坚合众国|unitedstates|america|us; GBR 英国|大不列颠|unitedkingdom|britain|uk|gb
FRA 法国|france|fr; DEU 德国|germany|de; ESP 西班牙|spain|es; PRT 葡萄牙|portugal|pt; NLD 荷兰|netherlands|nl
BEL 比利时|belgium|be; CHE 瑞士|switzerland|ch; AUT 奥地利|austria|at; SWE 瑞典|sweden|se; NOR 挪威|norway|no
DNK 丹麦|denmark|dk; FIN 芬兰|finland|fi; IRL 爱尔兰|ireland|ie; POL 波兰|poland|pl; UKR 乌克兰|ukraine|ua
CZE 捷克|czechia|cz; HUN 匈牙利|hungary|hu; GRC 希腊|greece|gr; TUR 土耳其|turkey|tr; ROU 罗马尼亚|romania|ro
BLR 白俄罗斯|belarus|by; SRB 塞尔维亚|serbia|rs; BGR 保加利亚|bulgaria|bg; KAZ 哈萨克斯坦|kazakhstan|kz
KGZ 吉尔吉斯斯坦|吉尔吉斯|kyrgyzstan|kg; UZB 乌兹别克斯坦|uzbekistan|uz; TJK 塔吉克斯坦|tajikistan|tj
MNG 蒙古|蒙古国|mongolia|mn; JPN 日本|japan|jp; KOR 韩国|大韩民国|southkorea|korea|kr; PRK 朝鲜|northkorea|kp
VNM 越南|vietnam|vn; LAO 老挝|laos|la; KHM 柬埔寨|cambodia|kh; THA 泰国|thailand|th; MMR 缅甸|myanmar|burma|mm
MYS 马来西亚|malaysia|my; SGP 新加坡|singapore|sg; IDN 印度尼西亚|印尼|indonesia|id; PHL 菲律宾|philippines|ph
BRN 文莱|brunei|bn; IND 印度|india|in; PAK 巴基斯坦|pakistan|pk; BGD 孟加拉国|孟加拉|bangladesh|bd
LKA 斯里兰卡|srilanka|lk; NPL 尼泊尔|nepal|np; AFG 阿富汗|afghanistan|af; IRN 伊朗|iran|ir; IRQ 伊拉克|iraq|iq
SYR 叙利亚|syria|sy; YEM 也门|yemen|ye; SAU 沙特阿拉伯|沙特|saudiarabia|sa; ARE 阿联酋|uae|ae
ISR 以色列|israel|il
JOR 约旦|jordan|jo; LBN 黎巴嫩|lebanon|lb; EGY 埃及|egypt|eg; MAR 摩洛哥|morocco|ma; DZA 阿尔及利亚|algeria|dz
TUN 突尼斯|tunisia|tn; NGA 尼日利亚|nigeria|ng; GHA 加纳|ghana|gh; KEN 肯尼亚|kenya|ke
ETH 埃塞俄比亚|ethiopia|et
TZA 坦桑尼亚|tanzania|tz; UGA 乌干达|uganda|ug; CMR 喀麦隆|cameroon|cm; COD 刚果金|cd; COG 刚果布|cg
MLI 马里|mali|ml; SEN 塞内加尔|senegal|sn; GIN 几内亚|guinea|gn; AGO 安哥拉|angola|ao; ZMB 赞比亚|zambia|zm
ZWE 津巴布韦|zimbabwe|zw; ZAF 南非|southafrica|za; MDG 马达加斯加|madagascar|mg; SDN 苏丹|sudan|sd
CAN 加拿大|canada|ca; MEX 墨西哥|mexico|mx; BRA 巴西|brazil|br; ARG 阿根廷|argentina|ar; CHL 智利|chile|cl
COL 哥伦比亚|colombia|co; PER 秘鲁|peru|pe; VEN 委内瑞拉|venezuela|ve; CUB 古巴|cuba|cu
ECU 厄瓜多尔|ecuador|ec; AUS 澳大利亚|澳洲|australia|au; NZL 新西兰|newzealand|nz; FJI 斐济|fiji|fj
"""


def _by_name() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in re.split(r"[;\n]", _NAMES.strip()):
        code, _blank, names = entry.strip().partition(" ")
        table[code.casefold()] = code
        table.update(dict.fromkeys(names.split("|"), code))
    return table


_BY_NAME: Final = _by_name()
_IN_NOTE = re.compile(r"(?:国籍|签发国家?|护照签发国)\s*[:：为是]?\s*([^\s,，;；。/、()（）]{2,12})")


def country_code(text: str) -> str:
    """Alpha-3 of a country by name or code, or an empty text where it is not known."""
    plain = re.sub(r"[\s.·]+", "", text).casefold()
    return _BY_NAME.get(plain) or _BY_NAME.get(plain.removesuffix("籍").removesuffix("国籍"), "")


def country_in_note(note: str) -> str:
    """The country of a remark such as 国籍俄罗斯 (case C066)."""
    found = _IN_NOTE.search(note)
    return country_code(found[1]) if found else ""
