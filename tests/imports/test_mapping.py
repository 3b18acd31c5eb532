"""A layout nobody knows."""

from __future__ import annotations

from datetime import datetime

import pytest

from playbook.imports import (
    NothingToReview,
    UnknownTable,
    built_in_profiles,
    presets,
    profile_from_mapping,
    read_files,
    suggest_mapping,
)
from playbook.knowledge.exports import load_profiles
from playbook.templates import TEMPLATES

ROWS = [["Show name", "Launched Time", "Room views", "Veiws", "Likes", "CTR", "Money"],
        ["Evening", "03.04.2026 19:00", "12", "1.234", "56", "0.1", "1.234"]]  # fmt: skip


@pytest.fixture
def unknown(as_csv):
    with pytest.raises(NothingToReview) as error:
        read_files([("odd.csv", as_csv(ROWS))])
    (table,) = error.value.reading.unknown
    return table


def test_suggestions_say_why_and_never_touch_a_rate(unknown):
    found = {
        each.header: (each.field, each.confidence) for each in suggest_mapping(unknown, built_in_profiles().values())
    }
    assert found == {"Launched Time": ("start", "known"), "Room views": ("views", "known"), "Likes": ("likes", "known")}


@pytest.mark.parametrize(
    ("header", "field"),
    [("Visualizaciones", "views"), ("Impressões", "impressions"), ("Produktklicks", "product_clicks"),
     ("Vues", "views"), ("Nuovi follower", "new_followers"), ("商品クリック数", "product_clicks"),
     ("댓글수", "comments"), ("Perkongsian", "shares"), ("Durasi (menit)", "duration"),
     ("Tanggal", "start"), ("Omzet (Rp)", "gmv")],
)  # fmt: skip
def test_suggestions_know_the_words_of_many_languages(header, field):
    table = UnknownTable("x.csv", None, 1, ("Zeal", header), (("a", "1"),))
    (found,) = suggest_mapping(table, built_in_profiles().values())
    assert (found.field, found.confidence) == (field, "known")


def test_a_word_with_several_meanings_is_only_offered_and_of_two_rates_none():
    table = UnknownTable("x.csv", None, 1, ("Orders", "CTR", "Click rate", "Veiws"), (("1", "2%", "3%", "4"),))
    found = {each.header: each for each in suggest_mapping(table, built_in_profiles().values())}
    assert set(found) == {"Orders", "Veiws"}
    assert (found["Orders"].field, found["Orders"].confidence) == ("orders_paid", "close")
    assert found["Orders"].why.startswith("may be orders")
    assert found["Veiws"].why.startswith("looks like 'views' in ")


def test_currency_dates_decimals_and_lengths_are_chosen_beforehand():
    rows = (("31/08/2026", "R$ 1.234,50", "2"), ("01/09/2026", "R$ 99,00", "3"))
    found = presets(UnknownTable("x.csv", None, 1, ("Dia", "Money", "Hours"), rows))
    assert (found.currency, found.day_first, found.decimal, found.plain_number) == ("BRL", True, "comma", "hours")
    found = presets(UnknownTable("x.csv", None, 1, ("Day", "Views"), (("01/02/2026", "5"),)))
    assert (found.currency, found.day_first, found.decimal, found.plain_number) == (None, None, "auto", "minutes")
    assert presets(UnknownTable("x.csv", None, 1, ("GMV (RM)",), (("5",),))).currency == "MYR"


def test_a_mapping_is_saved_and_recognised_next_time(unknown, as_csv, tmp_path):
    choices = {"Show name": "title", "Launched Time": "start", "Veiws": "views", "Money": "gmv"}
    text = profile_from_mapping("My odd export", unknown, choices, decimal="comma", day_first=True, currency="EUR")
    (tmp_path / "my_my_odd_export.yaml").write_text(text, encoding="utf-8")
    mine, wrong = load_profiles(tmp_path)
    assert wrong == []
    session = read_files([("odd.csv", as_csv(ROWS))], {**built_in_profiles(), **mine}).sessions[0]
    assert (session.title, session.start) == ("Evening", datetime(2026, 4, 3, 19))
    assert (session.counts["views"], session.counts["gmv"], session.currency) == (1234, 1234, "EUR")
    assert session.extra["Likes"] == "56"


@pytest.mark.parametrize(
    ("name", "choices", "said"),
    [
        ("x", {"Nothing": "views"}, "there is no column 'Nothing' in odd.csv"),
        ("x", {"Likes": "views", "Veiws": "views"}, "two columns are named views: 'Likes' and 'Veiws'; choose one"),
        ("x", {"Show name": "title"}, "name at least one column of numbers, such as views"),
        ("x", {"Likes": "like"}, "name at least one column of numbers, such as views"),
        ("!", {"Likes": "likes"}, "give the layout a name"),
        ("x", {"Likes": "likes", "Veiws": "viewz"}, "columns.viewz: no such column; did you mean 'views'?"),
    ],
)
def test_answers_that_make_no_profile(unknown, name, choices, said):
    with pytest.raises(ValueError) as error:
        profile_from_mapping(name, unknown, choices)
    assert str(error.value) == said


def test_templates_are_recognised_by_their_profiles():
    for template in TEMPLATES:
        name = "event_log" if template.name == "events" else f"template_{template.name}"
        text = ",".join(template.header) + "\r\n"
        cells = {"start": "2026-03-01 19:00", "type": "pin", "channel": "search", "audience": "new", "product_id": "1"}
        row = ",".join(cells.get(column, "7") for column in text.strip().split(","))
        anchor = ("list.csv", b"start,views\n2026-03-01 18:00,5\n")
        reading = read_files([anchor, (f"{name}.csv", (text + row).encode())])
        assert reading.files[1].profile == name
        assert reading.files[1].unread == {}


def test_a_start_is_known_by_its_cells_where_no_header_says_it():
    headers = ("Kapan siarannya", "Klik Produk", "Kode")
    rows = (("01/11/2026 19:00", "900", "2026"), ("13/11/2026 19:00", "910", "2027"))
    table = UnknownTable("id.csv", None, 1, headers, rows)
    found = {each.header: (each.field, each.confidence) for each in suggest_mapping(table, ())}
    assert found == {"Kapan siarannya": ("start", "known"), "Klik Produk": ("product_clicks", "known")}
    both = (("01/11/2026", "2026-11-01 19:00"),)
    named = UnknownTable("id.csv", None, 1, ("Kapan", "Waktu LIVE"), both)
    assert [each.header for each in suggest_mapping(named, ()) if each.field == "start"] == ["Waktu LIVE"]
    assert not any(each.field == "start" for each in suggest_mapping(table, (), "products"))
