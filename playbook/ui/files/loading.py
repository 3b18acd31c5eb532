"""Held files to sessions to a review, each step cached by content digest and computed once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from playbook import language
from playbook.diagnosis.findings import Benchmark
from playbook.imports import Failure, FilesRead, NothingToReview, apart, built_in_profiles, pick
from playbook.imports.lives.accounts import known_here
from playbook.imports.lives.identity import other_creator
from playbook.knowledge.exports import Profile
from playbook.knowledge.load import Knowledge, load
from playbook.language import _
from playbook.model.session import Session, UnusableFile
from playbook.pipeline import Review, review
from playbook.places import SAMPLES
from playbook.ui.frame import once, pace, paths, shop, state
from playbook.ui.frame.saved import Saved, saved

from . import joining, keeping, layouts

#: The picker lists this many LIVEs; older ones stand on the history page.
MOST_LISTED = 200
#: Answers that change how files are read.
READING_ANSWERS = frozenset({"trend_totals", "day_first", "account", "belongs"})


@once.a_run
def knowledge() -> Knowledge:
    """The built-in playbook with the person's own folder laid over it; kept until a file changes."""
    owner = shop.current()
    return load(paths.own_playbook(owner.playbook_folder if owner else None))


def profiles() -> dict[str, Profile]:
    """The built-in layouts, and the mappings that people saved in front of them."""
    return {**layouts.current().profiles, **built_in_profiles()}


@dataclass(frozen=True)
class Lives:
    """What the review page shows: LIVEs to choose from, oldest first, and where they come from.

    `reading` is what the held files said, None without files; `shop_id` is set when the LIVEs are those of a shop.
    """

    sessions: tuple[Session, ...]
    reading: FilesRead | None = None
    shop_id: str | None = None


@once.a_run
def token() -> str:
    """Names the held files with all that was answered about them."""
    return _digest(
        *(each.digest for each in state.files()),
        layouts.current().digest,
        knowledge().digest,
        str(state.owner()),
        str(sorted((key, value) for key, value in state.answers().items() if key in READING_ANSWERS)),
        str(_timezone()),
        str(sorted((layout, sorted(each.items())) for layout, each in layouts.sheets().items())),
    )


def reading() -> FilesRead | None:
    """What the held files say; None when there are no files. Never raises for what stands in a file."""
    held = state.files()
    if not held:
        _read_once.clear()  # of this visit; a reading may have megabytes
        _review.clear()
        return None
    about, zone = state.owner() or "latest", _timezone()
    sample = any(each.origin == "sample" for each in held)
    alone = sample or state.answers().get("only_look") == token()
    # What is saved meanwhile, these files included, does not make it another reading: nor does the shop's currency,
    # which a first import settles.
    stamp = f" {_currency(sample)}" if alone else state.steady_stamp(token(), _stamp)
    currency = stamp.rpartition(" ")[2] or None
    basis = _digest(token(), stamp, str(alone), language.current())  # it has words in it: questions and remarks
    saved_lives = (lambda: ()) if alone else joining.saved
    found = _read(basis, held, about, state.answers(), zone, currency, (), saved_lives, not alone)
    owner = shop.current()
    own = known_here(found.sessions, owner.creators) if owner and account_open(found) else []
    if not own:
        return found
    return _read(_digest(basis, *own), held, about, state.answers(), zone, currency, tuple(own), saved_lives, not alone)


def _stamp() -> str:
    """The state of the shop, a blank, its currency."""
    opened, owner = shop.store(), shop.current()
    return f"{opened.stamp(owner.id) if opened and owner else ''} {_currency(sample=False)}"


def lives() -> Lives:
    """LIVEs of the held files while they are a sample or not saved, else those of the shop."""
    found = reading()
    if found is not None:
        asked = joining.offer(found, token())
        found = replace(found, failures=tuple(each for each in found.failures if each.name not in asked))
        if found.sessions or found.joined:
            keeping.keep(found, token())
            if found.sessions and not state.is_saved(token()):
                return Lives(found.sessions, found)
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None:
        return Lives((), found)
    kept = of_shop()
    return Lives(_listed(kept.sessions) if kept else (), found, owner.id)


def _listed(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """The latest, and the one that was chosen where it is older."""
    older = (each for each in sessions[:-MOST_LISTED] if each.id == state.chosen_live())
    return (*older, *sessions[-MOST_LISTED:])


def current_review(found: Lives) -> Review:
    """The review of the chosen LIVE (the latest until one is chosen) against the earlier ones."""
    session = chosen(found)
    kept = of_shop() if found.shop_id else None
    return kept.review(session.id) if kept else _review_of_files(session, found)


@once.a_run
def of_shop() -> Saved | None:
    """What is saved of the shop in the sidebar; None while there is no shop, or no store."""
    opened, owner = shop.store(), shop.current()
    return saved(opened, owner.id, knowledge(), shop.benchmarks(), left_out()) if opened and owner else None


def left_out() -> tuple[str, ...]:
    """Metrics that by choice are never among the worst."""
    return tuple(state.settings().left_out)


def is_kept(session_id: str) -> bool:
    """Whether this LIVE is one of the shop in the sidebar; a sample never is, whatever its id."""
    kept = None if any(each.origin == "sample" for each in state.files()) else of_shop()
    return kept is not None and any(each.id == session_id for each in kept.sessions)


def _review_of_files(session: Session, found: Lives) -> Review:
    benchmarks = shop.benchmarks()
    digest = _digest(token(), knowledge().key, session.id, str(session.start), str(benchmarks), str(left_out()))
    return _review(digest, session, found.sessions, knowledge(), benchmarks, left_out())


def chosen(found: Lives) -> Session:
    """The LIVE picked on the page; else the one the held files are about; else the latest."""
    about = found.reading.picked if found.reading else None
    for wanted in (state.chosen_live(), about):
        hit = next((each for each in found.sessions if each.id == wanted), None)
        if hit is not None:
            return hit
    return pick(found.sessions, "latest")


def _timezone() -> str | None:
    """Of the shop, else of the settings."""
    owner = shop.current()
    return (owner.timezone if owner else None) or state.settings().timezone


def _currency(sample: bool) -> str:
    """The shop's, empty where it is not known; a sample brings its own."""
    owner = shop.current()
    return (owner.currency if owner and not sample else None) or ""


def account_open(found: FilesRead) -> bool:
    """Whether the files have LIVEs of several accounts and nobody said yet which is theirs."""
    return "account" not in state.answers() and any(each.about == "account" for each in found.questions)


def hold_sample(name: str) -> None:
    """Put a sample's files in place of what is held."""
    paths = sorted((SAMPLES / name).iterdir())
    state.hold(tuple(state.HeldFile(path.name, path.read_bytes(), "sample") for path in paths))


def _read(*asked: Any) -> FilesRead:
    """What `_read_once` remembers. That files cannot be read at the moment is forgotten with this run."""
    try:
        with st.spinner(_("Reading the files ...")):
            return _read_once(*asked)
    except apart.NotNow as error:
        return FilesRead(failures=(Failure("", str(error)),))


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _read_once(
    digest: str,  # noqa: ARG001
    _held: tuple[state.HeldFile, ...],
    _session: str,
    _answers: dict[str, Any],
    _zone: str | None,
    _currency: str | None,
    _accounts: tuple[str, ...],
    _saved: Callable[[], Sequence[Session]],
    _sure_only: bool,
) -> FilesRead:
    files = [(each.name, each.content) for each in _held]
    if not pace.may_read():
        raise apart.NotNow(pace.too_often())
    try:
        return apart.read_files(
            files,
            profiles(),
            session=_session,
            trend_totals=_answers.get("trend_totals"),
            day_first=_answers.get("day_first"),
            account=_answers.get("account") or None,
            known_accounts=_accounts,
            timezone=_zone,
            currency=_currency,
            belongs=_answers.get("belongs"),
            saved=_saved(),
            sure_only=_sure_only,
            sheets=layouts.sheets(),
        )
    except NothingToReview as error:
        return error.reading
    except apart.NotNow:
        raise
    except UnusableFile as error:
        return FilesRead(failures=(Failure("", str(error)),))


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _review(
    digest: str,  # noqa: ARG001
    _session: Session,
    _sessions: tuple[Session, ...],
    _knowledge: Knowledge,
    _benchmarks: list[Benchmark],
    _left_out: tuple[str, ...],
) -> Review:
    others = [each for each in _sessions if each is not _session and not other_creator(_session, each)]
    return review(_session, others, _knowledge, _benchmarks, left_out=_left_out)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
