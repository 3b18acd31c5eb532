"""A page that prints, as PDF: made here, without a browser and without a network."""

from .render import as_pdf

__all__ = ["as_pdf"]
