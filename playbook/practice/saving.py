"""A practice LIVE as text and back: the scenario, the luck and what was done give every minute again."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel

from playbook.knowledge.practice import Budget, Cause, Fault, Mend, Practice, PracticeProduct, PracticeRates, Trouble

from .actions import Action
from .simulator import PracticeLive

Model = TypeVar("Model", bound=BaseModel)

#: What stands under a key of a scenario. Files of scenarios write shares with their sign, numbers kept here have none.
_UNDER: dict[str, type[BaseModel]] = {
    "rates": PracticeRates, "products": PracticeProduct, "faults": Fault, "causes": Cause, "mended_by": Mend,
    "draw": Trouble, "budget": Budget,
}  # fmt: skip


def as_text(live: PracticeLive, judged: bool = False) -> str:
    """JSON of a LIVE as it stands; `judged` says that its result was kept already."""
    whole = {
        "practice": live.practice.model_dump(mode="json"),
        "seed": live.seed,
        "minute": live.minute,
        "done": [[each.minute, each.action.kind, each.action.product, each.action.minutes] for each in live.done],
        "ended": live.ended,
        "resumed_at": live.resumed_at,
        "unknown": live.unknown,
        "judged": judged,
    }
    return json.dumps(whole)


def from_text(text: str) -> tuple[PracticeLive, bool] | None:
    """The LIVE played again up to where it stood, and whether it was judged; None where the text is none of ours.

    After a change of the program the same actions may come to other figures than they did.
    """
    try:
        found: dict[str, Any] = json.loads(text)
        live = PracticeLive(_made(Practice, found["practice"]), int(found["seed"]))
        done = [(int(minute), Action(kind, product, minutes)) for minute, kind, product, minutes in found["done"]]
        while live.minute < int(found["minute"]) and live.ended is None:
            live.step(action for minute, action in done if minute == live.minute)
        for minute, action in done:
            if minute == live.minute and live.ended is None:
                live.do(action)
        if found["ended"] == "early":
            live.stop()
        live.resumed_at, live.unknown = found["resumed_at"], bool(found["unknown"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None
    return live, bool(found["judged"])


def _made(model: type[Model], found: dict[str, Any]) -> Model:
    """As it was checked when it was read from its file."""
    return model.model_construct(**{name: _inside(name, value) for name, value in found.items()})


def _inside(name: str, value: Any) -> Any:
    if isinstance(value, list) and name in _UNDER:
        return [_inside(name, each) for each in value]
    return _made(_UNDER[name], value) if isinstance(value, dict) and name in _UNDER else value
