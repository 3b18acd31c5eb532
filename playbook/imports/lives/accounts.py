"""Several accounts in one list of LIVEs: which there are, and what is kept when one of them is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from playbook import formats
from playbook.imports.results import Question
from playbook.language import _, ngettext
from playbook.model.session import Session, UnusableFile, other_account

_LISTED = 5


def accounts(sessions: Iterable[Session]) -> dict[str, int]:
    """How many LIVEs each account has, most first. Of ids and names, which cannot be compared, the commoner form.

    Empty where there is only one: then nothing is open.
    """
    counted = Counter(session.creator for session in sessions if session.creator)
    forms = [
        {name: many for name, many in counted.most_common() if name.isdigit() is digits} for digits in (False, True)
    ]
    several = [form for form in forms if len(form) > 1]
    return max(several, key=lambda form: sum(form.values()), default={})


def of_accounts(sessions: Sequence[Session], names: Sequence[str]) -> list[Session]:
    """The LIVEs of these accounts, and those that do not say whose they are."""
    return [each for each in sessions if not all(other_account(each.creator, name) for name in names)]


def known_here(sessions: Iterable[Session], names: Iterable[str]) -> list[str]:
    """Those of the accounts that have LIVEs among these."""
    there = {session.creator for session in sessions}
    return [name for name in names if name in there]


def not_there(sessions: Iterable[Session], account: str) -> UnusableFile:
    """That no LIVE is of this account, and which accounts there are."""
    there = Counter(session.creator for session in sessions if session.creator).most_common(_LISTED)
    if not there:
        return UnusableFile(
            _(
                "There is no LIVE of the account '{account}' in these files, nor one of a named account.",
                account=account,
            )
        )
    listed = ", ".join(f"{name} ({many})" for name, many in there)
    return UnusableFile(
        _(
            "There is no LIVE of the account '{account}' in these files. There are: {listed}.",
            account=account,
            listed=listed,
        )
    )


def left_out(number: int, names: Sequence[str]) -> str:
    """What is said of LIVEs that are not the accounts' own."""
    return ngettext(
        "{count} LIVE of other accounts than {names} left out", "{count} LIVEs of other accounts than {names} left out",
        number, count=formats.count(number), names=formats.listed(names),
    )  # fmt: skip


def currencies_remark(sessions: Iterable[Session]) -> str | None:
    """That LIVEs are in several currencies, and what to do; None where they are in one."""
    counted = Counter(session.currency for session in sessions if session.currency)
    if len(counted) < 2:
        return None
    listed = ", ".join(f"{code} ({formats.lives(many)})" for code, many in counted.most_common())
    return _(
        "the LIVEs are in several currencies: {listed}. A LIVE is compared only with those in "
        "its own. If all are of one shop, export them again in one currency; else export each "
        "shop by itself",
        listed=listed,
    )


def by_account(counted: Iterable[tuple[str, int]]) -> str:
    """`10 LIVEs by dana and 1 LIVE by eko`."""
    return formats.listed(
        [
            ngettext("{count} LIVE by {name}", "{count} LIVEs by {name}", many, count=formats.count(many), name=name)
            for name, many in counted
        ]
    )


def account_question(sessions: Sequence[Session], file: str) -> Question | None:
    """Which account is the reader's own, where there are several."""
    found = accounts(sessions)
    if not found:
        return None
    listed = by_account(list(found.items())[:_LISTED])
    more = len(found) - _LISTED
    if more > 0:
        listed = _("{listed} and {more} more", listed=listed, more=more)
    text = _(
        "{file}: this list has LIVEs of {count} accounts: {listed}. Which is yours? Until you say, each LIVE is "
        "compared with those of its own account.",
        file=file, count=len(found), listed=listed,
    )  # fmt: skip
    return Question("account", file, text, tuple(found))
