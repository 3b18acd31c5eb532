"""The flow in one short function: a session, its history and the knowledge become a Review."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playbook import formats
from playbook.advice.recommend import Recommendation, recommend
from playbook.diagnosis.diagnose import diagnose
from playbook.diagnosis.findings import ORDERS_WORDS, Ads, Benchmark, Diagnosis, Judgement
from playbook.knowledge.load import Knowledge
from playbook.model.session import SETTLED_AFTER_DAYS, STUB_MINUTES, Session
from playbook.report.words.notes import sentence

VERSION = 1
_NO_TREND = (
    "There is no trend of this LIVE, so dips inside it cannot be found: add its Trend Stat file, or rows per minute."
)


@dataclass(frozen=True)
class Review:
    """Everything said about one session. Screens, command line and reports only show it."""

    session: Session
    diagnosis: Diagnosis
    recommendations: tuple[Recommendation, ...]
    knowledge: Knowledge
    notes: tuple[str, ...]

    @property
    def judgements(self) -> dict[str, Judgement]:
        return self.diagnosis.judgements

    def to_dict(self) -> dict[str, Any]:
        """The JSON that other programs read; see docs/json.md."""
        from .review_json import plain_values

        return plain_values(self.session, self.diagnosis, self.recommendations, self.notes, self.knowledge.metrics)


def review(
    session: Session,
    history: Sequence[Session],
    knowledge: Knowledge,
    benchmarks: Sequence[Benchmark] = (),
    trust: Mapping[str, float] | None = None,
    accepted: Mapping[str, datetime] | None = None,
    left_out: Collection[str] = (),
) -> Review:
    """Judge a session by its history and look up what the playbook advises.

    `history` may hold anything: only sessions that ended before, of the same account and currency, not running and not
    stubs, enter a usual. `benchmarks` are market figures a person typed in.
    `trust` is what the shop's own tries say of strategies (`advice.evidence.trust_of`). `accepted` names, by metric,
    since when a person takes a lower level as the new one. `left_out` are metrics that somebody chose to leave out:
    they are judged, but neither among the worst nor a reason for advice.
    """
    with formats.written_for(session.currency):
        diagnosis = diagnose(session, history, knowledge.metrics, benchmarks, accepted, knowledge.matcher, left_out)
        recommendations = recommend(diagnosis, knowledge, session.currency, trust=trust)
        return Review(session, diagnosis, recommendations, knowledge, _notes(session, diagnosis))


def _notes(session: Session, diagnosis: Diagnosis) -> tuple[str, ...]:
    """What a reader must know before trusting the numbers."""
    notes: list[str] = []
    if session.running:
        notes.append("This LIVE was still running when the file was exported; its numbers are not final.")
    elif session.stub:
        notes.append(
            f"This LIVE lasted under {STUB_MINUTES:.0f} minutes. It is shown, but it is never part of your usual."
        )
    if session.provisional:
        notes.append(f"GMV of a LIVE younger than {SETTLED_AFTER_DAYS} days still grows; this export is provisional.")
    elif session.provisional is None and session.counts["gmv"] is not None:
        notes.append(
            "The file does not say when it was exported. "
            f"If the LIVE is younger than {SETTLED_AFTER_DAYS} days, its GMV may still grow."
        )
    if session.gmv_kind == "attributed":
        notes.append("GMV is attributed GMV: it counts orders placed after the LIVE as well.")
    notes += _orders_counted(session)
    notes += _ads(diagnosis.ads, session.currency)
    if session.trend is None:
        notes.append(_NO_TREND)
    notes += [note for note in (*session.notes, *map(sentence, diagnosis.notes)) if note not in notes]
    return tuple(notes)


def _ads(ads: Ads | None, currency: str | None) -> list[str]:
    """What ads cost for each order, what is left after them, and what their own GMV means."""
    if ads is None:
        return []
    parts = []
    if ads.cost is not None:
        parts.append(f"Ads cost {formats.money(ads.cost, currency)}")
        if ads.cost_per_order is not None:
            parts[0] += f", which is {formats.money(ads.cost_per_order, currency)} for each order of this LIVE"
        if ads.gmv_less_cost is not None:
            parts.append(f"GMV less ads is {formats.money(ads.gmv_less_cost, currency)}")
    if ads.gmv is not None:
        parts.append(f"ads claim {formats.money(ads.gmv, currency)} of GMV")
    if ads.claims_all:
        parts[-1] += ", nearly all of it: LIVE GMV Max counts paid and organic orders alike"
    text = "; ".join(parts)
    return [f"{text[:1].upper()}{text[1:]}."] if text else []


def _orders_counted(session: Session) -> list[str]:
    """Which orders CTOR and GMV per order count, where those are not SKU orders of the GMV that is shown."""
    kind = session.orders_kind
    if kind in ("main", "paid"):
        return [f"CTOR and GMV per order count {ORDERS_WORDS[kind]}: this export prints no SKU orders."]
    if session.orders_gmv_kind == session.gmv_kind:
        return []
    if session.orders_gmv is None:
        return ["The orders of this export are attributed orders and its GMV is direct: there is no GMV per order."]
    return ["The orders of this export are attributed orders, so GMV per order divides attributed GMV by them."]
