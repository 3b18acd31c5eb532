"""Whole pages of a dashboard, selected, copied and pasted."""

from __future__ import annotations

import random

import pytest

from playbook.imports import built_in_profiles, pasted_counts

from .pages import LABELS, Dashboard, page

PROFILES = built_in_profiles()


def check(made: Dashboard, required: float = 1.0) -> None:
    """No wrong value unmarked, and so many of the counts there."""
    read, _ = pasted_counts(made.text, PROFILES)
    wrong = {
        name: (value, made.counts.get(name))
        for name, value in read.counts.items()
        if name not in read.doubts
        and (
            name not in made.counts or abs(value - made.counts[name]) > (0.06 if name in made.shortened else 0) * value
        )
    }
    assert not wrong
    assert read.currency == (made.currency if "gmv" in made.counts else None)
    right = sum(name in read.counts for name in made.counts)
    assert right >= required * len(made.counts), (dict(read.counts), dict(read.problems), dict(read.doubts))


@pytest.mark.parametrize("after", [False, True], ids=["label first", "number first"])
@pytest.mark.parametrize("short", [False, True], ids=["full", "shortened"])
@pytest.mark.parametrize("language", LABELS)
def test_a_whole_page_is_read_with_no_wrong_value_unmarked(language, short, after):
    for seed in range(12):
        check(page(language, seed, after=after, short=short))


@pytest.mark.parametrize("counter", ["lines", "one line"])
@pytest.mark.parametrize("language", LABELS)
def test_digits_that_a_counter_draws_twice(language, counter):
    for seed in range(12):
        check(page(language, seed, counter=counter), required=0.9)


@pytest.mark.parametrize("after", [False, True], ids=["label first", "number first"])
@pytest.mark.parametrize("language", LABELS)
def test_a_label_nobody_knows_shifts_no_other(language, after):
    for seed in range(12):
        made = page(language, seed, after=after)
        rng = random.Random(seed)
        lines = made.text.split("\n")
        hidden = rng.sample(list(LABELS[language]), 4)
        for name in hidden:
            at = lines.index(LABELS[language][name])
            lines[at] = "Something new"
        left = {name: value for name, value in made.counts.items() if name not in hidden}
        check(Dashboard("\n".join(lines), left, made.shortened, made.currency), required=0)
        read, _ = pasted_counts("\n".join(lines), PROFILES)
        assert sum(read.counts.get(name) == value for name, value in left.items()) >= len(left) - 1


@pytest.mark.parametrize("after", [False, True], ids=["label first", "number first"])
def test_pairs_in_any_order_with_labels_nobody_knows(after):
    pairs = [("Views", "1,500"), ("Zeal", "21"), ("Impressions", "12,340"), ("Likes", "99"), ("Mood", "7")]
    for seed in range(20):
        random.Random(seed).shuffle(pairs)
        text = "\n".join(part for label, number in pairs for part in ((number, label) if after else (label, number)))
        read, unread = pasted_counts(text, PROFILES)
        assert dict(read.counts) == {"views": 1500, "impressions": 12340, "likes": 99}, text
        assert sorted(unread) == sorted(["Zeal", "21", "Mood", "7"])


def test_a_missing_value_takes_none_of_the_next():
    read, _ = pasted_counts("Impressions\n12,340\nViews\n--\nViewers\nLikes\n99\nShares\n7", PROFILES)
    assert dict(read.counts) == {"impressions": 12340, "likes": 99, "shares": 7}
    assert "stands beside another label" in read.doubts["likes"]


def test_what_counts_and_rates_contradict_is_marked():
    read, _ = pasted_counts("Impressions\n12,340\nViews\n2,480\nTap-through rate\n12.0%\nLikes\n99", PROFILES)
    assert set(read.doubts) == {"impressions", "views"}
    assert read.doubts["views"] == "views by impressions is 20.10%, the page prints 12.00%"
    read, _ = pasted_counts(
        "Impressions\n12,340\nViews\n1,480\nTap-through rate\n12.0%\nProduct clicks\n9,000", PROFILES
    )
    assert not read.doubts
    read, _ = pasted_counts("Impressions\n12,340\nViews\n14,800", PROFILES)
    assert set(read.doubts) == {"impressions", "views"}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("GMV atribuído\nR$ 2,8 mil\nVisualizações\n12,5 mil", {"gmv": 2800, "views": 12500}),
        ("GMV atribuído\nR$\n2,8\nmil\nVisualizações\n12,5\nmil", {"gmv": 2800, "views": 12500}),
        ("視聴数\n1.2万\nいいね数\n3,210", {"views": 12000, "likes": 3210}),
        ("Penonton: 1.234\nSuka: 12,4 rb\nGMV: Rp1,2jt", {"viewers": 1234, "likes": 12400, "gmv": 1_200_000}),
        ("Lượt xem\t1.480\nLượt thích\t2,5K", {"views": 1480, "likes": 2500}),
        ("1\n1\n,\n4\n4\n8\n8\n0\n0\nViews\n1\n1\n2\n2\n,\n3\n3\n4\n4\n0\n0\nImpressions",
         {"views": 1480, "impressions": 12340}),
        ("Views\n1\n,\n4\n8\n0\nImpressions\n1\n2\n,\n3\n4\n0", {"views": 1480, "impressions": 12340}),
    ],
)  # fmt: skip
def test_numbers_as_screens_shorten_and_draw_them(text, counts):
    read, _ = pasted_counts(text, PROFILES)
    assert dict(read.counts) == counts


def test_a_number_that_stands_in_pairs_on_a_page_of_doubled_digits_is_marked():
    read, _ = pasted_counts("GMV\n$11,223300.5500\nLikes\n4488\nShares\n77\nViews\n1,203", PROFILES)
    assert dict(read.counts) == {"gmv": 1230.50, "likes": 48, "shares": 77, "views": 1203}
    assert set(read.doubts) == {"likes", "shares"}


def test_tables_below_give_no_counts():
    text = (
        "Views\n1,480\nProducts\nGMV\nItems sold\nProduct clicks\n1\nJeans\n$20.00\n2\n30\n"
        "Channel\tGMV\tImpressions\tViews\nFor You\t62%\t90%\t75%\nSearch\t3%\t1%\t2%\nShares\n5"
    )
    read, _ = pasted_counts(text, PROFILES)
    assert dict(read.counts) == {"views": 1480, "shares": 5}


def test_changes_against_another_live_are_no_values():
    read, _ = pasted_counts("1,480\nViews\n+120\n99\nLikes\n-5\n7\nShares\n+2", PROFILES)
    assert dict(read.counts) == {"views": 1480, "likes": 99, "shares": 7}


def test_digits_are_not_halved_where_another_counter_shows_each_once():
    read, _ = pasted_counts("Views\n1\n1\n2\n2\nLikes\n1\n,\n3\n4\n5", PROFILES)
    assert dict(read.counts) == {"views": 1122, "likes": 1345}


def test_a_bare_click_through_rate_may_be_either_of_two():
    text = "Views\n1,480\nProduct impressions\n10,000\nProduct clicks\n300\nCTR\n"
    assert not pasted_counts(f"{text}3.0%", PROFILES)[0].doubts
    assert not pasted_counts(f"{text}20.3%", PROFILES)[0].doubts
    assert set(pasted_counts(f"{text}9.0%", PROFILES)[0].doubts) == {"product_clicks", "views"}


@pytest.mark.parametrize(
    "text",
    [
        "44\n11\n22\n33\n44\nImpressions\n44\n99\n77\n00\nViews",
        "Impressions\n44\n11\n,\n22\n33\n44\nViews\n44\n,\n99\n77\n00",
    ],
)
def test_digits_of_which_each_line_has_one_twice(text):
    assert dict(pasted_counts(text, PROFILES)[0].counts) == {"impressions": 41234, "views": 4970}


@pytest.mark.parametrize(
    "text",
    [
        "Impressions\n12.3%\n41,234\nViews\n3.1%\n4,970",
        "Impressions\nYesterday 39,000\n41,234\nViews\nYesterday 5,000\n4,970",
        "Metric\tLast LIVE\tThis LIVE\nImpressions\t39,000\t41,234\nViews\t5,000\t4,970",
        "Orders\n44\n55",
    ],
)
def test_a_number_that_may_be_of_another_label_is_marked(text):
    read, _ = pasted_counts(text, PROFILES)
    assert read.counts and read.doubts.keys() == read.counts.keys()
