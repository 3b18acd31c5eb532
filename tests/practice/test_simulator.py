"""The engine of the practice LIVE: counts that hang together, the same luck, and tools that cost what they cost."""

from __future__ import annotations

import pytest

from playbook.knowledge.load import load
from playbook.knowledge.practice import Practice
from playbook.practice.actions import Action
from playbook.practice.dashboard import dashboard
from playbook.practice.luck import binomial_quantile, poisson_quantile
from playbook.practice.policies import POLICIES, do_nothing, play
from playbook.practice.runs import session_of, usual_of
from playbook.practice.simulator import PracticeLive

from .rooms import calm

SCENARIOS = load().practice


@pytest.fixture
def room() -> Practice:
    return calm()


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("policy", POLICIES)
def test_counts_hang_together(name: str, policy: str) -> None:
    practice = SCENARIOS[name]
    live = play(practice, 3, POLICIES[policy], usual_of(practice))
    before = 0
    for row in live.rows:
        assert 0 <= row.views <= row.impressions
        assert 0 <= row.online <= before + row.views
        assert 0 <= row.sku_orders <= row.product_clicks <= before + row.views
        assert min(row.comments, row.new_followers, row.shares, row.likes, row.product_impressions) >= 0
        assert row.gmv >= 0
        before = row.online


def test_the_same_seed_and_actions_give_the_same_live(room: Practice) -> None:
    usual = usual_of(room)
    first, second, other = (play(room, seed, POLICIES["playbook"], usual) for seed in (7, 7, 8))
    assert first.rows == second.rows and first.done == second.done
    assert first.rows != other.rows


def test_luck_does_not_depend_on_what_was_done(room: Practice) -> None:
    """A line that is said changes its own rate and nothing that came before it."""
    plain, told = PracticeLive(room, 5), PracticeLive(room, 5)
    for _ in range(20):
        assert plain.step() == told.step()
    plain.step()
    told.step([Action("say_click")])
    assert told.rows[-1].product_clicks >= plain.rows[-1].product_clicks
    assert told.rows[-1].impressions == plain.rows[-1].impressions


def test_more_giveaways_cost_more(room: Practice) -> None:
    live = PracticeLive(room, 1)
    spent = []
    for minute in range(30):
        live.step([Action("giveaway_free")] if minute % 10 == 0 else [])
        spent.append(live.spent)
    assert spent[0] == room.prize and spent[-1] == 2 * room.prize, "two prizes are all there is"
    assert live.net == pytest.approx(live.gmv - 2 * room.prize)


def test_one_giveaway_at_a_time(room: Practice) -> None:
    live = PracticeLive(room, 1)
    assert live.do(Action("giveaway_follow")) is None
    assert live.do(Action("giveaway_watch")) == "Only one giveaway runs at a time; wait 5 more minutes."
    assert live.spent == room.prize


@pytest.mark.parametrize(("minutes", "fine"), [(0, False), (1, True), (20, True), (21, False), (None, False)])
def test_a_flash_sale_lasts_1_to_20_minutes(room: Practice, minutes: int | None, fine: bool) -> None:
    why = PracticeLive(room, 1).do(Action("flash_sale", 0, minutes))
    assert why == (None if fine else "A flash sale lasts 1 to 20 minutes.")


def test_a_warning_cuts_exposure_and_passes() -> None:
    warned = SCENARIOS["after_a_warning"].model_copy(update={"draw": None})
    calm = warned.model_copy(update={"violations": []})
    cut, whole = (play(each, 2, do_nothing, {}) for each in (warned, calm))

    def shown(live: PracticeLive, start: int, end: int) -> int:
        return sum(row.impressions for row in live.rows[start:end])

    assert shown(cut, 0, 26) == shown(whole, 0, 26)
    assert shown(cut, 26, 41) < 0.65 * shown(whole, 26, 41)
    assert shown(cut, 60, 80) > 0.9 * shown(whole, 60, 80)


def test_three_warnings_end_the_live(room: Practice) -> None:
    live = play(room.model_copy(update={"violations": [5, 10, 15]}), 1, do_nothing, {})
    assert live.ended == "warnings" and live.minute == 16
    with pytest.raises(ValueError, match="over"):
        live.step()


def test_a_session_holds_the_same_totals(room: Practice) -> None:
    live = play(room, 4, POLICIES["playbook"], usual_of(room))
    session = session_of(live)
    assert session.trend is not None and len(session.trend) == room.minutes
    assert session.counts["gmv"] == pytest.approx(live.gmv)
    assert session.counts["views"] == sum(row.views for row in live.rows)
    assert {each.type for each in session.events} >= {"pin"}
    orders = sum(each.counts["sku_orders"] or 0 for each in session.products)
    assert orders == session.counts["sku_orders"]


@pytest.mark.parametrize("mean", [0.3, 4.0, 39.0, 41.0, 900.0])
def test_quantiles_have_the_mean_asked_for(mean: float) -> None:
    from scipy.special import ndtri

    steps = [(at + 0.5) / 4000 for at in range(4000)]
    poisson = sum(poisson_quantile(u, float(ndtri(u)), mean) for u in steps) / 4000
    binomial = sum(binomial_quantile(u, float(ndtri(u)), 2000, mean / 2000) for u in steps) / 4000
    assert poisson == pytest.approx(mean, rel=0.01)
    assert binomial == pytest.approx(mean, rel=0.01)


def test_nothing_is_called_low_before_it_says_something() -> None:
    live = PracticeLive(calm(), 1)
    seen: dict[str, list[bool]] = {name: [] for name in ("err", "comment_rate")}
    for _ in range(20):
        live.step()
        for name, found in seen.items():
            found.append(dashboard(live, {}).settled(name))
    assert seen["err"].index(True) == 14 and seen["comment_rate"].index(True) == 9
