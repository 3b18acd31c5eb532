"""The run sheet of the next LIVE: before, during with minutes, after. One page for the wall."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from playbook import formats
from playbook.during.marks import UsualMark
from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Moment, Strategy
from playbook.language import N_, _, ngettext
from playbook.plans.plan import Plan
from playbook.report.words import plans

from .page import rendered

#: The length taken where none is given.
USUAL_MINUTES = 120.0
#: The routine of the source document looks at the numbers from this minute on, this often.
_FIRST_LOOK, _LOOK_EVERY = 30, 15
_OWNERS = {"host": N_("host"), "operations": N_("operations")}


@dataclass(frozen=True)
class SheetLine:
    """One thing to do. `minute` of the LIVE where it has one, else `when` in words; `chosen`: part of the plan."""

    what: str
    who: str = ""
    minute: float | None = None
    when: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class RunSheet:
    """Lines by moment; those during the LIVE with a minute first, in order, then those without."""

    minutes: float
    start: datetime | None
    before: tuple[SheetLine, ...]
    during: tuple[SheetLine, ...]
    after: tuple[SheetLine, ...]
    plan: Plan | None = None

    def at(self, line: SheetLine) -> str:
        """`19:30 (0:30)` where the start is known, `0:30` where not, else the words."""
        if line.minute is None:
            return line.when
        offset = formats.clock(line.minute)
        return f"{self.start + timedelta(minutes=line.minute):%H:%M} ({offset})" if self.start else offset


def run_sheet(
    knowledge: Knowledge, plan: Plan | None = None, minutes: float | None = None, start: datetime | None = None
) -> RunSheet:
    """The sheet of a LIVE of `minutes` minutes (two hours where not given) with the planned change in it.

    The steps of the plan come from the strategy where the playbook still has it, else from the plan itself. The
    looks at the numbers are those of the routines, from minute 30 on every quarter of an hour.
    """
    length = minutes if minutes is not None and minutes > 0 else USUAL_MINUTES
    lines: dict[Moment, list[SheetLine]] = {"before": [], "during": [], "after": []}
    strategy = knowledge.strategies.get(plan.strategy) if plan else None
    if plan is not None:
        for moment, line in _plan_lines(plan, strategy, length):
            lines[moment].append(line)
    for routine in knowledge.routines.values():
        if routine.every == "live" and routine.moment != "during":
            lines[routine.moment] += [SheetLine(step.do, when="") for step in routine.steps]
    during = [*lines["during"], *_looks(knowledge, length)]
    timed = sorted((each for each in during if each.minute is not None), key=lambda each: each.minute or 0.0)
    untimed = [each for each in during if each.minute is None]
    return RunSheet(length, start, tuple(lines["before"]), (*timed, *untimed), tuple(lines["after"]), plan)


def _plan_lines(plan: Plan, strategy: Strategy | None, length: float) -> Iterable[tuple[Moment, SheetLine]]:
    if strategy is None:
        for step in plan.steps:
            yield "during", SheetLine(step, plan.owner, plan.minute, plan.trigger, True)
        return
    for each in strategy.do:
        moment, at = strategy.moment_of(each), each.at
        when = str(at) if at is not None and moment == "during" else ""
        minutes: Sequence[float | None] = at.minutes_in(length) if at is not None else ()
        for minute in minutes or (None,):
            yield moment, SheetLine(each.step, strategy.owner, minute, when, True)


def _looks(knowledge: Knowledge, length: float) -> list[SheetLine]:
    """The routine during the LIVE: its first line with every look, the others once in words."""
    steps = [step for each in knowledge.routines.values() if each.moment == "during" for step in each.steps]
    numbers = [step for step in steps if step.metrics]
    first = _("Look at the numbers: {numbers}", numbers="; ".join(step.do for step in numbers))
    timed = [
        SheetLine(first if index == 0 else _("Look at the numbers"), minute=minute)
        for index, minute in enumerate(looks(length))
        if numbers
    ]
    return [*timed, *(SheetLine(step.do, when=_("all through the LIVE")) for step in steps if not step.metrics)]


@dataclass(frozen=True)
class SheetHead:
    """What stands above and beside the lines: whose LIVE, who is on, the products in the order they are shown, and what
    is usual by the clock. `currency` is that of the usual.
    """

    shop: str = ""
    hosts: str = ""
    products: tuple[str, ...] = ()
    marks: tuple[UsualMark, ...] = ()
    currency: str | None = None


def looks(minutes: float) -> list[float]:
    """When the numbers are looked at in a LIVE of so many minutes."""
    return [float(minute) for minute in range(_FIRST_LOOK, math.ceil(minutes), _LOOK_EVERY)]


def _usual(sheet: RunSheet, head: SheetHead, knowledge: Knowledge) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Heads and rows of the usual at each look, by the clock."""
    names = list(dict.fromkeys(name for mark in head.marks for name in mark.values))
    rows = []
    with formats.written_for(head.currency):
        for mark in head.marks:
            shown = [
                formats.value_short(mark.values.get(name), knowledge.metrics[name].shown_as, head.currency)
                if name in mark.values else "–" for name in names
            ]  # fmt: skip
            rows.append((sheet.at(SheetLine("", minute=mark.minute)), shown))
    return [knowledge.metrics[name].short for name in names], rows


def run_sheet_html(
    sheet: RunSheet, knowledge: Knowledge, head: SheetHead | None = None, title: str | None = None
) -> str:
    """One self-contained page that prints. Every text is escaped by the template engine."""
    head = head or SheetHead()
    heads, usual = _usual(sheet, head, knowledge)
    parts = ((_("Before"), sheet.before), (_("During"), sheet.during), (_("After"), sheet.after))
    return rendered(
        "run_sheet",
        title=_("Run sheet") if title is None else title,
        head=head,
        heads=heads,
        usual=usual,
        said=_said(sheet, head, knowledge),
        length=_length(sheet),
        plan=sheet.plan,
        parts=[(label, [(each, sheet.at(each), _small(each)) for each in lines]) for label, lines in parts],
    )


def _said(sheet: RunSheet, head: SheetHead, knowledge: Knowledge) -> dict[str, str]:
    """The sentences of the page itself, by the place where they stand."""
    lives = max((each.lives for each in head.marks), default=0)
    said = {
        "hosts": _("hosts: {names}", names=head.hosts),
        "products": _("Products in order"),
        "usual": _("What is usual by then"),
        "middle": ngettext(
            "The middle of the last {number} LIVE with minutes, from the start up to that minute.",
            "The middle of the last {number} LIVEs with minutes, from the start up to that minute.",
            lives, number=lives,
        ),
        "change": _("The one change"),
        "true": _("True before it is said:"),
        "nothing": _("Nothing is planned here."),
    }  # fmt: skip
    if sheet.plan is None:
        return said
    who, when = _who(sheet.plan.owner), plans.when_done(sheet.plan)
    said["who"] = _("Who: {who}. When: {when}.", who=who, when=when)
    hoped = _("Hoped: {change}.", change=plans.hoped(sheet.plan, knowledge))
    said["hoped"] = f"{hoped} {plans.stop_rule(sheet.plan)}"
    return said


def _who(owner: str) -> str:
    return _(_OWNERS[owner]) if owner in _OWNERS else owner


def _length(sheet: RunSheet) -> str:
    length = formats.seconds(sheet.minutes * 60)
    return f"{formats.weekday(sheet.start, year=True)}, {sheet.start:%H:%M} · {length}" if sheet.start else length


def _small(line: SheetLine) -> str:
    words = line.when if line.minute is not None else ""
    return " · ".join(each for each in (_who(line.who), words) if each)
