"""The words that rosters use: headings, kinds of document, sexes, occupations, relations. Data only."""

from __future__ import annotations

import re
from typing import Final, TypeVar

from unionbenefits.workers.enums import BasicInsurance, DocumentKind, Occupation, Sex, WorkRelation
from unionbenefits.workers.name_tables import VARIANT_OF
from unionbenefits.workers.roster.facts import Field

_Value = TypeVar("_Value")
_DECORATION = re.compile(r"[\s*＊★※:：,，.。、\-－_/／\\()（）\[\]【】\"“”'’‘#№]+")
_SIMPLE = str.maketrans(
    "種業員運測務關係齡戶貨駕駛遞賣網約車類護無確認實營銷導購產紀",
    "种业员运测务关系龄户货驾驶递卖网约车类护无确认实营销导购产纪",
)
"""Traditional characters of headings and choices that no name is compared by."""
_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


def fold(text: str) -> str:
    """A heading or choice without blanks, marks, case and variants: `*姓 名`, `姓名：`; 證件, 证件."""
    return (
        _DECORATION.sub("", text).casefold().translate(VARIANT_OF).translate(_SIMPLE).replace("身分", "身份")
    )


def fold_without_brackets(text: str) -> str:
    """`证件号码（必填）` → `证件号码`."""
    return fold(_IN_BRACKETS.sub("", text))


def _table(lines: dict[_Value, str]) -> dict[str, _Value]:
    return {fold(word): value for value, words in lines.items() for word in words.split("|")}


def _words(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split("|")))


HEADINGS: Final = _table(
    {
        Field.NAME: "姓名|名字|员工姓名|职工姓名|会员姓名|人员姓名|骑手姓名|司机姓名|劳动者姓名|"
        "被保障人姓名|"
        "参保人姓名|姓名全称|中文姓名|本人姓名|快递员姓名|配送员姓名|主播姓名|name|fullname|"
        "workername|"
        "employeename|姓名name|membername",
        Field.DOCUMENT_KIND: "证件类型|证件种类|证件类别|证件名称|身份证件类型|有效证件类型|"
        "有效证件种类|"
        "documenttype|idtype|documentkind|typeofdocument|certificatetype|证照类型",
        Field.DOCUMENT_NUMBER: "证件号码|证件号|证件编号|身份证号|身份证号码|身份证|身份证件号码|"
        "居民身份证号|居民身份证号码|公民身份号码|公民身份证号码|有效证件号码|有效证件号|"
        "身份证证件号码|身份证编号|"
        "职工身份证号|员工身份证号|会员证件号码|会员身份证号|身份号码|18位身份证号|18位身份证号码|"
        "idnumber|idno|id|idcard|idcardno|idcardnumber|identitynumber|documentnumber|documentno|"
        "residentid|certificateno|证件号码身份证|身份证件号",
        Field.ISSUER: "签发国|签发国家|国籍|签发地|发证国家|国家地区|国籍地区|护照签发国|nationality|"
        "issuingcountry|country|issuer",
        Field.PHONE: "手机|手机号|手机号码|联系电话|电话|电话号码|联系方式|移动电话|联系手机|"
        "本人手机|"
        "本人手机号|本人联系电话|手机电话|联系号码|联系电话手机|手机联系电话|职工手机号|员工手机号|"
        "mobile|mobileno|mobilenumber|phone|phonenumber|phoneno|tel|telephone|cellphone|mobilephone|"
        "contactnumber",
        Field.SEX: "性别|sex|gender",
        Field.BIRTH: "出生日期|生日|出生年月日|出生年月|出生时间|birthday|birthdate|dateofbirth|dob|"
        "birth",
        Field.ENTERPRISE_NAME: "所属企业|企业名称|单位名称|工作单位|所属单位|单位|公司|公司名称|"
        "用人单位|"
        "企业|用工单位|所在单位|所在企业|平台企业|所属平台|所属公司|单位全称|企业全称|用人单位名称|"
        "enterprise|company|companyname|employer|enterprisename|unit|organization",
        Field.CREDIT_CODE: "统一社会信用代码|社会信用代码|信用代码|统一信用代码|企业代码|单位代码|"
        "组织机构代码|企业统一社会信用代码|单位统一社会信用代码|creditcode|uscc|"
        "unifiedsocialcreditcode|socialcreditcode",
        Field.OCCUPATION: "职业工种|职业|工种|岗位|群体|职务|职位|工作岗位|岗位名称|从业类型|"
        "就业类型|"
        "新就业形态类型|所属群体|群体类别|职业类别|工种岗位|人员类别|从事职业|岗位工种|"
        "新就业形态群体|"
        "八大群体|群体类型|职业类型|occupation|job|jobtitle|position|role|profession",
        Field.WORK_RELATION: "用工关系|劳动关系|用工形式|用工类型|用工方式|劳动关系类型|用工关系类型|"
        "workrelation|employmenttype|employmentrelation|relation",
        Field.JOINED_ON: "入会日期|入会时间|加入工会日期|加入工会时间|入会年月日|入职日期|入职时间|"
        "从业日期|"
        "从业起始日期|到岗日期|加入日期|入会年月|joindate|joinedon|joined|dateofjoining|"
        "membershipdate|hiredate|"
        "joiningdate|startdate",
        Field.NOTE: "备注|说明|附注|其他|其它|备注说明|note|notes|remark|remarks|comment|comments",
        Field.INSURANCE: "基本医保|基本医疗保险|医疗保险|医保|医保类型|医保种类|医保类别|参保类型|"
        "参保险种|参保种类|参保类别|"
        "医保参保类型|医保参保情况|参保情况|参保状态|基本医保类型|基本医疗保险类型|参加基本医保类型|"
        "参加医保类型|参加基本医保情况|参加医保情况|是否参加基本医保|是否参加基本医疗保险|是否参加医保|"
        "是否参保|医疗保险类型|医疗保险参保类型|medicalinsurance|basicinsurance|basicmedicalinsurance|"
        "insurancetype",
        Field.REAL_NAME: "实名|实名认证|实名核验|实名校验|实名制|是否实名|是否已实名|是否实名认证|"
        "是否实名核验|是否完成实名认证|实名状态|实名认证状态|实名认证情况|实名情况|实名认证日期|"
        "实名认证时间|实名核验日期|实名核验时间|粤工惠实名|粤工惠实名认证|粤工惠认证|是否粤工惠实名|"
        "粤工惠实名认证日期|粤工惠实名认证时间|realname|realnamecheck|realnamechecked|realnameverified",
        Field.KINSHIP: "与职工关系|与本人关系|与户主关系|与会员关系|与员工关系|家庭关系|亲属关系|"
        "与被保障人关系|"
        "与参保人关系|relationtoworker|kinship",
        Field.SERIAL: "序号|编号|序列|行号|顺序号|no|number|num|index|serial|serialno|sn|序",
        Field.PICTURE: "照片|身份证照片|证件照|图片|头像|相片|身份证正面|身份证反面|身份证复印件|"
        "证件照片|"
        "photo|picture|image|身份证图片|身份证国徽面|身份证人像面",
    }
)  # fmt: skip

HIMSELF: Final = frozenset({"本人", "职工", "职工本人", "户主", "自己", "会员", "员工", "员工本人", "self"})
"""Said in a column about kinship of whoever works here; anything else is a member of the family."""

# Above or in a heading: the column is about somebody else.
OTHER_PERSON: Final = re.compile(
    "紧急|家属|亲属|配偶|子女|父母|监护|受益|填表|填报|经办|审核|负责人|法定代表|法人|推荐人|担保|"
    "联系人|"
    "emergency|kin|spouse|contactperson|approver",
    re.IGNORECASE,
)

# In a heading of a column that would else be taken for one of ours.
NOT_OURS: Final = re.compile(
    "有效期|到期|签发机关|开户|银行|卡号|微信|邮箱|地址|曾用|拼音|英文|工号", re.IGNORECASE
)

HINTS: Final = re.compile(
    r"必填|选填|非必填|文本格式|文本型|格式[:：]|填写|请填|请选|下拉|示例|样例|例如|如[:：]|例[:：]|"
    r"^\d{1,2}位|yyyy|男/女|男／女|男或女|required|optional|e\.g\.|example|format",
    re.IGNORECASE,
)
FOOTERS: Final = re.compile(
    r"^[\s*]*(?:合\s*计|总\s*计|小\s*计|共计|累计|填表|填报|制表|制单|审核|复核|经办|负责|单位负责|主管|盖章|"
    r"单位[（(]?盖章|注[:：1]|备注[:：]|说明[:：]|填表说明|以上|以下空白|日期[:：]|联系人[:：]|联系电话[:：]|"
    r"第\s*\d+\s*页|共\s*\d+\s*[人页名]|total|subtotal|prepared|checked|note:|end\s*of)",
    re.IGNORECASE,
)

CLEAR_MARKS: Final = frozenset(
    {"清空", "-清空-", "【清空】", "[清空]", "<清空>", "（清空）", "(清空)", "[clear]"}
)
"""What a clerk writes to wipe a stored value; a blank cell never does (case C048)."""
BLANK_MARKS: Final = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "无",
        "無",
        "暂无",
        "没有",
        "空",
        "n/a",
        "na",
        "null",
        "none",
        "nil",
    }
    | {
        "nan",
        "无手机",
        "无电话",
        "没有手机",
        "暂无手机",
        "暂无电话",
        "不详",
        "未知",
        "未填",
        "未填写",
        "0.0",
        "．",
        ".",
        "、",
        "…",
    }
)
"""Written where there is nothing to write; the same as a blank cell, except in a name."""

DOCUMENT_KINDS: Final = _table(
    {
        DocumentKind.RESIDENT_ID: "居民身份证|身份证|中华人民共和国居民身份证|二代身份证|"
        "第二代身份证|"
        "内地身份证|大陆身份证|中国居民身份证|居民身份|临时居民身份证|临时身份证|公民身份证|身份证号|"
        "residentidentitycard|residentid|idcard|id|identitycard|chineseid|01|1|111",
        DocumentKind.HK_MACAO_RESIDENCE: "港澳居民居住证|港澳居住证|香港居民居住证|澳门居民居住证|"
        "中华人民共和国港澳居民居住证|residencepermitforhongkongandmacaoresidents|"
        "hkmacaoresidencepermit|553",
        DocumentKind.TAIWAN_RESIDENCE: "台湾居民居住证|台湾居住证|台胞居住证|"
        "中华人民共和国台湾居民居住证|"
        "residencepermitfortaiwanresidents|taiwanresidencepermit|554",
        DocumentKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证|港澳通行证|回乡证|港澳居民通行证|"
        "港澳来往内地通行证|港澳居民往来内地通行证|港澳同胞回乡证|往来内地通行证|"
        "mainlandtravelpermitforhongkongandmacaoresidents|homereturnpermit|516",
        DocumentKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证|台胞证|台湾通行证|台湾居民往来大陆通行证|"
        "台湾居民通行证|mainlandtravelpermitfortaiwanresidents|taiwancompatriotpermit|511",
        DocumentKind.FOREIGNER_CARD: "外国人永久居留身份证|外国人永久居留证|外国人居留证|"
        "永久居留身份证|"
        "外国人身份证|五星卡|外国人永久居住证|foreignpermanentresidentidentitycard|"
        "foreignpermanentresidentidcard|permanentresidencecard|553a",
        DocumentKind.PASSPORT: "护照|外国护照|普通护照|中国护照|因私护照|外籍护照|护照号|passport|414",
    }
)  # fmt: skip
EITHER_RESIDENCE: Final = frozenset(map(fold, ("港澳台居民居住证", "港澳台居住证", "居住证")))
"""One word for two kinds: the number tells which."""

SEXES: Final = _table(
    {
        Sex.MALE: "男|男性|男生|先生|m|male|man|1|01|男1|1男|♂",
        Sex.FEMALE: "女|女性|女生|女士|f|female|woman|2|02|女2|2女|♀",
    }
)
NO_SEX: Final = frozenset(map(fold, ("0", "9", "未说明", "未说明的性别", "未知的性别", "保密")))

WORK_RELATIONS: Final = _table(
    {
        WorkRelation.EMPLOYMENT: "劳动关系|劳动合同|合同制|全日制|正式工|正式员工|全职|"
        "劳动合同制|employment|fulltime|1",
        WorkRelation.NEW_FORM: "新型用工关系|新型用工|不完全劳动关系|不完全符合确立劳动关系|"
        "不完全符合确立劳动关系情形|不完全符合确定劳动关系|劳务派遣|外包|众包|newform|2",
        WorkRelation.CIVIL: "平等民事关系|民事关系|民事|承揽|合作|自由职业|个体|个人劳动者|灵活就业|"
        "兼职|"
        "劳务|劳务关系|civil|freelance|parttime|3",
    }
)

INSURANCES: Final = _table(
    {
        BasicInsurance.EMPLOYEE: "职工医保|职工医疗保险|职工基本医保|职工基本医疗保险|城镇职工医保|"
        "城镇职工医疗保险|城镇职工基本医保|城镇职工基本医疗保险|企业职工医保|在职职工医保|职工|"
        "城镇职工|职保|灵活就业人员职工医保|employee|employees",
        BasicInsurance.RESIDENT: "居民医保|居民医疗保险|居民基本医保|居民基本医疗保险|城乡居民医保|"
        "城乡居民医疗保险|城乡居民基本医保|城乡居民基本医疗保险|城镇居民医保|城镇居民基本医疗保险|"
        "居民|城乡居民|城镇居民|新农合|农村合作医疗|新型农村合作医疗|合作医疗|resident|residents",
        BasicInsurance.NONE: "否|未参保|没参保|没有参保|未参加|未参加医保|未参加基本医保|"
        "未参加基本医疗保险|不参加|无医保|无基本医保|没有医保|停保|已停保|断保|no|n|false|uninsured",
    }
)  # fmt: skip
"""“是” alone does not say which one, and is told instead of stored."""

CHECKED: Final = _words(
    "是|有|√|✓|✔|☑|实名|已实名|已实名认证|已认证|认证成功|实名认证通过|认证通过|已核验|核验通过|已校验|"
    "校验通过|已通过|通过|成功|已完成|完成|y|yes|true|1"
)
NOT_CHECKED: Final = _words(
    "否|没有|×|✗|✘|x|未实名|未实名认证|未认证|未核验|未校验|未通过|不通过|认证失败|失败|未完成|待认证|"
    "待核验|认证中|n|no|false|0"
)
"""Says nothing that is stored: a check that is on file stays (as a blank cell never wipes)."""

OCCUPATIONS: Final = _table(
    {
        Occupation.TRUCK_DRIVER: "货车司机|卡车司机|货运司机|货车驾驶员|大货司机|货运驾驶员|"
        "货拉拉司机|拖车司机|道路货运驾驶员|卡友|长途司机|truckdriver",
        Occupation.COURIER: "快递员|快递小哥|快递|快递业务员|派件员|收派员|揽投员|快递从业人员|"
        "快递配送员|快递派送员|投递员|揽件员|快递师傅|courier",
        Occupation.RIDER: "外卖配送员|网约配送员|网约送餐员|外卖员|外卖骑手|骑手|送餐员|外卖小哥|"
        "配送员|"
        "外卖送餐员|即时配送员|外卖|闪送员|跑腿|跑腿员|跑单|众包骑手|专送骑手|外送员|rider|"
        "deliveryrider|foodrider",
        Occupation.RIDE_HAILING_DRIVER: "网约车司机|网约车驾驶员|网约车|专车司机|快车司机|出租车司机|"
        "滴滴司机|网约出租车司机|"
        "ridehailingdriver",
        Occupation.ONLINE_FREIGHT_DRIVER: "网约货运驾驶员|网约货车司机|网络货运驾驶员|网约货运司机|"
        "onlinefreightdriver",
        Occupation.LIVESTREAMER: "互联网营销师|直播主播|主播|网络主播|带货主播|直播电商|电商主播|"
        "直播带货|"
        "直播员|网络直播|直播带货员|短视频主播|livestreamer|livestreamhost",
        Occupation.CARE_WORKER: "护工护理员|护工|护理员|养老护理员|医疗护理员|护理人员|陪护|护理|"
        "careworker",
        Occupation.DOMESTIC_WORKER: "家政服务员|家政|家政员|保姆|月嫂|保洁|保洁员|家政服务|钟点工|"
        "育婴员|育儿嫂|家政工|家政阿姨|家政人员|domesticworker",
        Occupation.SHOP_PROMOTER: "商场信息员|导购|导购员|促销员|shopassistant|"
        "shopinformationassistant",
        Occupation.ESTATE_AGENT: "房产中介员|房产中介|房产经纪人|房地产经纪人|中介|房产经纪|"
        "房产中介人员|房屋中介|房产中介员工|estateagent",
        Occupation.SECURITY_GUARD: "保安员|保安|安保员|安保|保安人员|保安队员|securityguard",
        Occupation.OTHER: "其他|其它|other",
    }
)  # fmt: skip


OCCUPATION_ENDS: Final = {
    fold(word): kind
    for kind, words in {
        Occupation.RIDER: "骑手|外卖员|送餐员|外卖配送员|闪送员",
        Occupation.COURIER: "快递员|快递小哥|派件员|收派员|投递员",
        Occupation.TRUCK_DRIVER: "货车司机|卡车司机|货车驾驶员",
        Occupation.ONLINE_FREIGHT_DRIVER: "网约货车司机|网约货运司机|网络货运驾驶员|网约货运驾驶员",
        Occupation.RIDE_HAILING_DRIVER: "网约车司机|网约车驾驶员|专车司机|滴滴司机",
        Occupation.LIVESTREAMER: "主播",
        Occupation.SECURITY_GUARD: "保安|保安员",
        Occupation.CARE_WORKER: "护工|护理员",
        Occupation.DOMESTIC_WORKER: "保洁|保洁员|家政服务员|月嫂|保姆",
        Occupation.SHOP_PROMOTER: "导购|导购员|促销员",
        Occupation.ESTATE_AGENT: "房产中介|房产经纪人",
    }.items()
    for word in words.split("|")
}
"""A title such as 美团专送骑手 or 兼职快递员 is known by its longest end."""

_TELLING = re.compile(
    "姓名|身份证|身份證|证件号|證件號|证件类型|手机|手機|电话|電話|性别|单位|企业|idnumber|idcard|"
    "phone|mobile|gender",
    re.IGNORECASE,
)


def mentions_headings(text: str) -> bool:
    """Whether a text contains words of our headings: how encodings are told apart."""
    return _TELLING.search(text) is not None
