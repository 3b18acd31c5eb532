"""A Review as plain JSON values. Keys keep their name and meaning; more may be added."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .remarks import question, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playbook.advice.recommend import Recommendation
    from playbook.diagnosis.findings import Diagnosis, Dip, Judgement, Lasting, Leak, ProductRoom, Weakness
    from playbook.knowledge.metrics import Metric
    from playbook.model.session import Session

SCHEMA_VERSION = 1


def as_text(plain: Any) -> str:
    """JSON as the command line writes it: indented, people's letters as they are, a line end behind it."""
    return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def named(plain: dict[str, Any], shop: str | None) -> dict[str, Any]:
    """The review with the name of its shop behind the version, where somebody named one; else as it is."""
    return {"version": plain["version"], "shop": shop, **plain} if shop else plain


def plain_values(
    session: Session,
    diagnosis: Diagnosis,
    recommendations: Sequence[Recommendation],
    notes: Sequence[str],
    metrics: Mapping[str, Metric],
) -> dict[str, Any]:
    """Every number is finite or null; ratios are fractions, durations seconds, money in the session's currency."""
    plain = session.to_dict()
    counts = plain.pop("counts")
    return {
        "version": SCHEMA_VERSION,
        "session": plain | {"history_sessions": diagnosis.history_sessions},
        "counts": counts,
        "gmv_kind": session.gmv_kind,
        "orders_kind": session.orders_kind,
        "metrics": [_metric(metrics[name], each) for name, each in diagnosis.judgements.items()],
        "worst": [_worst(each) for each in diagnosis.worst],
        "worst_dimension": diagnosis.worst_dimension,
        "left_out": sorted(diagnosis.left_out),
        "slides": [asdict(each) for each in diagnosis.slides],
        "lasting": [_lasting(each) for each in diagnosis.lasting],
        "chronic": [asdict(each) for each in diagnosis.chronic],
        "stories": [list(each.metrics) for each in diagnosis.stories],
        "leak": _leak(diagnosis.leak),
        "ads": None if diagnosis.ads is None else asdict(diagnosis.ads),
        "what_ifs": [asdict(each) for each in diagnosis.what_ifs],
        "channels": [asdict(each) for each in diagnosis.channels],
        "dips": [_dip(each) for each in diagnosis.dips],
        "shape": None if diagnosis.shape is None else asdict(diagnosis.shape),
        "event_effects": [asdict(each) for each in diagnosis.event_effects],
        "pooled_effects": [asdict(each) for each in diagnosis.pooled_effects],
        "violations": [asdict(each) for each in diagnosis.violations],
        "products": _products(diagnosis.products),
        "rounds": [asdict(each) for each in diagnosis.rounds],
        "recommendations": [each.to_dict() for each in recommendations],
        "notes": list(notes),
    }


def _metric(metric: Metric, each: Judgement) -> dict[str, Any]:
    return {
        "id": each.metric,
        "dimension": metric.dimension,
        "role": metric.role,
        "value": _finite(each.value),
        "reported": _finite(each.reported),
        "usual": _finite(each.usual),
        "low": _finite(each.low),
        "high": _finite(each.high),
        "verdict": each.verdict,
        "evidence": _finite(each.log_bayes_factor),
        "graded": list(each.graded),
        "approximate": each.approximate,
        "benchmark": None if each.benchmark is None else asdict(each.benchmark),
        "reason": each.reason,
    }


def _worst(each: Weakness) -> dict[str, Any]:
    best = each.best_session
    return {
        "metric": each.metric,
        "rank": each.rank,
        "status": each.status,
        "weak_in_last_5": each.weak_in_last_5,
        "judged_in_last_5": each.judged_in_last_5,
        "best_session": best
        and {
            "id": best.id,
            "start": best.start.isoformat() if best.start else None,
            "title": best.title,
            "value": _finite(best.value),
            "events": list(best.events),
            "products": list(best.products),
        },
    }


def _lasting(each: Lasting) -> dict[str, Any]:
    return asdict(each) | {"since": each.since.isoformat() if each.since else None}


def _dip(each: Dip) -> dict[str, Any]:
    """Minutes [start_minute, end_minute) of the LIVE; the events are those from five minutes before to its end."""
    return asdict(each) | {
        "value": _finite(each.value),
        "level": _finite(each.level),
        "events": [asdict(event) for event in each.events],
        "questions": [question(asked) for asked in each.questions],
    }


def _products(room: ProductRoom | None) -> dict[str, Any] | None:
    return None if room is None else asdict(room) | {"missing": [sentence(each) for each in room.missing]}


def _leak(leak: Leak | None) -> dict[str, Any] | None:
    if leak is None:
        return None
    return {
        "usual_gmv": leak.usual_gmv,
        "gmv": leak.gmv,
        "parts": [
            {"factor": part.factor, "amount": part.amount, "low": part.low, "high": part.high} for part in leak.parts
        ],
        "could_be_noise": leak.could_be_noise,
    }


def _finite(value: float | None) -> float | None:
    """JSON knows no NaN and no infinity; neither should ever reach this line."""
    return value if value is not None and math.isfinite(value) else None
