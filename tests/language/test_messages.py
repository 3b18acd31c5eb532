"""Catalogs are current, and what a program can see of a translation is right."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from playbook.knowledge.load import load
from playbook.knowledge.spoken import PARTS
from playbook.language import SOURCE, catalogs, speaking
from playbook.messages import files, lint
from playbook.messages.__main__ import main
from playbook.messages.extract import PACKAGE, template, words_of
from playbook.places import PAGES
from playbook.store.access import MEANINGS
from playbook.templates import TEMPLATES
from playbook.ui.frame import shell
from playbook.ui.review.after import AUDIENCE_WORDS, CHANNEL_WORDS

#: The languages of the markets that the playbook is for, besides English.
MARKETS = ["es_419", "id", "ms", "pt_BR", "th", "vi", "zh_Hans"]


@pytest.fixture(scope="module")
def found() -> Catalog:
    return template()


def test_catalogs_template_and_compiled_files_are_current(found: Catalog) -> None:
    """`python3 run.py messages` writes them; a sentence that was changed in the code has to be asked for anew."""
    assert lint.stale(found) == []


def test_every_market_has_a_catalog() -> None:
    assert set(MARKETS) <= set(files.codes()) and set(files.codes()) == set(catalogs.languages()) - {SOURCE}


@pytest.mark.parametrize("code", files.codes())
def test_what_is_translated_is_sound_and_what_is_offered_is_whole(code: str) -> None:
    catalog = files.read(files.po_of(code), code)
    assert list(lint.problems(code, catalog, whole=files.done(catalog) >= catalogs.ENOUGH)) == []


def test_all_words_of_the_content_are_asked_for(found: Catalog) -> None:
    knowledge = load()
    assert set(PARTS) <= set(vars(knowledge))
    for text in (
        knowledge.metrics["err"].label, knowledge.counts["views"].plain, knowledge.strategies["err_billboard"].because,
        knowledge.tools["billboard"].what, knowledge.strategies["err_billboard"].do[0].step,
        next(iter(knowledge.violations.types.values())).label, knowledge.lessons["ctr_and_ctor"].quiz[0].ask,
    ):  # fmt: skip
        assert text in found, text
    assert found.get("times") is None, "units are ids"
    assert knowledge.tools["billboard"].sources[0] not in found


def test_a_lesson_is_asked_for_paragraph_by_paragraph(found: Catalog) -> None:
    read = load().lessons["ctr_and_ctor"].read
    assert read not in found
    assert all(each in found for each in read.split("\n\n") if each.strip())


@given(st.sampled_from(sorted(load().strategies)))
def test_knowledge_in_another_language_differs_in_its_words_only(name: str) -> None:
    plain = load()
    with speaking("en_XA"):
        spoken = load()
    assert spoken.language == "en_XA" and spoken.digest == plain.digest and spoken.key != plain.key
    before, after = plain.strategies[name], spoken.strategies[name]
    assert after.title.startswith("[") and after.title != before.title
    assert (after.id, after.when, after.metrics, after.watch, after.say, after.tests, after.sources) == (
        before.id, before.when, before.metrics, before.watch, before.say, before.tests, before.sources,
    )  # fmt: skip
    assert len(words_of(after)) == len(words_of(before))


def test_no_quiz_loses_its_right_answer_in_another_language() -> None:
    with speaking("en_XA"):
        lessons = load().lessons
    for lesson in lessons.values():
        for question in lesson.quiz:
            for asked in (question, *getattr(question, "again", ())):
                if isinstance(getattr(asked, "choices", None), list):
                    assert asked.right in asked.choices


def toy(**said: str) -> Catalog:
    made = Catalog(locale="sv")
    made.add("Read **{count} files**", said.get("plain", ""))
    made.add(("{n} row", "{n} rows"), (said.get("one", ""), said.get("many", "")))
    return made


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"plain": "Läste **{number} filer**", "one": "{n} rad", "many": "{n} rader"}, "placeholders"),
        ({"plain": "Läste {count} filer", "one": "{n} rad", "many": "{n} rader"}, "bold"),
        ({"plain": "Läste **{count} filer** ", "one": "{n} rad", "many": "{n} rader"}, "blanks"),
        ({"plain": "Läste **{count} filer**", "one": "{n} rad", "many": ""}, "plural form"),
        ({"plain": "", "one": "{n} rad", "many": "{n} rader"}, "missing"),
    ],
)
def test_the_lint_sees_what_is_wrong(said: dict[str, str], wrong: str) -> None:
    assert any(wrong in each for each in lint.problems("sv", toy(**said), whole=True))
    good = toy(plain="Läste **{count} filer**", one="{n} rad", many="{n} rader")
    assert list(lint.problems("sv", good, whole=True)) == []
    next(iter(files.messages(good))).flags.add("fuzzy")
    assert any("fuzzy" in each for each in lint.problems("sv", good, whole=True))


def test_a_language_is_added_without_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`run.py messages new sv`, a translation in its .po, `run.py messages compile`: then the app can speak it."""
    monkeypatch.setattr(catalogs, "PLACE", tmp_path)
    assert main(["new", "sv"]) == 0
    path = files.po_of("sv")
    asked = path.read_text("utf-8")
    assert 'msgid "Enter room rate"\nmsgstr ""' in asked
    answered = asked.replace(
        'msgid "Enter room rate"\nmsgstr ""', 'msgid "Enter room rate"\nmsgstr "Andel som gick in"'
    )
    path.write_text(answered.replace('msgid "English"\nmsgstr ""', 'msgid "English"\nmsgstr "Svenska"'), "utf-8")
    assert main(["compile"]) == 0
    assert catalogs.languages()["sv"].name == "Svenska" and not catalogs.languages()["sv"].finished
    catalogs._catalog.cache_clear()
    with speaking("sv"):
        assert load().metrics["err"].label == "Andel som gick in"
    assert load().metrics["err"].label == "Enter room rate"
    assert main(["check"]) == 0
    path.write_text(path.read_text("utf-8").replace("Andel som gick in", "Andel {x}"), "utf-8")
    assert main(["check"]) == 1
    assert "placeholders" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["new"])
    assert main(["new", "nonsense!"]) == 2


def with_messages() -> list[Path]:
    return [each for each in sorted(PACKAGE.rglob("*.py")) if re.search(r"import .*\b_\b", each.read_text("utf-8"))]


def test_nothing_else_is_called_as_messages_are() -> None:
    """`plan, _ = ...` in a module that says `_("...")` would make a text of the function that translates."""
    wrong = []
    for path in with_messages():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            bound = isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
            if bound or (isinstance(node, ast.arg) and node.arg == "_"):
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []


def test_no_message_has_a_value_inside() -> None:
    """A message is looked up as it is written: an f-string is never found, and Babel passes over its call."""
    wrong = []
    names = {"_", "N_", "gettext", "ngettext", "pgettext", "npgettext"}
    for path in with_messages():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
                beside = [each.value for each in node.keywords]
                if any(isinstance(each, (ast.JoinedStr, ast.BinOp)) for each in (*node.args, *beside)):
                    wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []


def test_what_stands_in_tables_of_the_code_is_asked_for(found: Catalog) -> None:
    """The files of pages/ lie beside the package; their titles and tabs are words of ours as well."""
    words = [*CHANNEL_WORDS.values(), *AUDIENCE_WORDS.values(), *MEANINGS.values()]
    words += [each for template in TEMPLATES for each in (template.title, template.use)]
    words += [each.title for each in shell.ENTRIES]
    assert [each for each in words if each not in found] == []


def test_the_files_of_pages_say_no_title_and_name_no_tab_past_the_catalog() -> None:
    wrong = []
    for path in sorted(PAGES.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            words: list[ast.expr | None] = []
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                words = list(node.value.keys)
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"st.title", "st.warning", "escape"}:
                words = list(node.args)
            wrong += [f"{path.name}:{node.lineno}" for each in words if isinstance(each, (ast.Constant, ast.JoinedStr))]
    assert wrong == []
