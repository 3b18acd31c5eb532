"""Which paths of this computer a page may read: those inside folders that were named when the app was started.

Where the server listens says nothing of who types: behind a proxy every visitor comes from loopback.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from playbook import formats, userdata
from playbook.language import _

from .escape import escape

#: The folders that pages may read, as the system writes lists of folders; `run.py app --paths` sets it.
VARIABLE = "PLAYBOOK_PATHS"
HOW = "python3 run.py app --paths FOLDER"


def allowed() -> list[Path]:
    """The folders, in full; none as the app comes."""
    named = os.environ.get(VARIABLE, "").split(os.pathsep)
    return [Path(os.path.abspath(each)) for each in named if each.strip()]  # noqa: PTH100 - links are followed later


def admitted(typed: str) -> Path | None:
    """The file or folder that a typed path leads to, links followed; None unless it is inside an allowed folder.

    A path that does not even look to be inside is not looked up: whether it exists is nobody's business, and on Windows
    the mere look at a share sends a password there.
    """
    try:
        written = Path(os.path.abspath(Path(typed).expanduser()))  # noqa: PTH100 - takes `..` out, looks nothing up
        if not typed.strip() or not any(written.is_relative_to(form) for each in allowed() for form in _forms(each)):
            return None
        found = written.resolve()
    except (OSError, ValueError, RuntimeError):  # no such home, a circle of links, a sign that no path may have
        return None
    return found if any(found.is_relative_to(each.resolve()) for each in allowed()) else None


def _forms(folder: Path) -> tuple[Path, Path]:
    """A folder as it was named and as it is: on macOS /tmp is /private/tmp."""
    return folder, folder.resolve()


def outside() -> str:
    """Why a path is not read, for a person."""
    if not allowed():
        return _("Pages read no files of this computer. To allow a folder, start the app so: {command}", command=HOW)
    folders = formats.listed([str(each) for each in allowed()])
    return _(
        "Pages read only what is inside {folders}. To allow another folder, start the app so: {command}",
        folders=folders, command=HOW,
    )  # fmt: skip


def offered(what: str) -> bool:
    """Whether a path may be typed into a page at all; says so where not.

    `what` begins it in the language in force: `Watching a file`.
    """
    if not allowed():
        said = _("{what} is off. To allow it, start the app with `{command}`.", what=escape(what), command=HOW)
        st.info(said, icon=":material/lock:")
    return bool(allowed())


def own_playbook(of_shop: str | None) -> Path | None:
    """The folder of the user's own strategies as pages may read it: the shop's, else the one chosen for all."""
    found = admitted(userdata.named_playbook(of_shop) or "")
    return found if found and found.is_dir() else None


def tell_of_own_playbook(of_shop: str | None) -> None:
    """Say so where the user's own strategies are left out because pages may not read them."""
    named = userdata.named_playbook(of_shop)
    if named and admitted(named) is None:
        unused = _("Your own strategies in {folder} are not used on pages; the command line uses them.", folder=named)
        st.warning(escape(f"{unused} {outside()}"), icon=":material/lock:")
