"""PDF without a browser: the words of the page, in any script, and nothing of them read as markup."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from playbook.during.marks import UsualMark
from playbook.plans.briefs import briefs
from playbook.report import pdf
from playbook.report.forms.as_html import as_html
from playbook.report.forms.briefs import briefs_html
from playbook.report.forms.checklist import checklist_html
from playbook.report.forms.page import rendered
from playbook.report.forms.run_sheet import SheetHead, looks, run_sheet, run_sheet_html
from playbook.report.pdf import as_pdf
from playbook.report.pdf.tree import breakable, sheet_of, texts
from tests.hostile import trap

from .build import HOSTILE, KNOWLEDGE, planned, reviewed

#: What the typesetter would run, were it ever read as markup.
MARKUP = '#panic("no") $x^2$ *b* _i_ `raw` @ref <label> // gone /* gone */ \\u{41} #(1+1) "quoted" [x] = head'
SCRIPTS = {
    "Thai": "เสื้อเชิ้ตผ้าลินิน",
    "Vietnamese": "Nguyễn Thị Hồng mặc áo đẹp",
    "simplified Chinese": "亚麻之家夏季新款",
    "traditional Chinese": "亞麻襯衫專賣店",
    "Japanese": "リネンシャツの専門店",
    "Korean": "리넨 셔츠",
    "emoji": "🔥🎁",
}


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def letters(text: str) -> str:
    """Without blanks and places to break, composed."""
    return re.sub(r"[\s\u200b\xad]+", "", unicodedata.normalize("NFKC", text))


def written(data: bytes) -> str:
    return letters("".join(page.extract_text() for page in read(data).pages))


def page(text: str) -> bytes:
    return as_pdf(rendered("certificate", name=text, shop=text, parts=[(text, [(text, text)])], day=text))


@pytest.mark.parametrize("text", [HOSTILE, MARKUP, trap("http://127.0.0.1:9"), "L" * 300, "\x0c\x07 \u202e abc"])
def test_a_hostile_text_is_shown_as_it_was_written_and_does_nothing(text: str) -> None:
    made = page(text)
    shown = re.sub(r"[\x00-\x1f\u202a-\u202e]", "", text)
    assert written(made).count(letters(shown)) >= 4
    assert not [each for one in read(made).pages for each in one.get("/Annots", ())]  # no link, nothing to click


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_has_letters_of_a_font_that_comes_along(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    real = typst.Compiler
    monkeypatch.setattr(typst, "Compiler", lambda *given, **named: real(*given, **named, ignore_system_fonts=True))
    pdf.render._typesetter.cache_clear()
    try:
        made = page(SCRIPTS[name])
    finally:
        pdf.render._typesetter.cache_clear()
    used = set(fonts(made))
    assert used and all("Noto" in each for each in used), used
    assert letters(SCRIPTS[name]) in written(made) or name == "Thai"  # vowels of Thai come out in the order drawn
    assert 0 not in glyphs(made)


def fonts(made: bytes) -> Iterator[str]:
    for one in read(made).pages:
        for font in one["/Resources"]["/Font"].values():
            yield str(font.get_object()["/BaseFont"])


def glyphs(made: bytes) -> set[int]:
    """The numbers of all glyphs that are drawn; 0 is the box of a sign that no font has."""
    found: set[int] = set()
    for one in read(made).pages:
        drawn = one.get_contents().get_data()
        for string in re.findall(rb"<([0-9a-fA-F\s]+)>", drawn):
            digits = re.sub(rb"\s", b"", string)
            found |= {int(digits[at : at + 4], 16) for at in range(0, len(digits) - 3, 4)}
        found |= set(_in_brackets(drawn))
    return found


def _in_brackets(drawn: bytes) -> Iterator[int]:
    from pypdf.generic import ContentStream

    stream = ContentStream(None, None)
    stream.set_data(drawn)
    for operands, operator in stream.operations:
        if operator not in (b"Tj", b"TJ"):
            continue
        parts = operands[0] if operator == b"TJ" else operands
        for each in parts:
            raw = getattr(each, "original_bytes", None)
            if raw is not None:
                yield from (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw) - 1, 2))


def test_a_sign_without_a_font_is_seen_as_a_box() -> None:
    assert 0 in glyphs(page("\U0001e000"))


def test_the_report_says_what_the_page_says_with_charts_as_vectors() -> None:
    found = reviewed(hostile=False)
    plan = planned(found)
    html = as_html(found, date(2026, 6, 2), plan, shop="Linen House", note="A note\nof two lines")
    made = as_pdf(html)
    shown = written(made)
    for words in ("LinenHouse", "Anoteoftwolines", "Howthiswasmade", letters(plan.title), "Fromimpressionstoorders"):
        assert words in shown
    for each in sheet_of(html).body:
        for line in _lines(each):
            assert letters(line) in shown, line
    pictures = [
        each for one in read(made).pages for each in one["/Resources"].get("/XObject", DictionaryObject()).values()
        if each.get_object().get("/Subtype") == "/Image"
    ]  # fmt: skip
    assert not pictures
    assert len(made) < 300_000
    assert letters("Linen House") in letters(str(read(made).metadata.title))


def _lines(node: object) -> Iterator[str]:
    """Texts that stand in one element, as a person would look for them."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict) and node["t"] != "table":
        for each in node["k"]:
            yield from _lines(each)


def test_the_fullest_run_sheet_is_one_page_with_shop_hosts_and_clock_times() -> None:
    found = reviewed(hostile=False)
    marks = tuple(UsualMark(at, {"err": 0.05, "ctr": 0.2, "orders": 7.0, "gmv": 99.0}, 9) for at in looks(180)[:12])
    head = SheetHead("บ้านลินิน", "Nguyễn, 王芳", tuple(f"Product {each} " * 3 for each in range(12)), marks, "USD")
    sheet = run_sheet(KNOWLEDGE, planned(found), 180, datetime(2026, 11, 28, 19, 30))
    made = as_pdf(run_sheet_html(sheet, KNOWLEDGE, head))
    assert len(read(made).pages) == 1
    assert all(each in written(made) for each in ("20:00(0:30)", "20:15(0:45)", "王芳", "Product11", "Sat,Nov28,2026"))


def test_the_week_of_many_shops_repeats_its_head_on_each_page() -> None:
    rows = [{"shop": f"王芳 {at}", "charge": "บ้าน", "lives": "3 (2)", "gmv": "$1.2K", "change": "-12%",
             "below": "ERR 2x, CTR 1x", "needs": "No LIVE for 9 days", "plan": "open"} for at in range(60)]  # fmt: skip
    made = as_pdf(
        rendered("weekly", title="Week of all shops", span="3 to 10 Nov", first=[("บ้าน 7", "fell")], rows=rows)
    )
    sheets = [letters(one.extract_text()) for one in read(made).pages]
    assert len(sheets) > 1 and all("Againstusual" in each for each in sheets[:-1])
    assert all(letters(each["shop"]) in "".join(sheets) for each in rows)
    assert read(made).pages[0].mediabox.width > read(made).pages[0].mediabox.height


def test_each_brief_has_a_page_of_its_own_and_names_the_live() -> None:
    found = reviewed(hostile=False)
    made = as_pdf(briefs_html(briefs(found.recommendations, KNOWLEDGE), "Linen House · Sat 7 Nov 2026"))
    sheets = [letters(one.extract_text()) for one in read(made).pages]
    assert len(sheets) >= 2 and all("LinenHouse" in each for each in sheets)
    assert "Forthehost" in sheets[0] and any("Foroperations" in each for each in sheets[1:])


def test_a_checklist_has_the_lines_to_say_in_every_language() -> None:
    strategy = max(KNOWLEDGE.strategies.values(), key=lambda each: len(each.say or {}))
    made = written(as_pdf(checklist_html(strategy, KNOWLEDGE)))
    assert all(letters(line) in made for language, said in (strategy.say or {}).items() for line in said
               if language != "th")  # fmt: skip


def test_the_same_page_is_the_same_file() -> None:
    assert page("x") == page("x")


def test_a_word_that_no_line_holds_gets_places_to_break() -> None:
    word = "Kapitänsmützenabzeichenfabrik" * 3
    assert "\u200b" in breakable(word) and breakable(word).replace("\u200b", "") == word
    assert breakable("an ordinary line") == "an ordinary line" and breakable("亚麻" * 30) == "亚麻" * 30


def test_the_tree_reads_elements_and_texts() -> None:
    sheet = sheet_of(
        '<html><head><title>T &amp; U</title><meta name="paper" content="small"><style>p{}</style></head><body>\n'
        "<p>a &lt;b&gt;<br>\n c</p>\n<table><tr><th>h</th></tr><tr><td class='number'>1</td></tr></table></body></html>"
    )
    assert (sheet.title, sheet.paper) == ("T & U", "small")
    assert texts(sheet.body[:1]) == "a <b>c"
    table = sheet.body[1]
    assert isinstance(table, dict) and len(table["head"]) == 1 and table["rows"][0][0]["c"] == ["number"]


def test_where_the_typesetter_is_missing_it_says_what_to_do() -> None:
    said = (
        "import sys; sys.modules['typst'] = None\n"
        "from playbook.report.pdf import as_pdf\n"
        "from playbook.report.unprintable import Unprintable\n"
        "try: as_pdf('<p>x</p>')\n"
        "except Unprintable as error: print(error)"
    )
    asked = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert "pip install typst" in asked.stdout


def test_fonts_come_with_their_licence() -> None:
    folder = Path(pdf.__file__).parent / "fonts"
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text(encoding="utf-8")
    told = (folder / "README.md").read_text(encoding="utf-8")
    assert all(each.name in told for each in folder.glob("Noto*"))
    assert sum(each.stat().st_size for each in folder.iterdir()) < 5_000_000  # the wheel stays small
