"""The history that `review --db URL --shop NAME` names."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from playbook.language import _
from playbook.model.session import UnusableFile
from playbook.past import Past, shop_of


@contextmanager
def past(options: argparse.Namespace) -> Iterator[Past | None]:
    """The history that `review --db URL --shop NAME` names; None without. Raises UnusableFile."""
    if options.db is None and options.shop is None:
        if not options.paths:
            raise UnusableFile(_("Give the files of a LIVE, or a stored history with --db URL --shop NAME."))
        yield None
        return
    if options.db is None or options.shop is None:
        missing = "--shop NAME" if options.shop is None else "--db URL"  # as typed, in every language
        raise UnusableFile(
            _("A stored history is named by --db URL and --shop NAME together; {missing} is missing.", missing=missing)
        )
    from playbook.store import Store, StoreError

    try:
        with Store.open(options.db, create=False) as store:
            yield Past(store, shop_of(store, options.shop))
    except StoreError as error:
        raise UnusableFile(str(error)) from error
