"""Layouts that people explained once are the store's: taken over from files, backed up, and lost by no restore."""

from __future__ import annotations

from pathlib import Path

from playbook import kept_layouts, userdata
from playbook.store import Store

TEXT = """\
id: my_shows
title: shows
kind: sessions
recognised_by: {headers: [When, Eyeballs]}
columns: {start: [When], views: [Eyeballs]}
how_to_export: As you downloaded shows.csv.
"""


def test_answers_and_mappings_are_kept_beside_each_other(url: str) -> None:
    with Store.open(url) as store:
        store.keep_layout("my_shows", "old")
        store.keep_layout("my_shows", TEXT)
        store.keep_sheet("abc", {"Orders": "sku_orders", "Follows": "likes"})
        store.keep_sheet("abc", {"Follows": "new_followers"})
        assert store.layouts() == {"my_shows": TEXT}
        assert store.sheets() == {"abc": {"Orders": "sku_orders", "Follows": "new_followers"}}
        store.drop_layout("my_shows")
        assert store.layouts() == {}


def test_the_files_of_this_machine_are_taken_over_once(url: str) -> None:
    userdata.save_profile("my_shows", TEXT)
    userdata.keep_sheet("abc", {"Orders": "sku_orders", "Follows": "likes"})
    with Store.open(url) as store:
        store.keep_sheet("abc", {"Orders": "orders_paid"})
        kept_layouts.taken_over(store)
        found = kept_layouts.of_store(store)
        assert found.profiles["my_shows"].columns["views"] == ["Eyeballs"]
        assert found.sheets == {"abc": {"Orders": "orders_paid", "Follows": "likes"}}, "what is known here stays"
        store.drop_layout("my_shows")
        kept_layouts.taken_over(store)
        assert store.layouts() == {}, "what was removed stays removed"
    assert userdata.saved_profiles() == {"my_shows": TEXT}, "the command line without a store goes on with the files"


def test_a_mapping_with_mistakes_is_left_out_and_can_still_be_seen(url: str) -> None:
    with Store.open(url) as store:
        store.keep_layout("my_shows", "kind: [")
        found = kept_layouts.of_store(store)
        assert not found.profiles and found.texts == {"my_shows": "kind: ["}


def test_a_backup_has_the_layouts_and_a_restore_loses_none(url: str, tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "other.db")) as other:
        other.keep_layout("my_shows", TEXT)
        other.keep_sheet("abc", {"Orders": "sku_orders"})
        other.backup(tmp_path / "a.playbook")
    with Store.open(url) as store:
        store.keep_layout("my_own", "mine")
        store.keep_sheet("abc", {"Orders": "likes", "Likes": "kept"})
        store.restore(tmp_path / "a.playbook")
        assert store.layouts() == {"my_own": "mine", "my_shows": TEXT}
        assert store.sheets() == {"abc": {"Orders": "sku_orders", "Likes": "kept"}}
