"""Held files to sessions to a review, each step cached by content digest and computed once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import streamlit as st

from .. import userdata
from ..diagnosis.findings import Benchmark
from ..imports import Failure, NothingToReview, Reading, built_in_profiles, pick, read_files
from ..knowledge.exports import Profile, load_profiles
from ..knowledge.load import Knowledge, load
from ..pipeline import Review, review
from ..session import Session, UnusableFile
from . import state

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"


def knowledge() -> Knowledge:
    """The built-in playbook with the person's own folder laid over it; kept until a file changes."""
    folder = state.settings().playbook_folder
    return load(folder if folder and Path(folder).is_dir() else None)


def profiles() -> dict[str, Profile]:
    """The built-in layouts, and the mappings saved on this machine in front of them."""
    own = userdata.profiles_folder()
    mine = load_profiles(own)[0] if own.is_dir() else {}
    return {**mine, **built_in_profiles()}


def reading() -> Reading | None:
    """What the held files say; None when there are no files. Never raises for what stands in a file."""
    held = state.files()
    if not held:
        return None
    answers = state.answers()
    saved = sorted(userdata.profiles_folder().glob("*.yaml")) if userdata.profiles_folder().is_dir() else []
    digest = _digest(
        *(each.digest for each in held),
        *(f"{path.name}:{path.stat().st_mtime_ns}" for path in saved),
        knowledge().digest, str(st.session_state[state.OWNER]), str(sorted(answers.items())),
        str(state.settings().timezone),
    )  # fmt: skip
    return _read(digest, held, st.session_state[state.OWNER] or "latest", answers)


def current_review(result: Reading) -> Review:
    """The review of the chosen LIVE (the latest until one is chosen) against the earlier ones."""
    session = chosen(result)
    benchmarks = [Benchmark(each.metric, each.value, each.source, each.date) for each in state.settings().benchmarks]
    digest = _digest(
        *(each.digest for each in state.files()), session.id, str(session.start), knowledge().digest,
        str(st.session_state[state.OWNER]), str(sorted(state.answers().items())), str(benchmarks),
        str(state.settings().timezone),
    )  # fmt: skip
    return _review(digest, session, result.sessions, knowledge(), benchmarks)


def chosen(result: Reading) -> Session:
    """The LIVE picked on the page, or the latest."""
    wanted = st.session_state[state.CHOSEN]
    return next((each for each in result.sessions if each.id == wanted), None) or pick(result.sessions, "latest")


def hold_sample(name: str) -> None:
    """Put a sample's files in place of what is held."""
    paths = sorted((SAMPLES / name).iterdir())
    state.hold(tuple(state.HeldFile(path.name, path.read_bytes(), "sample") for path in paths))


@st.cache_resource(scope="session", max_entries=6, show_spinner="Reading the files ...")
def _read(digest: str, _held: tuple[state.HeldFile, ...], _session: str, _answers: dict[str, bool]) -> Reading:
    files = [(each.name, each.content) for each in _held]
    try:
        return read_files(
            files,
            profiles(),
            session=_session,
            trend_totals=_answers.get("trend_totals"),
            day_first=_answers.get("day_first"),
            timezone=state.settings().timezone,
        )
    except NothingToReview as error:
        return error.reading
    except UnusableFile as error:
        return Reading(failures=(Failure("", str(error)),))


@st.cache_resource(scope="session", max_entries=12, show_spinner=False)
def _review(
    digest: str,
    _session: Session,
    _sessions: tuple[Session, ...],
    _knowledge: Knowledge,
    _benchmarks: list[Benchmark],
) -> Review:
    return review(_session, [each for each in _sessions if each is not _session], _knowledge, _benchmarks)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
