"""The model of content/craft.yaml: what a host says and does, in short spoken exercises."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .reader import Strict, Words
from .strategies import Text


class Exercise(Strict):
    """One spoken exercise with a timer, rated by oneself or a coach."""

    title: Words
    why: Words = Field(description="What it is for, in a few sentences.")
    do: Words = Field(description="What to do now.")
    seconds: int = Field(30, ge=5, le=300)
    prompts: list[Words] = Field(min_length=3, description="What it is about; one is drawn.")
    points: list[Words] = Field(min_length=2, max_length=6, description="What to look for when it is rated.")


class Craft(Strict):
    """content/craft.yaml."""

    version: Literal[1]
    exercises: dict[str, Exercise]
    sources: list[Text] = Field(min_length=1)
