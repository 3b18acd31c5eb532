"""What is said, in the language of who reads it: `_`, `ngettext`, `pgettext` and the language in force."""

from .catalogs import SOURCE
from .words import N_, NN_, _, asked_of, cldr, current, gettext, ngettext, npgettext, pgettext, speak, speaking

__all__ = [
    "NN_",
    "N_",
    "SOURCE",
    "_",
    "asked_of",
    "cldr",
    "current",
    "gettext",
    "ngettext",
    "npgettext",
    "pgettext",
    "speak",
    "speaking",
]  # fmt: skip
