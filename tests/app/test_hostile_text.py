"""What a file, a name or an address says is shown, never obeyed: no Markdown, no HTML, no picture from elsewhere."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from playbook.ui.frame.escape import JOINER, escape, prose

from .conftest import fresh

#: A picture loaded from elsewhere would tell that somebody reads this; a link leads away; the rest is looks.
EVIL = "![p](http://evil.example/p.png)[l](http://evil.example)<script>alert(1)</script>**b** :red[x] $a$"
#: Markdown that was not escaped: a bracket that closes a link or a picture, a tag, a colour.
OBEYED = re.compile(r"(?<!\\)\]\(http|(?<!\\)<script|(?<!\\)\*\*b|(?<!\\):red(?<!\\)\[")
VALUES = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
LABELS = ("button", "selectbox", "text_input", "expander", "tabs", "metric", "checkbox", "toggle", "radio")


def obeyed(at: AppTest) -> list[str]:
    """Every text on the page in which the hostile one kept its power."""
    assert not at.exception
    values = [str(each.value) for kind in VALUES for each in getattr(at, kind)]
    labels = [str(each.label) for kind in LABELS for each in getattr(at, kind)]
    return [each for each in (*values, *labels) if OBEYED.search(each)]


def shown(at: AppTest) -> str:
    return "\n".join(str(each.value) for kind in VALUES for each in getattr(at, kind))


PAGES = ("review", "next_live", "history", "live", "data")


def upload(name: str, content: str) -> AppTest:
    return fresh().run().file_uploader(key="upload").upload(name, content.encode()).run()


def test_the_pattern_sees_what_is_not_escaped() -> None:
    assert len(OBEYED.findall(EVIL)) == 5


def test_a_hostile_file_that_cannot_be_read() -> None:
    at = upload(f"{EVIL}.csv", f"{EVIL},age\nAna,31\n")
    assert "evil.example" in shown(at) and obeyed(at) == []
    at = at.switch_page("pages/data.py").run()
    assert obeyed(at) == []
    at = upload(f"{EVIL}.csv", "%PDF")
    assert "evil.example" in shown(at) and obeyed(at) == []


@pytest.mark.parametrize("page", PAGES)
def test_hostile_titles_hosts_and_columns(page: str) -> None:
    header = f"session_id,start,minutes,title,host,currency,impressions,views,gmv,{EVIL}\n"
    rows = [
        f"live-{day},2026-08-{day:02d} 19:00,120,{EVIL},{EVIL},USD,10000,{900 + day * 7},{100 + day},{EVIL}\n"
        for day in range(1, 8)
    ]
    at = upload("list.csv", header + "".join(rows))
    assert obeyed(at) == [] and "evil.example" in shown(at)
    assert obeyed(at.switch_page(f"pages/{page}.py").run()) == []


def test_hostile_products_and_events() -> None:
    at = fresh().run()
    files = [
        ("list.csv", "session_id,start,minutes,impressions,views,gmv\nlive,2026-08-01 19:00,120,9000,900,10\n"),
        (
            "p.csv",
            f"product_id,product,product_impressions,product_clicks,sku_orders,gmv,{EVIL}\n1,{EVIL},900,50,5,10,{EVIL}\n",
        ),
        (f"{EVIL} e.csv", f"minute,type,detail,end,product,note\n5,pin,{EVIL},9,{EVIL},{EVIL}\n"),
    ]
    at = at.file_uploader(key="upload").set_value([(name, text.encode(), "text/csv") for name, text in files]).run()
    assert obeyed(at) == []
    at = at.switch_page("pages/data.py").run()
    assert obeyed(at) == [] and "evil.example" in shown(at)


@pytest.mark.parametrize(("page", "key"), [("strategies", "strategy"), ("learn", "lesson")])
def test_a_hostile_address(page: str, key: str) -> None:
    at = fresh().run()
    at.query_params[key] = EVIL
    at = at.switch_page(f"pages/{page}.py")
    at.query_params[key] = EVIL
    at = at.run()
    assert "evil.example" in shown(at) and obeyed(at) == []


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example/x", "HTTPS://evil.example", "see http://evil.example", "www.evil.example",
        "a@evil.example",
        ":material/home:", ":tada:", ":100:", ":streamlit:", "(http://a.b)", "WWW.evil.example",
    ],
)  # fmt: skip
def test_what_turns_into_a_link_or_an_icon_by_itself_is_broken(text: str) -> None:
    """Streamlit looks for these where escapes are undone already, so a backslash does not stop it."""
    for safe in (escape(text), prose(text)):
        undone = re.sub(r"\\([^\w\s])", r"\1", safe)
        assert JOINER in undone and undone.replace(JOINER, "") == text
        by_itself = r"(?i)https?://|www(?=\.)\S|[-.\w+]@[-\w]|(?<!\d):[\w/+-]+:"
        assert not re.search(by_itself, undone)


@pytest.mark.parametrize("text", ["19:00:30", "@dana", "1:25 in", "Host: Ana", "-12:30", "Sale 50% (2 for 1)"])
def test_ordinary_words_are_left_whole(text: str) -> None:
    assert JOINER not in escape(text) and JOINER not in prose(text)


def test_a_lesson_keeps_its_emphasis_and_nothing_that_leads_away() -> None:
    assert prose("**Two** doors\n\n- one\n- _two_") == "**Two** doors\n\n- one\n- _two_"
    assert not OBEYED.search(prose(EVIL).replace("**b", "").replace(":red\\[", ""))
    assert prose("\\[a\\](x)") == "\\\\\\[a\\\\\\](x)", "a backslash of its own undoes no escape"


def test_a_line_that_would_begin_a_list_does_not() -> None:
    assert escape("- a\n  + b\n12. c\n3) d") == "\\- a\n  \\+ b\n12\\. c\n3\\) d"
    assert escape("-x 1.5") == "-x 1.5", "no blank after it: no list"
