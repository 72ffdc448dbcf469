"""Characters of personal names: dots, private-use code points, variant forms. Data only.

`VARIANTS` lists characters that registers and payrolls exchange for one another: simplified, traditional and
variant forms of the same character. It is used to compare names, never to change a stored one (case C064).
喆/哲 are different characters and stay out. 䶮/龑 stays out too: 龑 is what clerks type for a 䶮 that their
system cannot show, so a person confirms it (case C016).
"""

from typing import Final

DOTS: Final = "·•．・‧.。∙⋅·･●᛫｡﹒⸱ꞏㆍ▪⦁•"
"""Forms in which the dot of minority names arrives (case C060); the standard one is U+00B7."""
DOT: Final = "·"
HYPHENS: Final = "-‐‑‒–—−－_"


def _gbk_private_characters() -> dict[int, str]:
    """U+E815…U+E864 are the 80 code points that older systems gave to GBK FE50…FEA0 (case C016).

    Fourteen of them had no Unicode character when the codec of Python was written; they are listed here.
    """
    trails = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
    table = {}
    for offset, trail in enumerate(trails):
        character = bytes((0xFE, trail)).decode("gb18030")
        if not 0xE000 <= ord(character) <= 0xF8FF:
            table[0xE815 + offset] = character
    later = {
        0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5,
        0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
        0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB, 0xE7C7: 0x1E3F, 0xE7C8: 0x01F9,
    }  # fmt: skip
    return table | {old: chr(new) for old, new in later.items()}


SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文莫欧"
)
"""The hundred most frequent surnames: two full names in one cell both begin with one."""
COMPOUND_SURNAMES: Final = (
    "欧阳",
    "司马",
    "诸葛",
    "上官",
    "司徒",
    "东方",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "端木",
    "第五",
)

PRIVATE_CHARACTERS: Final = _gbk_private_characters()

VARIANTS: Final = """
碼码 註注 繫系
訢䜣 讌䜩 磾䃅 峯峰 張张 陳陈 楊杨 趙赵 黃黄 週周 吳吴呉 孫孙 馬马 羅罗 鄭郑 謝谢 許许 韓韩 馮冯 鄧邓
蕭萧 葉叶 蔣蒋 蘇苏 盧卢 鍾鐘钟锺 譚谭 陸陆 賈贾 韋韦 鄒邹 閻阎 閆闫 賀贺 龔龚 萬万 錢钱 湯汤 嚴严 溫温 齊齐
龍龙 顧顾 龐庞 顏颜 莊庄 畢毕 倫伦 魯鲁 藍蓝 關关 喬乔 鄔邬 鄺邝 麥麦 聶聂 歐欧 陽阳 諸诸 葛 駱骆 連连
郟郏 鄢 鞏巩 闞阚 滿满 單单 蘭兰 東东 榮荣 豐丰 華华 國国 偉伟 強强彊 軍军 靜静 麗丽 艷艳豔 傑杰 濤涛 霞
剛刚 輝辉煇 飛飞 鳳凤 紅红 蓮莲 瓊琼 瑩莹 豔 慶庆 寶宝寳 貴贵 財财 發发 祿禄 壽寿 興兴 隆 順顺 義义 禮礼
賢贤 聖圣 聰聪 穎颖頴 銳锐 銘铭 鋒锋 鈞钧 鎮镇 銀银 鐵铁 鋼钢 鑫 錦锦 錄录 鏡镜 鑒鉴鑑 鍵键 鎧铠 鏵铧 鈺钰
鈴铃 鈿钿 銓铨 鋭 鐸铎 鑾銮 鑰钥 鎏 錚铮 鉅钜 鐲镯 鏗铿 棟栋 樑梁 樺桦 楓枫 櫻樱 樓楼 樹树 橋桥 機机 權权
歡欢 歲岁 濱滨 濟济 潔洁 淺浅 淵渊 漢汉 潤润 澤泽 瀾澜 瀟潇 灝灏 瀚 灣湾 滬沪 滄沧 溝沟 漣涟 漁渔 沖冲 淨净
煒炜 煥焕 燁烨 燦灿 爍烁 爐炉 熾炽 燈灯 營营 獻献 現现 瑪玛 瑤瑶 瓏珑 璽玺 環环 璣玑 瑋玮 璉琏 瓔璎 珮佩
畫画 異异 當当 疊叠 盡尽 監监 眾众 礎础 碩硕 禎祯 禕祎 稱称 穩稳 積积 穌稣 窮穷 競竞 筆笔 節节 範范 築筑
簡简 籌筹 糧粮 紀纪 純纯 紗纱 綱纲 紋纹 納纳 紹绍 終终 絢绚 結结 給给 絲丝 經经 維维 綺绮 綽绰 綿绵 緒绪
緯纬 練练 縈萦 縱纵 績绩 織织 繡绣綉 繼继 續续 纖纤 絡络 紜纭 綸纶 綾绫 縉缙 縝缜 羨羡 習习 翹翘 聯联 聲声
職职 肅肃 腦脑 膚肤 臨临 與与 舉举 藝艺 芻刍 莖茎 莢荚 菸烟 葦苇 蒼苍 蓋盖 蔭荫 薈荟 薔蔷 薩萨 藥药 蘊蕴
蘆芦 蘋苹 虛虚 號号 蠶蚕 術术 衛卫 裝装 補补 製制 複复復 視视 覺觉 親亲 觀观 計计 訊讯 記记 設设 訪访 評评
詠咏 詢询 試试 詩诗 話话 詳详 語语 誠诚 誌志 認认 誼谊 諒谅 談谈 論论 諾诺 謀谋 謙谦 講讲 謹谨 證证 識识
譜谱 議议 護护 讀读 變变 讓让 讚赞贊 豈岂 豬猪 貝贝 貞贞 負负 貢贡 貫贯 責责 貨货 賓宾 賜赐 質质 賴赖 贏赢
贛赣 趨趋 躍跃 車车 軒轩 軼轶 載载 輕轻 輪轮 輯辑 轉转 辦办 農农 遙遥 達达 遠远 適适 遷迁 選选 邁迈 還还
邊边 邐逦 郵邮 鄉乡 醫医 釋释 裏里裡 門门 閃闪 開开 閏闰 閒闲 間间 閔闵 閣阁 閩闽 闊阔 闡阐 隊队 際际 隨随
隱隐 雙双 雜杂 離离 難难 雲云 電电 霧雾 靈灵 靂雳 韻韵 響响 項项 須须 預预 頌颂 領领 頓顿 頻频 題题 顯显
願愿 類类 風风 颯飒 飄飘 養养 館馆 馥 馳驰 駿骏 騰腾 騫骞 驊骅 驍骁 驕骄 驛驿 驥骥 驪骊 體体 魚鱼 鯉鲤 鮮鲜
鯤鲲 鯨鲸 鳥鸟 鳴鸣 鴻鸿 鵬鹏 鶴鹤 鷹鹰 鸞鸾 鵑鹃 鶯莺 鷗鸥 鵝鹅 鹽盐 黨党 點点 齡龄 龜龟 個个 們们 倉仓
倆俩 偵侦 傳传 債债 傷伤 僑侨 價价 儀仪 億亿 優优 儷俪 兒儿 凱凯 別别 創创 劃划 劇剧 劉刘 劍剑劒 勁劲 動动
務务 勝胜 勞劳 勢势 勛勋勳 勵励 勻匀 匯汇 區区 協协 卻却 參参 員员 啟启啓 喚唤 喪丧 嘉 嘆叹 嘗尝 嘯啸 嚮向
囑嘱 園园 圍围 圓圆 圖图 團团 執执 堅坚 堯尧 報报 場场 塊块 塵尘 壇坛 壯壮 壺壶 壘垒 處处 備备 夢梦 夾夹
奪夺 奮奋 妝妆 姍姗 婁娄 婦妇 媧娲 嫻娴嫺 嫵妩 嬋婵 嬌娇 嬙嫱 嬸婶 學学 寧宁甯 審审 寫写 寬宽 將将 專专 對对
導导 層层 屬属 岡冈 島岛嶋 崗岗 嵐岚 嶄崭 嶸嵘 嶺岭 嶽岳 巒峦 帥帅 師师 帶带 幗帼 幣币 幫帮 幹干 庫库 應应
廈厦 廟庙 廠厂 廣广 廬庐 廳厅 彌弥 彎弯 彥彦 徑径 從从 徹彻 徵征 惠 愛爱 愷恺 態态 慈 慧 慣惯 憂忧 憑凭
憲宪 憶忆 懇恳 懷怀 懸悬 戀恋 戰战 戲戏 戶户 拋抛 捷 掃扫 揚扬 換换 搖摇 撫抚 擁拥 擇择 擊击 擔担 據据
攝摄 攜携 敵敌 數数 斂敛 斕斓 斬斩 斷断 於于 時时 晉晋 晝昼 暉晖 暢畅 曉晓 曄晔 曇昙 曦 會会 朧胧 條条 來来
楨桢 業业 極极 標标 樂乐 樸朴 橫横 檔档 檢检 檸柠 櫟栎 欽钦 歷历曆 歸归 殷 毅 殺杀 氣气 氫氢 決决 況况 涼凉
淚泪 渾浑 湊凑 準准 滅灭 漲涨 漸渐 潛潜 澆浇 澗涧 澱淀 濃浓 濕湿 濤 瀏浏 瀘泸 瀝沥 灑洒 災灾 為为爲 烏乌 無无
煉炼 煙 熱热 燒烧 燭烛 爭争 爾尔 牆墙 牽牵 狀状 獅狮 獎奖 獨独 獲获 玨珏 珎珍 琺珐 瑯琅 璦瑷 瓚瓒 產产 畝亩
發 皚皑 盜盗 睿叡 睜睁 矯矫 砲炮 碭砀 磊 祐佑 祕秘 祇只 禦御 禪禅 秋龝穐 稈秆 穀谷 穆 穡穑 窩窝 竇窦 笙 箏筝
篤笃 簽签籤 籃篮 粵粤 紫 絕绝 統统 綠绿 總总 縣县 纓缨 罷罢 羣群 聞闻 脈脉 脩修 臘腊 臺台 舊旧 艙舱 芸 莉
萊莱 蓀荪 蔔卜 蕓 蕪芜 蕾 薑姜 薦荐 蘄蕲 虧亏 蝦虾 螢萤 蠻蛮 衝 袞衮 裡 襲袭 訓训 託托 訥讷 詞词 該该 誇夸
說说 請请 諄谆 諭谕 諮咨 謨谟 譯译 譽誉 豪 貓猫 賀 賦赋 賞赏 贈赠 赫 軌轨 輔辅 輿舆 轅辕 辭辞 邏逻 鄰邻
醇 釗钊 釵钗 鈔钞 鈣钙 鈦钛 鉉铉 鉑铂 鉞钺 銅铜 銜衔 鋁铝 鋆 鋪铺 錕锟 錢 錫锡 鍊链 鍋锅 鍛锻 鎖锁 鎗枪 鏈
鏘锵 鑄铸 鑽钻 閎闳 閤合 闕阙 闖闯 陝陕 陞升昇 陣阵 陰阴 隴陇 雋隽 雛雏 霽霁 靄霭 頊顼 頎颀 頒颁 頤颐 頡颉
頔𬱖 顥颢 飲饮 餘余 饒饶 駒驹 駕驾 駝驼 騁骋 騏骐 驄骢 驅驱 骻 鬱郁 魏 鳶鸢 鴛鸳 鴦鸯 鵲鹊 麟麐 黌黉 淼渺
堃坤 喆 犇奔 垚尧 嬿 珺 晟 昇 凃涂 塗涂 阯址 筍笋 菴庵 嵒岩巖 峩峨 崐昆 崑昆 恆恒 併并並 汎泛 洩泄 皋皐
韮韭 栢柏 槓杠 柟楠 牀床 冊册 吿告 吶呐 啓 噹 囪囱 坵丘 埡垭 姪侄 姸妍 娛娱 嫋袅 孃娘 宮宫 峽峡 嶼屿 幷 廻回
強 彙 慤悫 戩戬 敎教 旣既 昷 晳皙 曬晒 朮 枏 柵栅 梹槟 楡榆 槀 淸清 滙 溼 濬浚 煇 牕窗 甦 畧略 眞真 砦寨 硏研
竝 箇 糉粽 絃弦 緖 縂 羗羌 翺翱 耡锄 脗吻 舖 菓果 葢 蔕蒂 蘓 覩睹 諠喧 譁哗 賸剩 跡迹 踰逾 軟软 週 遯遁 郞郎
鄕 鈎钩 鉤 鉢钵 銹锈 鋻 鎌镰 隣 隸隶 雞鸡 霛 靑青 頫俯 顔 飜翻 駡骂 鬥斗 鰲鳌 鳯 鷄 麪面 黙默 鼇
"""
"""Groups of interchangeable characters; a lone character is a group of its own and harmless."""


def _representatives() -> dict[int, str]:
    """Every listed character → the first of its (joined) group."""
    leader: dict[str, str] = {}
    for group in VARIANTS.split():
        known = next((leader[character] for character in group if character in leader), group[0])
        for character in group:
            leader.setdefault(character, known)
    return {ord(character): head for character, head in leader.items() if character != head}


VARIANT_OF: Final = _representatives()
