"""`playbook weekly --all`: the week of every shop."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from .words import say

if TYPE_CHECKING:
    from playbook.store import Store


def weekly(options: argparse.Namespace, store: Store) -> int:
    """Which three need somebody, and what changed in each; it counts as nobody's weekly look."""
    from playbook import userdata
    from playbook.desk import glance, needs
    from playbook.knowledge.load import load
    from playbook.report.forms import desk as forms

    lines = store.glanced()
    if not lines:
        say("There are no shops yet. Make one: python -m playbook import FILE --shop NAME --create")
        return 0
    now = store.clock()
    until = now.astimezone().replace(tzinfo=None)
    if options.until is not None:
        try:
            until = datetime.fromisoformat(options.until).replace(tzinfo=None)
        except ValueError:
            say(f"--until {options.until}: this is no date. Write it like 2026-08-10 or 2026-08-10T18:00.")
            return 2
    found = glance.glances(store, lines, lambda each: load(userdata.own_playbook(each.shop.playbook_folder)))
    asked = [needs.need(each, found.get(each.shop.id), now) for each in lines]
    ordered = needs.by_need(asked)
    if options.format == "json":
        print(json.dumps(forms.weekly_values(ordered, until), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        made = forms.weekly_html if options.format == "html" else forms.weekly_text
        sys.stdout.write(made(ordered, until, load().metrics))
    return 0
