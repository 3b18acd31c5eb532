"""A shop at a glance: its last LIVE against its usual, what is weak, what is planned, and its LIVEs of late.

Worked out once and kept by the store until something of the shop changes. What depends on the day (for how long there
was no LIVE, whether a look is due) is no part of it: see `needs`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.diagnosis.findings import Benchmark
from playbook.diagnosis.over_lives.over_time import OverTime, over_time
from playbook.imports import pick
from playbook.knowledge.load import Knowledge, load
from playbook.model.session import Session
from playbook.pipeline import Review, review
from playbook.plans import kept as kept_plans
from playbook.plans.evidence import trust_of
from playbook.store.records import Glanced
from playbook.store.store import Store

if TYPE_CHECKING:
    from playbook.plans.kept import Kept

#: Counted up when a glance says something else of the same LIVEs.
FORM = 1
#: LIVEs that a glance remembers: four weeks of two a day.
KEPT_LIVES = 56


@dataclass(frozen=True)
class LiveLine:
    """A LIVE in a glance, by the shop's wall clock. `usual_gmv` is the usual of a LIVE of its length; `below` the
    factor metrics below usual, as judged by what preceded it. None is unknown.
    """

    id: str
    start: datetime
    minutes: float | None
    host: str | None
    gmv: float | None
    usual_gmv: float | None
    below: tuple[str, ...]
    judged: bool

    @property
    def change(self) -> float | None:
        return None if self.gmv is None or not self.usual_gmv else self.gmv / self.usual_gmv - 1


@dataclass(frozen=True)
class Weak:
    """A factor metric below usual in the last LIVE; `times` counts it in that LIVE and the five before."""

    metric: str
    value: float
    usual: float
    low: float
    high: float
    times: int


@dataclass(frozen=True)
class PlanLine:
    """The plan that is open, and what the LIVEs since say of it."""

    title: str
    strategy: str
    verdict: str | None
    more: int | None


@dataclass(frozen=True)
class Glance:
    """What a shop comes to. `last` is the LIVE that the review page opens with; `change` is its GMV against the usual
    of a LIVE of its length, `noise` whether LIVEs of this shop differ by as much anyway. `weak` has the metrics below
    usual in it, worst first. `lives` are the latest, oldest first.
    """

    last: LiveLine | None
    title: str | None
    currency: str | None
    gmv_kind: str | None
    change: float | None
    noise: bool
    weak: tuple[Weak, ...]
    plan: PlanLine | None
    lives: tuple[LiveLine, ...]


def look(store: Store, shop_id: str, knowledge: Knowledge, benchmarks: Sequence[Benchmark] = ()) -> Glance:
    """Work it out: one review of the latest LIVE, and the verdicts of those before it."""
    sessions = store.sessions(shop_id)
    plans = kept_plans.kept_plans(store, shop_id, sessions, knowledge.metrics) if sessions else []
    line = _plan(plans)
    if not sessions:
        return Glance(None, None, None, None, None, False, (), line, ())
    latest = pick(sessions, "latest")
    whole = store.session(shop_id, latest.id)
    past = store.history(shop_id, whole.start)
    trust = trust_of(kept_plans.evidence(plans, sessions)) if plans else None
    found = review(whole, past, knowledge, benchmarks, trust, store.accepted_levels(shop_id))
    judged = over_time(sessions, knowledge.metrics, KEPT_LIVES)
    leak = found.diagnosis.leak
    return Glance(
        _last(found),
        whole.title,
        whole.currency,
        whole.gmv_kind,
        None if leak is None or not leak.usual_gmv else leak.gmv / leak.usual_gmv - 1,
        leak is not None and leak.could_be_noise,
        _weak(found, judged),
        line,
        _briefs(judged, found),
    )


def key_of(line: Glanced, knowledge: str) -> str:
    """Names everything that a glance rests on; another key, and it is worked out anew. `knowledge` is its key."""
    return hashlib.sha256("\x1f".join((str(FORM), line.mark, knowledge)).encode()).hexdigest()


def kept(line: Glanced, key: str) -> Glance | None:
    """What the store keeps of a shop, where it is of this key and can be read."""
    return None if line.key != key or line.data is None else _read_once(line.data)


@lru_cache(maxsize=1024)
def _read_once(data: str) -> Glance | None:
    try:
        return _read(json.loads(data))
    except (ValueError, TypeError, KeyError):
        return None


def glances(
    store: Store,
    lines: Sequence[Glanced],
    folder_of: Callable[[str | None], Path | None],
    still: Callable[[], bool] = lambda: True,
) -> dict[str, Glance]:
    """By shop: what is kept, and what has to be worked out as long as `still()`; that is kept for the next time.

    `folder_of` is where the strategies of one's own are, given the folder that a shop names.
    """
    found: dict[str, Glance] = {}
    missing = []
    load_once = cache(load)  # most shops share a playbook, and looking whether its files changed takes a while
    for line in lines:
        known = load_once(folder_of(line.shop.playbook_folder))
        key = key_of(line, known.key)
        there = kept(line, key)
        if there is None:
            missing.append((line, known, key))
        else:
            found[line.shop.id] = there
    for line, known, key in missing:
        if not still():
            break
        typed = [Benchmark(**vars(each)) for each in store.benchmarks(line.shop.id)]
        made = look(store, line.shop.id, known, typed)
        store.keep_glance(line.shop.id, key, written(made))
        found[line.shop.id] = made
    return found


def written(found: Glance) -> str:
    """As the store keeps it."""
    return json.dumps(asdict(found), default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()


def _read(plain: dict[str, Any]) -> Glance:
    last, plan = plain["last"], plain["plan"]
    return Glance(
        **{
            **plain,
            "last": None if last is None else _brief(last),
            "weak": tuple(Weak(**each) for each in plain["weak"]),
            "plan": None if plan is None else PlanLine(**plan),
            "lives": tuple(_brief(each) for each in plain["lives"]),
        }
    )


def _brief(plain: dict[str, Any]) -> LiveLine:
    return LiveLine(**{**plain, "start": datetime.fromisoformat(plain["start"]), "below": tuple(plain["below"])})


def _plan(plans: Sequence[Kept]) -> PlanLine | None:
    for each in plans:
        if each.plan.status == "open":
            outcome = each.outcome
            return PlanLine(
                each.plan.title,
                each.plan.strategy,
                outcome.verdict if outcome else None,
                outcome.more if outcome else None,
            )
    return None


def _last(found: Review) -> LiveLine | None:
    session, leak = found.session, found.diagnosis.leak
    if session.start is None:
        return None
    judged = [each for name, each in found.judgements.items() if found.knowledge.metrics[name].role == "factor"]
    below = tuple(each.metric for each in judged if each.verdict == "below")
    known = any(each.verdict != "unknown" for each in judged)
    usual = None if leak is None else leak.usual_gmv
    return LiveLine(session.id, session.start, session.duration_minutes, session.host, session.counts["gmv"], usual,
                 below, known)  # fmt: skip


def _weak(found: Review, judged: OverTime) -> tuple[Weak, ...]:
    """Worst first. How often the review says it of its three worst; of the others the LIVEs before are counted."""
    told = {each.metric: each.weak_in_last_5 for each in found.diagnosis.worst}
    before = [place for place, each in enumerate(judged.sessions) if each.id != found.session.id][-5:]
    made = []
    factors = [each for name, each in found.judgements.items() if found.knowledge.metrics[name].role == "factor"]
    below = [each for each in factors if each.verdict == "below"]
    for each in sorted(below, key=lambda each: -(each.log_bayes_factor or 0)):
        numbers = (each.value, each.usual, each.low, each.high)
        if None in numbers:
            continue
        points = judged.points[each.metric]
        times = told.get(each.metric, sum(points[place].verdict == "below" for place in before))
        made.append(Weak(each.metric, *numbers, times + 1))  # type: ignore[arg-type]
    return tuple(made)


def _briefs(judged: OverTime, found: Review) -> tuple[LiveLine, ...]:
    factors = [name for name, each in found.knowledge.metrics.items() if each.role == "factor"]
    made = []
    for place, session in enumerate(judged.sessions):
        below = tuple(judged.below(place, factors))
        known = any(judged.points[name][place].verdict != "unknown" for name in factors)
        assert session.start is not None
        made.append(LiveLine(session.id, session.start, session.duration_minutes, session.host, session.counts["gmv"],
                          usual_gmv(judged, session, place), below, known))  # fmt: skip
    return tuple(made)


def usual_gmv(judged: OverTime, session: Session, place: int) -> float | None:
    """What a LIVE of this length usually sells, as known before it: the usual GMV an hour, times its hours."""
    usual = judged.points["gmv_per_hour"][place].usual if "gmv_per_hour" in judged.points else None
    return None if usual is None or session.hours is None else usual * session.hours
