"""Who may come in: people with their roles, invitations, and the list of who changed what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from playbook.language import N_, _

from . import audit, codes, shops
from .access import Guarded, Person, Role, by_invitation, by_shop, every_shop, needs
from .errors import StoreError
from .keys import new_key
from .schema import invitation, person, role, shop

#: Days that an invitation holds where nothing else is said, and at most.
DAYS, MOST_DAYS = 7, 60
#: The longest name and address that are kept; an address of mail has at most 254 signs (RFC 5321).
_LONGEST = 254
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
#: Any number, the same for all: two changes of roles take turns, so that two last owners do not remove each other.
_TURN = 7_301_946


@dataclass(frozen=True)
class Account:
    """What the provider says of who signed in. `subject` is its own name for the account, with the provider's; the
    address counts for something only where the provider has verified it.
    """

    subject: str
    email: str
    verified: bool
    name: str = ""


@dataclass(frozen=True)
class Member:
    """A person with one role; `shop_id` is None for every shop. `signed_in` says whether they ever were here."""

    person: Person
    role: Role
    shop_id: str | None
    shop: str | None
    signed_in: bool


@dataclass(frozen=True)
class Invitation:
    """A code that was given out. `state` is open, used, withdrawn or expired; moments are in UTC."""

    id: str
    shop_id: str | None
    shop: str | None
    role: Role
    made_by: str
    until: datetime
    used_by: str | None
    state: str


@dataclass(frozen=True)
class Team(Guarded):
    """What `Store.team` offers. Every call is one transaction; StoreError where it cannot be done."""

    @needs(None)
    def me(self) -> dict[str | None, Role]:
        """The roles of the person who asks, by shop, None for every shop."""
        with self._reading() as connection:
            return {} if self.someone is None else dict(self.someone.roles(connection))

    @needs(Role.owner)
    def members(self, shop_id: str | None) -> list[Member]:
        """Who may see this shop, with those who have a role in every shop; None lists all."""
        with self._reading() as connection:
            return _members(connection, shop_id)

    @needs(Role.owner, every_shop)
    def empty(self) -> bool:
        """Whether nobody was let in yet."""
        with self._reading() as connection:
            return connection.execute(select(person.c.id).limit(1)).first() is None

    @needs(Role.owner, by_shop, noted=N_("gave a role"))
    def give(self, email: str, given: Role, shop_id: str | None, name: str = "") -> Person:
        """Make somebody a member of a shop, of every shop where `shop_id` is None, or change their role there.

        Raises StoreError for what is no address of mail, and for taking the last owner of every shop away.
        """
        with self._writing() as connection:
            _take_turn(connection)
            if shop_id is not None:
                shops.one(connection, shop_id)
            who = _by_email(connection, email) or _add(connection, email, name, None, self.clock())
            _set_role(connection, who.id, given, shop_id)
            _keep_an_owner(connection)
            self.ticket.detail = f"{who.email}: {given.name}"
            return who

    @needs(Role.owner, by_shop, noted=N_("took a role away"))
    def take(self, email: str, shop_id: str | None) -> None:
        """Take somebody's role in a shop away; with None the one in every shop. Who has no role left is forgotten.

        Raises StoreError when there is no such role, or it is the last owner of every shop.
        """
        with self._writing() as connection:
            _take_turn(connection)
            who = _by_email(connection, email)
            theirs = None if who is None else _role_of(connection, who.id, shop_id)
            if who is None or theirs is None:
                raise StoreError(
                    _("{who} has no role in every shop, so nothing was taken away.", who=_spoken(email))
                    if shop_id is None
                    else _("{who} has no role in this shop, so nothing was taken away.", who=_spoken(email))
                )
            connection.execute(delete(role).where(role.c.id == theirs))
            if connection.execute(select(role.c.id).where(role.c.person_id == who.id)).first() is None:
                connection.execute(delete(person).where(person.c.id == who.id))
            _keep_an_owner(connection)
            self.ticket.detail = who.email

    @needs(Role.owner, by_shop, noted=N_("invited"))
    def invite(self, given: Role, shop_id: str | None, days: int = DAYS) -> str:
        """A code that makes whoever signs in with it a member, once, within so many days. It is shown only now."""
        codes.check_days(N_("An invitation holds for 1 to {most} days, not {days}."), days, MOST_DAYS)
        code, now = codes.new_code(), self.clock()
        with self._writing() as connection:
            if shop_id is not None:
                shops.one(connection, shop_id)
            made: dict[str, Any] = {
                "id": new_key(), "digest": codes.digest(code), "shop_id": shop_id, "role": given.name,
                "made_by": self._spoken, "made_at": now, "until": now + timedelta(days=days),
            }  # fmt: skip
            connection.execute(insert(invitation), [made])
            self.ticket.detail = f"a {given.name}, {codes.for_days(days)}"
        return code

    @needs(Role.owner)
    def invitations(self, shop_id: str | None) -> list[Invitation]:
        """Into a shop, the latest first; None lists all."""
        query = (
            select(invitation, shop.c.name)
            .outerjoin(shop)
            .order_by(invitation.c.made_at.desc(), invitation.c.id.desc())
        )
        if shop_id is not None:
            query = query.where(invitation.c.shop_id == shop_id)
        with self._reading() as connection:
            rows = connection.execute(query.limit(200)).all()
        return [_invitation(each, self.clock()) for each in rows if each.role in Role.__members__]

    @needs(Role.owner, by_invitation, noted=N_("withdrew an invitation"))
    def withdraw(self, invitation_id: str) -> None:
        """An open invitation is good for nothing any more."""
        still = (invitation.c.id == invitation_id, invitation.c.used_at.is_(None), invitation.c.withdrawn_at.is_(None))
        with self._writing() as connection:
            changed = connection.execute(update(invitation).where(*still).values(withdrawn_at=self.clock())).rowcount
            self.ticket.happened = changed > 0

    @needs(Role.owner)
    def audit(self, shop_id: str | None, limit: int = 200) -> list[audit.AuditEntry]:
        """Who changed what and when, the latest first; with None of every shop."""
        with self._reading() as connection:
            return audit.listed(connection, shop_id, limit)

    # At the door: asked by the program itself before it knows who acts

    @needs(Role.owner, every_shop)
    def known(self, account: Account) -> Person | None:
        """The person whose account this is; None for a stranger.

        The account counts by the provider's own name for it. An address that the provider has verified lets in who was
        added by it and never signed in so far; from then on that account is the person, whoever gets the address later.
        """
        with self._reading() as connection:
            found = _by_subject(connection, account.subject)
            if found is not None or not self._expected(connection, account):
                return found
        with self._writing() as connection:
            _take_turn(connection)
            found = _by_subject(connection, account.subject)
            if found is None and self._expected(connection, account):
                key = shops.key_of(account.email)
                connection.execute(
                    update(person).where(person.c.email_key == key, person.c.subject.is_(None))
                    .values(subject=account.subject, name=account.name[:_LONGEST])
                )  # fmt: skip
                found = _by_subject(connection, account.subject)
            return found

    @needs(Role.owner, every_shop)
    def invited(self, code: str) -> Invitation | None:
        """What a code is an invitation to; None where it is good for nothing, whatever the reason."""
        with self._reading() as connection:
            return _open_invitation(connection, code, self.clock())

    @needs(Role.owner, every_shop, noted=N_("joined"))
    def join(self, code: str, account: Account) -> Person:
        """Make the account a member by an invitation, which is used up by that. A better role that they have stays.

        Raises StoreError where the code is good for nothing.
        """
        now = self.clock()
        with self._writing() as connection:
            _take_turn(connection)
            found = _open_invitation(connection, code, now)
            if found is None:
                raise StoreError(
                    _(
                        "This invitation is not good any more: it was used, withdrawn, or its days are over. Ask "
                        "for another one."
                    )
                )
            who = _by_subject(connection, account.subject) or _join(connection, account, now)
            held = _held(connection, who.id, found.shop_id)
            _set_role(connection, who.id, max(found.role, held or found.role), found.shop_id)
            done = {"used_at": now, "used_by": who.email}
            connection.execute(update(invitation).where(invitation.c.id == found.id).values(**done))
            self.ticket.shop_id = found.shop_id
            self.ticket.detail = f"{who.email}: {found.role.name}, invited by {found.made_by}"
            return who

    def _expected(self, connection: Connection, account: Account) -> bool:
        if not account.verified:
            return False
        key = shops.key_of(account.email)
        query = select(person.c.id).where(person.c.email_key == key, person.c.subject.is_(None))
        return connection.execute(query).first() is not None


def _take_turn(connection: Connection) -> None:
    """A file has only one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def _spoken(email: str) -> str:
    return " ".join(email.split())[:80] or _("Nobody")


def _person(row: Any) -> Person | None:
    return None if row is None else Person(row.id, row.email, row.name)


def _by_email(connection: Connection, email: str) -> Person | None:
    return _person(connection.execute(select(person).where(person.c.email_key == shops.key_of(email))).first())


def _by_subject(connection: Connection, subject: str) -> Person | None:
    return _person(connection.execute(select(person).where(person.c.subject == subject)).first())


def _add(connection: Connection, email: str, name: str, subject: str | None, now: datetime) -> Person:
    plain = email.strip()
    if len(plain) > _LONGEST or not _EMAIL.fullmatch(plain):
        raise StoreError(_("'{typed}' is no e-mail address. Write it like ana@example.com.", typed=plain[:80]))
    made = Person(new_key(), plain, " ".join(name.split())[:_LONGEST])
    row = {**vars(made), "email_key": shops.key_of(plain), "subject": subject, "created_at": now}
    connection.execute(insert(person), [row])
    return made


def _join(connection: Connection, account: Account, now: datetime) -> Person:
    """A new person; the one who was added by the same, verified address where there is one."""
    key = shops.key_of(account.email)
    there = connection.execute(select(person).where(person.c.email_key == key)).first()
    if there is None:
        return _add(connection, account.email, account.name, account.subject, now)
    if there.subject is not None or not account.verified:
        raise StoreError(
            _(
                "There is somebody else with the address {email} here already. Ask an owner to remove "
                "them first, or sign in with another account.",
                email=there.email,
            )
        )
    name = account.name[:_LONGEST]
    connection.execute(update(person).where(person.c.id == there.id).values(subject=account.subject, name=name))
    return Person(there.id, there.email, name)


def _role_of(connection: Connection, person_id: str, shop_id: str | None) -> str | None:
    query = select(role.c.id).where(role.c.person_id == person_id, _in(shop_id))
    return connection.execute(query).scalar()


def _held(connection: Connection, person_id: str, shop_id: str | None) -> Role | None:
    name = connection.execute(select(role.c.role).where(role.c.person_id == person_id, _in(shop_id))).scalar()
    return Role.__members__.get(str(name))


def _set_role(connection: Connection, person_id: str, given: Role, shop_id: str | None) -> None:
    connection.execute(delete(role).where(role.c.person_id == person_id, _in(shop_id)))
    row = {"id": new_key(), "person_id": person_id, "shop_id": shop_id, "role": given.name}
    connection.execute(insert(role), [row])


def _in(shop_id: str | None) -> Any:
    return role.c.shop_id.is_(None) if shop_id is None else role.c.shop_id == shop_id


def _keep_an_owner(connection: Connection) -> None:
    """While there are people, one of them owns every shop; else nobody could let others in from a page."""
    if connection.execute(select(person.c.id).limit(1)).first() is None:
        return
    owners = select(func.count()).select_from(role).where(role.c.shop_id.is_(None), role.c.role == Role.owner.name)
    if not connection.execute(owners).scalar():
        raise StoreError(
            _(
                "Nothing was changed: the first one to come in, and the last one to stay, is an owner of "
                "every shop. Make somebody else that first."
            )
        )


def _members(connection: Connection, shop_id: str | None) -> list[Member]:
    query = (
        select(person.c.id, person.c.email, person.c.name, person.c.subject, role.c.role, role.c.shop_id,
               shop.c.name.label("shop"))
        .join_from(role, person)
        .outerjoin(shop, shop.c.id == role.c.shop_id)
    )  # fmt: skip
    if shop_id is not None:
        query = query.where(role.c.shop_id.is_(None) | (role.c.shop_id == shop_id))
    found = [
        Member(Person(row.id, row.email, row.name), Role[row.role], row.shop_id, row.shop, row.subject is not None)
        for row in connection.execute(query)
        if row.role in Role.__members__
    ]
    return sorted(found, key=lambda each: (each.shop or "", -each.role, shops.key_of(each.person.email)))


def _open_invitation(connection: Connection, code: str, now: datetime) -> Invitation | None:
    query = select(invitation, shop.c.name, shop.c.deleted_at).outerjoin(shop)
    row = connection.execute(query.where(invitation.c.digest == codes.digest(code))).first()
    if row is None or row.deleted_at is not None or row.role not in Role.__members__:
        return None
    found = _invitation(row, now)
    return found if found.state == "open" else None


def _invitation(row: Any, now: datetime) -> Invitation:
    return Invitation(
        row.id, row.shop_id, row.name, Role[row.role], row.made_by, row.until or now, row.used_by,
        codes.state(row, now),
    )  # fmt: skip
