"""Which earlier LIVEs count: of one account, in one currency."""

from dataclasses import replace

import pytest

from playbook.diagnosis import diagnose
from playbook.diagnosis.baseline.history import past_of
from playbook.diagnosis.over_lives.over_time import over_time

from .shops import METRICS, live, said


def of(creator, index, **counts):
    return replace(live(index, **counts), creator=creator)


SMALL = {"impressions": 1_600.0, "views": 200.0, "product_clicks": 26.0, "sku_orders": 2.0, "gmv": 38.0}


def mixed():
    """Ten LIVEs of a large account and ten of a small one, in turn."""
    return [of("big", i) if i % 2 else of("small", i, **SMALL) for i in range(20)]


def test_a_live_is_compared_with_its_own_accounts_only():
    found = diagnose(of("big", 21), mixed(), METRICS)
    assert found.history_sessions == 10
    assert found.judgements["gmv_per_hour"].verdict == "usual"
    assert found.judgements["gmv_per_hour"].usual == pytest.approx(480, rel=0.05)
    assert "10 LIVEs of other accounts left out of the usual." in said(found.notes)
    small = diagnose(of("small", 21, **SMALL), mixed(), METRICS)
    assert small.judgements["gmv_per_hour"].usual == pytest.approx(19, rel=0.1)


def test_what_does_not_say_its_account_counts():
    assert len(past_of(live(21), mixed()).sessions) == 20
    assert len(past_of(of("big", 21), [live(0), of("6512620107667226000", 1)]).sessions) == 2


def test_charts_over_time_are_of_the_latest_lives_account():
    assert {each.creator for each in over_time(mixed(), METRICS).sessions} == {"big"}


def test_another_currency_is_left_out_and_said():
    past = past_of(live(9), [live(0), replace(live(1), currency="MYR"), replace(live(2), currency=None)])
    assert [each.id for each in past.sessions] == ["live-0", "live-2"]
    assert said(past.notes) == ("1 LIVE in another currency left out of the usual.",)
