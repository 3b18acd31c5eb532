"""Files that a program for printing or showing opens: the report as PDF, slides for a client."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playbook.language import _
from playbook.model.session import Session, UnusableFile
from playbook.report.unprintable import Unprintable

if TYPE_CHECKING:
    from playbook.past import Past
    from playbook.pipeline import Review
    from playbook.report.deck.look import DeckLook


def report_pdf(found: Review, shop: str) -> bytes:
    """The report, A4. Raises UnusableFile where the package for it is missing."""
    from playbook.report.forms.as_html import as_html
    from playbook.report.pdf import as_pdf

    try:
        return as_pdf(as_html(found, datetime.now(UTC).date(), shop=shop))
    except Unprintable as error:
        raise UnusableFile(str(error)) from error


def slides(
    options: argparse.Namespace, found: Review, shop: str, sessions: Sequence[Session], past: Past | None = None
) -> bytes:
    """Slides of the LIVE, or with --month of its month among `sessions` and those of the store, beside the account.

    Raises UnusableFile with what is wrong.
    """
    from playbook.report.deck import as_deck, month_deck

    start = found.session.start
    try:
        if not options.month:
            return as_deck(found, shop=shop, look=_look(options))
        if start is None:
            raise UnusableFile(_("--month: this LIVE has no date, so no month is known."))
        if past is None:
            return month_deck(shop, start.date(), sessions, _look(options))
        every = {each.id: each for each in (*sessions, *past.store.sessions(past.shop.id))}
        return month_deck(shop, start.date(), list(every.values()), _look(options),
                          figures=past.store.account(past.shop.id),
                          closed=past.store.closed_months(past.shop.id))  # fmt: skip
    except (Unprintable, ValueError) as error:
        raise UnusableFile(str(error)) from error


def _look(options: argparse.Namespace) -> DeckLook:
    from playbook.report.deck.look import COLOUR, DeckLook

    try:
        logo = options.logo.read_bytes() if options.logo else None
    except OSError as error:
        raise UnusableFile(
            _("--logo {file}: cannot be read ({why}).", file=options.logo, why=error.strerror)
        ) from error
    return DeckLook(options.agency, (options.colour or COLOUR).lstrip("#"), logo)
