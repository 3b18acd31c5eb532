"""What the theme makes of its colours reads at 4.5 to 1 (WCAG 2.2, 1.4.3); headings go down one level at a time."""

from __future__ import annotations

import re
import tomllib

import pytest

from playbook.ui.frame import shell

from .conftest import ROOT

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
#: Streamlit draws captions in the text colour at this opacity.
CAPTION = 0.6


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(colour: tuple[float, ...]) -> float:
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(colour: str, paper: str, opacity: float) -> tuple[float, ...]:
    return tuple(opacity * a + (1 - opacity) * b for a, b in zip(rgb(colour), rgb(paper), strict=True))


def test_the_measure_knows_black_on_white() -> None:
    assert contrast(rgb("#000000"), rgb("#ffffff")) == pytest.approx(21)
    assert contrast(rgb("#767676"), rgb("#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_captions_and_primary_buttons(scheme: str) -> None:
    theme = THEME[scheme]
    for paper in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(over(theme["textColor"], paper, CAPTION), rgb(paper)) >= 4.5, paper
    assert contrast(rgb("#ffffff"), rgb(theme["primaryColor"])) >= 4.5


@pytest.mark.parametrize("verdict", ["below", "above"])
def test_words_of_verdicts_in_tables(monkeypatch: pytest.MonkeyPatch, verdict: str) -> None:
    for scheme in ("light", "dark"):
        monkeypatch.setattr(shell, "dark", lambda: scheme == "dark")  # noqa: B023
        found = re.search(r"#\w{6}", shell.verdict_colour(verdict))
        assert found and contrast(rgb(found[0]), rgb(THEME[scheme]["backgroundColor"])) >= 4.5


def test_under_a_title_stands_a_header_not_a_subheader() -> None:
    for path in (ROOT / "playbook" / "ui").rglob("*.py"):
        assert "st.subheader(" not in path.read_text(encoding="utf-8"), f"{path.name}: a level would be left out"
