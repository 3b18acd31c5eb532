"""Every text that Streamlit reads as Markdown is written in the code, escaped, or made of numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

#: What Streamlit reads as Markdown: by call, the names of these arguments; the first stands without a name, too.
LABELLED = ("label", "help")
MARKDOWN = {
    **dict.fromkeys(("title", "header", "subheader", "markdown", "caption", "toast"), ("body", "help")),
    **dict.fromkeys(("error", "warning", "info", "success"), ("body", "title")),
    **dict.fromkeys((
        "badge", "button", "checkbox", "toggle", "download_button", "form_submit_button", "link_button", "expander",
        "popover", "file_uploader", "multiselect", "number_input", "date_input", "time_input", "selectbox", "slider",
        "text_area", "text_input", "status", "camera_input", "menu_button",
    ), LABELLED),
    "page_link": ("", *LABELLED), "metric": (*LABELLED, "value", "delta", "delta_description"),
    **dict.fromkeys(("pills", "segmented_control", "radio", "select_slider"), (*LABELLED, "options", "format_func")),
    "tabs": ("tabs",), "progress": ("", "text"), "spinner": ("text",), "dialog": ("title",),
}  # fmt: skip
#: Calls whose text holds nothing from outside.
SAFE_CALLS = {
    "escape",
    "prose",
    "len",
    "sum",
    "round",
    "max",
    "min",
    "str.capitalize",
    "_many",
    "_mean",
    "_span",
    "handed_in",
    "said",
}
#: A sentence of ours in the language in force: as safe as what stands at its places.
LANGUAGE = {"_", "N_", "NN_", "gettext", "ngettext", "pgettext", "npgettext"}
#: Fields that hold numbers.
NUMBERS = {"minute", "minutes", "seconds", "many", "pinned_since", "level"}
#: Sentences of ours made of numbers, days, money and names of metrics.
SAFE_SENTENCES = {
    "sentences.day",
    "sentences.dimension",
    "sentences.lowered",
    "opening.headline",
    "behind",
    "case.behind",
    "opening.worst_title",
    "weekly_text.week_headline",
    "weekly_text.how_often",
    "running_words.value",
    "label",
    "_label",
    "str.capitalize",
    "textwrap.shorten",
}
#: Modules of ours that write numbers, days and money and nothing else.
SAFE_MODULES = {"formats"}
#: Where the texts are the program's own although the code beside them does not show it: file and expression.
KNOWN = {
    ("pages/data.py", "views"),
    ("pages/shops.py", "views"),
    ("pages/history.py", "views"),
    ("frame/boundary.py", "views"),  # names of tabs, to a function that escapes them
    ("history/lives.py", "label"),  # one of four words in the line above
    ("frame/shell.py", "help"),  # of the pages, in the list of them
    ("practice/room.py", "' · '.join(parts)"),  # numbers, and money that is escaped
    ("practice/room.py", "label"),  # words of ours in the calls above
    ("practice/room.py", "_('low, usual {usual}', usual=usual) if low else _('usual {usual}', usual=usual)"),
    ("practice/room.py", "about or _('Over the last 10 minutes.')"),  # numbers written out, and words of ours
    ("learn/quiz.py", "_('**{at} of {all}. {question}**', at=at, all=len(lesson.quiz), question=ask)"),  # numbers
    ("strategies/facts.py", "lines(mine)"),
    ("strategies/facts.py", "lines(others)"),  # of escaped texts and quoted addresses, held by a test of their own
    ("review/page.py", "factors.__getitem__"),  # names of metrics
    ("review/detail.py", "list(painters)"),  # names of tabs in the lines above
    ("strategies/card.py", """_watched(escape(label.lower()), watch.within, f'{watch.hope:+.0%}')"""),  # our sentence
    ("data/settings.py", "factors.__getitem__"),
    ("data/settings.py", "name"),  # of our own sets of metrics
    ("review/page.py", "judgement.gap and formats.change(judgement.gap)"),  # a number or a number written out
}
#: Metrics and counts are the program's own: a folder of one's own cannot change them.
METRIC = re.compile(
    r"(^|[.(])(metric|metrics\[[^]]+\]|counts\[[^]]+\]|labels\[name\])\.(label|short|plain|dimension|step)$"
)


def is_safe(node: ast.expr | None, known: dict[str, list[ast.expr]], deep: int = 0) -> bool:  # noqa: C901
    """Whether nothing from outside can stand in this text unescaped. `known` are the values of local names."""

    def safe(each: ast.expr | None) -> bool:
        return is_safe(each, known, deep + 1)

    if node is None or isinstance(node, ast.Constant):
        return True
    if deep > 12:
        return False
    if isinstance(node, ast.JoinedStr):
        return all(safe(each) for each in node.values)
    if isinstance(node, ast.FormattedValue):
        return safe(node.value) or is_number(node.format_spec)
    if isinstance(node, ast.IfExp):
        return safe(node.body) and safe(node.orelse)
    if isinstance(node, ast.BoolOp):
        return all(safe(each) for each in node.values)
    if isinstance(node, ast.BinOp):
        return safe(node.left) and safe(node.right)
    if isinstance(node, (ast.List, ast.Tuple)):
        return all(safe(each.value if isinstance(each, ast.Starred) else each) for each in node.elts)
    if isinstance(node, (ast.GeneratorExp, ast.ListComp)):
        return safe(node.elt)
    if isinstance(node, ast.DictComp):
        return safe(node.value)
    if isinstance(node, ast.Dict):
        return all(safe(each) for each in node.values)
    if isinstance(node, ast.Lambda):
        return safe(node.body)
    if isinstance(node, ast.Subscript):
        return safe(node.value)
    if isinstance(node, ast.Attribute):
        known_words = (
            node.attr.isupper()
            or node.attr in NUMBERS
            or METRIC.search(ast.unparse(node))
            or ast.unparse(node) in SAFE_SENTENCES
        )
        return bool(known_words) or (node.attr in {"__getitem__", "get", "capitalize"} and safe(node.value))
    if isinstance(node, ast.Name):
        return (
            node.id.isupper()
            or node.id in SAFE_CALLS
            or (node.id in known and all(safe(each) for each in known[node.id]))
        )
    if isinstance(node, ast.Call):
        return is_safe_call(node, safe)
    return False


def is_safe_call(node: ast.Call, safe) -> bool:  # type: ignore[no-untyped-def]
    if isinstance(node.func, ast.Name):
        if node.func.id in {"list", "tuple", "sorted"}:
            return all(safe(each) for each in node.args)
        if node.func.id in LANGUAGE:
            texts = (
                node.args[:-1] if node.func.id in {"ngettext", "npgettext"} else node.args
            )  # the last is the number it depends on
            return all(safe(each) for each in (*texts, *(word.value for word in node.keywords)))
        return node.func.id in SAFE_CALLS | SAFE_SENTENCES
    if isinstance(node.func, ast.Attribute):
        if isinstance(node.func.value, ast.Name) and node.func.value.id in SAFE_MODULES:
            return True
        if ast.unparse(node.func) in SAFE_SENTENCES:
            return True
        if node.func.attr == "join":
            return all(safe(each) for each in node.args)
        if node.func.attr in {"capitalize", "lower", "get", "strip", "values", "items"}:
            return safe(node.func.value) and all(safe(each) for each in node.args[1:])
    return False


def is_number(spec: ast.expr | None) -> bool:
    """A way to write that only numbers and moments have: text from outside would raise there."""
    if not isinstance(spec, ast.JoinedStr) or not all(isinstance(each, ast.Constant) for each in spec.values):
        return False
    written = "".join(str(each.value) for each in spec.values if isinstance(each, ast.Constant))
    return written.endswith(("f", "g", "d", ",", "%")) or "%" in written


def values_of(function: ast.AST) -> dict[str, list[ast.expr]]:
    """What each local name of a function was set to, also as the variable of a loop over what is written there."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name, value in pairs(target, node.value):
                    found.setdefault(name, []).append(value)
        if isinstance(node, ast.FunctionDef) and node is not function:
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
            found.setdefault(node.name, []).extend(returned)
        if isinstance(node, (ast.For, ast.comprehension)):
            for name, value in pairs(node.target, node.iter):
                found.setdefault(name, []).append(value)
    return found


def pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, (ast.Tuple, ast.List)):
        same = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
        for at, each in enumerate(target.elts):
            yield from pairs(each, value.elts[at] if same else value)  # type: ignore[attr-defined]


def open_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every argument read as Markdown that may hold something from outside."""
    module = values_of(ast.Module([each for each in tree.body if isinstance(each, ast.Assign)], []))
    for function in [tree, *(each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))]:
        local = {**module, **values_of(function)} if isinstance(function, ast.FunctionDef) else module
        for node in own_nodes(function):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MARKDOWN):
                continue
            names = MARKDOWN[node.func.attr]
            given = [(names[0], node.args[0])] if node.args and names[0] else []
            if names[-1] == "format_func" and len(node.args) > 1:
                given.append(("options", node.args[1]))
            given += [(each.arg, each.value) for each in node.keywords if each.arg in names]
            if any(name == "format_func" for name, _ in given):
                given = [each for each in given if each[0] != "options"]
            for _, value in given:
                if not is_safe(value, local):
                    yield value.lineno, ast.unparse(value)


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from own_nodes(child)


def files() -> list[Path]:
    return sorted([*(ROOT / "playbook" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"])


def short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", files(), ids=short)
def test_what_is_read_as_markdown_is_escaped(path: Path) -> None:
    every = open_texts(ast.parse(path.read_text(encoding="utf-8")))
    found = [(line, text) for line, text in every if (short(path), text) not in KNOWN]
    assert not found, "put escape() around what comes from files, people or knowledge files"


@pytest.mark.parametrize(
    "line",
    [
        'st.caption(f"Host {session.host}")',
        "st.markdown(lesson.read)", 'st.button(f"Go to {each.name}", key="x")',
        'box.expander(label=tool.label)', 'st.pills("Host", hosts)', 'st.error("No", title=f"{name}")',
        'st.metric("a", 1, help=text)', 'words = session.title\n    st.toast(words)',
        'st.text_input("a", help=f"{x:>9}")',
        'st.checkbox("\\n".join(names))', 'st.tabs([each.title for each in found])',
        'st.page_link("a.py", label=title)',
        'st.progress(0.5, text=name)', 'st.radio("a", rows, format_func=lambda each: each.title)',
    ],
)  # fmt: skip
def test_the_rule_sees_what_is_open(line: str) -> None:
    assert list(open_texts(ast.parse(f"def show(session, x, names, text):\n    {line}\n")))


@pytest.mark.parametrize(
    "line",
    [
        'st.caption(escape(f"Host {session.host}"))', 'st.markdown(f"**{escape(title)}** {x:.0f}")',
        'st.selectbox("Host", hosts)', 'words = "a" if x else f"{x:,}"\n    st.toast(words)', 'draw.bar(title)',
        'st.pills("Host", hosts, format_func=escape)', 'st.markdown(", ".join(escape(each) for each in names))',
    ],
)  # fmt: skip
def test_the_rule_lets_through_what_is_safe(line: str) -> None:
    assert not list(open_texts(ast.parse(f"def show(session, x, names, text):\n    {line}\n")))
