"""How well "was the planned line said" is answered, and how near the clock of a transcript comes to that of its LIVE.

    python benchmarks/said.py [--transcripts N] [--seed S]

N made-up transcripts in turn in English, Indonesian, Portuguese and Thai, each of 40 to 90 minutes in captions of a few
seconds. The planned lines are those of the strategies (`say`). Half of those of a transcript are said one to three
times: with other words for the same, a clause moved or left out, fillers, stammer, and letters and words that a
recogniser hears wrong. The others are not said, and sentences that look like them are: with half of their words and
another end, and written by hand to share their vocabulary. An answer is right when "said" or "not said" is; a saying
counts as found within 15 seconds. Thresholds were chosen with seed 1; the figures to quote are those of another seed.
The sentences between and the ways to vary a line are the same for every seed, and real recognisers err otherwise.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.said_words import BETWEEN, FILLERS, LOOKALIKES, PRODUCTS, SAME  # noqa: E402
from playbook.imports.transcripts.reading import transcript  # noqa: E402
from playbook.knowledge.load import load  # noqa: E402
from playbook.model.session import Event  # noqa: E402
from playbook.model.transcript import Line  # noqa: E402
from playbook.said import clock  # noqa: E402
from playbook.said.speech import Speech  # noqa: E402

LANGUAGES = ("en", "id", "pt-BR", "th")
_PLANNED = 8
#: Of words: heard wrong, said twice, with a filler before them, with another word for the same where there is one.
_WRONG, _TWICE, _FILLED, _OTHER = 0.08, 0.05, 0.08, 0.6
#: Seconds between a pin and the name of its product (sd).
_NAMED = 3.0


@dataclass
class PlantedSpeech:
    """A transcript with its truth: by planned line the seconds at which it was said, pins, and the clocks' distance."""

    language: str
    lines: list[Line]
    said: dict[str, list[float]] = field(default_factory=dict)
    pins: list[Event] = field(default_factory=list)
    offset: float = 0.0


def planted(language: str, say: list[str], dice: random.Random, minutes: float | None = None) -> PlantedSpeech:
    """One transcript on its own clock."""
    planned = dice.sample(say, min(_PLANNED, len(say)))
    truth: dict[str, list[float]] = {each: [] for each in planned}
    end = 60 * (minutes or dice.uniform(40, 90))
    inserted: list[tuple[float, str]] = []
    for index, line in enumerate(planned):
        if index % 2 == 0:
            truth[line] = sorted(dice.uniform(60, end - 60) for _ in range(dice.randint(1, 3)))
            inserted += [(at, spoken(line, language, dice)) for at in truth[line]]
        else:
            inserted += [(dice.uniform(60, end - 60), alike(line, language, dice)) for _ in range(3)]
    inserted += [(dice.uniform(60, end - 60), dice.choice(LOOKALIKES[language])) for _ in range(8)]
    offset, pins, at = dice.uniform(-900, 900), list[Event](), 120.0
    while at < end - 120:
        name = dice.choice(PRODUCTS[language])
        pins.append(Event("pin", (at + offset) / 60, product=name[0]))
        inserted.append((at + dice.gauss(0, _NAMED), name[1]))
        inserted += [(at + dice.uniform(20, 900), name[1]) for _ in range(dice.randint(0, 2))]
        at += dice.uniform(150, 400)
    return PlantedSpeech(language, _captions(inserted, end, language, dice), truth, pins, offset)


def _captions(inserted: list[tuple[float, str]], end: float, language: str, dice: random.Random) -> list[Line]:
    """Sentences one after the other, cut into captions of a few words; what is inserted begins at its second."""
    waiting, at, lines = sorted(inserted), 0.0, []
    while at < end:
        due = bool(waiting) and waiting[0][0] <= at + 4
        if due:
            begin, text = waiting.pop(0)
            at = max(at, begin)
        else:
            text = dice.choice(BETWEEN[language])
            text = spoken(text, language, dice) if dice.random() < 0.5 else text
        for piece in _cut(text, dice):
            lasts = max(1.0, len(piece) / 14)
            lines.append(Line(at, at + lasts, piece))
            at += lasts
        at += dice.uniform(0.2, 1.5)
        if not due and waiting and at > waiting[0][0]:
            at = min(at, waiting[0][0])
    return lines


def _cut(text: str, dice: random.Random) -> list[str]:
    words = text.split()
    if len(words) < 3:  # no blanks to cut at
        middle = len(text) // 2
        return [text] if len(text) < 50 or dice.random() < 0.5 else [text[:middle], text[middle:]]
    size = dice.randint(4, 9)
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def spoken(line: str, language: str, dice: random.Random) -> str:
    """A line as somebody says it and a recogniser writes it down."""
    text = line
    for one, others in SAME[language].items():
        if one in text.lower() and dice.random() < _OTHER:
            at = text.lower().index(one)
            text = text[:at] + dice.choice(others) + text[at + len(one) :]
    clauses = [each for each in text.replace(".", ",").replace("?", ",").split(",") if each.strip()]
    if len(clauses) > 1 and dice.random() < 0.3:
        dice.shuffle(clauses)
    text = " ".join(each.strip() for each in clauses).lower()
    return _heard_in_runs(text, language, dice) if language == "th" else _heard(text, language, dice)


def _heard(text: str, language: str, dice: random.Random) -> str:
    said = []
    for word in text.split():
        if dice.random() < _FILLED:
            said.append(dice.choice(FILLERS[language]))
        if dice.random() < _TWICE:
            said.append(word if dice.random() < 0.5 else word[: max(1, len(word) // 2)])
        said.append(_misheard(word, dice) if dice.random() < _WRONG else word)
    return " ".join(said)


def _heard_in_runs(text: str, language: str, dice: random.Random) -> str:
    said = []
    for run in text.split():
        letters = [sign for sign in run if dice.random() > 0.03]
        letters = [dice.choice("กมนรลสท") if "ก" <= sign <= "ฮ" and dice.random() < 0.03 else sign for sign in letters]
        said.append("".join(letters))
        if dice.random() < 0.3:
            said.append(dice.choice(FILLERS[language]))
    return "".join(said) if dice.random() < 0.5 else " ".join(said)


def _misheard(word: str, dice: random.Random) -> str:
    """A letter gone, another letter, or another word altogether."""
    at = dice.randrange(len(word))
    kind = dice.random()
    if kind < 0.4:
        return word[:at] + word[at + 1 :] or word
    if kind < 0.8:
        return word[:at] + dice.choice("aeiourstln") + word[at + 1 :]
    return dice.choice(("the", "mas", "kan", "so", "ya", "uma"))


def alike(line: str, language: str, dice: random.Random) -> str:
    """A sentence that begins or ends as the line does and says something else."""
    other = dice.choice(BETWEEN[language])
    if language == "th":
        half, rest = len(line) // 2, other[len(other) // 2 :]
        return line[:half] + rest
    words, theirs = line.split(), other.split()
    half = max(2, len(words) // 2)
    return " ".join(words[:half] + theirs[len(theirs) // 2 :]) if dice.random() < 0.5 else " ".join(
        theirs[: len(theirs) // 2] + words[-half:]
    )  # fmt: skip


def say(language: str) -> list[str]:
    """Every planned line of the strategies in a language."""
    found = load().strategies.values()
    return list(dict.fromkeys(line for each in found for line in (each.say or {}).get(language, ())))


@dataclass
class Score:
    """Counts over some transcripts; `seconds` the distances of the offsets."""

    right: int = 0
    false: int = 0
    missed: int = 0
    silent: int = 0
    times: int = 0
    times_found: int = 0
    seconds: list[float] = field(default_factory=list)
    unplaced: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.false, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)


def score(found: PlantedSpeech, into: Score) -> None:
    speech = Speech(found.lines)
    for line, truth in found.said.items():
        sayings = speech.sayings(line)
        if truth:
            into.right, into.missed = into.right + bool(sayings), into.missed + (not sayings)
            into.times += len(truth)
            into.times_found += sum(any(abs(60 * each.minute - at) < 15 for each in sayings) for at in truth)
        else:
            into.false, into.silent = into.false + bool(sayings), into.silent + (not sayings)
    placed = clock.by_names(found.lines, found.pins)
    if placed is None:
        into.unplaced += 1
    else:
        into.seconds.append(abs(placed.seconds - found.offset))


def of_seed(number: int, seed: int) -> dict[str, Score]:
    """By language."""
    lines = {language: say(language) for language in LANGUAGES}
    scores = {language: Score() for language in LANGUAGES}
    for index in range(number):
        language = LANGUAGES[index % len(LANGUAGES)]
        score(planted(language, lines[language], random.Random(f"{seed} {index}")), scores[language])
    return scores


def _print(scores: dict[str, Score]) -> None:
    print(f"{'':8}{'precision':>10}{'recall':>8}{'times found':>13}{'offset: median':>16}{'within 2 s':>12}{'none':>6}")
    for language, each in scores.items():
        near = sorted(each.seconds)
        print(
            f"{language:8}{each.precision:>10.3f}{each.recall:>8.3f}{each.times_found / max(each.times, 1):>13.3f}"
            f"{near[len(near) // 2] if near else float('nan'):>14.1f} s"
            f"{sum(gap <= 2 for gap in near) / max(len(near), 1):>12.2f}{each.unplaced:>6}"
        )


def _together(scores: dict[str, Score]) -> Score:
    every = Score()
    for each in scores.values():
        for name, value in vars(each).items():
            setattr(every, name, getattr(every, name) + value)
    return every


def timed() -> tuple[float, float, int]:
    """Seconds to read a transcript of three hours, and to look for every line of the playbook in it; its lines."""
    found = planted("en", say("en"), random.Random(3), minutes=180)
    text = "\n\n".join(
        f"{at}\n{_stamp(each.begin)} --> {_stamp(each.end)}\n{each.text}" for at, each in enumerate(found.lines, 1)
    )
    before = time.perf_counter()
    read = transcript("three_hours.srt", text.encode())
    middle = time.perf_counter()
    speech = Speech(read.lines)
    for line in say("en"):
        speech.sayings(line)
    return middle - before, time.perf_counter() - middle, len(read.lines)


def _stamp(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d},{int(seconds % 1 * 1000):03d}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--transcripts", type=int, default=100)
    options.add_argument("--seed", type=int, default=2)
    given = options.parse_args()
    scores = of_seed(given.transcripts, given.seed)
    print(f"{given.transcripts} transcripts, seed {given.seed}")
    _print(scores | {"all": _together(scores)})
    read, looked, lines = timed()
    print(
        f"three hours, {lines} captions: read in {read:.2f} s; every line of the playbook looked for in {looked:.2f} s"
    )


if __name__ == "__main__":
    main()
