"""Several accounts in one list, and pages of a list that are missing."""

import json

import pytest

from playbook import UnusableFile
from playbook.imports import read_files
from playbook.imports.formats.pages import further_lives
from playbook.imports.lives.identity import merge
from playbook.model.session import Session, other_account

START = 1784000000


def page(names, first=0, currencies=("USD",), **more):
    """An answer of the API with a LIVE a day of each of these accounts."""
    lives = [
        {
            "id": str(7550000000000000000 + first + at), "username": name,
            "start_time": str(START + 86400 * (first + at)),
            "end_time": str(START + 86400 * (first + at) + 7200),
            "sales_performance": {"gmv": {"amount": "500", "currency": currencies[at % len(currencies)]}},
            "interaction_performance": {"views": 4000},
        }
        for at, name in enumerate(names)
    ]  # fmt: skip
    return {"code": 0, "data": {"live_stream_sessions": lives} | more}


def read(*pages, **options):
    files = [(f"page{at}.json", json.dumps(each).encode()) for at, each in enumerate(pages)]
    return read_files(files, timezone="UTC", **options)


MIXED = page(["ours"] * 4 + ["affiliate.b", "affiliate.a", "affiliate.b"])


def test_of_several_accounts_it_is_asked_which_is_ones_own():
    reading = read(MIXED)
    question = next(each for each in reading.questions if each.about == "account")
    assert question.choices == ("ours", "affiliate.b", "affiliate.a")
    assert "4 LIVEs by ours, 2 LIVEs by affiliate.b and 1 LIVE by affiliate.a" in question.text
    assert len(reading.sessions) == 7


@pytest.mark.parametrize("options", [{"account": "ours"}, {"known_accounts": ("elsewhere", "ours")}])
def test_the_others_are_left_out_and_said(options):
    reading = read(MIXED, **options)
    assert {each.creator for each in reading.sessions} == {"ours"}
    assert reading.picked == reading.sessions[-1].id
    assert any("3 LIVEs of other accounts than ours left out" in each.message for each in reading.warnings)
    assert not any(each.about == "account" for each in reading.questions)


def test_an_account_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(UnusableFile, match=r"'mine'.*ours \(4\), affiliate.b \(2\)"):
        read(MIXED, account="mine")
    assert len(read(MIXED, known_accounts=("mine",)).sessions) == 7


def test_one_account_is_no_question():
    assert read(page(["ours"] * 3)).questions == ()


@pytest.mark.parametrize(
    "one, other, differ",
    [("a", "b", True), ("1", "2", True), ("a", "a", False), ("a", None, False), ("6512620107667226000", "shop", False)],
)
def test_an_id_and_a_name_say_nothing_of_each_other(one, other, differ):
    assert other_account(one, other) is differ


def test_a_live_in_a_list_with_ids_and_in_one_with_names_is_one():
    api = read(page(["ours"])).sessions[0]
    start = api.start.isoformat(timespec="minutes")
    listed = Session(start, {"views": 4000.0}, start=api.start, creator="6512620107667226000")
    assert len(merge([listed, api])[0]) == 1


def test_lives_on_further_pages_are_counted_and_said():
    first = page(["ours"] * 6, total_count=233, next_page_token="x")
    reading = read(first)
    told = [each.text for each in reading.questions if "further pages" in each.text]
    assert len(told) == 1 and told[0].startswith("page0.json: 227 more LIVEs are") and "page_token" in told[0]


def test_pages_given_together_are_whole():
    first = page(["ours"] * 2, total_count=3, next_page_token="x")
    last = page(["ours"], 2, total_count=3)
    assert not any("further pages" in each.text for each in read(first, last).questions)
    assert not any("further pages" in each.text for each in read(page(["ours"], total_count=1)).questions)
    assert further_lives([first["data"], last["data"], first["data"]]) == 0  # a page given twice counts once
    assert further_lives([first, {"data": {"total_count": "many"}}, "x"]) == 1


def test_several_currencies_are_said_with_what_to_do():
    told = [each.message for each in read(page(["ours"] * 3, currencies=("USD", "MYR"))).warnings]
    assert any("USD (2 LIVEs), MYR (1 LIVE)" in each and "in one currency" in each for each in told)
    assert not any("currencies" in each.text for each in read(page(["ours"] * 3)).warnings)


SOLD = "start,views,impressions,sku_orders,gmv"


@pytest.mark.parametrize(
    ("amount", "home", "currency", "gmv"),
    [
        ("$1,520.40", "MXN", "MXN", 1520.4), ("$1.520", "CLP", "CLP", 1520), ("$1,520.40", "IDR", "USD", 1520.4),
        ("US$1,520.40", "MXN", "USD", 1520.4), ("$1,520.40 USD", "MXN", "USD", 1520.4), ("¥1,520", "CNY", "CNY", 1520),
        ("$1,520.40", None, "USD", 1520.4), ("R$ 1.520,40", "MXN", "BRL", 1520.4), ("£15.20", "GBP", "GBP", 15.2),
    ],
)  # fmt: skip
def test_a_bare_sign_is_that_of_the_shop_where_it_has_it(amount, home, currency, gmv):
    data = f'{SOLD}\n2026-09-03 19:00,5000,50000,30,"{amount}"\n'.encode()
    (live,) = read_files([("mine.csv", data)], currency=home).sessions
    assert (live.currency, live.counts["gmv"]) == (currency, gmv)


def test_a_bare_sign_in_a_header_is_that_of_the_shop():
    rows = "Date,Impressions,Views,SKU orders,GMV ($)\n2026-09-03,50000,5000,30,1520.40\n"
    for home, currency in (("MXN", "MXN"), (None, "USD"), ("VND", "USD")):
        (live,) = read_files([("mine.csv", rows.encode())], currency=home).sessions
        assert live.currency == currency
