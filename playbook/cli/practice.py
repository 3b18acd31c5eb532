"""`practice`: a whole practice LIVE under one way of playing, in the terminal."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.language import _
from playbook.model.session import UnusableFile

if TYPE_CHECKING:
    from playbook.knowledge.practice import Practice

_POLICIES = ("do_nothing", "clockwork", "playbook", "attentive", "panic", "everything")


def add(commands: Any) -> None:
    """Put the command beside the others."""
    practice = commands.add_parser("practice", help="play a practice LIVE under one policy")
    practice.add_argument("--scenario", required=True, metavar="ID", help="which practice scenario")
    practice.add_argument("--seed", type=_seed, default=1, metavar="N", help="the luck of the LIVE (default: 1)")
    practice.add_argument("--policy", choices=_POLICIES, default="playbook", help="default: playbook")
    practice.add_argument(
        "--playbook", metavar="DIR", type=Path, help="your own scenarios, in practice/ of this folder"
    )
    practice.add_argument(
        "--spread",
        type=_many,
        metavar="N",
        help="for editors: every policy on N seeds from --seed on",
    )
    practice.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    practice.set_defaults(run=_run)


_MOST_SEED = 2**31 - 1


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) > _MOST_SEED:
        raise argparse.ArgumentTypeError(
            _("'{typed}' is not a whole number from 0 to {most}", typed=text, most=_MOST_SEED)
        )
    return int(text)


def _many(text: str) -> int:
    if not text.isdecimal() or not 2 <= int(text) <= 500:
        raise argparse.ArgumentTypeError(_("'{typed}' is not a whole number from 2 to 500", typed=text))
    return int(text)


def _spread(practice: Practice, seeds: range) -> int:
    """What each policy earns on the seeds, and how often it passes. Where blind ways pass nothing is learnt."""
    import numpy as np

    from playbook import formats
    from playbook.practice.drawing import drawn
    from playbook.practice.policies import POLICIES, best_known, play
    from playbook.practice.runs import usual_of
    from playbook.practice.score import PASS, score

    usual = usual_of(practice)
    nets = {name: [play(practice, seed, way, usual).net for seed in seeds] for name, way in POLICIES.items()}
    best = [best_known(practice, seed, usual).net for seed in seeds]
    faults = [len(drawn(practice, seed).faults) for seed in seeds]
    wrong = ", ".join(_("{many} wrong: {count}", many=many, count=faults.count(many)) for many in sorted(set(faults)))
    last = seeds.stop - 1
    print(
        _("{title}, seeds {first} to {last} ({wrong})", title=practice.title, first=seeds.start, last=last, wrong=wrong)
    )
    print(_("what was earned less prizes and ads: middle LIVE, and from the tenth to the ninetieth of a hundred"))
    for name, earned in nets.items():
        low, middle, high = (
            formats.money(float(each), practice.currency) for each in np.quantile(earned, (0.1, 0.5, 0.9))
        )
        passed = [score(*each) >= PASS for each in zip(earned, nets["do_nothing"], best, faults, strict=True)]
        said = _(
            "{name}: {middle} ({low} to {high}), passes {passed} of {all}",
            name=name, middle=middle, low=low, high=high, passed=sum(passed), all=len(passed),
        )  # fmt: skip
        print(f"  {said}")
    return 0


def _run(options: argparse.Namespace) -> int:
    from playbook import formats
    from playbook.knowledge.load import load
    from playbook.practice.debrief import debrief, rates_of
    from playbook.practice.policies import POLICIES, play
    from playbook.practice.runs import ended_words, session_of, usual_of

    scenarios = load(options.playbook).practice
    if options.scenario not in scenarios:
        raise UnusableFile(
            _(
                "There is no practice scenario '{name}'. There are: {known}.",
                name=options.scenario,
                known=", ".join(scenarios),
            )
        )
    practice = scenarios[options.scenario]
    if options.spread:
        return _spread(practice, range(options.seed, options.seed + options.spread))
    usual = usual_of(practice)
    live = play(practice, options.seed, POLICIES[options.policy], usual)
    result = debrief(live, usual)
    if options.format == "json":
        session = session_of(live)
        whole = {
            "scenario": practice.id, "seed": options.seed, "policy": options.policy, "ended": live.ended,
            "net": round(live.net, 2), "spent": round(live.spent, 2), "warnings": live.warnings,
            "score": result.score, "session": session.to_dict(),
            "events": [{"type": each.type, "minute": each.minute, "product": each.product, "note": each.note}
                       for each in session.events],
        }  # fmt: skip
        print(json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False))
        return 0

    def money(amount: float) -> str:
        return formats.money(amount, practice.currency)

    title = practice.title
    print(_("{title} (seed {seed}, {policy})", title=title, seed=options.seed, policy=options.policy))
    print(ended_words(live))
    spent, left = money(live.spent), money(live.net)
    print(_("GMV {gmv}, prizes and ads {spent}, left {left}.", gmv=money(live.gmv), spent=spent, left=left))
    nothing, best = money(result.nothing), money(result.best)
    print(_("Same luck: doing nothing {nothing}, the best way known {best}.", nothing=nothing, best=best))
    for name, value in rates_of(live).items():
        now, as_usual = formats.percent(value), formats.percent(usual[name])
        print("  " + _("{metric}: {value} (usual {usual})", metric=name, value=now, usual=as_usual))
    return 0
