"""Accepted levels and targets are kept per shop and metric, taken back, and carried along."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from playbook.store import Store, StoreError

SINCE = datetime(2026, 10, 12, 19, 0)


def test_a_level_is_accepted_and_taken_back(url: str) -> None:
    with Store.open(url) as store:
        mine, other = store.create_shop("A"), store.create_shop("B")
        store.accept_level(mine.id, "ctr", datetime(2026, 1, 1))
        store.accept_level(mine.id, "ctr", SINCE)
        store.accept_level(mine.id, "err", SINCE)
        assert store.accepted_levels(mine.id) == {"ctr": SINCE, "err": SINCE}
        store.accept_level(mine.id, "err", None)
        assert store.accepted_levels(mine.id) == {"ctr": SINCE} and store.accepted_levels(other.id) == {}


def test_a_target_is_one_a_metric_and_goes_along(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        shop = store.create_shop("A")
        store.set_target(shop.id, "gmv", 900.0, 2.0)
        store.set_target(shop.id, "gmv", 1_000.0, 2.5)
        store.accept_level(shop.id, "ctr", SINCE)
        found = store.targets(shop.id)["gmv"]
        assert (found.value, found.hours) == (1_000.0, 2.5)
        with pytest.raises(StoreError, match="above 0"):
            store.set_target(shop.id, "gmv", float("nan"), 1.0)
        store.export_csv(shop.id, tmp_path / "all.zip")
        with zipfile.ZipFile(tmp_path / "all.zip") as archive:
            assert "2026-10-12 19:00" in archive.read("levels.csv").decode("utf-8-sig")
            assert "gmv" in archive.read("targets.csv").decode("utf-8-sig")
        store.backup(tmp_path / "b.playbook")
        store.set_target(shop.id, "gmv", None)
        assert store.targets(shop.id) == {}
        with Store.open(str(tmp_path / "other.db")) as elsewhere:
            elsewhere.restore(tmp_path / "b.playbook")
            assert elsewhere.targets(shop.id)["gmv"] == found
            assert elsewhere.accepted_levels(shop.id) == {"ctr": SINCE}
