"""LIVEs with paid traffic apart from those without: people whom an ad brought enter, stay and buy at other rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from playbook.diagnosis.findings import Judgement, Note, note
from playbook.language import _
from playbook.model.session import Session

from .history import NEEDED


@dataclass(frozen=True)
class Alike:
    """The LIVEs to compare with, oldest first, and in words which were left out.

    `mixed`: there are too few of the LIVE's own kind, so all stand in, and no verdict is given.
    """

    sessions: tuple[Session, ...]
    notes: tuple[Note, ...] = ()
    mixed: bool = False


def paid(session: Session) -> bool | None:
    """Whether ads ran for this LIVE: a cost, or GMV that ads claim, above zero; None where no export says."""
    known = [count for name in ("ads_cost", "ads_gmv") if (count := session.counts.get(name)) is not None]
    return any(count > 0 for count in known) if known else None


def alike(session: Session, past: Sequence[Session]) -> Alike:
    """Those of `past` with which `session` may be compared: with ads those with ads, without them those without.

    A LIVE whose export says nothing of ads may stand with either. Where fewer than three are left, all of `past`.
    """
    mine = paid(session)
    same = tuple(each for each in past if mine is None or paid(each) in (mine, None))
    others = len(past) - len(same)
    if not others:
        return Alike(same)
    if len(same) >= NEEDED:
        return Alike(same, (note("ads_left_out", lives=others, ads=mine),))
    return Alike(tuple(past), (note("ads_mixed", lives=others, ads=mine, needed=NEEDED),), mixed=True)


def without_verdicts(judgements: Mapping[str, Judgement], session: Session) -> dict[str, Judgement]:
    """The judgements of a mixed comparison: `below` and `above` become unknown, with the reason."""
    reason = (
        _("compared with too few LIVEs with ads: it needs {needed}", needed=NEEDED)
        if paid(session)
        else _("compared with too few LIVEs without ads: it needs {needed}", needed=NEEDED)
    )
    return {
        name: replace(each, verdict="unknown", reason=reason, graded=()) if each.verdict in ("below", "above") else each
        for name, each in judgements.items()
    }
