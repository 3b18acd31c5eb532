"""A post-LIVE coach for TikTok Shop sellers.

Three steps, no screen needed::

    sessions = playbook.read(["export.xlsx"])
    knowledge = playbook.load()
    review = playbook.review(sessions[-1], history=sessions[:-1], knowledge=knowledge)
    review.to_dict()
"""

from .imports import read
from .knowledge.load import load
from .pipeline import Review, review
from .session import Event, Product, Session, UnusableFile

__all__ = ["Event", "Product", "Review", "Session", "UnusableFile", "load", "read", "review"]
__version__ = "0.1.0"
