"""The buttons of the event pad: each tap is kept by the browser until the store has it.

Streamlit's own button sends that it was pressed. Two presses before the server has looked are one, and a run that is
cut by the next click may lose its callback. Here every tap has an id, the browser sends all that were not confirmed,
again and again, and the store keeps each id once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from playbook.language import _

#: A tap may wait this long in a browser without a connection, in seconds; an older one is of that age.
OLDEST = 12 * 3600.0
#: So many taps are taken at once; the rest comes with the next sending.
MOST = 500
_ID = re.compile(r"[0-9a-f]{32}")

_HTML = '<div class="pad" role="group"></div><div class="said" role="status" aria-live="polite"></div>'
_CSS = """
.pad { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.4rem, 1fr)); gap: .4rem; }
button { font: inherit; font-size: .875rem; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); min-height: 2.5rem;
  padding: .3rem .4rem; cursor: pointer; display: flex; align-items: center; justify-content: center; gap: .3rem;
  touch-action: manipulation; user-select: none; }
button:hover, button:focus-visible { border-color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
button:active { background: var(--st-primary-color); color: var(--st-background-color); }
.icon { font-family: 'Material Symbols Rounded'; font-size: 1.15rem; line-height: 1; }
kbd { font-size: .7rem; opacity: .6; }
.said { font-size: .8rem; min-height: 1.3em; padding-top: .25rem; }
@media (hover: none), (max-width: 640px) { kbd { display: none; } button { min-height: 3rem; font-size: 1rem; } }
"""
_JS = """
const AGAIN = 2000;
const PAUSE = 300;  // between two sendings: each starts the page anew
const waiting = new Map();  // by LIVE: what the store has not confirmed

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(each => each.toString(16).padStart(2, '0')).join('');
}
function kept(live) {
  if (!waiting.has(live)) {
    let found = [];
    try { found = JSON.parse(sessionStorage.getItem('playbook_taps_' + live)) || []; } catch (none) {}
    waiting.set(live, found);
  }
  return waiting.get(live);
}
function keep(live, taps) {
  waiting.set(live, taps);
  try { sessionStorage.setItem('playbook_taps_' + live, JSON.stringify(taps)); } catch (full) {}
}
function typing(event) {
  const at = event.composedPath()[0];
  return event.ctrlKey || event.metaKey || event.altKey || event.repeat || at.isContentEditable
    || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName)
    || (at.getAttribute && at.getAttribute('role') === 'combobox');
}
export default function ({ data, parentElement, setStateValue }) {
  const pad = parentElement.querySelector('.pad');
  const said = parentElement.querySelector('.said');
  const live = data.live;
  const send = () => {
    const taps = kept(live);
    if (taps.length) setStateValue('taps', taps.slice(0, data.most).map(
      each => ({ id: each.id, kind: each.kind, ago: Math.max(0, Date.now() - each.at) })));
  };
  const soon = () => {
    if (parentElement.timer) return;
    const since = Date.now() - (parentElement.sent || 0);
    parentElement.timer = setTimeout(() => {
      parentElement.timer = null;
      parentElement.sent = Date.now();
      parentElement.send();
    }, Math.max(0, PAUSE - since));
  };
  parentElement.send = send;
  const tell = () => {
    const left = kept(live).length;
    said.textContent = left ? data.words.waiting.replace('%', left) : (parentElement.lastTap || '');
  };
  const tap = (kind, label) => {
    keep(live, [...kept(live), { id: newId(), kind, at: Date.now() }]);
    parentElement.lastTap = data.words.kept.replace('%', label);
    soon();
    tell();
  };
  const stored = new Set(data.stored);
  keep(live, kept(live).filter(each => !stored.has(each.id)));
  pad.setAttribute('aria-label', data.words.name);
  const drawn = JSON.stringify([live, data.buttons]);
  if (parentElement.drawn !== drawn) {
    pad.replaceChildren(...data.buttons.map(({ kind, label, icon, letter }) => {
      const button = document.createElement('button');
      const sign = document.createElement('span');
      const key = document.createElement('kbd');
      button.type = 'button';
      button.dataset.kind = kind;
      button.setAttribute('aria-keyshortcuts', letter);
      sign.className = 'icon';
      sign.setAttribute('aria-hidden', 'true');
      sign.textContent = icon;
      key.setAttribute('aria-hidden', 'true');
      key.textContent = letter;
      button.append(sign, label, key);
      button.onclick = () => parentElement.tap(kind, label);
      return button;
    }));
    parentElement.drawn = drawn;
  }
  parentElement.tap = tap;
  tell();
  const pressed = event => {
    const hit = data.buttons.find(each => each.letter === event.key.toLowerCase());
    if (hit && !typing(event)) { event.preventDefault(); tap(hit.kind, hit.label); }
  };
  const again = setInterval(send, AGAIN);
  window.addEventListener('keydown', pressed);
  if (kept(live).length) soon();
  return () => { clearInterval(again); window.removeEventListener('keydown', pressed); };
}
"""


@dataclass(frozen=True)
class Pressed:
    """One tap as the browser sent it: its id, its kind, and how long ago it was, in seconds."""

    id: str
    kind: str
    ago: float


def pressed(state: object, kinds: Sequence[str]) -> list[Pressed]:
    """The taps in what a browser sent; what is none of ours is left out."""
    sent = state.get("taps") if isinstance(state, Mapping) else None
    found = []
    for each in (sent if isinstance(sent, Sequence) else ())[:MOST]:
        if not isinstance(each, Mapping):
            continue
        name, kind, ago = str(each.get("id")), each.get("kind"), each.get("ago")
        age = float(ago) / 1000 if isinstance(ago, int | float) and 0 <= ago < float("inf") else 0.0
        if _ID.fullmatch(name) and kind in kinds:
            found.append(Pressed(name, str(kind), min(age, OLDEST)))
    return found


def pad(
    live: str,
    buttons: Sequence[Mapping[str, str]],
    stored: Sequence[str],
    *,
    key: str,
    on_change: Callable[[], object],
) -> None:
    """Real buttons, each with its letter on the keyboard. `stored` are the ids that the browser may forget."""
    component: Any = st.components.v2.component("playbook_taps", html=_HTML, css=_CSS, js=_JS)
    words = {
        "name": _("Tap what happens"), "waiting": _("{number} not saved yet", number="%"),
        "kept": _("{event} noted", event="%"),
    }  # fmt: skip
    data = {"live": live, "buttons": list(buttons), "stored": list(stored), "most": MOST, "words": words}
    component(key=key, data=data, on_taps_change=on_change)
