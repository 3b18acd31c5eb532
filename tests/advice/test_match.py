"""Lines of `when` against a diagnosis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playbook.advice.grounds import numbers
from playbook.advice.match import firing, match
from playbook.advice.reasons import because
from playbook.diagnosis.findings import Chronic, Diagnosis, Dip, Slide
from playbook.knowledge.load import load

from .build import diagnosis, judged, mark, strategy

METRICS = load().metrics
BELOW = diagnosis(judged("err", 0.06, 0.1, "below", 8.0), judged("impressions", 9000, 10000, "usual"))
USUAL = diagnosis(judged("err", 0.095, 0.1, "usual", -1.0), judged("impressions", 3000, 10000, "below", 9.0))
ABOVE = diagnosis(judged("err", 0.14, 0.1, "above", -6.0))
UNKNOWN = diagnosis(judged("err", 0.06, None, "unknown"))
GRADED = diagnosis(judged("err", 0.085, 0.1, "usual", 0.5, ("lowest of the last ten LIVEs",)))


def slid(low: float, high: float) -> Diagnosis:
    return diagnosis(slides=(Slide("err", 0.07, 0.1, -0.3, low, high, 5),))


@pytest.mark.parametrize(
    ("line", "found", "holds"),
    [
        ({"metric": "err", "is": "below_usual"}, BELOW, True),
        ({"metric": "err", "is": "below_usual", "by_at_least": "40%"}, BELOW, True),
        ({"metric": "err", "is": "below_usual", "by_at_least": "41%"}, BELOW, False),
        ({"metric": "err", "is": "below_usual"}, USUAL, False),
        ({"metric": "err", "is": "below_usual"}, UNKNOWN, False),
        ({"metric": "err", "is": "not_below_usual"}, USUAL, True),
        ({"metric": "err", "is": "not_below_usual"}, ABOVE, True),
        ({"metric": "err", "is": "not_below_usual"}, BELOW, False),
        ({"metric": "err", "is": "not_below_usual"}, UNKNOWN, False),
        ({"metric": "err", "is": "above_usual"}, ABOVE, True),
        ({"metric": "err", "is": "above_usual", "by_at_least": "50%"}, ABOVE, False),
        ({"metric": "err", "is": "above_usual"}, USUAL, False),
        ({"metric": "err", "is": "low"}, BELOW, True),
        ({"metric": "err", "is": "low"}, GRADED, True),
        ({"metric": "err", "is": "low", "by_at_least": "20%"}, GRADED, False),
        ({"metric": "err", "is": "low"}, USUAL, False),
        ({"metric": "err", "is": "low"}, UNKNOWN, False),
        ({"metric": "err", "is": "sliding"}, slid(-0.4, -0.2), True),
        ({"metric": "err", "is": "sliding", "by_at_least": "35%"}, slid(-0.4, -0.2), False),
        ({"metric": "err", "is": "sliding"}, slid(-0.6, 0.1), False),
        ({"metric": "err", "is": "sliding"}, BELOW, False),
        ({"metric": "err", "is": "chronic"}, diagnosis(chronic=(Chronic("err", mark("err", 0.2), 4, 5),)), True),
        ({"metric": "err", "is": "chronic"}, BELOW, False),
        ({"count": "impressions", "is": "not_below_usual"}, BELOW, True),
        ({"count": "impressions", "is": "below_usual"}, USUAL, True),
        ({"metric": "ctr", "is": "below_usual"}, BELOW, False),
        ({"finding": "dip", "kind": "sudden"}, BELOW, False),
    ],
)
def test_one_line(line: dict[str, str], found: Diagnosis, holds: bool) -> None:
    assert match(strategy("one", [line]), found, METRICS).fires is holds


def test_every_line_must_hold_and_the_first_that_does_not_decides() -> None:
    lines = [{"metric": "err", "is": "below_usual"}, {"count": "impressions", "is": "not_below_usual"}]
    assert match(strategy("both", lines), BELOW, METRICS).fires
    found = match(strategy("both", lines), USUAL, METRICS)
    assert found.deciding is not None
    index, line = found.deciding
    assert (index, numbers(line, METRICS)) == (1, "this LIVE 9.5%, usual 10.0%, range 8.0–12.0% (-5%): usual")


def test_only_tested_strategies_fire() -> None:
    line = [{"metric": "err", "is": "below_usual"}]
    ours = [strategy(status, line, status=status) for status in ("tested", "draft", "retired")]
    assert [found.strategy.id for found in firing(ours, BELOW, METRICS)] == ["tested"]


def test_the_reason_is_in_the_sellers_numbers() -> None:
    text = "{err} of {err.usual} ({err.gap}), {err.low} to {err.high}"
    ours = strategy("told", [{"metric": "err", "is": "below_usual"}], because=text)
    assert because(ours, BELOW, METRICS) == "6.0% of 10.0% (-40%), 8.0% to 12.0%"


def test_the_reason_of_a_slide_and_of_a_chronic_weakness() -> None:
    slide = strategy(
        "s", [{"metric": "err", "is": "sliding"}], because="{err.recent}, {err.earlier}, {err.change}, {err.sessions}"
    )
    assert because(slide, slid(-0.4, -0.2), METRICS) == "7.0%, 10.0%, -30%, 5"
    found = diagnosis(chronic=(Chronic("err", mark("err", 0.2), 4, 5),))
    chronic = strategy("c", [{"metric": "err", "is": "chronic"}], because="{err.benchmark}: {err.below} of {err.of}")
    assert because(chronic, found, METRICS) == "20.0%: 4 of 5"


def test_money_is_written_in_the_currency_of_the_shop() -> None:
    ours = strategy(
        "m", [{"metric": "gmv_per_hour", "is": "below_usual"}], because="{gmv_per_hour}, usually {gmv_per_hour.usual}"
    )
    found = diagnosis(judged("gmv_per_hour", 2345.6, 3000.0, "below", 3.0))
    assert because(ours, found, METRICS, "BRL") == "R$ 2.345,60, usually R$ 3.000,00"


def test_what_is_unknown_is_called_so() -> None:
    ours = strategy("u", [{"metric": "err", "is": "below_usual"}], because="{err} of {err.usual}")
    assert because(ours, UNKNOWN, METRICS) == "6.0% of unknown"
    assert because(ours, diagnosis(), METRICS) == "unknown of unknown"


def test_a_dip_that_is_perhaps_a_product_recommends_nothing() -> None:
    lines = strategy("a", [{"finding": "dip", "of": "ctr"}])
    dip = Dip("ctr", 41, 63, "prolonged", 0.4, 0.3, 0.5, 0.07, 0.12, 4.0)
    for perhaps in (False, True):
        found = replace(diagnosis(), dips=(replace(dip, perhaps_product=perhaps),))
        assert bool(firing([lines], found, METRICS)) is not perhaps
