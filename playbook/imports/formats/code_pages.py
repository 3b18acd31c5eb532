"""Which of the old code pages some bytes are in, by how likely the words are that they spell.

A wrong code page seldom fails: it spells rare signs, capitals in the middle of words, vowel signs with nothing under
them. So every page is tried, each sign above 127 is worth something, and the page with the most to a byte is first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

#: Looked at, from the line of the first sign above 127, which may stand far down a long list.
_SAMPLE = 20_000

_LATIN = frozenset("áàâãäåæçéèêëíìîïñóòôõöøœúùûüýßÁÀÂÃÄÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÕÖØŒÚÙÛÜ")
_SELDOM, _SELDOM_ALONE = frozenset("øåæœØÅÆŒ"), frozenset("ñçîûœßøÑÇ")
_SELDOM_FIRST = frozenset("òìùß")
_CENTRAL = frozenset("ąćęłńóśźżáéíúýčřšžőűäöüß")
_TURKISH = frozenset("çğıöşüÇĞİÖŞÜâîû")
_VIETNAMESE_ONLY = frozenset("ăđơưĂĐƠƯ")
_VIETNAMESE = frozenset("áàảãạâấầẩẫậăắằẳẵặéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ")
_THAI = frozenset("กขคงจชซดตถทนบปผพมยรลวสหอาะำฤๆ")
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
_ARABIC = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئ")
#: Signs of print: between words they are common, inside a word only these few are.
_PRINT = frozenset("€£¥₫฿©®™°–—‘’“”„«»…•¡¿ªº·×\u00a0،؛؟ـ")
_INSIDE = frozenset("’·–ªº°\u00a0،ـ")
_QUOTES = frozenset("«»“”„’—–…،؛؟ـ\u00a0")
_WIDE_PRINT = frozenset("，。！？、：；（）【】《》「」～·—…％＆＋　“”‘’☆★♪")

#: The commonest signs of each language in titles of LIVEs, goods and headers.
_SIMPLE = frozenset(
    "的一是了在有不人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进"
    "好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产"
    "新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目"
    "播直夏冬春秋季促销价品折扣优惠惊喜福袋抢购包邮专场周末晚早午秒杀满减赠送礼粉丝节双五六七八九百千万元件款式鞋衣服装裙裤帽袜护肤妆膏霜面膜洗发食零茶酒果肉鱼"
    "厨房具家居床童宝妈孕玩男穿搭潮牌正版仓清货源厂限量抽奖互关注评论赞享视频号店铺线下会场主推荐爆热卖亲爱朋友欢迎来宾预告今明昨天夜连续终极返现券领取红黄蓝绿白黑"
    "间户归因订单数成交观看曝光商点击率转分钟时长均客额每个总计平台达名称编付退款曝次创建已支去重添加动销接归量标题始束结"
    "珠宝首饰睡套电牙刷耳表眼镜箱围巾皮革棉麻绒羽毛衫短袖夹克牛仔衬针织泳健身器材瑜伽帐篷户露营钓骑车载数码脑键盘音响投影灯照窗帘床枕头被芯浴室清洁液纸湿沐乳精华"
    "唇口底彩卸防晒补抗皱燕窝蜂蜜坚饼干糕点糖咖啡辅尿玩积木绘书包习宠猫狗粮砂花卉植种鲜羊猪鸡蛋米油盐酱醋调味锅速养维生素白减肥配测评礼盒月中国庆元旦年新快手慢免费"
)
_TRADITIONAL = frozenset(
    "的一是了在有不人我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進"
    "好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產"
    "新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目"
    "播直夏冬春秋季促銷價品折扣優惠驚喜福袋搶購包郵專場週末晚早午秒殺滿減贈送禮粉絲節雙五六七八九百千萬元件款式鞋衣服裝裙褲帽襪護膚妝膏霜膜洗髮食零茶酒果肉魚"
    "廚房具居床童寶媽孕玩男穿搭潮牌版倉清貨源廠限量抽獎互注評按讚享視頻號店鋪線推薦爆熱賣親愛朋友歡迎賓預告今昨夜連續終極返現券領取紅黃藍綠白黑夏季特賣"
    "戶歸訂單數成交觀看曝光商擊率轉鐘均客額每計臺台達稱編付退次創建添銷量標題始束結聞試吃開箱"
    "珠飾睡套電牙刷耳錶眼鏡圍巾皮革棉麻絨羽毛衫短袖夾克牛仔襯針織泳健身器材瑜伽帳篷戶露營釣騎車載碼腦鍵盤音響投影燈照窗簾床枕頭被芯浴室清潔液紙濕沐乳精華"
    "唇口底彩卸防曬補抗皺燕窩蜂蜜堅餅乾糕點糖咖啡輔尿積木繪書包習寵貓狗糧砂花卉植種鮮羊豬雞蛋米油鹽醬醋調味鍋速養維素白減肥配測盒慶元旦快慢免費嬰兒手工皂保團"
)
_KANJI = frozenset(
    "日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨"
    "販売配信開始夏冬春秋限定特価格割引送料無料新商品人気服靴化粧美容健康家族夜朝昼週末感謝祭初回予告参加視聴者数視聴率平均時間注文購入表示回数終了開催夜会場店舗公式"
    "最安値得全店半額在庫処分再入荷待望一番楽通販生放送着用季節大特集注目新作先行抽選当選発表日曜土曜金曜木曜水曜火曜月曜応援地方産直海鮮肉果物野菜雑貨文具玩具本日"
)
_HANGUL = frozenset(
    "이다에는의을를가고하지사리자기어로아은도인나서대한시정일그라만해수주보상원제과구전공부마요장조여비세있스소면게들오니모으동유적치선성신내들미바영안생물방연중진용무경관국우"
    "위통호화명양실우물체술발새문품점입학현재판간회식름할매특별가을겨울봄름라이브방송쇼핑세트무료배송할인행사오늘저녁아침오픈런칭단독한정수량선착순이벤트쿠폰증정혜택최저여름"
    "신상의류신발가방화장품뷰티푸드간식과일고기키즈맘홈데이위크페스타파티토요월화목금밤낮시간회차구매주문뷰클릭노출좋아댓글공유팔로워평균제목길이분초건명액총출작종감사첫"
)

_WORD = re.compile(r"(?<![^\s,;\"|])[^\s,;\"|]*[^\x00-\x7f][^\s,;\"|]*")


def likeliest(data: bytes) -> list[str]:
    """The code pages that the bytes may be in, the likeliest first."""
    sample = _sample(data)
    scored = []
    for order, (encoding, worth) in enumerate(_PAGES.items()):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        scored.append((-_score(text, worth), order, encoding))
    return [encoding for _, _, encoding in sorted(scored)]


def _sample(data: bytes) -> bytes:
    """Whole lines from the first sign above 127 on."""
    first = re.search(rb"[\x80-\xff]", data)
    start = data.rfind(b"\n", 0, first.start() if first else 0) + 1
    end = data.rfind(b"\n", start, start + _SAMPLE) if len(data) > start + _SAMPLE else len(data)
    return data[start : end if end > start else start + _SAMPLE]


Worth = Callable[[str], tuple[float, float]]


def _score(text: str, worth: Worth) -> float:
    """What the words are worth to a byte. A word counts once, for a list repeats its titles."""
    points = size = 0.0
    for word in set(_WORD.findall(text)):
        its_points, its_size = worth(word)
        points, size = points + its_points, size + its_size
    return points / size if size else 0.0


def _alphabet(letters: frozenset[str], *, mixed: bool, most_in_a_row: int = 2) -> Worth:
    """An alphabet in which a sign is a byte. `mixed`: its letters stand beside those of ASCII in one word."""

    def worth(word: str) -> tuple[float, float]:
        points, row, size = 0.0, 0, 0
        small = False  # whether a small letter stood before
        for at, sign in enumerate(word):
            before, after = word[at - 1] if at else " ", word[at + 1] if at + 1 < len(word) else " "
            small = small or _small(before)
            if sign.isascii():
                row = 0
                continue
            size += 1
            if sign in letters or sign.lower() in letters:
                row += 1
                seldom = sign in _SELDOM or (sign in _SELDOM_FIRST and not before.isalpha())
                plain = 0.0 if sign in _SELDOM_ALONE and len(word) == 1 else 0.5 if seldom else 1.0
                points += plain if sign == sign.lower() or not small else -1.5
                if row > most_in_a_row or (not mixed and (_latin(before) or _latin(after))):
                    points -= 2.0
            else:
                row = 0
                points += _printed(sign, before, after) if mixed or sign in _QUOTES else -1.0
        return points, size

    return worth


def _printed(sign: str, before: str, after: str) -> float:
    """What a sign that is not a letter of the page is worth: little between words, less than nothing in one."""
    if sign not in _PRINT:
        return -1.0 if unicodedata.category(sign)[0] in "LMSP" else -3.0
    return 0.3 if sign in _INSIDE or not (before.isalpha() and after.isalpha()) else -1.0


def _small(sign: str) -> bool:
    return sign.isalpha() and sign == sign.lower() != sign.upper()


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _vietnamese(word: str) -> tuple[float, float]:
    """Letters with a mark of their own and tones that combine with the letter before them."""
    size = sum(not sign.isascii() for sign in word)
    points = 0.0
    for at, sign in enumerate(word):
        before = word[at - 1] if at else " "
        if sign.isascii():
            continue
        if unicodedata.combining(sign):
            points += 1.0 if unicodedata.normalize("NFC", before + sign).lower() in _VIETNAMESE else -2.0
        elif sign.lower() in _VIETNAMESE:
            own = 1.0 if sign in _VIETNAMESE_ONLY else 0.9
            points += own if sign == sign.lower() or not _small(before) else -1.5
        else:
            points += _printed(sign, before, " ")
    return points, size


def _thai(word: str) -> tuple[float, float]:
    """Signs above and below a letter have a letter before them, vowels that stand in front one behind them."""
    points, size = 0.0, 0
    for at, sign in enumerate(word):
        if sign.isascii():
            continue
        size += 1
        before, after = word[at - 1] if at else " ", word[at + 1] if at + 1 < len(word) else " "
        if sign in "\u0e30\u0e31\u0e32\u0e33" or "\u0e34" <= sign <= "\u0e3a" or "\u0e47" <= sign <= "\u0e4e":
            points += 1.0 if "\u0e01" <= before <= "\u0e4e" else -3.0
        elif "\u0e40" <= sign <= "\u0e44":
            points += 1.0 if "\u0e01" <= after <= "\u0e2e" else -3.0
        elif sign in _THAI or "\u0e01" <= sign <= "\u0e33":
            points += 0.9 if sign in _THAI else 0.3
        else:
            points += _printed(sign, before, after)
        points -= 0.7 * (_latin(before) or _latin(after))
    return points, size


def _han(common: frozenset[str], *, kana: float) -> Worth:
    """Signs of two bytes. `kana` is what Japanese syllables are worth."""

    def worth(word: str) -> tuple[float, float]:
        points = size = 0.0
        for at, sign in enumerate(word):
            if sign.isascii():
                continue
            size += 2
            if _latin(word[at - 1 : at]) and _latin(word[at + 1 : at + 2]):
                points -= 1.0  # an accent between two letters of one word
            elif sign in common:
                points += 2.0
            elif "\u3041" <= sign <= "\u30fe":
                points += 2 * kana
            elif sign in _WIDE_PRINT or "\uff10" <= sign <= "\uff5a":
                points += 1.0
            else:
                points += -0.2 if "\u4e00" <= sign <= "\u9fff" else -3.0
        return points, size

    return worth


def _hangul(word: str) -> tuple[float, float]:
    points = size = 0.0
    for sign in word:
        if sign.isascii():
            continue
        size += 2
        if "\uac00" <= sign <= "\ud7a3":
            points += 2.0 if sign in _HANGUL else 0.4
        else:
            points += 0.6 if sign in _WIDE_PRINT else -2.0
    return points, size


#: Of two pages that are worth the same, the first.
_PAGES: dict[str, Worth] = {
    "cp1252": _alphabet(_LATIN, mixed=True),
    "gb18030": _han(_SIMPLE, kana=0.3),
    "cp950": _han(_TRADITIONAL, kana=0.0),
    "cp932": _han(_KANJI, kana=1.0),
    "euc_jp": _han(_KANJI, kana=0.9),
    "cp949": _hangul,
    "cp874": _thai,
    "cp1258": _vietnamese,
    "cp1256": _alphabet(_ARABIC, mixed=False, most_in_a_row=99),
    "mac_roman": _alphabet(_LATIN, mixed=True),
    "cp1250": _alphabet(_CENTRAL, mixed=True),
    "cp1254": _alphabet(_TURKISH, mixed=True),
    "cp1251": _alphabet(_CYRILLIC, mixed=False, most_in_a_row=99),
    "latin-1": _alphabet(_LATIN, mixed=True),
}
