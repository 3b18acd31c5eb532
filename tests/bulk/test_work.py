"""One shop's review, apart from who asks for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import playbook
from playbook.bulk.records import BulkOptions, Job
from playbook.bulk.work import work
from playbook.language.pseudo import PSEUDO, pseudo


def test_a_worker_with_other_strategies_reviews_nothing(shops: Path) -> None:
    job = Job("dana", (shops / "dana" / "lives.csv",))
    done = work(job, BulkOptions(knowledge="of another machine"))
    assert (done.status, done.text) == ("failed", None) and "other strategy files" in done.message


def test_every_option_that_could_change_a_review_changes_the_digest(shops: Path, tmp_path: Path) -> None:
    job = Job("dana", (shops / "dana" / "lives.csv",))
    plain = BulkOptions(knowledge=playbook.load().digest)
    first = work(job, plain)
    same = work(replace(job, known=first.digest), plain)
    assert (same.status, same.text) == ("unchanged", None)
    others = [
        replace(plain, every=True),
        replace(plain, form="csv"),
        replace(plain, timezone="Asia/Jakarta"),
        replace(plain, day_first=True),
        replace(plain, trend_totals=False),
    ]
    digests = {first.digest, *(work(job, each).digest for each in others)}
    assert len(digests) == 1 + len(others)


def test_an_unreadable_file_beside_a_good_one_is_a_remark(shops: Path) -> None:
    folder = shops / "dana"
    (folder / "notes.txt").write_text("call the supplier", encoding="utf-8")
    done = work(Job("dana", tuple(sorted(folder.iterdir()))), BulkOptions(knowledge=playbook.load().digest))
    assert done.status == "reviewed" and done.remarks >= 1 and "notes.txt" in done.message


def test_a_worker_speaks_the_language_of_who_handed_the_shop_out(shops: Path) -> None:
    """A process of its own knows nothing of the command's language but what the options say."""
    job = Job("dana", (shops / "dana" / "lives.csv",))
    english = work(job, BulkOptions(knowledge="of another machine"))
    spoken = work(job, BulkOptions(knowledge="of another machine", language=PSEUDO))
    assert spoken.message == pseudo(english.message) != english.message
    plain = BulkOptions(knowledge=playbook.load().digest)
    one, other = work(job, plain), work(job, replace(plain, language=PSEUDO))
    assert one.digest != other.digest and one.text != other.text
    assert work(replace(job, known=one.digest), replace(plain, language=PSEUDO)).status == "reviewed"
