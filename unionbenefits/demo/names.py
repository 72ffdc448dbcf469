"""Invented names: weighted surnames, given names by sex, compound, minority and rare ones. Pure."""

import random
from typing import Final

from unionbenefits.workers.enums import Sex

# Surnames as they weigh in Guangdong's crews: each line stands for about the same number of people.
_COMMON: Final = "陈黄李林梁张刘王何罗杨吴谢邓周叶曾郑冯朱"
_FREQUENT: Final = "赖钟卢廖蔡彭谭苏徐胡郭马潘余许唐蒋韦韩曹邱江袁覃莫孙赵高宋石区邝伍麦关简霍招孔岑劳"
_RARE: Final = (
    "于董程傅沈吕丁任姚姜崔陆范汪金贾夏付方邹熊白孟秦侯尹薛闫段雷龙史陶贺毛郝顾龚邵万武钱戴严向常温庄洪欧柯"
    "甘植詹利冼阮屈庞颜聂翟邢文章鲁葛伏项牛饶骆植禤俸揭粟仇撒幸练巫官肖丘游池骈佘钮滕卓凌蓝"
)
_SURNAMES: Final = _COMMON * 12 + _FREQUENT * 4 + _RARE
_COMPOUND: Final = ("欧阳", "司徒", "上官", "诸葛", "司马", "东方", "尉迟", "皇甫", "令狐", "端木")

_MALE: Final = (
    "伟强军勇杰涛明超刚平辉志文斌宇浩俊博东立永福德胜全振建国华荣锋鹏飞龙亮波林海峰健成光达宏庆坚培炳锦泽铭"
    "耀权添贤富祥顺昌毅凯旭晖栋松柏良仁义礼智信忠诚安康宁广源进乐嘉伦梓豪轩楠森尧启航远航帆川洲江河启彬"
)
_FEMALE: Final = (
    "芳娜敏静丽艳娟霞英玉兰红燕春花雪梅秀桂珍琴云莲凤洁琳婷慧欣怡佳琪思雨晨曦妍萍莉娇蓉薇倩茜雯颖嘉敏仪"
    "淑贞惠银珊瑶琼妙楚柳诗韵雅馨彩银好清月荷菊翠碧娴玲巧喜带群笑冰"
)
_RARE_GIVEN: Final = "喆堃燚犇淼玥昕煜翀㛃䶮𬱖𠅤珺垚晞"
_MINORITY: Final = tuple(
    f"{first}·{last}"
    for first in ("阿依古丽", "买买提", "古丽娜尔", "吐尔逊", "艾尼瓦尔", "热娜", "木合塔尔", "帕提古丽")
    for last in ("艾合买提", "吾斯曼", "阿不都拉", "玉素甫", "卡德尔", "托合提")
)


def draw_name(rng: random.Random, sex: Sex) -> str:
    """A name as it would stand on a card: mostly one surname and two characters, one in four with one."""
    dice = rng.random()
    if dice < 0.003:
        return rng.choice(_MINORITY)
    surname = rng.choice(_COMPOUND) if dice < 0.018 else rng.choice(_SURNAMES)
    return surname + _given(rng, sex)


def _given(rng: random.Random, sex: Sex) -> str:
    characters = _MALE if sex is Sex.MALE else _FEMALE
    first = rng.choice(characters)
    if rng.random() < 0.004:
        return first + rng.choice(_RARE_GIVEN)
    return first if rng.random() < 0.26 else first + rng.choice(characters)
