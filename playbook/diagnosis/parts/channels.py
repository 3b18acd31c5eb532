"""Channels and audiences: each one's share of a LIVE against its share in the shop's own earlier LIVEs.

Shares are compared as log-odds, ln(p / (1 - p)), so that 2 % and 50 % are treated alike and a range stays between
0 and 1. The range is that of one more value from the same spread: mean +- t s sqrt(1 + 1/n) (the prediction
interval of a normal sample), with s shrunk towards a spread of .35 as if by four more LIVEs, because three shares
that happen to agree say little. Count noise is added where the LIVE's views are known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from scipy.special import stdtr, stdtrit

from playbook.diagnosis.baseline.history import NEEDED
from playbook.diagnosis.findings import Share, Verdict
from playbook.language import N_, _
from playbook.model.session import Session, Slice

_PRIOR_SPREAD, _PRIOR_LIVES = 0.35, 4
_LEAST, _MOST = 0.0005, 0.9995
_RECENT = 30
#: All shares of a LIVE together have a false verdict in at most this many LIVEs.
_FAMILY = 0.05
_OF_MANY = N_("outside its range, as one of {count} shares is now and then by chance")


def shares(session: Session, past: Sequence[Session]) -> tuple[Share, ...]:
    """Every known share of `session`, judged by the LIVEs of `past` (oldest first) that tell the same one.

    `below` and `above` mean smaller and larger here: whether more inbox traffic is better is not for numbers to say.
    """
    found = []
    for part in ("channel", "audience"):
        for name, of, share in _known(session, part):
            earlier = [each for one in past[-_RECENT:] if (each := _share(one, part, name, of)) is not None]
            views = session.counts.get("views") if of == "views" else None
            found.append(_judged(part, name, of, share, earlier, views))
    return _holm(found)


def _holm(found: Sequence[tuple[Share, float]]) -> tuple[Share, ...]:
    """Verdicts only as far as the number of shares looked at allows (Holm 1979, 5 % for all of them together).

    The range stays that of one share. A share outside it whose verdict is taken back says why.
    """
    judged = sorted(value for share, value in found if share.verdict != "unknown")
    ok = [value * (len(judged) - rank) <= _FAMILY for rank, value in enumerate(judged)]
    clear = judged[: ok.index(False) if False in ok else len(ok)]
    most = clear[-1] if clear else -1.0
    return tuple(
        replace(share, verdict="usual", reason=_(_OF_MANY, count=len(judged)))
        if share.verdict in ("below", "above") and value > most
        else share
        for share, value in found
    )


def _slices(session: Session, part: str) -> tuple[Slice, ...]:
    return session.channels if part == "channel" else session.followers


def _known(session: Session, part: str) -> list[tuple[str, str, float]]:
    names = [(each.name, of) for each in _slices(session, part) for of in (*each.shares, *each.counts)]
    known = [(name, of, _share(session, part, name, of)) for name, of in dict.fromkeys(names)]
    return [(name, of, share) for name, of, share in known if share is not None]


def _share(session: Session, part: str, name: str, of: str) -> float | None:
    """As printed, or the count over the sum of all parts; None where it is not known, as when a part is not."""
    slices = _slices(session, part)
    one = next((each for each in slices if each.name == name), None)
    if one is None:
        return None
    printed = one.shares.get(of)
    if printed is not None:
        return printed if 0 <= printed <= 1 else None
    counts = [count for each in slices if (count := each.counts.get(of)) is not None]
    own, total = one.counts.get(of), sum(counts)
    if own is None or own < 0 or total <= 0 or len(counts) < len(slices):
        return None
    return own / total


def _judged(
    part: str, name: str, of: str, share: float, earlier: Sequence[float], views: float | None
) -> tuple[Share, float]:
    many = len(earlier)
    if many < NEEDED:
        reason = (
            _(
                "no usual yet: it needs {needed} earlier LIVEs with this share, {known} so far",
                needed=NEEDED,
                known=many,
            )
            if many
            else _("no usual yet: it needs {needed} earlier LIVEs with this share, none so far", needed=NEEDED)
        )
        return Share(part, name, of, share, None, None, None, "unknown", many, reason), 1.0
    odds = [_odds(each) for each in earlier]
    mean = fmean(odds)
    squares = sum((each - mean) ** 2 for each in odds) + _PRIOR_LIVES * _PRIOR_SPREAD**2
    freedom = many - 1 + _PRIOR_LIVES
    noise = _noise(_plain(mean), views)
    sd = math.sqrt(squares / freedom * (1 + 1 / many) + noise)
    reach = float(stdtrit(freedom, 0.975)) * sd
    chance = 2 * float(stdtr(freedom, -abs(_odds(share) - mean) / sd))
    low, high = _plain(mean - reach), _plain(mean + reach)
    verdict: Verdict = "below" if share < low else "above" if share > high else "usual"
    return Share(part, name, of, share, _plain(mean), low, high, verdict, many), chance


def _noise(share: float, views: float | None) -> float:
    """Variance of the log-odds of a share counted on so many views: 1 / (n p (1 - p))."""
    return 1 / (views * share * (1 - share)) if views else 0.0


def _odds(share: float) -> float:
    kept = min(max(share, _LEAST), _MOST)
    return math.log(kept / (1 - kept))


def _plain(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
