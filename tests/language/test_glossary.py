"""The domain's own words: each language has a term for each of them, and translations use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from playbook.imports import built_in_profiles
from playbook.knowledge.load import load
from playbook.language import SOURCE
from playbook.messages import files
from playbook.messages.glossary import DomainTerm, Glossary, glossary, problems, wanted

CODES = [SOURCE, *files.codes()]


@pytest.mark.parametrize("code", CODES)
def test_every_thing_has_its_term_and_every_translated_name_uses_it(code: str) -> None:
    catalog = None if code == SOURCE else files.read(files.po_of(code), code)
    assert list(problems(code, glossary(code), catalog, load())) == []


@pytest.mark.parametrize("code", CODES)
def test_a_term_of_an_export_stands_in_that_export(code: str) -> None:
    """A source that cannot be looked up is none: the header, or the start of one, is in the profile that is named."""
    profiles = built_in_profiles()
    for name, each in glossary(code).terms.items():
        assert (each.where is not None) == (each.source in ("export", "list")), name
        if each.where is not None:
            text = Path(profiles_folder() / f"{each.where}.yaml").read_text("utf-8").casefold()
            assert each.where in profiles and each.term.casefold() in text, (name, each)


def profiles_folder() -> Path:
    from playbook.knowledge.load import CONTENT

    return CONTENT / "exports"


def test_a_name_without_its_term_is_seen() -> None:
    knowledge = load()
    terms = {each: DomainTerm(term="x", source="ours") for each in wanted(knowledge)}
    terms["views"] = DomainTerm(term="Visningar", source="ours")
    made = Catalog(locale="sv")
    made.add("Views", "Besök")
    (said,) = problems("sv", Glossary(version=1, terms=terms), made, knowledge)
    assert said == "sv: 'Views' is 'Besök', without its term 'Visningar'"
    del terms["views"]
    assert "sv: the glossary has no views" in problems("sv", Glossary(version=1, terms=terms), None, knowledge)
