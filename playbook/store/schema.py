"""The tables as they are now. How older stores get there stands in migrations/."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from playbook.imports.formats.json_text import mended

#: Every revision in migrations/versions, oldest first; the last is this program's. A test holds them equal.
REVISIONS = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0010", "0011", "0013", "0014", "0015", "0016",
    "0019", "0020", "0021", "0022",
)  # fmt: skip
HEAD = REVISIONS[-1]

_MARK = "\x01json:"


class AnyText(TypeDecorator[str]):
    """Text of any content: PostgreSQL has no place for NUL. Half a surrogate pair is no character: it is mended."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        whole = mended(value)
        return _MARK + json.dumps(whole) if whole.startswith(_MARK) or "\0" in whole else whole

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        if not isinstance(value, str):
            return None if value is None else str(value)
        if not value.startswith(_MARK):
            return value
        with suppress(ValueError):
            return mended(str(json.loads(value.removeprefix(_MARK))))
        return value.removeprefix(_MARK)  # a damaged row: better its letters than no page


def _lenient(read: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    def leniently(value: Any) -> Any:
        try:
            return read(value) if read else value
        except (ValueError, TypeError):
            return None

    return leniently


class Clock(TypeDecorator[datetime]):
    """A wall clock time without offset. SQLite keeps it as text: one that is not a time (a damaged row) is None."""

    impl = DateTime
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _lenient(super().result_processor(dialect, coltype))


class Day(TypeDecorator[date]):
    """A day; None where the row is damaged, as a Clock."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        return _lenient(super().result_processor(dialect, coltype))


class Moment(Clock):
    """A moment in UTC, aware in Python, without offset in the table."""

    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None


metadata = MetaData()

shop = Table(
    "shop",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("name_key", AnyText, nullable=False),  # as compared: case and spaces do not make another shop
    Column("timezone", AnyText),
    Column("currency", AnyText),
    Column("market", AnyText),
    Column("playbook_folder", AnyText),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("looked_at", Moment),
    Column("in_charge", AnyText),  # who answers for the shop
    Column("tags", AnyText),  # with commas between them
    Column("moved_at", Moment),  # when LIVEs last came from or went to another shop
    Index("one_name", "name_key", unique=True, sqlite_where=text("deleted_at IS NULL"),
          postgresql_where=text("deleted_at IS NULL")),
)  # fmt: skip

creator = Table(
    "creator",
    metadata,
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
    Column("name", AnyText, primary_key=True),
)

benchmark = Table(
    "benchmark",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("metric", AnyText, nullable=False),
    Column("value", Float, nullable=False),
    Column("source", AnyText, nullable=False),
    Column("date", AnyText, nullable=False),
)

#: By metric the first LIVE of a level that a person accepts as the shop's new usual.
accepted_level = Table(
    "accepted_level",
    metadata,
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
    Column("metric", AnyText, primary_key=True),
    Column("since", Clock, nullable=False),  # the shop's wall clock
    Column("accepted_at", Moment, nullable=False),
)

#: What the next LIVE, of so many hours, is to reach.
target = Table(
    "target",
    metadata,
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
    Column("metric", AnyText, primary_key=True),
    Column("value", Float, nullable=False),
    Column("hours", Float, nullable=False),
    Column("set_at", Moment, nullable=False),
)

live = Table(
    "live",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", AnyText, nullable=False),
    Column("start", Clock),  # the shop's wall clock
    Column("creator", AnyText),
    Column("current", String(32), nullable=False),  # the version that counts
    Column("note", AnyText),
    Column("host", AnyText),  # as a person said it; stands above what an export says
    Column("reviewed_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Index("one_live", "shop_id", "session_id", unique=True),
    Index("by_start", "shop_id", "start"),
)

version = Table(
    "version",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("live_id", ForeignKey("live.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),  # order of import
    Column("exported_at", Clock),
    Column("imported_at", Moment, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("session_id", AnyText, nullable=False),
    Column("data", Text, nullable=False),
    Index("one_number", "live_id", "number", unique=True),
)

part = Table(
    "part",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("live_id", ForeignKey("live.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("exported_at", Clock),
    Column("imported_at", Moment, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("one_part", "live_id", "kind", "number", unique=True),
)

#: What was said in a LIVE, packed. `offset` seconds lie between its times and those of the LIVE; `settled`: a person
#: said that they do.
transcript = Table(
    "transcript",
    metadata,
    Column("live_id", ForeignKey("live.id", ondelete="CASCADE"), primary_key=True),
    Column("file", AnyText, nullable=False),
    Column("offset", Float, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

#: What an import wrote: the keys of its rows, packed, so that they can be taken back as one.
act = Table(
    "act",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),  # order of import in the shop
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("data", LargeBinary, nullable=False),
    Index("one_act", "shop_id", "number", unique=True),
)

plan = Table(
    "plan",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
    Column("name", AnyText, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("data", Text, nullable=False),
    Index("one_plan", "shop_id", "name", unique=True),
)

#: Where a shop put a strategy: kept, in use, not for us.
shelf = Table(
    "shelf",
    metadata,
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
    Column("strategy", AnyText, primary_key=True),
    Column("place", String(16), nullable=False),
    Column("at", Moment, nullable=False),
)

plan_done = Table(
    "plan_done",
    metadata,
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True),
    Column("session_id", AnyText, primary_key=True),
    Column("done", Boolean, nullable=False),
)

trainee = Table(
    "trainee",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
    Column("name", AnyText, nullable=False),
    Column("name_key", AnyText, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("host", AnyText),  # the name under which they host LIVEs, as it stands there
    Index("one_trainee", "shop_id", "name_key", unique=True),
)

result = Table(
    "result",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("item", AnyText, nullable=False),
    Column("at", Moment, nullable=False),
    Column("score", Float, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("detail", Text, nullable=False),
    Index("by_trainee", "trainee_id", "at"),
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("item", AnyText, nullable=False),
    Column("due", Day),
    Column("asked_at", Moment),
    Column("many", Integer),  # how often, of a quota
    Index("one_assignment", "trainee_id", "kind", "item", unique=True),
)

running = Table(
    "running",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("title", AnyText),
    Column("who", AnyText),
    Column("ended_by", AnyText),
    Column("currency", AnyText),
    Column("watching", AnyText),  # a file on the machine `watching_on`
    Column("watching_on", AnyText),
    Column("watch_totals", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("by_started", "shop_id", "started_at"),
)


def _row() -> list[Column[Any]]:
    """Of rows that are only ever added; undoing one marks it, and nothing else of it changes."""
    return [
        Column("id", String(32), primary_key=True),
        Column("running_id", ForeignKey("running.id", ondelete="CASCADE"), nullable=False),
        Column("at", Moment, nullable=False),
        Column("who", AnyText),
        Column("added_at", Moment, nullable=False),
        Column("undone_at", Moment),
    ]


tap = Table(
    "tap",
    metadata,
    *_row(),
    Column("kind", String(16), nullable=False),
    Column("product", AnyText),
    Column("detail", AnyText),
    Column("note", AnyText),
    Column("ends", String(32)),  # the tap whose end this one is
    Index("by_tapped", "running_id", "at"),
)

total = Table(
    "total",
    metadata,
    *_row(),
    Column("kind", String(16), nullable=False),  # counts since the start, or shares by channel
    Column("data", Text, nullable=False),
    Index("by_noted", "running_id", "at"),
)

#: At most one row: when something in the trash was first seen to be overdue. It is of this store, not of a backup.
overdue = Table("overdue", metadata, Column("since", Moment, primary_key=True))

#: Column mappings that people saved, for all shops: their id, and their text in YAML.
layout = Table("layout", metadata, Column("id", AnyText, primary_key=True), Column("data", AnyText, nullable=False))

#: What was said of sheets kept by hand, for all shops: of a layout, what a header means.
sheet_answer = Table(
    "sheet_answer",
    metadata,
    Column("layout", AnyText, primary_key=True),
    Column("header", AnyText, primary_key=True),
    Column("meaning", AnyText, nullable=False),
)

#: Folders whose files of mappings and answers were taken over. They are of this store, not of a backup.
taken_over = Table("taken_over", metadata, Column("folder", AnyText, primary_key=True))

#: People who may sign in. `subject` is the provider's own name for the account, known after the first sign-in.
person = Table(
    "person",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("email", AnyText, nullable=False),
    Column("email_key", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("subject", AnyText),
    Column("created_at", Moment, nullable=False),
    Index("one_email", "email_key", unique=True),
    Index("one_subject", "subject", unique=True),
)

#: What a person is in a shop; without a shop in every one.
role = Table(
    "role",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE")),
    Column("role", String(16), nullable=False),
    Index("one_role", "person_id", "shop_id", unique=True),
)

#: Codes that make somebody a member; only their digests are kept.
invitation = Table(
    "invitation",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE")),
    Column("role", String(16), nullable=False),
    Column("made_by", AnyText, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", AnyText),
    Column("withdrawn_at", Moment),
    Index("one_invitation", "digest", unique=True),
)

#: Codes that show one review to whoever has them; only their digests are kept.
review_link = Table(
    "review_link",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", AnyText, nullable=False),
    Column("made_by", AnyText, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index("one_link", "digest", unique=True),
)

#: The trainee that a person is in a shop.
trainee_person = Table(
    "trainee_person",
    metadata,
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
)

#: What a person chose for themselves, as JSON.
preference = Table(
    "preference",
    metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("data", Text, nullable=False),
)

#: What a shop comes to at a glance, as it was last worked out: of this store, and made anew when `key` is another.
glance = Table(
    "glance",
    metadata,
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), nullable=False),
    Column("data", Text, nullable=False),
)

#: Practice LIVEs that are being played, by an id that only their browser knows: of this store, not of a backup.
practice_run = Table(
    "practice_run",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), index=True),
    Column("at", Moment, nullable=False),
    Column("data", Text, nullable=False),
)

#: What people say about a shop or one of its LIVEs, and what they want done by whom until when.
comment = Table(
    "comment",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", AnyText),
    Column("at", Moment, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("to_do", Boolean, nullable=False),
    Column("due", Day),
    Column("owner", AnyText),
    Column("done_at", Moment),
    Column("done_by", AnyText),
    Index("by_comment", "shop_id", "at"),
)

#: Months whose figures were settled with somebody: what they were then, as JSON.
closed_month = Table(
    "closed_month",
    metadata,
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("closed_at", Moment, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("data", Text, nullable=False),
)

#: What the account or the whole shop came to from one day to another, beside its LIVEs: one row a figure.
account_figure = Table(
    "account_figure",
    metadata,
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
    Column("first", Day, primary_key=True),
    Column("last", Day, primary_key=True),
    Column("name", String(24), primary_key=True),
    Column("value", Float, nullable=False),
    Column("currency", String(8)),
    Column("source", AnyText, nullable=False),
    Column("at", Moment, nullable=False),
)

#: LIVEs that were moved, merged or deleted together: their rows, so that it can be taken back as one.
tidying = Table(
    "tidying",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop_id", ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
    Column("other_id", String(32)),  # the other shop that it was about
    Column("kind", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("data", Text, nullable=False),
    Index("by_tidied", "shop_id", "at"),
)

#: Who changed what and when; no row is ever changed. Shops stand in it by name, too, for when they are gone.
audit = Table(
    "audit",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("what", String(40), nullable=False),
    Column("shop_id", String(32)),
    Column("shop", AnyText),
    Column("detail", AnyText, nullable=False),
    Index("by_moment", "at"),
)

#: In an order in which rows can be copied.
TABLES = (shop, creator, benchmark, live, version, part, transcript, act, plan, plan_done, shelf, trainee, result,
          assignment, running, tap, total, layout, sheet_answer, accepted_level, target, comment, closed_month,
          account_figure, tidying)  # fmt: skip
#: Who may do what and who did it: of this store. A backup has them, and only a store without people takes them over.
PEOPLE = (person, role, trainee_person, preference, audit)
#: Codes that were given out: of this store alone, so that a restore makes none good again.
CODES = (invitation, review_link)
