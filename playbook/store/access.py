"""Who may do what. Every call of the store declares the least role that it takes; one place holds it to that.

A call declares itself with `needs`, and gets at the database by `_reading` and `_writing` alone. These look up, in the
very transaction of the call, what the person may do in the shop that the call is about; what changed something is
noted in the audit list before it is confirmed. A call that declares nothing gets no connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from functools import wraps
from inspect import signature
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, Engine, select

from playbook.language import N_, _

from . import audit
from .engine import reading, writing
from .errors import StoreError
from .schema import assignment, invitation, review_link, role, running, trainee, trainee_person


class Role(IntEnum):
    """What somebody is in a shop; each may do what the ones before may."""

    viewer = 1
    host = 2
    coach = 3
    owner = 4


#: What each role adds, for a person.
MEANINGS = {
    Role.viewer: N_("sees LIVEs, reviews and plans, and learns"),
    Role.host: N_("also uploads, notes, and taps during a LIVE"),
    Role.coach: N_("also plans, deletes and restores LIVEs, assigns lessons, shares reviews"),
    Role.owner: N_("also changes and deletes the shop, and says who may come in"),
}


class RefusedError(StoreError):
    """The person may not do that. Nothing was changed."""


class Someone(Protocol):
    """Who acts: with a name for the audit list, and a role in each shop."""

    @property
    def spoken(self) -> str: ...

    def roles(self, connection: Connection) -> Mapping[str | None, Role]:
        """By shop; None stands for every shop there is or will be."""
        ...

    def owns(self, connection: Connection, trainee_id: str) -> bool:
        """Whether this trainee is that person."""
        ...


@dataclass(frozen=True)
class Person:
    """Somebody who was let in. The roles are looked up at each call, so one that was taken away counts no more."""

    id: str
    email: str
    name: str = ""

    @property
    def spoken(self) -> str:
        return self.email

    def roles(self, connection: Connection) -> Mapping[str | None, Role]:
        rows = connection.execute(select(role.c.shop_id, role.c.role).where(role.c.person_id == self.id))
        return {shop_id: Role[name] for shop_id, name in rows if name in Role.__members__}

    def owns(self, connection: Connection, trainee_id: str) -> bool:
        query = select(trainee_person).where(
            trainee_person.c.trainee_id == trainee_id, trainee_person.c.person_id == self.id
        )
        return connection.execute(query).first() is not None


@dataclass(frozen=True)
class Reader:
    """Whoever is shown one shop, and may change nothing: by a link, or for what is kept for all who may see it."""

    shop_id: str
    spoken: str = "a reader"

    def roles(self, _connection: Connection) -> Mapping[str | None, Role]:
        return {self.shop_id: Role.viewer}

    def owns(self, _connection: Connection, _trainee_id: str) -> bool:
        return False


#: The shop that a call is about, from its arguments; None where it is about all of them, or there is no such thing.
Place = Callable[[Connection, Mapping[str, Any]], str | None]


def by_shop(_connection: Connection, given: Mapping[str, Any]) -> str | None:
    return cast("str | None", given["shop_id"])


def every_shop(_connection: Connection, _given: Mapping[str, Any]) -> str | None:
    return None


def by_plan(_connection: Connection, given: Mapping[str, Any]) -> str | None:
    return cast("str", given["plan"].shop.id)


def by_damage(_connection: Connection, given: Mapping[str, Any]) -> str | None:
    return cast("str", given["damage"].shop_id)


def by_changes(_connection: Connection, given: Mapping[str, Any]) -> str | None:
    """The first of several shops; the call itself holds the person to its role in the others."""
    return next(iter(given["changes"]), None)


def by_trainee(connection: Connection, given: Mapping[str, Any]) -> str | None:
    return connection.execute(select(trainee.c.shop_id).where(trainee.c.id == given["trainee_id"])).scalar()


def by_assignment(connection: Connection, given: Mapping[str, Any]) -> str | None:
    query = select(trainee.c.shop_id).join(assignment).where(assignment.c.id == given["assignment_id"])
    return connection.execute(query).scalar()


def by_running(connection: Connection, given: Mapping[str, Any]) -> str | None:
    return connection.execute(select(running.c.shop_id).where(running.c.id == given["running_id"])).scalar()


def by_link(connection: Connection, given: Mapping[str, Any]) -> str | None:
    return connection.execute(select(review_link.c.shop_id).where(review_link.c.id == given["link_id"])).scalar()


def by_invitation(connection: Connection, given: Mapping[str, Any]) -> str | None:
    return connection.execute(
        select(invitation.c.shop_id).where(invitation.c.id == given["invitation_id"])
    ).scalar()  # fmt: skip


@dataclass(frozen=True)
class Needs:
    """What a call declares. `least` is None for what everybody who was let in may ask, and is answered by what they
    may see; `own` is enough where the trainee is the person; `noted` is the word in the audit list.
    """

    least: Role | None
    place: Place = by_shop
    own: Role | None = None
    noted: str | None = None


@dataclass
class Ticket:
    """One call on its way: what it declared, what it was given, and what it has to say for the audit list."""

    needs: Needs
    given: Mapping[str, Any]
    shop_id: str | None = None
    detail: str = ""
    happened: bool = True


@dataclass(frozen=True)
class Guarded:
    """What has calls that declare what they need. `someone` is None for whoever holds the database's address.

    `where` names the store in messages, `clock` tells the moment in UTC, `who` is what the audit list says of calls
    without a person.
    """

    engine: Engine
    where: str
    clock: Callable[[], datetime]
    who: str = field(default=audit.NO_SIGN_IN, kw_only=True)
    someone: Someone | None = field(default=None, kw_only=True)
    _ticket: Ticket | None = field(default=None, kw_only=True, repr=False, compare=False)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A look at the store for a call that may look. Raises RefusedError, StoreError."""
        with reading(self.engine) as connection:
            self._admit(connection)
            yield connection

    @contextmanager
    def _writing(self, wait: float | None = None) -> Iterator[Connection]:
        """All of a change, noted, or nothing; waits so many seconds for others. Raises RefusedError, StoreError."""
        with writing(self.engine, wait) as connection:
            self._admit(connection).happened = True
            yield connection
            if self.ticket.happened:
                self._note(connection)

    def _allowed(self) -> None:
        """Raises RefusedError where the call may not be made: for work that is no transaction of its own."""
        with self._reading():
            pass

    def _note(self, connection: Connection) -> None:
        """Into the audit list, where the call declares a word for it."""
        ticket = self.ticket
        if ticket.needs.noted is not None:
            audit.note(connection, self.clock(), self._spoken, ticket.needs.noted, ticket.shop_id, ticket.detail)

    @property
    def ticket(self) -> Ticket:
        assert self._ticket is not None, "a call of the store declares what it needs: @needs(...)"
        return self._ticket

    @property
    def _spoken(self) -> str:
        return self.who if self.someone is None else self.someone.spoken

    def _admit(self, connection: Connection) -> Ticket:
        """The one place where roles are held against what a call declares."""
        ticket = self.ticket
        if ticket.needs.noted is None and (self.someone is None or ticket.needs.least is None):
            return ticket
        ticket.shop_id = ticket.shop_id or ticket.needs.place(connection, ticket.given)
        if self.someone is not None and ticket.needs.least is not None:
            held = role_in(self.someone.roles(connection), ticket.shop_id)
            least = ticket.needs.least
            if ticket.needs.own is not None and self._is_own(connection, ticket):
                least = ticket.needs.own
            if held is None or held < least:
                raise RefusedError(refusal(held, least, ticket.shop_id is None))
        return ticket

    def _is_own(self, connection: Connection, ticket: Ticket) -> bool:
        trainee_id = ticket.given.get("trainee_id")
        assert self.someone is not None
        return isinstance(trainee_id, str) and self.someone.owns(connection, trainee_id)

    def _seen(self, connection: Connection, least: Role = Role.viewer) -> frozenset[str] | None:
        """The shops in which the person has at least this role; None for all."""
        if self.someone is None:
            return None
        roles = self.someone.roles(connection)
        if roles.get(None, 0) >= least:
            return None
        return frozenset(shop_id for shop_id, held in roles.items() if shop_id is not None and held >= least)


def role_in(roles: Mapping[str | None, Role], shop_id: str | None) -> Role | None:
    """The better one of the role in the shop and that in every shop."""
    return max((roles[each] for each in {shop_id, None} if each in roles), default=None)


_A_ROLE = {
    Role.viewer: N_("a viewer"), Role.host: N_("a host"), Role.coach: N_("a coach"), Role.owner: N_("an owner"),
}  # fmt: skip
_EVERYWHERE = {
    Role.viewer: N_("Nothing was changed: only a viewer of every shop may do that. Ask one of them."),
    Role.host: N_("Nothing was changed: only a host of every shop may do that. Ask one of them."),
    Role.coach: N_("Nothing was changed: only a coach of every shop may do that. Ask one of them."),
    Role.owner: N_("Nothing was changed: only an owner of every shop may do that. Ask one of them."),
}


def refusal(held: Role | None, least: Role, everywhere: bool) -> str:
    """Why not, for a person; the same words whether there is no such shop or it is somebody else's."""
    if everywhere:
        return _(_EVERYWHERE[least])
    if held is None:
        return _("This is not there, or you have no role in its shop. Ask its owner to invite you.")
    return _(
        "Nothing was changed: you are {held} of this shop, and that takes {wanted}. Ask an owner for that role.",
        held=_(_A_ROLE[held]), wanted=_(_A_ROLE[least]),
    )  # fmt: skip


Call = TypeVar("Call", bound=Callable[..., Any])


def needs(
    least: Role | None, place: Place = by_shop, *, own: Role | None = None, noted: str | None = None
) -> Callable[[Call], Call]:
    """Declares a call of a Guarded class; see Needs."""
    declared = Needs(least, place, own, noted)

    def declare(call: Call) -> Call:
        takes = signature(call)

        @wraps(call)
        def admitted(self: Guarded, *args: Any, **kwargs: Any) -> Any:
            given = takes.bind(self, *args, **kwargs)
            given.apply_defaults()
            return call(replace(self, _ticket=Ticket(declared, given.arguments)), *args, **kwargs)

        admitted.needs = declared  # type: ignore[attr-defined]
        return cast("Call", admitted)

    return declare
