"""The review page as a person uses it: upload, sample, typed numbers, picking, files that cannot be used."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from playbook.imports import built_in_profiles as load_profiles
from playbook.knowledge.load import load
from playbook.ui.files import landing

from .conftest import SAMPLES, texts

FEWER = SAMPLES / "fewer_came_in"


def upload(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    uploader = at.file_uploader(key="upload")
    for name, content in files:
        uploader = uploader.upload(name, content)
    return uploader.run() if files else at


def contents() -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(FEWER.iterdir())]


def test_s28_an_upload_reaches_a_review_with_its_handles(app: AppTest) -> None:
    at = upload(app, *contents())
    assert not at.exception
    for key in ("money_sentence", "report", "worst_err", "recommendation_err_billboard"):
        assert at.get_by_key(key)
    assert "less than your usual LIVE of this length" in at.title[0].value
    assert "First step:" in texts(at)


def test_files_that_cannot_be_used_are_named_and_the_others_kept(app: AppTest) -> None:
    at = upload(app, *contents(), ("holiday.csv", b"\x89PNG\r\n\x1a\n\x00\x01\x02"))
    assert not at.exception
    assert at.get_by_key("worst_err")
    assert any("holiday.csv" in each.value for each in at.error)


def test_only_unusable_files_keep_the_landing_page_with_the_reason(app: AppTest) -> None:
    at = upload(app, ("empty.csv", b""))
    assert not at.exception
    assert any("empty.csv" in each.value for each in at.error)
    assert at.button(key="sample_fewer_came_in")


def test_another_live_can_be_picked_and_its_past_is_what_came_before(with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("ordinary_evening")
    newest = at.title[0].value
    picker = at.selectbox(key="live_picker")
    oldest = picker.options[-1]
    at = picker.select_index(len(picker.options) - 1).run()
    assert not at.exception
    assert at.title[0].value != newest
    assert oldest in at.selectbox(key="live_picker").options
    assert at.title[0].value.startswith("Your first LIVE here sold R$ ")


def test_starting_over_shows_the_landing_page(with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("first_live").button(key="start_over").click().run()
    assert not at.exception
    assert at.button(key="sample_first_live")


def test_without_history_nothing_is_invented_and_help_is_offered(with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("first_live")
    assert at.get_by_key("no_history")
    words = texts(at)
    assert "last 28 days" in words and "below usual" not in words
    with pytest.raises(KeyError):
        at.get_by_key("worst_err")
    at = at.pills(key="felt_weak").select("err").run()
    assert not at.exception


def typed(at: AppTest, **texts: str) -> AppTest:
    for name, text in texts.items():
        at.text_input(key=f"typed_{name}").set_value(text)
    return at.run()


def test_typed_numbers_become_a_live_like_any_other(app: AppTest) -> None:
    at = typed(app, minutes="1:30", impressions="12K", views="1.234", likes="12,4 rb", avg_viewing_seconds="24s")
    assert "Understood: Length 90 minutes · Impressions about 12,000 · Views 1,234" in texts(at)
    assert "Likes about 12,400" in texts(at)
    assert not at.metric, "nothing is saved before the button"
    at = at.button(key="typed_submit").click().run()
    assert not at.exception
    metrics = {each.label: each.value for each in at.metric}
    assert metrics["Impressions per hour"] == "8,000"
    assert at.get_by_key("typed_download")


def test_a_form_says_what_is_missing_and_keeps_what_was_typed(app: AppTest) -> None:
    at = typed(app, views="900", likes="many")
    assert any("'many' is not a number" in each.value for each in at.warning)
    at = at.button(key="typed_submit").click().run()
    said = [each.value for each in at.error]
    assert any("Type the length of the LIVE" in each for each in said) and any("'many'" in each for each in said)
    assert at.text_input(key="typed_views").value == "900" and at.text_input(key="typed_likes").value == "many"
    assert sum("'many'" in each.value for each in (*at.error, *at.warning)) == 1, "each is said once"
    at = typed(at, minutes="long")
    assert [each.value for each in at.error if "length" in each.value] == [
        "'long' is not a length like 118, 1\\:58 or 1h 58m."
    ]
    at = typed(at, minutes="90", likes="12")
    assert not at.error and not at.warning, "what was put right is no longer asked for"


def test_amounts_are_in_the_chosen_currency_and_another_sign_is_asked_about(app: AppTest) -> None:
    app.selectbox(key="typed_currency").set_value("IDR")
    at = typed(app, minutes="90", views="900", gmv="Rp1,2jt")
    assert "GMV about Rp 1,200,000" in texts(at).replace("\xa0", " ").replace(".", ",")
    at = typed(at, gmv="R$ 1.234,50")
    assert any("GMV\\: typed in BRL, and the currency chosen is IDR" in each.value for each in at.warning)
    at = at.button(key="typed_submit").click().run()
    assert not at.metric and at.text_input(key="typed_gmv").value == "R$ 1.234,50"


def test_what_contradicts_is_shown_before_it_is_saved(app: AppTest) -> None:
    at = typed(app, minutes="90", impressions="500", views="900")
    assert any("more views (900) than impressions (500)" in each.value for each in at.warning)


def test_a_pasted_page_fills_in_the_fields(app: AppTest) -> None:
    page = "GMV atribuído\nR$ 2.814,50\nVisualizações\n12,5 mil\nImpressões da LIVE\n98.400\nZeal\n7"
    app.text_area(key="typed_pasted").set_value(page)
    at = app.button(key="typed_fill").click().run()
    assert not at.exception
    assert at.text_input(key="typed_impressions").value == "98400"
    assert (at.text_input(key="typed_views").value, at.text_input(key="typed_gmv").value) == ("12.5K", "2814.5")
    assert at.selectbox(key="typed_currency").value == "BRL"
    assert "3 numbers filled in below" in texts(at) and "Zeal, 7" in texts(at)
    at = typed(at, minutes="118").button(key="typed_submit").click().run()
    assert {each.label: each.value for each in at.metric}["Impressions per hour"] == "50.034"


def test_the_headline_numbers_are_the_sellers_choice(with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("fewer_came_in")
    assert [each.label for each in at.metric][:6] == [
        "GMV", "Orders", "Click-to-order rate", "Impressions per hour", "GMV per hour", "Show GPM",
    ]  # fmt: skip
    at = at.switch_page("pages/data.py").run()
    at.session_state["data_tabs"] = "Settings"
    at = at.run().multiselect(key="headline_choice").set_value(["err", "ctor"]).run()
    at = at.switch_page("pages/review.py").run()
    assert [each.label for each in at.metric][:2] == ["Enter room rate", "Click-to-order rate"]


def test_s8_the_set_named_traffic_express_has_every_metric_in_the_order_of_the_playbook(
    with_sample: Callable[[str], AppTest],
) -> None:
    at = with_sample("first_live").switch_page("pages/data.py").run()
    at.session_state["data_tabs"] = "Settings"
    at = at.run().button(key="set_Traffic Express").click().run()
    chosen = at.multiselect(key="headline_choice").value
    assert chosen == list(load().metrics)
    at = at.switch_page("pages/review.py").run()
    labels = [load().metrics[name].label for name in chosen]
    assert [each.label for each in at.metric] == labels


def test_a_metric_left_out_in_the_settings_is_not_among_the_worst(with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("fewer_came_in").switch_page("pages/data.py").run()
    at.session_state["data_tabs"] = "Settings"
    at = at.run().multiselect(key="left_out_choice").set_value(["err"]).run().switch_page("pages/review.py").run()
    assert not at.exception and at.get_by_key("worst_ctr")
    with pytest.raises(KeyError):
        at.get_by_key("worst_err")


def test_text_from_files_is_shown_as_text(app: AppTest) -> None:
    title = "<script>alert(1)</script> :red[x] $a$ **b**"
    rows = ["session_id,start,minutes,title,impressions,views"]
    rows += [f's{day},2026-08-{day:02d} 19:00,120,"{title}",10000,{900 + day}' for day in range(1, 7)]
    at = upload(app, ("mine.csv", "\n".join(rows).encode()))
    assert not at.exception
    assert not any("<script>" in each.value for each in at.markdown)


def test_a_violation_stands_with_what_was_seen_around_it_and_the_rules(app: AppTest) -> None:
    for path in sorted((SAMPLES / "fewer_came_in").iterdir()):
        content = path.read_bytes()
        if path.name == "events.csv":
            content += b"70,violation,misleading price,,,\r\n"
        app.file_uploader(key="upload").upload(path.name, content)
    at = app.run()
    at.session_state["detail_tabs"] = "Minute by minute"
    at = at.run()
    assert not at.exception
    said = texts(at).replace("\\", "")
    assert "Misleading price, 1:10" in said
    assert "in the ten minutes after it: " in said and "because" not in said.split("Misleading price")[1][:400]
    assert "Level 1 is a reminder" in said
    assert "Type: Misleading price or discount." in said
    assert "1 violation of this type in 90 days, by your logs. No limit and no time to appeal are known for ID." in said
    assert "In the US, 6 in 90 days can end the permission of creators to sell" in said
    assert "an appeal is possible for 30 days, from this LIVE on until " in said
    assert "seller-us.tiktok.com/university/essay?knowledge\\_id" in said or "knowledge_id=5130820791011118" in said


def test_shares_have_the_names_of_the_dashboard_and_one_reason(app: AppTest) -> None:
    shares = b"channel,impressions,views,gmv\nfor_you,61%,48%,40%\nlive_feed,39%,52%,60%\n"
    at = upload(app, *contents(), ("channels.csv", shares))
    at.session_state["detail_tabs"] = "Channels and followers"
    at = at.run()
    assert not at.exception
    (table,) = [each.value for each in at.dataframe if "Share of" in each.value.columns]
    assert set(table["Channel"]) == {"For You feed", "LIVE feed"}
    assert set(table["Share of"]) == {"Impressions", "Views", "GMV"}
    assert "Verdict" not in table.columns, "all for the same reason, which is said below"
    assert texts(at).count("it needs 3 earlier LIVEs with this share") == 1


def test_three_answers_come_first_where_to_find_the_export(app: AppTest) -> None:
    app.session_state["start_tabs"] = "Where to find the export"
    at = app.run()
    words = [each.value for each in at.markdown]
    firsts = [place for place, each in enumerate(words) if each.startswith(("**1", "**2", "**3"))]
    assert len(firsts) == 3 and "last 28 days" in words[firsts[0]]
    others = next(place for place, each in enumerate(words) if "Open API" in each)
    assert max(firsts) < others
    assert all(name in load_profiles() for _, names, _ in landing.FIRST for name in names)


def test_a_sample_is_marked_as_one_and_an_upload_is_not(with_sample: Callable[[str], AppTest], app: AppTest) -> None:
    assert "made-up shop, nothing of it is saved" in texts(with_sample("first_live"))
    assert "made-up shop, nothing of it is saved" not in texts(upload(app, *contents()))
