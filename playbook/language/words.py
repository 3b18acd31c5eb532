"""The language in force, and a message in it.

Code is written in English and wraps what people read: `_("Nothing was weak.")`. Placeholders have names, and their
values are given beside: `_("{shop} was deleted", shop=name)`. One message is one whole sentence; what is glued from
pieces cannot be translated. English needs no catalog, so it costs one look at a context variable.

A thread begins without a language. Then `asked_of` says it, where the app has set that: a callback or a fragment of
Streamlit's, which comes in a thread of its own, speaks as its visitor does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .catalogs import SOURCE, catalog
from .catalogs import cldr as rules_of

_language: ContextVar[str | None] = ContextVar("language", default=None)
_ask: list[Callable[[], str | None]] = []


def current() -> str:
    """The code of the language in force: `en`, `id`, `pt_BR`."""
    known = _language.get()
    if known is None and _ask:
        known = _ask[-1]()
        _language.set(known)
    return known or SOURCE


def cldr() -> str:
    """The language in force by the name that Babel has for it."""
    return rules_of(current())


def speak(language: str) -> None:
    """From here on, in this thread; one that there is no catalog of is spoken as English."""
    _language.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside the block everything is said in this language."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def asked_of(whom: Callable[[], str | None]) -> None:
    """Who is asked for the language where none is set; None of them says is English."""
    _ask[:] = [whom]


def gettext(message: str, /, **values: object) -> str:
    """The message in the language in force, its named placeholders filled in."""
    language = current()
    if language == SOURCE:
        return message.format(**values) if values else message
    return _filled(catalog(language).gettext(message), message, values)


_ = gettext


def pgettext(context: str, message: str, /, **values: object) -> str:
    """As `gettext` for a word that means several things; `context` tells translators which one."""
    language = current()
    if language == SOURCE:
        return message.format(**values) if values else message
    return _filled(catalog(language).pgettext(context, message), message, values)


def ngettext(one: str, many: str, number: float, /, **values: object) -> str:
    """The message in the plural form that this language has for `number`."""
    english = one if number == 1 else many
    language = current()
    if language == SOURCE:
        return english.format(**values) if values else english
    return _filled(catalog(language).ngettext(one, many, _whole(number)), english, values)


def npgettext(context: str, one: str, many: str, number: float, /, **values: object) -> str:
    """As `ngettext` with a context."""
    english = one if number == 1 else many
    language = current()
    if language == SOURCE:
        return english.format(**values) if values else english
    return _filled(catalog(language).npgettext(context, one, many, _whole(number)), english, values)


def N_(message: str) -> str:  # noqa: N802 - the name that extraction knows
    """Marks a message where the language is not known yet; `_` says it later."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as `N_`, for what `ngettext` says later
    """Marks the forms of a message; `ngettext(*forms, number)` says it later."""
    return one, many


def _whole(number: float) -> int:
    """Plural rules are of whole numbers; part of one is said as several are."""
    return int(number) if float(number).is_integer() else 2


def _filled(text: str, english: str, values: dict[str, object]) -> str:
    """A translation that names a placeholder which is not there is said in English: that beats no page at all."""
    if not values:
        return text
    try:
        return text.format(**values)
    except (LookupError, ValueError):
        return english.format(**values)
