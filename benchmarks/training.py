"""What training measures and builds, for the table of `prove.py`: placement, drills, quizzes, practice LIVEs."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import mastery, practice
from benchmarks.judgement.table import wilson
from playbook.knowledge.load import load
from playbook.training import pool
from playbook.training.answers import disagreement

Row = tuple[str, str, str]


def rows(seeds: int, seed: int) -> Iterator[Row]:
    """(what, ours, beside it) for each figure; `seeds` stands for all counts."""
    yield from _placed(5 * seeds, seed)
    yield from _blind(seeds // 2 or 1, seed)
    yield from _pools(max(1, seeds // 25), seed)
    yield from _practice(seeds)


def _placed(learners: int, seed: int) -> Iterator[Row]:
    found = {name: mastery.placed(way, learners, seed) for name, way in mastery.WAYS.items()}
    others = "; ".join(f"{name} {each.after_25:.0%}" for name, each in found.items() if name != "Bayes")
    what = f"a simulated learner is placed within half a level after {mastery.QUESTIONS} drills"
    yield what, share(found["Bayes"].after_25, learners), others


def _blind(many: int, seed: int) -> Iterator[Row]:
    seen = mastery.blind(many, seed)
    yield "drills answered right without a look at the numbers", share(seen.right, many), f"chance {seen.chance:.0%}"


def _pools(variants: int, seed: int) -> Iterator[Row]:
    knowledge = load()
    asked = [each for lesson in knowledge.lessons.values() for each in lesson.quiz if pool.is_about_a_live(each)]
    fresh, agree = 0, 0
    for question in asked:
        for at in range(variants):
            found = pool.posed(question, knowledge, seed + at)
            told = disagreement(found.question, found.review) if found.review else None
            fresh += found.question is not question
            agree += told is None or told[2]
    many = len(asked) * variants
    yield (
        f"of {many} questions from pools, about a new LIVE; agree with the review",
        f"{share(fresh / many, many)}; {share(agree / many, many)}",
        "",
    )


def _practice(seeds: int) -> Iterator[Row]:
    played = practice.draws(range(seeds))
    faulty = practice.with_a_fault(played)
    for name, of in (("something", faulty), ("one thing", _of(played, 1)), ("two things", _of(played, 2))):
        if of:
            found = practice.figures(of)
            mean, low, high = found.beats
            text = f"{mean:.0%} ({low:.0%} to {high:.0%}) of what is to be won, {found.draws} LIVEs"
            yield f"practice LIVEs with {name} wrong: the playbook beats clockwork by", text, ""
    passed, many = practice.figures(faulty).passes, len(faulty)
    blind = max(passed[name] for name in practice.BLIND)
    text = "; ".join(share(passed[way], many) for way in ("attentive", "clockwork", "everything", "panic"))
    yield "passed by an attentive way; clockwork; everything at once; panic", text, f"best blind routine {blind:.0%}"
    calm = _of(played, 0)
    if calm:
        passed = practice.figures(calm).passes
        text = "; ".join(share(passed[way], len(calm)) for way in ("attentive", "everything", "panic"))
        yield "nothing wrong: passed by an attentive way; everything at once; panic", text, ""


def share(part: float, of: int) -> str:
    """`89% (87% to 91%)`: a share of so many with its 95 % range."""
    low, high = wilson(part, of)
    return f"{part:.0%} ({low:.0%} to {high:.0%})"


def _of(played: list[practice.Played], faults: int) -> list[practice.Played]:
    return [each for each in played if each.faults == faults]
