"""Orders of several kinds: which of them a rate counts, and what is compared with what."""

from dataclasses import replace

import pytest

from playbook.diagnosis.diagnose import diagnose
from playbook.diagnosis.over_lives.over_time import over_time
from playbook.knowledge.load import load
from playbook.metrics import compute
from playbook.pipeline import review
from playbook.report.forms.as_html import as_html
from playbook.report.forms.as_markdown import as_markdown
from playbook.report.forms.as_text import as_text

from .shops import METRICS, changed, live, said


def paid(index, orders=48.0, **counts):
    """As an export prints it that knows only paid orders."""
    return live(index, sku_orders=None, orders_paid=orders, **counts)


@pytest.mark.parametrize(
    "counts, kind, ctor",
    [
        ({"sku_orders": 64.0, "orders_main": 50.0, "orders_paid": 40.0}, "sku", 0.1),
        ({"sku_orders": None, "orders_main": 32.0, "orders_paid": 40.0}, "main", 0.05),
        ({"sku_orders": None, "orders_paid": 16.0}, "paid", 0.025),
        ({"sku_orders": None, "orders_created": 70.0}, None, None),
    ],
)
def test_the_first_kind_that_is_printed_is_counted(counts, kind, ctor):
    session = live(0, **counts)
    assert session.orders_kind == kind == session.to_dict()["orders_kind"]
    values = compute(session, METRICS)
    assert values["ctor"].value == ctor
    assert values["gmv_per_order"].value == (None if ctor is None else 960.0 / (640 * ctor))


def test_a_list_with_paid_orders_alone_has_the_whole_split_of_money():
    found = diagnose(paid(9, gmv=700.0, orders=35.0), [paid(i) for i in range(9)], METRICS)
    assert [part.factor for part in found.leak.parts][-2:] == ["ctor", "gmv_per_order"]
    assert round(sum(part.amount for part in found.leak.parts), 2) == round(700 - found.leak.usual_gmv, 2)
    assert found.judgements["ctor"].usual == pytest.approx(0.075, rel=0.03)
    low = diagnose(paid(9, gmv=200.0, orders=10.0), [paid(i) for i in range(9)], METRICS)
    assert next(each for each in low.what_ifs if each.factor == "ctor").of("sku_orders").amount > 5


def test_other_kinds_of_orders_are_left_out_and_said():
    history = [live(i, sku_orders=160.0) for i in range(5)] + [paid(i) for i in range(5, 9)]
    found = diagnose(paid(9, orders=50.0), history, METRICS)
    for name in ("ctor", "gmv_per_order"):
        judged = found.judgements[name]
        assert judged.verdict == "usual"
        assert [each.value is None for each in judged.past] == [True] * 5 + [False] * 4
    assert found.judgements["ctor"].usual == pytest.approx(0.075, rel=0.03)
    assert found.judgements["ctr"].past[0].value is not None
    assert "5 earlier LIVEs count SKU orders, this one paid orders" in " ".join(said(found.notes))
    assert not any(each.best_session and each.best_session.value > 0.2 for each in found.worst if each.metric == "ctor")


def test_with_too_few_of_its_kind_nothing_is_judged():
    found = diagnose(paid(9), [live(i) for i in range(9)], METRICS)
    assert found.judgements["ctor"].verdict == "unknown"
    assert found.judgements["ctor"].usual is None
    assert found.judgements["ctr"].verdict == "usual"


def test_one_kind_is_not_remarked():
    notes = diagnose(live(9), [live(i) for i in range(9)], METRICS).notes
    notes = said(notes)
    assert not any("left out of the usual of CTOR" in each for each in notes)


def test_every_live_of_the_history_is_judged_by_its_own_kind():
    sessions = [live(i, sku_orders=160.0) for i in range(5)] + [paid(i) for i in range(5, 10)]
    points = over_time(sessions, METRICS).points["ctor"]
    assert [round(each.value, 3) for each in points] == [0.25] * 5 + [0.075] * 5
    assert points[4].usual == pytest.approx(0.25, rel=0.02)
    assert points[5].usual is None
    assert points[9].usual == pytest.approx(0.075, rel=0.02)


def attributed(index, **counts):
    """Direct GMV beside attributed orders, as the API prints it since 2026."""
    given = {"sku_orders": 80.0, "sku_orders_attributed": 80.0, "gmv": 1000.5, "gmv_attributed": 1100.0}
    return live(index, **given | counts)


def test_orders_are_divided_by_their_own_money_alone():
    value = compute(attributed(0), METRICS)["gmv_per_order"]
    assert (value.value, value.numerator) == (13.75, 1100.0)
    none = compute(attributed(0, gmv_attributed=None), METRICS)["gmv_per_order"]
    assert none.value is None and "no attributed GMV" in none.why
    own = compute(attributed(0, sku_orders=70.0), METRICS)["gmv_per_order"]  # direct orders are printed as well
    assert own.value == pytest.approx(1000.5 / 70)


def test_the_split_of_direct_gmv_has_no_attributed_order_in_it():
    found = diagnose(attributed(9, gmv=800.0), [attributed(i) for i in range(9)], METRICS)
    assert "gmv_per_order" not in [part.factor for part in found.leak.parts]
    assert found.judgements["gmv_per_order"].usual == pytest.approx(13.75, rel=0.02)


def test_the_printed_rate_of_the_same_orders_stands_beside_it():
    session = replace(paid(0), reported={"ctor_main": 0.0749})
    assert compute(session, METRICS)["ctor"].reported == 0.0749
    assert compute(replace(live(0), reported={"ctor_main": 0.05}), METRICS)["ctor"].reported is None


def test_a_reason_names_the_orders_that_were_counted():
    session = changed(paid(0), orders_paid=3.0)
    assert compute(session, METRICS)["gmv_per_order"].why == "too few to tell: 3 of 5 paid orders"
    assert compute(live(0, sku_orders=None), METRICS)["ctor"].why == "no orders in this export"


def test_every_form_says_which_orders_are_counted():
    made = review(paid(9), [paid(i) for i in range(9)], load())
    assert made.to_dict()["orders_kind"] == "paid"
    for text in (as_text(made), as_html(made), as_markdown(made)):
        assert "count paid orders" in " ".join(text.split())
    assert "Orders paid" in as_html(made)  # the last step of the funnel
    assert not any("paid orders" in each for each in review(live(9), [live(i) for i in range(9)], load()).notes)
