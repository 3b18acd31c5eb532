"""The practice command."""

from __future__ import annotations

import json

import pytest

from playbook.cli.main import main


def test_json_is_the_same_every_time(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for _ in range(2):
        assert main(["practice", "--scenario", "crowded_night", "--seed", "4", "--format", "json"]) == 0
        texts.append(capsys.readouterr().out)
    found = json.loads(texts[0])
    assert texts[0] == texts[1]
    assert found["seed"] == 4 and found["policy"] == "playbook" and 0 <= found["score"] <= 1
    assert found["session"]["counts"]["gmv"] - found["spent"] == pytest.approx(found["net"])


def test_text_has_money_and_rates(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "--scenario", "weekday_evening", "--policy", "panic"]) == 0
    out = capsys.readouterr().out
    assert "The platform ended the LIVE after 3 warnings" in out and "prizes and ads $" in out and "err: " in out


def test_an_unknown_scenario_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "--scenario", "nowhere"]) == 2
    err = capsys.readouterr().err
    assert "There is no practice scenario 'nowhere'. There are: " in err and "crowded_night" in err


def test_a_seed_is_a_whole_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["practice", "--scenario", "crowded_night", "--seed", "-1"])
    assert "is not a whole number from 0" in capsys.readouterr().err


def test_the_spread_names_every_policy_and_how_often_it_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "--scenario", "first_quiet_room", "--spread", "3"]) == 0
    out = capsys.readouterr().out
    assert "A first quiet room, seeds 1 to 3" in out
    assert all(f"  {name}: $" in out for name in ("do_nothing", "attentive", "clockwork", "panic", "everything"))
    assert out.count(" of 3") == 6
    with pytest.raises(SystemExit):
        main(["practice", "--scenario", "first_quiet_room", "--spread", "1"])
