"""What a store refuses is said in the language of who is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.language import speaking
from playbook.language.pseudo import PSEUDO, pseudo
from playbook.store import Store, StoreError
from playbook.store.access import Role, refusal
from playbook.store.errors import GoneError, StaleError, saying


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return Store.open(str(tmp_path / "kept.playbook"))


def refused(what: object) -> str:
    """What is said, in the language that nobody speaks."""
    with speaking(PSEUDO), pytest.raises(StoreError) as error:
        what()  # type: ignore[operator]
    return str(error.value)


def test_a_name_that_is_taken_and_a_file_that_is_not_there(kept: Store, tmp_path: Path) -> None:
    kept.create_shop("Dana")
    taken = pseudo("There is a shop '{name}' already. Choose another name.").format(name="Dana")
    assert refused(lambda: kept.create_shop("Dana")) == taken
    assert refused(lambda: Store.open(str(tmp_path / "no.playbook"), create=False)).startswith("[")
    assert refused(lambda: kept.restore_shop("nobody")).startswith("[Ţĥîš šĥöþ")


def test_what_was_changed_meanwhile_names_the_field_in_the_same_language(kept: Store) -> None:
    shop = kept.create_shop("Dana")
    kept.change_shop(shop.id, currency="IDR")
    with speaking(PSEUDO), pytest.raises(StaleError) as error:
        kept.change_shop(shop.id, seen={"currency": ""}, currency="USD")
    said = str(error.value)
    assert said.startswith("[") and "IDR" in said and "çûŕŕéñçý" in said and "changed" not in said


def test_roles_of_every_kind() -> None:
    with speaking(PSEUDO):
        for held in (None, *Role):
            for least in Role:
                for everywhere in (True, False):
                    said = refusal(held, least, everywhere)
                    assert said.startswith("[") and "shop" not in said and least.name not in said
    assert refusal(Role.viewer, Role.owner, False) == (
        "Nothing was changed: you are a viewer of this shop, and that takes an owner. Ask an owner for that role."
    )


def test_what_a_database_says_is_known_by_its_english_and_said_in_any_language() -> None:
    with speaking(PSEUDO):
        assert saying("attempt to write a readonly database").startswith("[")
        assert "no reason" not in saying("")


def test_a_live_whose_shop_was_deleted_is_gone_in_every_language(kept: Store) -> None:
    """The process of a phone ends by the kind of the error, not by its words."""
    with speaking(PSEUDO), pytest.raises(GoneError):
        kept.running.one("nobody")


def test_the_list_of_changes_is_kept_once_and_read_in_any_language(kept: Store) -> None:
    with speaking(PSEUDO):
        kept.create_shop("Dana")
        entry = kept.team.audit(None, 1)[0]
        assert (entry.spoken_who, entry.spoken_what) == (pseudo("the app (no sign-in)"), pseudo("made the shop"))
    assert (entry.who, entry.what) == ("the app (no sign-in)", "made the shop")
    assert (entry.spoken_who, entry.spoken_what) == (entry.who, entry.what)
