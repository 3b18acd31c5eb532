"""What training measures and builds, for the table of `prove.py`: practice LIVEs."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import practice

Row = tuple[str, str, str]


def rows(seeds: int, _seed: int) -> Iterator[Row]:
    """(what, ours, beside it) for each figure."""
    yield from _practice(seeds)


def _practice(seeds: int) -> Iterator[Row]:
    played = practice.draws(range(seeds))
    faulty = practice.with_a_fault(played)
    for name, of in (("something", faulty), ("one thing", _of(played, 1)), ("two things", _of(played, 2))):
        if of:
            found = practice.figures(of)
            mean, low, high = found.beats
            text = f"{mean:.0%} ({low:.0%} to {high:.0%}) of what is to be won, {found.draws} LIVEs"
            yield f"practice LIVEs with {name} wrong: the playbook beats clockwork by", text, ""
    passed = practice.figures(faulty).passes
    blind = max(passed[name] for name in practice.BLIND)
    text = f"{passed['attentive']:.0%}; {passed['clockwork']:.0%}; {passed['everything']:.0%}; {passed['panic']:.0%}"
    yield "passed by an attentive way; clockwork; everything at once; panic", text, f"best blind routine {blind:.0%}"
    calm = _of(played, 0)
    if calm:
        passed = practice.figures(calm).passes
        text = f"{passed['attentive']:.0%}; {passed['everything']:.0%}; {passed['panic']:.0%}"
        yield "nothing wrong: passed by an attentive way; everything at once; panic", text, ""


def _of(played: list[practice.Played], faults: int) -> list[practice.Played]:
    return [each for each in played if each.faults == faults]
