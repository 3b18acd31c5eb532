"""Numbers typed or pasted as they stand on a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.imports import built_in_profiles, pasted_counts, typed_counts
from playbook.model.session import COUNTS, EXTRA_COUNTS

PROFILES = built_in_profiles()


def test_numbers_as_a_screen_writes_them():
    read = typed_counts({"views": "1.200", "likes": "2.5K", "gmv": "R$ 2.417,35", "comments": "", "shares": "--"})
    assert dict(read.counts) == {"views": 1200, "likes": 2500, "gmv": 2417.35}
    assert read.rounded == ("likes",) and read.currency == "BRL" and not read.problems


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("views", "many", "'many' is not a number; write it like 1200"),
        ("views", "12%", "'12%' is not a number; write it like 1200"),
        ("views", "-5", "'-5' is below zero, which cannot be"),
        ("views", "1.5", "'1.5' is not a whole number"),
        ("gmv", "1.234", "'1.234' could be thousands or decimals; write it without thousands signs"),
    ],
)
def test_what_is_typed_wrong_is_told_by_field(name, text, problem):
    read = typed_counts({name: text})
    assert dict(read.problems) == {name: problem} and not read.counts


@pytest.mark.parametrize(
    "text",
    [
        "Impressions\n12,340\nViews\n1.5K\nGMV\n$990.50\nProduct clicks\n210",
        "12,340\nImpressions\n1.5K\nViews\n$990.50\nGMV\n210\nProduct clicks",
        "Impressions: 12,340\nViews: 1.5K\nGMV: $990.50\nProduct clicks: 210",
        "Impressions 12,340\nViews 1.5K\nGMV $990.50\nProduct clicks 210",
        "Impressions\tViews\tGMV\tProduct clicks\n12,340\t1.5K\t$990.50\t210",
        "Impressions | 12,340 | Views | 1.5K | GMV | $990.50 | Product clicks | 210",
    ],
)
def test_text_copied_from_a_dashboard(text):
    read, unread = pasted_counts(text, PROFILES)
    assert dict(read.counts) == {"impressions": 12340, "views": 1500, "gmv": 990.5, "product_clicks": 210}
    assert read.rounded == ("views",) and read.currency == "USD" and unread == [] and not read.problems


def test_what_is_not_a_count_is_listed_and_the_rest_is_kept():
    read, unread = pasted_counts("LIVE dashboard\nViews\n1,500\nWeather\nsunny\nCTOR\n8.1%", PROFILES)
    assert dict(read.counts) == {"views": 1500}
    assert unread == ["LIVE dashboard", "Weather", "sunny"]


def test_a_count_with_two_numbers_is_not_chosen_between():
    read, _ = pasted_counts("Views\n1,500\nViews\n1,700", PROFILES)
    assert not read.counts
    assert dict(read.problems) == {"views": "stands there twice, as 1,500 and as 1,700; leave one of them"}


@given(st.text())
def test_any_text_can_be_pasted(text):
    read, _ = pasted_counts(text, PROFILES)
    assert set(read.counts) <= {*COUNTS, *EXTRA_COUNTS}


@given(st.dictionaries(st.sampled_from(COUNTS), st.integers(0, 10**12), min_size=1))
def test_labels_and_whole_numbers_come_back(counts):
    text = "\n".join(f"{name.replace('_', ' ')}\t{value}" for name, value in counts.items())
    read, unread = pasted_counts(text, PROFILES, "USD")
    assert dict(read.counts) == counts and unread == []


@pytest.mark.parametrize(("typed", "views"), [("3.4w", 34000), ("3.4W", 34000), ("41,2N", 41200), ("41,2 n", 41200)])
def test_what_chinese_and_vietnamese_write_behind_a_number(typed, views):
    assert typed_counts({"views": typed}).counts == {"views": views}


@pytest.mark.parametrize(
    "text",
    [
        "• Views: 4970\n✅ Impressions: 41234\n💰 *GMV*: Rp1,2jt",
        "views=4970\nimpressions = 41234\nGMV = Rp1,2jt",
        "Views → 4970\nImpressions -> 41234\nGMV => Rp1,2jt",
    ],
)
def test_a_report_as_people_send_it_in_a_chat(text):
    read, unread = pasted_counts(text, built_in_profiles(), "IDR")
    assert dict(read.counts) == {"views": 4970, "impressions": 41234, "gmv": 1_200_000} and not unread
