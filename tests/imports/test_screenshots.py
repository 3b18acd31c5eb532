"""Numbers of a LIVE from lines of text with their places, as a reader of pictures gives them."""

from __future__ import annotations

from datetime import datetime

import pytest

from playbook.imports.screenshots import Box, UnusablePicture, read_boxes
from playbook.imports.screenshots.boxes import upright
from playbook.imports.screenshots.pictures import checked, is_picture


def line(text: str, left: float, top: float, high: float = 20, score: float = 0.99, tilt: float = 0.0) -> Box:
    return Box(text, score, left, top, left + 0.55 * high * len(text), top + high, tilt)


def cards(*pairs: tuple[str, str], columns: int = 2, value_first: bool = False) -> list[Box]:
    """Cards as on a phone: a small label with a larger number below it, or above."""
    found = []
    for at, (label, number) in enumerate(pairs):
        left, top = 20 + at % columns * 220, 100 + at // columns * 110
        found += [
            line(label, left, top + (44 if value_first else 0)),
            line(number, left, top + (0 if value_first else 30), 34),
        ]
    return found


def rows(*pairs: tuple[str, str]) -> list[Box]:
    """A list: the label at the left edge, the number at the right one."""
    found = []
    for at, (label, number) in enumerate(pairs):
        found += [line(label, 20, 100 + 50 * at), line(number, 500, 100 + 50 * at)]
    return found


VIETNAMESE = (("Doanh thu", "12.450.000"), ("Lưt xem", "4.970"), ("Lưt hin th", "62,9K"), ("Bình lun", "410"),
              ("Ngưi theo dõi mi", "48"), ("Lưt nhp sn phm", "640"), ("Lưt thích", "1,2 tr"))  # fmt: skip


@pytest.mark.parametrize("columns", [1, 2, 4])
@pytest.mark.parametrize("value_first", [False, True])
def test_cards_are_paired_whatever_their_order(columns: int, value_first: bool) -> None:
    read = read_boxes([cards(*VIETNAMESE, columns=columns, value_first=value_first)], currency="VND")
    assert read.values == {
        "gmv": 12_450_000, "views": 4970, "impressions": 62_900, "comments": 410, "new_followers": 48,
        "product_clicks": 640, "likes": 1_200_000,
    }  # fmt: skip
    assert read.rounded == {"impressions", "likes"} and read.currency == "VND"
    assert not read.marked


def test_a_list_is_paired_along_its_lines() -> None:
    read = read_boxes(
        [rows(("Tayangan LIVE", "12,4 rb"), ("Komentar", "1.234"), ("GMV", "Rp1,2jt"), ("Durasi", "2 jam 5 mnt"))],
        currency="IDR",
    )
    assert read.values == {"views": 12_400, "comments": 1234, "gmv": 1_200_000, "duration_minutes": 125}
    assert read.rounded == {"views", "gmv"}


def test_a_label_and_its_number_in_one_line_and_a_label_of_two_lines() -> None:
    boxes = [
        line("Views: 4,970", 20, 100), line("Likes 2.5K", 20, 150), line("Product", 300, 100), line("clicks", 300, 122),
        line("640", 300, 150, 34),
    ]  # fmt: skip
    assert read_boxes([boxes]).values == {"views": 4970, "likes": 2500, "product_clicks": 640}


def test_a_sign_of_money_in_a_box_of_its_own() -> None:
    boxes = [line("GMV", 20, 100), line("R$", 20, 130, 34), line("2,8", 62, 130, 34), line("mil", 122, 130, 34)]
    read = read_boxes([boxes], currency="BRL")
    assert read.values == {"gmv": 2800} and read.currency == "BRL" and read.rounded == {"gmv"}


def test_a_header_of_a_table_gives_its_numbers_to_nobody() -> None:
    header = [line(text, 20 + 200 * at, 300) for at, text in enumerate(("Views", "Likes", "Comments"))]
    table = [line(str(n), 20 + 200 * (n % 3), 330 + 30 * (n // 3)) for n in range(9)]
    assert read_boxes([[*cards(("Views", "4,970")), *header, *table]]).values == {"views": 4970}


def test_a_change_against_another_live_is_no_number_of_this_one() -> None:
    boxes = [*cards(("Views", "4,970"), ("Likes", "300 +12%"), columns=1), line("+12.5%", 20, 168, 16)]
    assert read_boxes([boxes]).values == {"views": 4970, "likes": 300}


@pytest.mark.parametrize(
    ("pairs", "marked"),
    [
        ((("Impressions", "41,234"), ("Views", "4,970"), ("ERR", "12.05%")), set()),
        ((("Impressions", "41,234"), ("Views", "1,970"), ("ERR", "12.05%")), {"impressions", "views", "err"}),
        ((("Views", "4,970"), ("GMV", "$990.50"), ("Watch GPM", "$199.30")), set()),
        ((("Views", "4,970"), ("GMV", "$99.05"), ("Watch GPM", "$199.30")), {"views", "gmv", "watch_gpm"}),
        ((("Product clicks", "640"), ("SKU orders", "45"), ("CTOR", "7.03%")), set()),
        (
            (("Product clicks", "640"), ("SKU orders", "95"), ("CTOR", "7.03%")),
            {"product_clicks", "sku_orders", "ctor"},
        ),
        ((("Views", "4,970"), ("ERR", "12.05")), {"err"}),
        ((("Orders", "45"),), {"orders_paid"}),
    ],
)  # fmt: skip
def test_what_contradicts_or_may_mean_several_things_is_marked(pairs: tuple, marked: set[str]) -> None:
    assert read_boxes([cards(*pairs)], currency="USD").marked == marked


def test_a_low_score_two_numbers_and_another_currency_are_questions() -> None:
    unsure = [line("Views", 20, 100), line("4,970", 20, 130, 34, score=0.7)]
    assert read_boxes([unsure]).items[0].doubts == ("score",)
    twice = read_boxes([cards(("Views", "4,970")), cards(("Views", "5,120"))])
    assert twice.values == {"views": 4970} and twice.items[0].doubts == ("twice",)
    assert read_boxes([cards(("GMV", "€990"))], currency="IDR").items[0].doubts == ("currency",)
    assert read_boxes([cards(("GMV", "869,852"))], currency="THB").items[0].doubts == ("sign",)
    assert read_boxes([cards(("Views", "12.4"))]).items[0].doubts == ("number",)


def test_several_pictures_of_one_live_are_joined_and_the_exact_number_counts() -> None:
    read = read_boxes([cards(("Views", "4.9K"), ("Likes", "300")), cards(("Views", "4,912"), ("Shares", "7"))])
    assert read.values == {"views": 4912, "likes": 300, "shares": 7} and not read.marked
    assert {each.name: each.picture for each in read.items} == {"views": 1, "likes": 0, "shares": 1}


def test_a_picture_held_askew_is_straightened_and_cut_out_where_it_is() -> None:
    slope = 0.05
    straight = rows(("Views", "4,970"), ("Likes", "300"), ("Comments", "41"), ("Shares on the LIVE today", "7"))
    tilted = [
        Box(b.text, b.score, b.left, b.top + slope * b.left, b.right, b.bottom + slope * b.right, slope)
        for b in straight
    ]
    assert abs(upright(tilted)[0].middle - upright(tilted)[1].middle) < 5
    read = read_boxes([tilted])
    assert read.values == {"views": 4970, "likes": 300, "comments": 41}
    assert read.items[0].place[1] == tilted[0].top and read.items[0].place[3] == tilted[1].bottom


def test_the_start_and_a_length_without_a_label() -> None:
    read = read_boxes([[line("2026-08-01 19:03·2 gi 7 phút", 20, 20), *cards(("Views", "4,970"))]])
    assert read.start == datetime(2026, 8, 1, 19, 3) and not read.start_doubts
    assert read.values["duration_minutes"] == 127 and "duration_minutes" in read.marked
    assert read_boxes([[line("05/06/2026 19:03", 20, 20)]]).start_doubts == ("day",)


def test_what_is_no_picture_or_of_a_phone_alone_is_refused_in_words() -> None:
    for content, words in ((b"a,b\n1,2\n", "not a picture"), (b"\0\0\0\x18ftypheic" + b"\0" * 40, "JPEG"),
                           (b"\xff\xd8\xff" + b"\0" * 20_000_001, "20 MB")):  # fmt: skip
        with pytest.raises(UnusablePicture, match=words):
            checked(content)
    assert is_picture(b"\0\0\0\x18ftypheic") and is_picture(b"RIFF\0\0\0\0WEBP") and not is_picture(b"a,b\n")


BARE = (("Product impressions", "15,672"), ("CTR", "5.00%"))


@pytest.mark.parametrize(
    ("beside", "name", "marked"),
    [
        ((), "ctr", True),  # nothing says which one
        ((("Product clicks", "784"),), "product_ctr", False),
        ((("Product clicks", "400"), ("Views", "8,000")), "ctr", False),
        ((("Product clicks", "999"), ("Views", "8,000")), "ctr", True),  # neither
        ((("Product clicks", "784"), ("Views", "15,700")), "ctr", True),  # both
        ((("LIVE CTR", "22.10%"),), "product_ctr", False),
    ],
)
def test_a_bare_ctr_is_what_its_counts_make_or_looked_at(
    beside: tuple[tuple[str, str], ...], name: str, marked: bool
) -> None:
    read = read_boxes([cards(*BARE, *beside)], currency="USD")
    assert read.values[name] == pytest.approx(0.05)
    assert (name in read.marked) is marked


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Casa Aurora Durasi: 3 jam 6 menit Waktu mulai: 2026-10-16 05:28", 186),
        ("Kirana Batik Duración: 3h 10min", 190),
        ("Painel da LIVE Pebble & Pine Duração: 02:07:00", 127),
    ],
)
def test_a_length_within_a_joined_line_is_looked_at(text: str, minutes: float) -> None:
    read = read_boxes([[*cards(("GMV", "1.234")), line(text, 20, 10, 12)]], currency="IDR")
    assert read.values["duration_minutes"] == minutes and "duration_minutes" in read.marked


def test_a_clock_of_the_phone_is_no_length_of_a_joined_line() -> None:
    read = read_boxes([[*cards(("GMV", "1.234")), line("Casa Aurora 8:15 5G 48%", 20, 10, 12)]], currency="IDR")
    assert "duration_minutes" not in read.values


def test_pictures_of_two_lives_are_looked_at_whole() -> None:
    one = cards(("GMV", "$493.98"), ("Views", "2,512"), ("Comments", "112"))
    other = cards(("GMV", "$88.10"), ("Views", "9,100"), ("Peak viewers", "223"))
    read = read_boxes([one, other], currency="USD")
    assert read.marked == {"gmv", "views", "comments", "peak_viewers"}
    assert all("moments" in each.doubts for each in read.items)


def test_pictures_that_differ_in_one_number_are_of_one_live() -> None:
    one = cards(("GMV", "$493.98"), ("Views", "2,512"), ("Comments", "112"))
    other = cards(("GMV", "$493.98"), ("Views", "2,612"), ("Peak viewers", "223"))
    assert read_boxes([one, other], currency="USD").marked == {"views"}


def test_a_shortened_number_beside_its_exact_one_is_no_other_moment() -> None:
    one = cards(("Impressions", "62,941"), ("Likes", "12,040"))
    other = cards(("Impressions", "62.9K"), ("Likes", "12K"), ("Comments", "112"))
    assert not read_boxes([one, other], currency="USD").marked
