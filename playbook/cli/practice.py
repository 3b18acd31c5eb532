"""`practice`: a whole practice LIVE under one way of playing, in the terminal."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from playbook.model.session import UnusableFile

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
    practice.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    practice.set_defaults(run=_run)


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**31:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 0 to {2**31 - 1}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from playbook import formats
    from playbook.knowledge.load import load
    from playbook.practice.debrief import debrief, rates_of
    from playbook.practice.policies import POLICIES, play
    from playbook.practice.runs import ended_words, session_of, usual_of

    scenarios = load(options.playbook).practice
    if options.scenario not in scenarios:
        raise UnusableFile(f"There is no practice scenario '{options.scenario}'. There are: {', '.join(scenarios)}.")
    practice = scenarios[options.scenario]
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

    print(f"{practice.title} (seed {options.seed}, {options.policy})")
    print(ended_words(live))
    print(f"GMV {money(live.gmv)}, prizes and ads {money(live.spent)}, left {money(live.net)}.")
    print(f"Same luck: doing nothing {money(result.nothing)}, the best way known {money(result.best)}.")
    for name, value in rates_of(live).items():
        print(f"  {name}: {formats.percent(value)} (usual {formats.percent(usual[name])})")
    return 0
