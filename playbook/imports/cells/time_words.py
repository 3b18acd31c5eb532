"""Words for months, days, halves of a day and lengths of time, as the markets print them.

Months and days are those of Unicode CLDR (a test compares them) and what people write besides. Keys are casefolded
and without dots.
"""

from __future__ import annotations

from collections.abc import Mapping

_MONTHS = {
    1: (
        "ene enero gen gennaio jan janeiro januar januari january janv janvier oca ocak sty styczeń "
        "stycznia มกราคม มค 一月"
    ),
    2: (
        "feb febbraio febrero februar februari february fev fevereiro févr février lut lutego luty "
        "peb pebrero şub şubat กพ กุมภาพันธ์ 二月"
    ),
    3: ("maart mac mar marca march maret mars marso mart marzec marzo março mrt mär märz มีค มีนาคม 三月"),
    4: "abr abril apr april aprile avr avril kwi kwiecień kwietnia nis nisan เมย เมษายน 四月",
    5: "mag maggio mai maio maj maja may mayo mayıs mei พค พฤษภาคม 五月",
    6: ("cze czerwca czerwiec giu giugno haz haziran hun hunyo juin jun june junho juni junio มิถุนายน มิย 六月"),
    7: (
        "hul hulyo juil juillet jul julai julho juli julio july lip lipca lipiec lug luglio tem temmuz กค กรกฎาคม 七月"
    ),
    8: (
        "ago agosto agu agustus août aug august augusti augustus ağu ağustos ogo ogos sie sierpień "
        "sierpnia สค สิงหาคม 八月"
    ),
    9: (
        "eyl eylül sep sept september septembre septiembre set setembro settembre setyembre wrz "
        "wrzesień września กย กันยายน 九月"
    ),
    10: (
        "eki ekim oct october octobre octubre okt oktober oktubre ott ottobre out outubro paź "
        "październik października ตค ตุลาคม 十月"
    ),
    11: ("kas kasım lis listopad listopada nob nobyembre nov november novembre novembro noviembre พย พฤศจิกายน 十一月"),
    12: (
        "ara aralık dec december des desember dez dezember dezembro dic dicembre diciembre dis "
        "disember disyembre déc décembre gru grudnia grudzień ธค ธันวาคม 十二月"
    ),
}

#: Written besides the names of CLDR.
_ALSO = {
    1: "janu",
    2: "pebruari febr",
    3: "mac mrz maret",
    6: "jn",
    7: "jl",
    8: "agt agst ags agus ogs",
    9: "setiembre",
    10: "oktb",
    11: "nop nopember",
    12: "desem",
}

#: Name of a month to its number.
MONTHS: Mapping[str, int] = {
    name: number for table in (_ALSO, _MONTHS) for number, names in table.items() for name in names.split()
}

#: Days of the week: read over.
DAYS = frozenset(
    (
        "ahad ahd ba biy biyernes bảy chủ cmt cn cum cuma cumartesi czw czwartek di dienstag dim dimanche "
        "dinsdag do dom domenica domingo donderdag donnerstag feira fr fre fredag freitag fri friday gio "
        "giovedì hai huw huwebes isn isnin jeu jeudi jue jueves jum jumaat jumat kam kamis kha khamis lin "
        "linggo lun lundi lunedì lunes lör lördag ma maandag mar mardi martedì martes mer mercoledì mercredi "
        "mi min minggu mittwoch miy miyerkules mié miércoles mo mon monday montag mån måndag nhật niedz "
        "niedziela năm ons onsdag paz pazar pazartesi per perşembe piątek pon poniedziałek pt pzt qua quarta "
        "qui quinta rab rabu sa sab sabado sabato sabtu sal salı sam samedi samstag sat saturday seg segunda "
        "sel selasa sen senin sex sexta so sob sobota sonntag sun sunday sáb sábado sáu sön söndag ter terça "
        "thu thursday thứ tis tisdag tors torsdag tue tuesday tư ven vendredi venerdì vie viernes vr vrijdag "
        "wed wednesday wo woensdag wt wtorek za zaterdag zo zondag çar çarşamba śr środa จ พ พฤ วันจันทร์ "
        "วันพฤหัสบดี วันพุธ วันศุกร์ วันอังคาร วันอาทิตย์ วันเสาร์ ศ ส อ อา 周一 周三 周二 周五 周六 周四 周日 土 土曜日 日 日曜日 "
        "星期一 星期三 星期二 星期五 星期六 星期四 星期日 月 月曜日 木 木曜日 水 "
        "水曜日 火 火曜日 週一 週三 週二 週五 週六 週四 週日 金 金曜日 금 "
        "금요일 목 목요일 수 수요일 월 "
        "월요일 일 일요일 토 토요일 화 화요일"
    ).split()
)

#: What else may stand in a printed moment without changing it.
FILLERS = frozenset(
    (
        "t z r da di du utc gmt uhr de del of the a as às at los las le la il um den el på kl "
        "pukul jam pkl puk lúc vào ngày năm hari tahun tanggal tgl tarikh วันที่ เวลา เมื่อ พศ คศ ปี "
        "น โมง นาฬิกา hrs hs h heure heures ore hora horas ora o'clock wib wita wit ict sgt sst myt "
        "pht pst pdt pt est edt et cst cdt ct mst mdt mt brt art clt cet cest bst ist wet west eet eest msk jst "
        "kst hkt aest aedt"
    ).split()
)

_HALVES = {
    "am": (
        "am 上午 早上 早晨 凌晨 清晨 午前 오전 새벽 아침 sa sáng pg pagi dini manhã mañana madrugada "
        "matin ก่อนเที่ยง vorm morgens mattina fm"
    ),
    "pm": (
        "pm 下午 晚上 傍晚 午後 夜 오후 저녁 밤 ch chiều tối sore malam ptg petang tarde noite noche "
        "soir หลังเที่ยง nachm abends pomeriggio sera em"
    ),
    "noon": "中午 正午 trưa siang tengah mediodía",
}

#: Word to half of a day. Around noon, ten to twelve stay and one to five are in the afternoon.
HALVES: Mapping[str, str] = {word: half for half, words in _HALVES.items() for word in words.split()}

_LENGTHS = {
    "d": (
        "d day days 天 日 일 dia dias día días tag tage tg jour jours giorno giorni g gg hari "
        "ngày วัน araw dag dagen dagar dzień dni gün dzien"
    ),
    "h": (
        "h hr hrs hour hours 小时 小時 时 時 時間 点 시간 시 jam j giờ tiếng ชั่วโมง ชม hora horas hs "
        "std stunde stunden heure heures ora ore hod godz godzina godziny godzin uur sa tim "
        "timme timmar t oras"
    ),
    "m": (
        "m min mins minute minutes 分钟 分鐘 分 분 menit mnt minit phút p นาที น minuto minutos "
        "minuten minuti minuut minuta minuty minut minuter dk dakika"
    ),
    "s": (
        "s sec secs second seconds 秒 秒钟 秒鐘 초 detik dtk giây วินาที วิ segundo segundos "
        "seg sek sekunde sekunden seconde secondes secondi secondo sekunda sekundy sekund sekunder sn "
        "saniye seconden"
    ),
}

#: Word to unit of a length of time: d, h, m or s.
LENGTHS: Mapping[str, str] = {word: unit for unit, words in _LENGTHS.items() for word in words.split()}
