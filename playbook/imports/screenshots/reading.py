"""Pictures of one LIVE to its numbers, each with the place it was read from and why to look at it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from playbook.imports.pasted.dashboard import Pair, name_of
from playbook.imports.pasted.page_checks import contradictions, money_contradictions, one_gmv, one_value
from playbook.imports.pasted.page_checks import values as settled
from playbook.imports.pasted.typed import labels_of
from playbook.imports.reading import built_in_profiles
from playbook.knowledge.column_words import KEPT, MONEY_RATES, RATES, built_in
from playbook.knowledge.exports import MONEY_FIELDS
from playbook.language import N_

from .boxes import Box, around, upright
from .labels import Vocabulary
from .pairing import Paired, Piece, pairs, pieces
from .pictures import MOST_PICTURES, UnusablePicture
from .times import length_of, moment_of

#: Why to look at a number again; a number of one of these is marked.
DOUBTS = {
    "label": N_("its label could not be read surely"),
    "means": N_("its label has several meanings"),
    "score": N_("its digits could not be read surely"),
    "beside": N_("another number stands as near to its label"),
    "twice": N_("it stands there twice, with two numbers"),
    "moments": N_("the pictures show different numbers, so they may be of two LIVEs or moments"),
    "sum": N_("it does not go with the counts and rates beside it"),
    "currency": N_("the picture shows another currency than that of the shop"),
    "sign": N_("the sign of the currency was not read, so the first digit may be that sign"),
    "percent": N_("no percent sign was read"),
    "number": N_("it could not be read as a number"),
    "day": N_("day and month could be the other way round"),
}
#: A picture prints all of its numbers at one moment, so what belongs together agrees but for rounding.
_CLOSE = 0.03
#: So many numbers that differ between pictures are no slips of the reader.
_DIFFERENT = 2
#: Pixels around a piece that is shown.
_MARGIN = 12
#: Signs that several currencies share, or that the reader takes for one another.
_ALIKE = frozenset({"USD", "THB", "MXN", "SGD", "CAD", "AUD", "TWD", "CLP", "COP", "BRL"})
#: The reader does not know this sign, and it stands before the digits.
_UNKNOWN_SIGNS = frozenset({"THB"})
#: Units whose rate is a fraction of people or orders, which needs its percent sign.
_FRACTIONS = frozenset(RATES) - {*MONEY_RATES, "impressions_per_hour"}
#: Product clicks by which count each CTR is.
_CTR_OF = {"ctr": "views", "product_ctr": "product_impressions"}
_GMV = ("gmv", "gmv_direct", "gmv_attributed")

Place = tuple[float, float, float, float]


@dataclass(frozen=True)
class Item:
    """One number: its text as read, the picture and the place (left, top, right, bottom) of label and number.

    `value` is None where the text is no number; `doubts` are words of DOUBTS.
    """

    name: str
    text: str
    value: float | None
    picture: int
    place: Place
    doubts: tuple[str, ...] = ()
    rounded: bool = False


@dataclass(frozen=True)
class PicturesRead:
    """Of one LIVE: numbers in the order of the page, when it began, the currency, and the lines that were not used.

    Names are those of counts, of rates (fractions, or money) and `duration_minutes`.
    """

    items: tuple[Item, ...]
    start: datetime | None = None
    start_doubts: tuple[str, ...] = ()
    currency: str | None = None
    unread: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, float]:
        return {each.name: each.value for each in self.items if each.value is not None}

    @property
    def marked(self) -> frozenset[str]:
        """Names that a person must look at before they count."""
        return frozenset(each.name for each in self.items if each.doubts)

    @property
    def rounded(self) -> frozenset[str]:
        """Names whose number the picture shortens, like 62,9K."""
        return frozenset(each.name for each in self.items if each.rounded)


def read(pictures: Sequence[bytes], *, currency: str | None = None) -> PicturesRead:
    """Read pictures of one LIVE. `currency` is that of the shop. Raises MissingReader and UnusablePicture."""
    return read_boxes([seen(each) for each in _few(pictures)], currency=currency)


def seen(picture: bytes) -> list[Box]:
    """The lines of text in one picture, from the process apart."""
    from . import apart

    return apart.boxes(picture)


def warm() -> None:
    """Have the process apart ready before it is needed."""
    from . import apart

    apart.warm()


def cut_out(picture: bytes, items: Sequence[Item]) -> list[bytes]:
    """The piece of a picture that each of its items was read from, as PNG. Raises as `read` does."""
    from . import apart

    return apart.pieces(picture, [_wider(each.place) for each in items])


def _wider(place: Place) -> Place:
    """With a margin, so that a person sees what stands around."""
    left, top, right, bottom = place
    return left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN


def _few(pictures: Sequence[bytes]) -> Sequence[bytes]:
    if len(pictures) > MOST_PICTURES:
        raise UnusablePicture("many")
    return pictures


def read_boxes(pictures: Sequence[Sequence[Box]], *, currency: str | None = None) -> PicturesRead:
    """The same from lines of text, those of each picture by themselves."""
    paired: list[Paired] = []
    left: list[Piece] = []
    words = _vocabulary()
    for at, lines in enumerate(pictures):
        straight = [replace(each, picture=at) for each in upright(lines)]
        found, rest = pairs(pieces(straight, words, currency))
        paired += found
        left += rest
    return _settled(paired, left, currency)


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary(built_in(), labels_of(built_in_profiles()))


def _settled(paired: Sequence[Paired], left: Sequence[Piece], currency: str | None) -> PicturesRead:
    named = _named(paired)
    start, start_doubts = moment_of([each.box for each in left], currency)
    read_values = settled(
        {name: [_text(each) for each in found] for name, found in named.items() if name not in _OWN},
        currency,
        whole=True,
    )
    own = read_values.currency
    code = currency if currency and (own is None or (own in _ALIKE and currency in _ALIKE)) else own or currency
    items = [_item(name, found, code) for name, found in named.items()]
    if _of_two_moments(named, code):
        items = [replace(each, doubts=(*each.doubts, "moments")) for each in items]
    if not any(each.name == "duration_minutes" for each in items):
        items += _loose_length(left)
    items = _by_counts(_one_gmv(items))
    items = _checked(items, other=bool(currency and code != currency))
    unread = tuple(each.box.text for each in left if each.value or (each.label and each.label.means))
    return PicturesRead(tuple(items), start, start_doubts, code, unread)


#: What has no reader of its own among the counts and rates.
_OWN = ("duration_minutes",)


def _text(pair: Paired) -> str:
    assert pair.value.value is not None
    return pair.value.value.text


def _named(paired: Sequence[Paired]) -> dict[str, list[Paired]]:
    """Pairs by their name; labels of several meanings after the sure ones, so that they take what is left."""
    found: dict[str, list[Paired]] = {}
    texts: dict[str, list[str]] = {}
    for each in sorted(paired, key=lambda one: len(_means(one)) > 1):
        means = _means(each)
        name = "duration_minutes" if means == ("duration_minutes",) else name_of(Pair(means, _text(each)), texts)
        if name is None or name in KEPT or name == "start":
            continue
        if len(means) > 1 and (name not in RATES or _still_open(means, texts)):
            each = replace(each, doubts=(*each.doubts, "means"))
        texts.setdefault(name, []).append(_text(each))
        found.setdefault(name, []).append(each)
    return found


def _still_open(means: Sequence[str], named: Mapping[str, list[str]]) -> bool:
    """Whether a label of a rate may mean several that no other label has. A bare CTR beside `LIVE CTR` may not."""
    return sum(each not in named for each in means) > 1


def _means(pair: Paired) -> tuple[str, ...]:
    """What the label may mean beside this value: a length is no clock, `Duration` is in minutes here."""
    assert pair.label.label is not None and pair.value.value is not None
    means = ("duration_minutes" if each.startswith("duration") else each for each in pair.label.label.means)
    return tuple(dict.fromkeys(means))


def _item(name: str, found: Sequence[Paired], currency: str | None) -> Item:
    """One number of all that stand for it: the exact one before the shortened ones, else the first."""
    every = [(pair, *_value(name, _text(pair), currency)) for pair in found]
    exact = [each for each in every if each[1] is not None and not each[2]]
    known = exact or [each for each in every if each[1] is not None] or every
    pair, number, rounded = known[0]
    doubts = list(pair.doubts)
    if number is None:
        doubts.append("number")
    elif any(_differ(number, other, short or rounded) for _, other, short in every):
        doubts.append("twice")
    if name in _FRACTIONS and "%" not in _text(pair):
        doubts.append("percent")
    if (name in MONEY_FIELDS or name in MONEY_RATES) and currency in _UNKNOWN_SIGNS and _text(pair)[:1].isdigit():
        doubts.append("sign")
    box = pair.value.box
    place = around([box, pair.label.box])
    return Item(name, _text(pair), number, box.picture, place, tuple(dict.fromkeys(doubts)), rounded)


def _of_two_moments(named: Mapping[str, Sequence[Paired]], currency: str | None) -> bool:
    """Whether pictures differ in so many numbers that one of them shows another LIVE, or another time of it.

    Then a number that only one of them shows does not go with those of the other.
    """
    return sum(_pictures_differ(name, found, currency) for name, found in named.items()) >= _DIFFERENT


def _pictures_differ(name: str, found: Sequence[Paired], currency: str | None) -> bool:
    every = [(each.value.box.picture, *_value(name, _text(each), currency)) for each in found]
    first, number, rounded = every[0]
    return number is not None and any(
        picture != first and _differ(number, other, short or rounded) for picture, other, short in every[1:]
    )


def _differ(one: float, other: float | None, rounded: bool) -> bool:
    return other is not None and abs(one - other) > (0.06 if rounded else 1e-9) * max(abs(one), abs(other))


def _value(name: str, text: str, currency: str | None) -> tuple[float | None, bool]:
    """A text as the number of this name, and whether it is shortened."""
    if name == "duration_minutes":
        seconds = length_of(text)
        return (None if seconds is None else seconds / 60), False
    number, _problem, short = one_value(name, text, currency, None)
    return number, short


def _loose_length(left: Sequence[Piece]) -> list[Item]:
    """A length in hours and minutes without a label, where there is just one: that of the LIVE, to be confirmed."""
    found = [(each, seconds) for each in left if (seconds := length_of(each.box.text, loose=True)) is not None]
    if len({seconds for _, seconds in found}) != 1:
        return []
    box = found[0][0].box
    return [
        Item("duration_minutes", box.text, found[0][1] / 60, box.picture, box.shown,
             ("label",))
    ]  # fmt: skip


def _one_gmv(items: Sequence[Item]) -> list[Item]:
    """A page prints one GMV mostly; the plain, the direct, else the attributed one becomes `gmv`."""
    known = {each.name: each for each in items}
    if not (set(known) & set(_GMV)):
        return list(items)
    chosen = next(name for name in _GMV if name in known)
    return [replace(each, name="gmv") if each.name == chosen else each for each in items
            if each.name == chosen or each.name not in _GMV]  # fmt: skip


def _by_counts(items: Sequence[Item]) -> list[Item]:
    """A bare CTR is the one that its counts make; where they make none or both, it stays to be looked at."""
    values = {each.name: each.value for each in items if each.value is not None}
    clicks = values.get("product_clicks")
    if clicks is None:
        return list(items)
    made = {rate: clicks / of for rate, count in _CTR_OF.items() if (of := values.get(count))}
    found = []
    for each in items:
        if each.name in _CTR_OF and each.value is not None and "means" in each.doubts:
            fitting = [rate for rate, ratio in made.items() if abs(ratio - each.value) <= _CLOSE * each.value]
            if len(fitting) == 1:
                doubts = tuple(doubt for doubt in each.doubts if doubt != "means")
                each = replace(each, name=fitting[0], doubts=doubts)
        found.append(each)
    return found


def _checked(items: Sequence[Item], *, other: bool) -> list[Item]:
    """Marked where they contradict each other, and where the money is another one than the shop's."""
    values = {each.name: each.value for each in items if each.value is not None}
    counts = one_gmv({name: each for name, each in values.items() if name not in RATES})
    rates = {name: each for name, each in values.items() if name in RATES}
    wrong = set(contradictions(counts, rates, _CLOSE))
    wrong |= _rates_of(wrong, rates, counts)
    for rate, made_of in money_contradictions(counts, rates, counts.get("duration_minutes"), _CLOSE).items():
        wrong |= {rate, *made_of}
    found = []
    for each in items:
        doubts = list(each.doubts)
        if each.name in wrong:
            doubts.append("sum")
        if other and (each.name in MONEY_FIELDS or each.name in MONEY_RATES):
            doubts.append("currency")
        found.append(replace(each, doubts=tuple(dict.fromkeys(doubts))))
    return found


def _rates_of(wrong: set[str], rates: Mapping[str, float], counts: Mapping[str, float]) -> set[str]:
    """The printed rates that disagree: without them the counts do not."""
    return {
        name for name in rates
        if set(contradictions(counts, {name: rates[name]}, _CLOSE)) - set(contradictions(counts, {}, _CLOSE)) & wrong
    }  # fmt: skip
