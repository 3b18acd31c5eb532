"""LIVEs with ads: compared with their own kind, or with a word that they are not; what ads cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from playbook.diagnosis.baseline.alike import alike, paid
from playbook.diagnosis.diagnose import diagnose
from playbook.diagnosis.money.ads import ads
from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.pipeline import review
from playbook.simulation.worlds.courses import paid_traffic
from playbook.simulation.worlds.shop import real_shop
from tests.diagnosis.shops import said

KNOWLEDGE = load()


def shop(seed: int, lives: int, share: float, cold: float = 0.0) -> list[Session]:
    """A shop with ads in a share of its LIVEs and in the last; `cold` cuts ERR of the paid part further."""
    rng = np.random.default_rng(seed)
    which = rng.random(lives) < share
    which[-1] = True
    course = paid_traffic(rng, lives, which)
    if course.paid is not None and cold:
        part = course.paid / (1 + course.paid)
        course = course.and_also({"err": np.log(1 - part * cold)})
    return real_shop(rng).lives(rng, course)


@pytest.mark.parametrize(("share", "cold"), [(0.0, 0.0), (0.1, 0.6), (0.4, 0.0), (0.4, 0.6)])
def test_err_is_seldom_called_low_in_a_live_with_ads(share: float, cold: float) -> None:
    """At most one in twenty, also where the people whom ads bring hardly enter at all."""
    verdicts: Counter[str] = Counter()
    for seed in range(40):
        lives = shop(seed, 8 + seed % 20, share, cold)
        verdicts[diagnose(lives[-1], lives[:-1], KNOWLEDGE.metrics).judgements["err"].verdict] += 1
    assert verdicts["below"] <= 2
    assert verdicts["usual"] > 25 or share < 0.4


def live(name: str, cost: float | None, gmv: float = 1000.0, claimed: float | None = None) -> Session:
    counts = {"views": 500.0, "gmv": gmv, "sku_orders": 40.0, "ads_cost": cost, "ads_gmv": claimed}
    return Session(name, {key: value for key, value in counts.items() if value is not None}, currency="USD")


@pytest.mark.parametrize(
    ("session", "ran"),
    [(live("a", 5.0), True), (live("a", 0.0), False), (live("a", None), None), (live("a", 0.0, claimed=9.0), True)],
)
def test_whether_ads_ran(session: Session, ran: bool | None) -> None:
    assert paid(session) is ran


def test_each_kind_is_compared_with_its_own() -> None:
    free, bought = [live(f"f{at}", 0.0) for at in range(4)], [live(f"p{at}", 9.0) for at in range(3)]
    unknown = live("u", None)
    found = alike(live("now", 7.0), [*free, *bought, unknown])
    assert [each.id for each in found.sessions] == ["p0", "p1", "p2", "u"]
    assert said(found.notes) == ("This LIVE ran with ads: 4 earlier LIVEs without ads left out of the usual.",)
    assert [each.id for each in alike(live("now", 0.0), [*free, *bought]).sessions] == ["f0", "f1", "f2", "f3"]
    assert alike(live("now", None), [*free, *bought]).sessions == (*free, *bought)


def test_too_few_of_its_kind_stand_together_and_no_verdict_is_given() -> None:
    lives = shop(3, 12, 0.0)
    thin = replace(lives[-1], counts=lives[-1].counts | {"views": lives[-1].counts["views"] * 0.3})  # type: ignore[operator]
    found = diagnose(thin, lives[:-1], KNOWLEDGE.metrics)
    assert found.history_sessions == 11
    assert {each.verdict for each in found.judgements.values()} <= {"usual", "unknown"}
    assert found.judgements["err"].verdict == "unknown"
    assert found.judgements["err"].reason == "compared with too few LIVEs with ads: it needs 3"
    assert found.leak is None
    assert any(each.startswith("This LIVE ran with ads, and 11 earlier LIVEs") for each in said(found.notes))


def test_what_ads_cost_and_what_is_left() -> None:
    found = ads(live("a", 50.0, claimed=400.0))
    assert found is not None
    assert (found.cost_per_order, found.gmv_less_cost, found.claims_all) == (1.25, 950.0, False)
    assert ads(live("a", 0.0)) is None and ads(live("a", None)) is None
    assert ads(live("a", 50.0, claimed=1000.0)).claims_all  # type: ignore[union-attr]


def test_the_review_says_it_in_money() -> None:
    told = review(live("a", 50.0, claimed=980.0), [], KNOWLEDGE)
    words = (
        "Ads cost $50.00, which is $1.25 for each order of this LIVE; GMV less ads is $950.00; "
        "ads claim $980.00 of GMV, nearly all of it: LIVE GMV Max counts paid and organic orders alike."
    )
    assert words in told.notes
    assert told.to_dict()["ads"]["gmv_less_cost"] == 950.0
    assert review(live("a", None), [], KNOWLEDGE).to_dict()["ads"] is None
