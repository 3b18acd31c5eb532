"""What the store holds of a shop and what was made of it: kept until a LIVE of the shop changes, for all visitors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import streamlit as st

from playbook.diagnosis.findings import Benchmark
from playbook.diagnosis.over_lives.over_time import OverTime, over_time
from playbook.imports import pick
from playbook.knowledge.load import Knowledge
from playbook.model.session import Session
from playbook.pipeline import Review, review
from playbook.plans import kept as kept_plans
from playbook.plans.evidence import Evidence, trust_of
from playbook.plans.kept import Kept
from playbook.store.plans import StoredPlan
from playbook.store.store import Store

from . import once


@dataclass(frozen=True)
class Saved:
    """The LIVEs and plans of a shop as they are now, with the knowledge and the market figures they are judged by.

    Nothing is read before it is asked for.
    """

    key: str
    shop_id: str
    #: For looking only: it is shared by all who may see the shop, so it may change nothing.
    reader: Store = field(repr=False)
    knowledge: Knowledge = field(repr=False)
    benchmarks: tuple[Benchmark, ...] = field(repr=False)
    #: Metrics that by choice are never among the worst.
    left_out: tuple[str, ...]
    #: By metric since when another level counts as usual.
    accepted: tuple[tuple[str, datetime], ...]
    plans: tuple[StoredPlan, ...] = field(repr=False)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Totals of every LIVE, oldest first."""
        return tuple(self.reader.sessions(self.shop_id))

    @cached_property
    def judged_plans(self) -> list[Kept]:
        """Every plan with its outcome so far, oldest first. Without plans no LIVE is read."""
        if not self.plans:
            return []
        return kept_plans.kept_plans(self.reader, self.shop_id, self.sessions, self.knowledge.metrics)

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        """What the shop's own tries say of each strategy, by its id."""
        return kept_plans.evidence(self.judged_plans, self.sessions) if self.plans else {}

    def review(self, session_id: str) -> Review:
        """The review of one LIVE, ranked by what the shop's own tries say."""
        return _review(self.key, session_id, self)

    def latest(self) -> Review:
        """The review of the latest LIVE, of which there is at least one."""
        return self.review(pick(self.sessions, "latest").id)

    def over_time(self, last: int) -> OverTime:
        """The last LIVEs, each judged by all that preceded it."""
        return once.of(self, _over_time, last)


def saved(
    opened: Store,
    shop_id: str,
    knowledge: Knowledge,
    benchmarks: Sequence[Benchmark],
    left_out: Sequence[str] = (),
) -> Saved:
    """What is kept of a shop; the same object again as long as nothing of it changed, for all who may see the shop."""
    plans, figures = tuple(opened.plans(shop_id)), tuple(benchmarks)
    accepted = tuple(sorted(opened.accepted_levels(shop_id).items()))
    made_of = (figures, plans, sorted(left_out), accepted)
    parts = (opened.stamp(shop_id), str(id(opened.engine)), knowledge.key, *map(str, made_of))
    key = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return _saved(key, shop_id, opened, knowledge, figures, plans, tuple(left_out), accepted)


@st.cache_resource(max_entries=8, show_spinner=False)
def _saved(
    key: str,
    shop_id: str,
    _store: Store,
    _knowledge: Knowledge,
    _benchmarks: tuple[Benchmark, ...],
    _plans: tuple[StoredPlan, ...],
    _left_out: tuple[str, ...],
    _accepted: tuple[tuple[str, datetime], ...],
) -> Saved:
    return Saved(key, shop_id, _store.reader(shop_id), _knowledge, _benchmarks, _left_out, _accepted, _plans)


@st.cache_resource(max_entries=32, show_spinner=False)
def _review(key: str, session_id: str, _saved: Saved) -> Review:  # noqa: ARG001
    whole = _saved.reader.session(_saved.shop_id, session_id)
    past = _saved.reader.history(_saved.shop_id, whole.start, trends=whole.trend is not None)
    trust = trust_of(_saved.evidence) if _saved.plans else None
    return review(
        whole, past, _saved.knowledge, _saved.benchmarks, trust,
        accepted=dict(_saved.accepted), left_out=_saved.left_out,
    )  # fmt: skip


def _over_time(kept: Saved, last: int) -> OverTime:
    return over_time(kept.sessions, kept.knowledge.metrics, last)
