"""Currencies as Unicode CLDR has them. Written by tests/make_currencies.py, which a test holds it to."""

#: A line a currency in use: code, decimals of a price, the sign before them, how it is written at home and in English.
IN_USE = """
AED 2 . دإ
AFN 0 . ؋
ALL 0 , lekë
AMD 2 , ֏
AOA 2 , kz
ARS 2 , $
AUD 2 . $ a$
AWG 2 , afl
AZN 2 , ₼
BAM 2 , km км
BBD 2 . $
BDT 2 . ৳
BGN 2 , лв
BHD 3 . دب
BIF 0 , fbu
BMD 2 . $
BND 2 , $
BOB 2 , bs
BRL 2 , r$
BSD 2 . $
BTN 2 . nu
BWP 2 . p
BYN 2 , br
BZD 2 . $
CAD 2 . $ ca$
CDF 2 , fc
CHF 2 .
CLP 0 , $
CNY 2 . cn¥ ¥
COP 2 , $
CRC 2 , ₡
CUP 2 . $
CVE 2 ,
CZK 2 , kč
DJF 0 , fdj
DKK 2 , kr
DOP 2 . rd$
DZD 2 , da دج
EGP 2 . جم
ERN 2 . nfk
ETB 2 . ብር
EUR 2 , €
FJD 2 . $
FKP 2 . £
GBP 2 . £
GEL 2 , ₾
GHS 2 . gh₵
GIP 2 . £
GMD 2 . d
GNF 0 , fg
GTQ 2 . q
GYD 2 . $
HKD 2 . hk$
HNL 2 . l
HTG 2 , g
HUF 2 , ft
IDR 2 , rp
ILS 2 . ₪
INR 2 . ₹
IQD 0 . دع
IRR 0 . ریال
ISK 0 , kr
JMD 2 . $
JOD 3 . دأ
JPY 0 . ¥
KES 2 . ksh
KGS 2 , сом
KHR 2 . ៛
KMF 0 . cf
KPW 0 .
KRW 0 . ₩
KWD 3 . دك
KYD 2 . $
KZT 2 , ₸
LAK 0 , ₭
LBP 0 , لل
LKR 2 . rs රු
LRD 2 . $
LSL 2 . m
LYD 3 , دل
MAD 2 , دم
MDL 2 , l
MGA 0 . ar
MKD 2 , den ден
MMK 0 . k
MNT 2 . ₮
MOP 2 . mop$
MRU 2 , أم
MUR 2 , rs
MVR 2 . ރ
MWK 2 . mk
MXN 2 . $ mx$
MYR 2 . rm
MZN 2 , mtn
NAD 2 . $
NGN 2 . ₦
NIO 2 . c$
NOK 2 , kr
NPR 2 . नेरू
NZD 2 . $ nz$
OMR 3 . رع
PAB 2 . b/
PEN 2 . s/
PGK 2 . k
PHP 2 . ₱
PKR 2 . rs
PLN 2 , zł
PYG 0 . gs ₲
QAR 2 . رق
RON 2 ,
RSD 0 ,
RUB 2 , ₽
RWF 0 , rf
SAR 2 . رس
SBD 2 . $
SCR 2 , sr
SDG 2 . جس
SEK 2 , kr
SGD 2 . $
SHP 2 . £
SLE 2 . le
SOS 0 . s
SRD 2 , $
SSP 2 . £
STN 2 , db
SYP 0 . لس
SZL 2 . e
THB 2 . ฿
TJS 2 ,
TMT 2 ,
TND 3 , dt دت
TOP 2 . t$
TRY 2 , ₺
TTD 2 . $
TWD 2 . $ nt$
TZS 2 . tsh
UAH 2 , ₴
UGX 0 . ush
USD 2 . $
UYU 2 , $
UZS 2 , soʻm сўм
VES 2 , bss
VND 0 , ₫
VUV 0 . vt
WST 2 . ws$
XAF 0 , fcfa
XCD 2 . $ ec$
XCG 2 . cg
XOF 0 , fcfa
XPF 0 , cfpf fcfp
YER 0 . ري
ZAR 2 , r
ZMW 2 . k
ZWG 2 .
"""

#: Codes of what is money no longer, and of funds and metals.
OTHERS = """
ADP AFA ALK ANG AOK AON AOR ARA ARL ARM ARP ATS AZM BAD BAN BEC BEF BEL BGL BGM BGO BOL BOP BOV BRB
BRC BRE BRN BRR BRZ BUK BYB BYR CHE CHW CLE CLF CNH CNX COU CSD CSK CUC CYP DDM DEM ECS ECV EEK ESA
ESB ESP FIM FRF GEK GHC GNS GQE GRD GWE GWP HRD HRK IEP ILP ILR ISJ ITL KRH KRO LTL LTT LUC LUF LUL
LVL LVR MAF MCF MDC MGF MKN MLF MRO MTL MTP MVP MXP MXV MZE MZM NIC NLG PEI PES PLZ PTE RHD ROL RUR
SDD SDP SIT SKK SLL SRG STD SUR SVC TJR TMM TPE TRL UAK UGS USN USS UYI UYP UYW VEB VED VEF VNN XAG
XAU XBA XBB XBC XBD XDR XEU XFO XFU XPD XPT XRE XSU XTS XUA XXX YDD YUD YUM YUN YUR ZAL ZMK ZRN ZRZ
ZWD ZWL ZWR
"""
