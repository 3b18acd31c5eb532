"""The review of one shop, as `playbook review` would make it; runs in a process of its own."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from playbook import formats, kept_layouts
from playbook.knowledge.exports import Profile
from playbook.knowledge.load import Knowledge, load
from playbook.language import _, speaking
from playbook.model.session import Session, UnusableFile
from playbook.pipeline import Review, review
from playbook.spreadsheet import csv_text

from .records import BulkOptions, Job, ShopDone

if TYPE_CHECKING:
    from playbook.diagnosis.findings import Benchmark
    from playbook.past import Past
    from playbook.store import Store

#: Counted up when the same inputs give other results, so that old results are made again.
RESULTS = 3


@dataclass(frozen=True)
class _Shop:
    """What is reviewed, the oldest first: pairs of a LIVE and its history."""

    pairs: Sequence[tuple[Session, Sequence[Session]]]
    lives: int
    benchmarks: Sequence[Benchmark] = ()
    accepted: Mapping[str, datetime] = field(default_factory=dict)
    remarks: Sequence[str] = ()


def work(job: Job, settings: BulkOptions) -> ShopDone:
    """Review a shop, unless the digest of everything that goes into it is known. What is wrong comes back as text."""
    with speaking(settings.language):
        return _done(job, settings)


def _done(job: Job, settings: BulkOptions) -> ShopDone:
    if job.wrong is not None:
        return ShopDone(job.name, "failed", message=job.wrong)
    try:
        if job.db is not None:
            return _stored(job, job.db, settings)
        knowledge = _knowledge(settings.playbook, settings.knowledge)
        digest = _digest(_base(knowledge, settings), *_inputs(job))
        return _reviewed(job, digest, lambda: _read(job, settings), knowledge, settings)
    except UnusableFile as error:
        return ShopDone(job.name, "failed", message=str(error))


def _reviewed(
    job: Job, digest: str, shop: Callable[[], _Shop], knowledge: Knowledge, settings: BulkOptions
) -> ShopDone:
    if digest == job.known:
        return ShopDone(job.name, "unchanged", digest)
    found = shop()
    reviews = [
        review(session, history, knowledge, found.benchmarks, accepted=found.accepted)
        for session, history in found.pairs
    ]
    latest = reviews[-1]
    plain = latest.to_dict()
    verdicts = {each["id"]: each["verdict"] for each in plain["metrics"]}
    weak = [each["metric"] for each in plain["worst"] if verdicts[each["metric"]] == "below"]
    about = plain["session"]
    leak = latest.diagnosis.leak
    message = ""
    if found.remarks:
        message, more = found.remarks[0], len(found.remarks) - 1
        if more:
            message = _("{remark} (and {more} more)", remark=message, more=format(more, ","))
    return ShopDone(
        job.name,
        "reviewed",
        digest,
        _text(reviews, settings, job),
        lives=found.lives,
        reviewed=len(reviews),
        session=about["id"],
        start=about["start"] or "",
        currency=about["currency"] or "",
        title=about["title"] or "",
        gmv=plain["counts"]["gmv"],
        usual_gmv=None if leak is None else leak.usual_gmv,
        change=None if leak is None or not leak.usual_gmv else leak.gmv / leak.usual_gmv - 1,
        weak=" ".join(weak),
        weakest=_weakest(latest, weak),
        advice=plain["recommendations"][0]["strategy"] if plain["recommendations"] else "",
        remarks=len(found.remarks),
        message=message,
    )


def _weakest(latest: Review, weak: Sequence[str]) -> str:
    """`CTR 7.8%, usual 13.9%`; empty where nothing was below usual."""
    from playbook.report.words import sentences

    if not weak:
        return ""
    judged = latest.judgements[weak[0]]
    usual = formats.unknown() if judged.usual is None else sentences.value(latest, judged, judged.usual)
    name, now = latest.knowledge.metrics[weak[0]].short, sentences.value(latest, judged)
    return _("{metric} {value}, usual {usual}", metric=name, value=now, usual=usual)


def _text(reviews: Sequence[Review], settings: BulkOptions, job: Job) -> str:
    """The latest alone is what `review` writes as JSON, with the name of the shop as the index has it; several are a
    list of the same. The other forms carry the shop's name.
    """
    shop = job.name
    from playbook.report.forms.as_csv import as_csv
    from playbook.review_json import as_text, named

    if settings.form == "html":
        from playbook.report.forms.as_html import as_html

        return as_html(reviews[-1], shop=shop)
    if settings.form == "json":
        plain = [named(each.to_dict(), shop) for each in reviews]
        return as_text(plain if settings.every else plain[-1])
    if not settings.every:
        return as_csv(reviews[-1], shop)
    table: list[list[str]] = []
    for index, each in enumerate(reviews):
        header, *rows = csv.reader(io.StringIO(as_csv(each, shop), newline=""))
        ident = rows[0][2]  # the first row is the LIVE's id, made harmless already
        table += [*([["session", *header]] if index == 0 else []), *([ident, *row] for row in rows)]
    return csv_text(table)


def _read(job: Job, settings: BulkOptions) -> _Shop:
    from playbook.imports import pick
    from playbook.imports.apart import PATIENT, read_files, read_paths
    from playbook.imports.hints import hints

    ask = partial(read_paths, job.files) if job.table is None else partial(read_files, [("sessions.csv", job.table)])
    reading = ask(
        _profiles(settings.profiles, settings.layouts),
        timezone=settings.timezone,
        trend_totals=settings.trend_totals,
        day_first=settings.day_first,
        sheets=settings.sheets,
        limits=PATIENT,
    )
    latest = pick(reading.sessions)
    wanted = [each for each in reading.sessions if each.ordinary and each is not latest] if settings.every else []
    pairs = [(each, [other for other in reading.sessions if other is not each]) for each in (*wanted, latest)]
    all_remarks = (*(each.message for each in reading.failures), *map(str, reading.warnings), *hints(reading.questions))
    return _Shop(pairs, len(reading.sessions), remarks=all_remarks)


@lru_cache(maxsize=4)
def _profiles(own: Path | None, kept: tuple[tuple[str, str], ...]) -> dict[str, Profile]:
    texts = dict(kept)
    return kept_layouts.with_own(kept_layouts.Layouts(texts, kept_layouts.usable(texts)), own)


def _stored(job: Job, url: str, settings: BulkOptions) -> ShopDone:
    from playbook.past import Past, shop_of
    from playbook.store import StoreError

    try:
        store = _store(url)
        past = Past(store, shop_of(store, job.name))
        latest = past.pick("latest")
        pairs = [past.joined(latest, [])]
        if settings.every:
            others = [each.id for each in store.sessions(past.shop.id) if each.ordinary and each.id != latest.id]
            pairs = [*(past.joined(store.session(past.shop.id, each), []) for each in others), *pairs]
        shop = _Shop(pairs, _count(past), past.benchmarks(), past.accepted())
    except StoreError as error:
        raise UnusableFile(str(error)) from error
    if settings.playbook is None and past.playbook_folder is not None:
        knowledge = load(past.playbook_folder)
    else:
        knowledge = _knowledge(settings.playbook, settings.knowledge)
    parts = [part for session, history in shop.pairs for each in (session, *history) for part in _bytes_of(each)]
    digest = _digest(_base(knowledge, settings), repr((shop.benchmarks, shop.accepted)).encode(), *parts)
    return _reviewed(job, digest, lambda: shop, knowledge, settings)


def _count(past: Past) -> int:
    return len(past.store.sessions(past.shop.id))


@cache
def _store(url: str) -> Store:
    from playbook.store import Store

    return Store.open(url, create=False)


def _bytes_of(session: Session) -> list[bytes]:
    from playbook.store import encode

    parts = encode.parts(session)
    return [encode.totals(session).encode(), *(kind.encode() + parts[kind] for kind in sorted(parts))]


@lru_cache(maxsize=4)
def _knowledge(folder: Path | None, digest: str) -> Knowledge:
    """Looked up on the disk once a run: that costs a fifth of a review. A cluster's worker may hold other files."""
    found = load(folder)
    if found.digest != digest:
        raise UnusableFile(
            _(
                "The playbook changed while this ran, or a worker of the cluster has other strategy files. Put the "
                "same on all of them and run again."
            )
        )
    return found


def _base(knowledge: Knowledge, settings: BulkOptions) -> bytes:
    """What every shop's result rests on: the version, the options, the knowledge, the layouts of exports."""
    from playbook import __version__

    asked = {name: None if value is None else str(value) for name, value in vars(settings).items()}
    return json.dumps([RESULTS, __version__, asked, knowledge.digest, _layouts(settings.profiles)]).encode()


def _layouts(own: Path | None) -> str:
    from playbook.imports.reading import BUILT_IN

    folders = [BUILT_IN] if own is None else [BUILT_IN, own]
    return _digest(*(path.read_bytes() for folder in folders for path in sorted(folder.glob("*.yaml"))))


def _inputs(job: Job) -> list[bytes]:
    """A digest of each file with its name; one that cannot be opened is reported when it is read."""
    if job.table is not None:
        return [job.table]
    found = []
    for path in job.files:
        try:
            with path.open("rb") as file:
                found.append(path.name.encode() + b"\0" + hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            found.append(f"{path.name}\0{error.strerror}".encode())
    return found


def _digest(*parts: bytes) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()
