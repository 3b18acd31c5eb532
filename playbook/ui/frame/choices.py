"""Settings are changed here. With a sign-in what a person has in sight is theirs, and the rest is the server's.

Without one all of them are in the file of this computer's user.
"""

from __future__ import annotations

from playbook import userdata
from playbook.language import _
from playbook.store.errors import StoreError

from . import shop, signin, state


def load() -> None:
    """What the person of this visit chose, over what stands in the file."""
    opened = shop.store()
    state.prefer(opened.preferences() if opened is not None and opened.someone is not None else {})


def of_person(**changes: object) -> None:
    """Keep settings with the person who is signed in; nothing where nobody is, or where they cannot be kept now."""
    opened = shop.store()
    if opened is not None and opened.someone is not None:
        change(**changes)


def change(**changes: object) -> str | None:
    """Keep changed settings. The message when that was not done, else None."""
    opened = shop.store()
    if opened is None and signin.wanted():
        return _("Not saved: {why}", why=shop.trouble())
    if opened is None or opened.someone is None:
        return state.change_settings(**changes)
    mine = {name: value for name, value in changes.items() if name in userdata.PERSONAL}
    machine = {name: value for name, value in changes.items() if name not in mine}
    try:
        if mine:
            opened.prefer(mine, seen={name: getattr(state.settings(), name) for name in mine})
        said = None
        if machine:
            said = opened.change_machine(", ".join(machine), lambda: state.change_settings(**machine))
        load()
    except StoreError as error:
        return str(error)
    return said
