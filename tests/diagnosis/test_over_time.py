"""The last LIVEs judged together are judged as each would be by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

import playbook
from playbook.diagnosis.diagnose import diagnose
from playbook.diagnosis.over_lives.over_time import over_time
from playbook.model.session import Session

from ..conftest import ROOT


@pytest.fixture(scope="module")
def lives() -> list[Session]:
    return playbook.read(sorted((ROOT / "data/samples/fewer_came_in").iterdir()))


def test_each_live_is_judged_as_by_itself(lives: list[Session]) -> None:
    metrics = playbook.load().metrics
    found = over_time(lives, metrics, last=6)
    assert [each.id for each in found.sessions] == [each.id for each in lives[-6:]]
    for place, session in enumerate(found.sessions):
        alone = diagnose(session, lives, metrics).judgements
        for name, points in found.points.items():
            point, judged = points[place], alone[name]
            assert point.session_id == session.id
            assert point.verdict == judged.verdict, name
            assert point.low == pytest.approx(judged.low) and point.value == pytest.approx(judged.value)


def test_running_lives_stubs_and_other_currencies_are_not_points(lives: list[Session]) -> None:
    from dataclasses import replace

    start = lives[-1].start
    assert start
    odd = [
        replace(lives[-1], id="run", start=start + timedelta(days=1), running=True),
        replace(lives[-1], id="stub", start=start + timedelta(days=2), duration_minutes=5),
        replace(lives[-1], id="none", start=None),
        replace(lives[0], id="usd", currency="USD", start=start - timedelta(days=400)),
    ]
    found = over_time([*lives, *odd], playbook.load().metrics)
    assert {each.id for each in found.sessions} == {each.id for each in lives}


def test_nothing_is_an_answer() -> None:
    found = over_time([], playbook.load().metrics)
    assert found.sessions == () and all(points == () for points in found.points.values())
