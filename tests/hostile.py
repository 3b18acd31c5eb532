"""A data folder in which every name and every text that people or files can set is a trap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import playbook
from playbook.model.running import Tap, TotalsRow
from playbook.model.session import Session
from playbook.store.store import Store
from playbook.userdata import UserSettings, save_profile, save_settings

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "playbook" / "content"
SAMPLES = ROOT / "data" / "samples"
#: A line of a knowledge file with words for a person, and the beginning of a text that goes on below.
_WORDS = re.compile(
    r"^(\s*(?:- )?(?:title|label|goal|summary|what|question|where|when|do|step|place|why|note|text|ask|how_to_export))"
    r": (?![>|{\[\"]).*$",
    re.MULTILINE,
)
_BLOCK = re.compile(r"^(\s*)(read|goal|summary|text|what): ([>|]-?)$", re.MULTILINE)


def trap(address: str) -> str:
    """A text that loads a picture, leads away, or turns into something else wherever it is not escaped."""
    return (
        f"![p]({address}/p.png) <img src={address}/i.png> {address}/bare www.evil.example [l]({address}/l) "
        "a@evil.example :material/home: :tada: $m$ **b** :red[x]"
    )


def lay(home: Path, own: Path, evil: str) -> None:
    """Fill the data folder `home` (PLAYBOOK_HOME) and a folder of knowledge files `own` with the text."""
    _knowledge(own, evil)
    layout = (CONTENT / "exports" / "affiliate_lives_pt.yaml").read_text(encoding="utf-8")
    save_profile("evil", _spoilt(layout.replace("id: affiliate_lives_pt", "id: evil"), evil))
    save_settings(UserSettings(playbook_folder=str(own)))
    with Store.open() as store:
        for name in (evil, f"Second {evil}"):
            shop = store.create_shop(name, market=evil[:40])
            sessions = list(_sessions(evil))
            store.apply(store.plan_import(shop.id, sessions), other_creators=True)
            store.set_note(shop.id, sessions[-1].id, evil)
            for who in (evil, f"Other {evil}"):
                person = store.add_trainee(shop.id, who)
                store.assign(person.id, "lesson", "the_tools")
                store.record_result(person.id, "lesson", evil, 0.5, False)
            gone = store.create_shop(f"{name} gone")
            store.delete_shop(gone.id)
            store.delete_session(shop.id, sessions[0].id)
            live = store.running.start(shop.id, title=evil, who=evil[:40])
            store.running.tap(live.id, Tap(live.start, "pin", evil[:60], None, evil).fitted())
            store.running.note(live.id, TotalsRow(live.start, {"impressions": 900.0, "views": 90.0}))


def _sessions(evil: str) -> Iterator[Session]:
    for each in playbook.read(sorted((SAMPLES / "fewer_came_in").iterdir())):
        products = [replace(one, name=evil) for one in each.products]
        events = [replace(one, note=evil, product=evil) for one in each.events]
        yield replace(each, title=evil, host=evil, creator=evil, products=products, events=events)


def _knowledge(own: Path, evil: str) -> None:
    for file in [*CONTENT.glob("*.yaml"), *(each for kind in ("strategies", "lessons", "practice")
                                            for each in (CONTENT / kind).glob("*.yaml"))]:  # fmt: skip
        if file.name == "metrics.yaml" or "schema" in file.parts:
            continue
        target = own / file.relative_to(CONTENT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_spoilt(file.read_text(encoding="utf-8"), evil), encoding="utf-8")


def _spoilt(text: str, evil: str) -> str:
    text = _WORDS.sub(lambda found: f'{found[1]}: "{evil}"', text)
    return _BLOCK.sub(lambda found: f"{found[0]}\n{found[1]}  {evil}\n", text)
