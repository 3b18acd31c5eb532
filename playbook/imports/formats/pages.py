"""An answer of the API that is one page of several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playbook.language import _, ngettext

from .json_text import documents

_TOTAL = b'"total_count"'


def further_lives(pages: Iterable[Any], key: str = "live_stream_sessions") -> int:
    """How many LIVEs are on pages that are not among these; 0 where all are there or nothing says.

    `pages` are answers of the API. Each repeats the total.
    """
    pages = [page for page in pages if isinstance(page, dict)]
    data = [page["data"] if isinstance(page.get("data"), dict) else page for page in pages]
    listed = [each for each in data if isinstance(each.get(key), list)]
    totals = [total for each in listed if isinstance(total := each.get("total_count"), int)]
    there = {str(entry.get("id")) for each in listed for entry in each[key] if isinstance(entry, dict)}
    return max(max(totals, default=0) - len(there), 0)


def page_remark(contents: Iterable[bytes]) -> str | None:
    """What to say of JSON files that together hold only some pages of a list of LIVEs; None for anything else."""
    pages = [page for content in contents if _TOTAL in content for page in _documents(content)]
    more = further_lives(pages)
    if not more:
        return None
    there = ngettext(
        "{count} more LIVE is on further pages of this list.", "{count} more LIVEs are on further pages of this list.",
        more, count=format(more, ","),
    )  # fmt: skip
    meaning = _(
        "Where it is sorted by GMV these are not ordinary LIVEs, and neither is a usual made of them. Ask the API for "
        "the next pages, with page_token, until it gives no next_page_token, and give all pages together"
    )
    return f"{there} {meaning}"


def _documents(content: bytes) -> list[Any]:
    """Answers, also out of lists of answers; none where the JSON stops making sense."""
    try:
        found = documents(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return []
    return [page for each in found for page in (each if isinstance(each, list) else [each])]
