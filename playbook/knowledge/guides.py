"""The models of tools.yaml, scenarios.yaml and routines.yaml: what else a seller can browse."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .facts import Fact
from .reader import Strict, Words
from .strategies import MetricId, Moment, Number, Text, ToolId


class Tool(Strict):
    """A tool of the platform."""

    label: Words
    what: Words = Field(description="What it is, in one sentence.")
    use_for: list[Words] = Field(min_length=1)
    where: Words = Field(description="Where to find it.")
    moment: list[Moment] = Field(min_length=1)
    metrics: list[MetricId] = Field(default_factory=list, description="What it is meant to help.")
    facts: list[Fact] = Field(default_factory=list)
    cautions: list[Words] = Field(default_factory=list)
    sources: list[Text] = Field(min_length=1)


class Look(Strict):
    """A place to look, and what to look for there."""

    place: Words
    look_for: Words


class Scenario(Strict):
    """A question about the traffic of a LIVE: where to look, what to ask."""

    label: Words
    question: Words
    moment: list[Moment] = Field(min_length=1)
    metrics: list[MetricId] = Field(default_factory=list)
    tools: list[ToolId] = Field(default_factory=list)
    where: list[Look] = Field(min_length=1)
    ask: list[Words] = Field(min_length=1)
    remarks: list[Words] = Field(default_factory=list)
    sources: list[Text] = Field(min_length=1)


class RoutineStep(Strict):
    """One line of a checklist."""

    do: Words
    why: Words | None = None
    minutes: Number | None = Field(None, gt=0)
    metrics: list[MetricId] = Field(default_factory=list)
    tool: ToolId | None = None


class Routine(Strict):
    """A checklist that comes back."""

    label: Words
    when: Words
    every: Literal["live", "seven_days"]
    moment: Moment
    steps: list[RoutineStep] = Field(min_length=1)
    sources: list[Text] = Field(min_length=1)


class Tools(Strict):
    """content/tools.yaml."""

    version: Literal[1]
    tools: dict[str, Tool]


class Scenarios(Strict):
    """content/scenarios.yaml."""

    version: Literal[1]
    scenarios: dict[str, Scenario]


class Routines(Strict):
    """content/routines.yaml."""

    version: Literal[1]
    routines: dict[str, Routine]
