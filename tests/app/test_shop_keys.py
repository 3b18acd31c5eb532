"""What belongs to a shop or to a LIVE carries it: in the code, and as two people with two shops see it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

#: What a person can type in, choose or press. Containers, downloads and charts keep nothing.
KEEPING = {
    "text_input", "text_area", "selectbox", "multiselect", "number_input", "date_input", "time_input", "slider",
    "checkbox", "radio", "pills", "segmented_control", "data_editor", "dataframe", "file_uploader", "popover", "tabs",
    "form", "button", "form_submit_button",
}  # fmt: skip
#: Files in which nothing belongs to a shop's record: the playbook to read, and training of whoever sits here.
NO_SHOP = {
    "strategies/page.py", "strategies/card.py", "strategies/picture.py", "strategies/rows.py",
    "learn/page.py", "learn/drill.py", "learn/lesson.py", "learn/quiz.py",
    "learn/see.py", "learn/host.py", "learn/case.py",
    "practice/page.py", "practice/room.py", "review/minutes.py", "frame/trainee.py",
    "live/dashboard.py",
}  # fmt: skip
#: Every other bare key, and why it may be bare.
MACHINE_WIDE = {
    "pickers, filled anew in each run before they are drawn": {"shop_picker", "live_picker", "owner_picker"},
    "about all shops, or about one that is not there yet": {
        "people_everywhere",
        "add_shop_name", "add_shop", "restore_file", "restore", "delete_all_word", "delete_all", "empty_trash",
        "ask_empty_trash", "start_anew", "bring_shop_back", "desk_table", "desk_save", "desk_find", "desk_person",
        "desk_tags", "week_table",
    },
    "files of an earlier version, of no shop so far": {"old_which", "old_shop", "old_take"},
    "settings of the person": {"HEADLINE", "LEFT_OUT", "set_", "ZONE", "FOR_ALL", "trend_metrics", "trend_last"},
    "tries once more what could not be shown": {"try_again_"},
    "the door, before anybody has a shop": {"sign_in", "sign_out", "sign_out_stranger", "join", "join_team",
                                            "invitation_code"},
    "the door of the phone's process, which serves one LIVE": {"phone_code", "typed_code"},
    "the language of the person": {"language_picker"},
    "which part of a page is open": {"data_tabs", "history_tabs", "detail_tabs", "start_tabs", "chat"},
    "the uploader, whose files are handed to the shop at once": {"upload"},
    "samples and files in hand": {"sample_", "open_sample_shop", "close_sample_shop",
                                  "start_over", "totals_yes", "totals_no", "map_", "map_sample_",
                                  "map_kind_", "map_decimal_", "map_length_", "map_order_", "map_currency_",
                                  "map_name_", "map_save_", "remove_", "columns_", "unread_", "disagree_"},
    "tables only to read": {"layouts", "rounds", "products_table", "stretch", "metrics_all", "slices_", "restated",
                            "effects", "pooled_effects", "said_lines", "said_effects", "said_asks",
                            "weekly_", "compare_", "audit_table"},
    "around a key that says what is removed": {"ask_"},
    "words that wait to be said; each carries what it acts on": {"undo_", "notice_close_", "try_again_"},
    "what is read of the playbook": {
        "browse_tabs", "search", "filter_dimension", "filter_moment", "filter_metric", "filter_tool", "filter_scenario",
    },
    "only chooses what a chart shows": {"upper_curve", "lower_curve", "felt_weak"},
}  # fmt: skip
#: Constants of the session state that are of the visit, not of a shop.
OF_THE_VISIT = {
    "SETTINGS", "SETTINGS_PROBLEMS", "UPLOADED", "SHOP", "SHOP_NAME", "TROUBLE", "SEEN", "SHEETS", "FAILED",
    "WAITING", "STANDING", "SETTINGS_STAMP", "READ_LATELY", "NOT_TAKEN", "_WAITING", "HEADLINE", "LEFT_OUT", "ZONE",
    "FOR_ALL", "LANDED", "BEGAN", "SAID", "WRITTEN", "ASKED", "PAGE", "TURN", "LET_IN", "BOARD", "PREFERRED",
    "OPEN", "BEFORE", "RUN", "_CHOSEN", "_SPOKEN", "_PICKER",
}  # fmt: skip


def files() -> list[Path]:
    found = [*(ROOT / "playbook" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    return sorted(each for each in found if named_short(each) not in NO_SHOP)


def named_short(path: Path) -> str:
    """Its folder and name, since many folders have a page.py."""
    return f"{path.parent.name}/{path.name}"


def test_every_file_without_a_shop_is_there() -> None:
    there = {named_short(each) for each in (ROOT / "playbook" / "ui").rglob("*.py")}
    assert there >= NO_SHOP


def widget_keys(tree: ast.AST) -> Iterator[ast.expr]:
    """What is given as key to widgets that keep something; a form's key is its first argument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in KEEPING:
            yield from (each.value for each in node.keywords if each.arg == "key")
            if node.func.attr == "form" and isinstance(node.func.value, ast.Name) and node.func.value.id == "st":
                yield from node.args[:1]


def state_keys(tree: ast.AST) -> Iterator[ast.expr]:
    """What the session state is asked for or told."""

    def is_state(node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and node.attr == "session_state"

    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_state(node.value):
            yield node.slice
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_state(node.func.value):
            yield from node.args[:1]


def bare(key: ast.expr) -> str | None:
    """The fixed beginning of a key that is written as text; None when something else makes the key."""
    if isinstance(key, ast.Constant):
        return str(key.value)
    if isinstance(key, ast.JoinedStr):
        first = key.values[0]
        return str(first.value) if isinstance(first, ast.Constant) else ""
    return None


def named(key: ast.expr) -> str | None:
    """The constant of a key such as `state.FILES` or `DRAFT`."""
    name = key.attr if isinstance(key, ast.Attribute) else key.id if isinstance(key, ast.Name) else ""
    return name if name.isupper() else None


@pytest.mark.parametrize("path", files(), ids=named_short)
def test_no_bare_key_for_what_belongs_to_a_shop_or_a_live(path: Path) -> None:
    allowed = set().union(*MACHINE_WIDE.values())
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = list(state_keys(tree))
    wrong = [(key.lineno, bare(key)) for key in [*widget_keys(tree), *asked] if bare(key) not in {None, *allowed}]
    wrong += [(key.lineno, named(key)) for key in asked if named(key) not in {None, *OF_THE_VISIT}]
    assert not wrong, "make these keys with keys.of_shop, keys.of_live or state.here"


def test_the_rule_sees_a_bare_key() -> None:
    tree = ast.parse('st.text_input("Name", key="shop_name")\nst.session_state[f"note_{x}"]\nst.session_state[FILES]')
    keys = [*widget_keys(tree), *state_keys(tree)]
    assert [bare(key) or named(key) for key in keys] == ["shop_name", "note_", "FILES"]
