"""What is raised where a file cannot be made here."""

from __future__ import annotations


class Unprintable(Exception):  # noqa: N818 - named for what is wrong
    """A PDF or slides could not be made, for a package is missing. The text is for people."""
