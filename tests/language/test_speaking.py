"""The language in force, and a message in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from playbook import language
from playbook.language import N_, _, catalogs, ngettext, npgettext, pgettext, speaking, words
from playbook.language.pseudo import PSEUDO, pseudo
from tests.conftest import ROOT

from .toy import toy_place


@pytest.fixture
def swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A toy language with a few messages."""
    monkeypatch.setattr(catalogs, "PLACE", toy_place(tmp_path))
    yield


def test_english_needs_no_catalog_and_stays_what_it_is() -> None:
    assert _("{ab} stays") == "{ab} stays"
    assert _("{shop} was deleted", shop="A {b}") == "A {b} was deleted"
    assert [ngettext("{n} row", "{n} rows", n, n=n) for n in (0, 1, 2, 1.5)] == [
        "0 rows",
        "1 row",
        "2 rows",
        "1.5 rows",
    ]
    assert (pgettext("verb", "Open"), npgettext("verb", "a", "b", 1), N_("Later")) == ("Open", "a", "Later")


def test_starting_reads_no_catalog_and_loads_nothing_large() -> None:
    code = (
        "import sys; from playbook.language import _, catalogs; _('Saved'); "
        "print({'babel', 'pydantic', 'yaml'} & set(sys.modules), catalogs._catalog.cache_info())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("set()") and "misses=0" in done.stdout


@pytest.mark.usefixtures("swedish")
def test_a_message_is_said_in_the_language_in_force() -> None:
    with speaking("sv"):
        assert language.current() == "sv"
        assert _("Saved {name}", name="X") == "X är sparad"
        assert [ngettext("{n} row", "{n} rows", n, n=n) for n in (1, 5)] == ["1 rad", "5 rader"]
        assert pgettext("verb", "Open") == "Öppna" and _("Open") == "Open"
        with speaking("en"):
            assert _("Saved {name}", name="X") == "Saved X"
    assert language.current() == "en" and _("Saved {name}", name="X") == "Saved X"


@pytest.mark.usefixtures("swedish")
def test_a_translation_that_names_what_is_not_there_is_said_in_english() -> None:
    with speaking("sv"):
        assert _("Broken {name}", name="X") == "Broken X"


def test_a_language_without_a_catalog_is_english() -> None:
    with speaking("xx"):
        assert _("Saved {name}", name="X") == "Saved X"


@pytest.mark.usefixtures("swedish")
def test_each_thread_speaks_its_own_language_and_may_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def speak() -> None:
        said.append(_("Saved {name}", name="X"))

    with speaking("sv"):
        thread = Thread(target=speak)
        thread.start()
        thread.join()
    monkeypatch.setattr(words, "_ask", [lambda: "sv"])
    thread = Thread(target=speak)
    thread.start()
    thread.join()
    assert said == ["Saved X", "X är sparad"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("id-ID", "id"), ("id", "id"), ("pt-BR", "pt_BR"), ("pt_PT", "pt_BR"), ("es-MX", "es_419"), ("es", "es_419"),
        ("zh-CN", "zh_Hans"), ("zh-Hans-SG", "zh_Hans"), ("zh-TW", None), ("zh-Hant", None), ("en-GB", "en"),
        ("ja-JP", None), ("", None), (None, None), ("nonsense!", None), ("ms-MY", "ms"), ("pt_BR.UTF-8", "pt_BR"),
    ],
)  # fmt: skip
def test_the_browsers_language_finds_the_one_it_can_read(wanted: str | None, found: str | None) -> None:
    assert catalogs.best(wanted, ["en", "id", "vi", "th", "pt_BR", "es_419", "zh_Hans", "ms"]) == found


def test_only_what_is_finished_is_offered_unless_it_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "languages.json").write_text(
        f'{{"sv": {{"name": "Svenska", "done": {catalogs.ENOUGH}}}, "da": {{"name": "Dansk", "done": 0.9799}}}}',
        "utf-8",
    )
    monkeypatch.setattr(catalogs, "PLACE", tmp_path)
    monkeypatch.delenv(catalogs.TRIED, raising=False)
    assert list(catalogs.offered()) == ["en", "sv"]
    monkeypatch.setenv(catalogs.TRIED, "da")
    assert list(catalogs.offered()) == ["en", "da", "sv"]
    monkeypatch.setenv(catalogs.TRIED, f"all,{PSEUDO}")
    assert list(catalogs.offered()) == ["en", "da", "sv", PSEUDO]


def test_the_pseudo_language_lengthens_words_and_leaves_signs() -> None:
    text = "Read **{count} files** at [the page](https://a.example/b) :material/flag:\n\n- and `code`"
    made = pseudo(text)
    assert "{count}" in made and ":material/flag:" in made and "](https://a.example/b)" in made and "`code`" in made
    assert made.count("**") == 2 and "\n\n- [" in made and "Read" not in made
    plain = "The same point asked in other words, with an answer of its own"
    assert 1.35 * len(plain) <= len(pseudo(plain)) <= 1.5 * len(plain)
    with speaking(PSEUDO):
        assert _("Saved {name}", name="X").startswith("[Šåṽéđ X")
