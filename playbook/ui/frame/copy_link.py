"""A button that copies the address of what is shown, to send to a colleague of the same store."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from playbook.language import _

_HTML = '<button type="button"></button><span role="status" aria-live="polite"></span>'
_CSS = """
button { font: inherit; color: var(--st-text-color); background: transparent; border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius); padding: .35rem .75rem; cursor: pointer; width: 100%; }
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
span { display: block; font-size: .8rem; min-height: 1.2em; padding-top: .25rem; overflow-wrap: anywhere; }
"""
#: Outside of this computer a browser gives the clipboard to pages with TLS only; there the older way is tried.
_JS = """
async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch (refused) {}
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector('button');
  const said = parentElement.querySelector('span');
  button.textContent = data.label;
  button.onclick = async () => {
    const here = window.location.href;
    said.textContent = (await copy(here)) ? data.done : here;
    setTimeout(() => { said.textContent = ''; }, 15000);
  };
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("playbook_copy_link", html=_HTML, css=_CSS, js=_JS)


def button() -> None:
    """Copies the address as the browser has it; where it may not, it is shown to be copied by hand."""
    _component()(key="copy_link", data={"label": _("Copy link"), "done": _("The link to this page is copied.")})
