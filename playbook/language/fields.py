"""Texts of a content model that people read: marked where the field is declared, found and said in one place each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

M = TypeVar("M")


@dataclass(frozen=True)
class Spoken:
    """Marks a field, or the items of one, as words for people.

    `context` tells translators apart what a short word is; with `paragraphs` a long text is one message a paragraph.
    """

    context: str | None = None
    paragraphs: bool = False


#: A sentence or a name that people read.
Say = Callable[[str, Spoken], str]


def said(value: M, say: Say) -> M:
    """A model, or a map or list of them, with each marked text as `say` returns it; the same object if none changed."""
    return _said(value, None, say)  # type: ignore[no-any-return]


def _said(value: Any, mark: Spoken | None, say: Say) -> Any:
    if isinstance(value, str):
        return _text(value, mark, say) if mark else value
    if isinstance(value, BaseModel):
        changed = {}
        for name, marked in _fields(type(value)):
            before = getattr(value, name)
            after = _said(before, marked, say)
            if after is not before:
                changed[name] = after
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        found = {key: _said(each, mark, say) for key, each in value.items()}
        return found if any(found[key] is not each for key, each in value.items()) else value
    if isinstance(value, (list, tuple)):
        items = [_said(each, mark, say) for each in value]
        return type(value)(items) if any(a is not b for a, b in zip(items, value, strict=True)) else value
    return value


def _text(value: str, mark: Spoken, say: Say) -> str:
    if not mark.paragraphs:
        return say(value, mark) if value else value
    parts = value.split("\n\n")
    done = [say(each, mark) if each.strip() else each for each in parts]
    return value if done == parts else "\n\n".join(done)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Spoken | None], ...]:
    """The fields in which there may be words, each with its mark; None where only models inside it have some."""
    found = []
    for name, field in model.model_fields.items():
        mark = next((each for each in field.metadata if isinstance(each, Spoken)), None) or _mark(field.annotation)
        if mark or _holds_models(field.annotation):
            found.append((name, mark))
    return tuple(found)


def _mark(annotation: Any) -> Spoken | None:
    if get_origin(annotation) is Annotated:
        own = next((each for each in annotation.__metadata__ if isinstance(each, Spoken)), None)
        if own:
            return own
    return next(filter(None, map(_mark, get_args(annotation))), None)


def _holds_models(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(map(_holds_models, get_args(annotation)))
