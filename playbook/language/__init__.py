"""What is said, in the language of who reads it: `_`, `ngettext`, `pgettext` and the language in force."""

from .words import N_, SOURCE, _, asked_of, cldr, current, gettext, ngettext, npgettext, pgettext, speak, speaking

__all__ = [
    "N_", "SOURCE", "_", "asked_of", "cldr", "current", "gettext", "ngettext", "npgettext", "pgettext", "speak",
    "speaking",
]  # fmt: skip
