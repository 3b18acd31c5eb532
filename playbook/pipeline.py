"""The flow in one short function: a session, its history and the knowledge become a Review."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playbook import formats
from playbook.advice.recommend import Recommendation, recommend
from playbook.diagnosis.diagnose import diagnose
from playbook.diagnosis.findings import Benchmark, Diagnosis, Judgement
from playbook.diagnosis.of_export import of_export
from playbook.knowledge.load import Knowledge
from playbook.model.notes import said as in_words
from playbook.model.session import Session
from playbook.remarks import sentence

VERSION = 1


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
    """What a reader must know before trusting the numbers, each sentence once."""
    found = (*of_export(session, diagnosis.ads), *diagnosis.notes)
    said = [sentence(each, session.currency) for each in found]
    at = len(said) - len(diagnosis.notes)
    return tuple(dict.fromkeys((*said[:at], *map(in_words, session.notes), *said[at:])))
