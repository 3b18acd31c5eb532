"""Sentences about what was said: counts and times, and no cause."""

from __future__ import annotations

from playbook import formats
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, ngettext
from playbook.model.transcript import Line, Transcript
from playbook.pipeline import Review
from playbook.said.clock import Offset
from playbook.said.moments import SpokenStretch
from playbook.said.pressing import Pressing

ASK_WORDS = {"follow": N_("to follow"), "comment": N_("to comment"), "click": N_("to tap a product")}
_KINDS = {
    "urgent": N_("presses for time or stock"),
    "objected": N_("wording that the platform lists as problematic"),
    "chance": N_("can be taken for a draw by chance"),
}


def stamp(seconds: float) -> str:
    """
    >>> stamp(3723.4), stamp(-5)
    ('1:02:03', '-0:00:05')
    """
    whole = round(abs(seconds))
    sign = "-" if seconds < 0 and whole else ""
    return f"{sign}{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def spoken(line: Line) -> str:
    return f"{stamp(line.begin)}  {line.text}"


def about(found: Transcript) -> str:
    """What the file has, on the LIVE's clock."""
    lines = found.on_live()
    return ngettext(
        "{file}: {count} line, from {first} to {last} of the LIVE.",
        "{file}: {count} lines, from {first} to {last} of the LIVE.",
        len(lines), count=formats.count(len(lines)), file=found.file or _("Transcript"),
        first=stamp(lines[0].begin), last=stamp(lines[-1].end),
    )  # fmt: skip


def how_placed(offset: Offset) -> str:
    """How the time between the two clocks was found, for whoever is asked whether it is right."""
    if offset.how == "names":
        return _(
            "{pins} of {of} pins have the name of their product close by when {seconds} is added to the times of the "
            "file, give or take {spread} s.",
            pins=offset.pins, of=offset.of, seconds=stamp(offset.seconds), spread=round(2 * (offset.spread or 0.0)),
        )  # fmt: skip
    if offset.how == "clock":
        return _("The file has times of the day; they were set against the start of the LIVE.")
    return _(
        "Nothing says how the two clocks lie to each other: there are too few pins whose product is named. The file is "
        "taken to begin with the LIVE."
    )


def times(minutes: list[float]) -> str:
    return ", ".join(formats.clock(each) for each in minutes)


def said_count(many: int) -> str:
    return ngettext("said once", "said {many} times", many, many=many) if many else _("not said")


def moment_name(moment: SpokenStretch, review: Review) -> str:
    """What a stretch is, for a list to choose from."""
    when = formats.clock(moment.at)
    metrics, counts = review.knowledge.metrics, review.knowledge.counts
    if moment.kind == "dip":
        metric = metrics.get(moment.of or "")
        return _("Dip of {metric} from {when}", metric=metric.label if metric else moment.of or "", when=when)
    if moment.kind == "best":
        count = counts[moment.of].label if moment.of and moment.of in counts else moment.of or ""
        return _("Before the best five minutes by {count}, {when}", count=count, when=when)
    product = moment.of or _("a product without a name")
    return _("Pitch of {product}, {when}", product=product, when=when)


def moment_range(moment: SpokenStretch) -> str:
    return ngettext(
        "{first} to {last}: {count} line.", "{first} to {last}: {count} lines.",
        len(moment.lines), count=formats.count(len(moment.lines)), first=formats.clock(moment.first),
        last=formats.clock(moment.last),
    )  # fmt: skip


def pressing_line(each: Pressing) -> str:
    return _(
        "{when}: \u201c{phrase}\u201d {kind}.",
        when=formats.clock(each.minute),
        phrase=each.phrase,
        kind=_(_KINDS[each.kind]),
    )


def asks_line(kind: str, many: int, minutes: float | None) -> str:
    """How often viewers were asked, and how often that is."""
    asked = ngettext("asked {what} once", "asked {what} {many} times", many, what=_(ASK_WORDS[kind]), many=many)
    if not many or not minutes:
        return asked
    every = formats.seconds(60 * minutes / many)
    return _("{asked}, once in {every} on average", asked=asked, every=every)


def value(metric: Metric | None, found: float | None, currency: str | None) -> str:
    return formats.value(found, metric.shown_as, currency) if metric is not None and found is not None else "–"
