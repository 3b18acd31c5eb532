"""YAML text to checked models, with every complaint at its line and column.

PyYAML follows YAML 1.1, where `12:30` is 750 and `no` is false. Editors follow 1.2. `PlainLoader` keeps
everything as text except true, false, null and plain numbers, so a file means what it looks like.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from playbook.language.fields import Spoken

MAX_BYTES = 1_000_000
M = TypeVar("M", bound=BaseModel)


class Strict(BaseModel):
    """A model of a hand-written file: frozen, and a misspelt field is an error."""

    # Checkers are made when first used: most runs need a part of the models only.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)


#: A sentence or a name that people read: it is shown in their language.
Words = Annotated[str, Field(min_length=1), Spoken()]

#: A day, a month or a year.
DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


def matching(pattern: re.Pattern[str], otherwise: str, longest: int | None = None) -> AfterValidator:
    """A check of a text: it fits the pattern and is not too long, or it is complained of in these words."""

    def checked(value: str) -> str:
        if not pattern.match(value) or (longest is not None and len(value) > longest):
            raise ValueError(otherwise)
        return value

    return AfterValidator(checked)


#: Permanent, and the name of the file.
ID = r"^[a-z][a-z0-9_]*$"


class Named(Strict):
    """A model of which each file holds one, named by its id."""

    id: str = Field(pattern=ID)


#: libyaml's loader is some eight times faster; both are safe loaders with the same nodes and marks.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainLoader(_Base):  # type: ignore[misc]
    """Everything is text except true, false, null, ~ and plain numbers."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own class attribute


for _tag, _pattern, _first in [
    ("bool", r"true|false", ["t", "f"]),
    ("null", r"null|~|", ["n", "~", ""]),
    # Longer ones stay text, which no field for a number takes: they would be infinite, or too long to convert.
    ("int", r"[-+]?(0|[1-9][0-9]{0,17})", list("-+0123456789")),
    ("float", r"[-+]?([0-9]{1,18}\.[0-9]{0,30}|\.[0-9]{1,30})", list("-+.0123456789")),
]:
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a knowledge file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True)
class Document:
    """A YAML file that could be parsed: its data, and its nodes to point at."""

    file: str
    data: Any
    root: yaml.Node

    def at(self, loc: Sequence[str | int], message: str) -> Problem:
        line, column = locate(self.root, loc)
        return Problem(self.file, line, column, message)


def locate(root: yaml.Node, loc: Sequence[str | int]) -> tuple[int, int]:
    """Line and column of the deepest node on `loc`; parts that match nothing (union tags) are passed over."""
    node, mark = root, root.start_mark
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            hit = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if hit:
                mark, node = hit[0].start_mark, hit[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
    return mark.line + 1, mark.column + 1


def suggest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing when no known word is close."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def parse(path: Path, name: str | None = None) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file. Duplicate keys, aliases and unreadable text are problems, never exceptions."""
    name = name or path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem(name, 1, 1, f"cannot be read: {error.strerror}")]
    if len(raw) > MAX_BYTES:
        return None, [Problem(name, 1, 1, f"is {len(raw):,} bytes; knowledge files have at most {MAX_BYTES:,}")]
    return parse_text(raw, name)


def parse_text(raw: bytes | str, name: str) -> tuple[Document | None, list[Problem]]:
    """As `parse`, for text already in memory."""
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
        tokens = yaml.scan(text, PlainLoader) if "*" in text or "!" in text else ()
        unused = next((token for token in tokens if isinstance(token, (yaml.AliasToken, yaml.TagToken))), None)
        if unused is not None:
            mark = unused.start_mark
            return None, [Problem(name, mark.line + 1, mark.column + 1, NOT_USED[type(unused)])]
        if _too_deep(text):
            return None, [Problem(name, 1, 1, TOO_DEEP)]
        root = yaml.compose(text, PlainLoader)
    except UnicodeDecodeError as error:
        return None, [Problem(name, 1, 1, f"is not UTF-8 text (byte {error.start}); save it as UTF-8")]
    except yaml.YAMLError as error:
        return None, [_syntax(error, name)]
    if root is None:
        return None, [Problem(name, 1, 1, "is empty")]
    duplicates = list(_duplicates(root, name, ()))
    if duplicates:
        return None, duplicates
    try:
        data = PlainLoader("").construct_document(root)
    except yaml.YAMLError as error:
        return None, [_syntax(error, name)]
    except _NOT_MADE:
        return None, [_not_made(root, name)]
    return Document(name, data, root), []


#: A few aliases can unfold into gigabytes, and a tag lets a text choose what is made of it. Nobody needs one here.
NOT_USED = {
    yaml.AliasToken: "aliases (*name) are not used here; write it out",
    yaml.TagToken: "tags (!name) are not used here; remove it",
}
#: What a loader lets through when a value cannot be made of a text.
_NOT_MADE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)


def _not_made(node: yaml.Node, name: str) -> Problem:
    """The first value that cannot be made, at its place."""
    for each in _scalars(node):
        try:
            PlainLoader("").construct_object(each)
        except _NOT_MADE:
            mark = each.start_mark
            return Problem(name, mark.line + 1, mark.column + 1, f"cannot be read: {str(each.value)[:40]}")
    return Problem(name, 1, 1, "cannot be read")


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _scalars(each)
    else:
        yield node


def read(path: Path, model: type[M], name: str | None = None) -> tuple[M | None, Document | None, list[Problem]]:
    """A checked model from a file, its document for later checks, and what was wrong."""
    document, problems = parse(path, name)
    if document is None:
        return None, None, problems
    value, problems = validate(document, model)
    return value, document, problems


def validate(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """A checked model from a parsed document."""
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, sorted(_reworded(document, model, detail) for detail in error.errors())


#: Nobody nests a knowledge file like this; composing recurses, and in C that ends the process.
_DEEPEST = 200
TOO_DEEP = "is nested too deeply"
_NESTING = re.compile(r"^ {100}|(?:[-?]\s+){20}", re.MULTILINE)


def _too_deep(text: str) -> bool:
    """Whether collections nest beyond `_DEEPEST`. Events are counted only where the text could nest that far."""
    if text.count("[") + text.count("{") <= _DEEPEST and not _NESTING.search(text):
        return False
    depth = 0
    for event in yaml.parse(text, PlainLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _syntax(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    text = str(getattr(error, "problem", None) or error).splitlines()[0]
    if "nesting depth" in text:  # libyaml's own limit, met before ours is counted
        return Problem(name, 1, 1, TOO_DEEP)
    if "mapping values are not allowed" in text:
        text = 'a colon inside a text needs quotes: put the whole text in "..."'
    elif "\\t" in text or "tab" in text or "cannot start any token" in text:
        text = "tabs and stray signs (@, `, %) cannot start a value: indent with spaces, put the text in quotes"
    elif "could not determine a constructor" in text:
        text = "tags (!name) are not used here; remove it"
    return Problem(name, line, column, text)


def _duplicates(node: yaml.Node, name: str, path: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            word = str(key.value)
            mark = key.start_mark
            if word in seen:
                where = ".".join((*path, word))
                message = f"{where}: key written twice; the first is on line {seen[word]}"
                yield Problem(name, mark.line + 1, mark.column + 1, message)
            seen.setdefault(word, mark.line + 1)
            yield from _duplicates(value, name, (*path, word))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value, 1):
            yield from _duplicates(item, name, (*path, f"item {index}"))


def _reworded(document: Document, model: type[BaseModel], error: ErrorDetails) -> Problem:
    """Pydantic's complaint in a person's words, at the key it is about."""
    loc = [part for part in error["loc"] if not _is_union_tag(document.root, part, error["loc"])]
    where = spoken(loc)
    prefix = f"{where}: " if where else ""
    kind, found = error["type"], error.get("input")
    if kind == "extra_forbidden":
        known = _fields_at(model, loc[:-1])
        message = f"not a known field{suggest(str(loc[-1]), known)}"
        if renamed := _renamed_at(model, loc):
            message = renamed
        elif found is None and _in_flow(document.root, loc):
            message += "; a comma inside {...} starts a new key: put the text in quotes"
        elif "did you mean" not in message and known:
            message += f"; known: {', '.join(sorted(known))}"
    elif kind == "missing":
        message = "is missing"
    elif kind in ("literal_error", "enum"):
        expected = error.get("ctx", {}).get("expected", "")
        words = re.findall(r"'([^']*)'", expected)
        if isinstance(found, str):
            message = f"'{found}' is not one of: {', '.join(words)}{suggest(found, words)}"
        else:
            message = f"write one of: {', '.join(words)}"
    elif kind in ("union_tag_not_found", "union_tag_invalid"):
        message = error["msg"]
    elif kind in _SHAPES:
        message = _SHAPES[kind]
        if not isinstance(found, (dict, list)):
            message += f" (found {'nothing' if found is None else repr(found)})"
    else:
        message = error["msg"].removeprefix("Value error, ")
        if "found" not in message and not isinstance(found, (dict, list)):
            message += f" (found {found!r})"
    line, column = locate(document.root, loc)
    return Problem(document.file, line, column, prefix + message)


#: What pydantic calls a wrong shape, and what to type instead.
_SHAPES = {
    "list_type": "write a list: one item a line, each after a dash",
    "dict_type": "write keys and values under it, one a line",
    "model_type": "write keys and values under it, one a line",
    "model_attributes_type": "write keys and values under it, one a line",
    "string_type": "write a text; put it in quotes if it looks like a number",
    "float_type": "write a plain number, without units or thousands signs",
    "float_parsing": "write a plain number, without units or thousands signs",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "string_too_short": "is empty",
    "too_short": "needs at least one item",
    "string_pattern_mismatch": "use small letters, digits and _, starting with a letter",
}


def _in_flow(root: yaml.Node, loc: Sequence[str | int]) -> bool:
    """Whether the place lies directly in a {...} mapping."""
    node = root
    for part in loc[:-1]:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == str(part)), node)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return isinstance(node, yaml.MappingNode) and bool(node.flow_style)


def _is_union_tag(root: yaml.Node, part: str | int, loc: Sequence[str | int]) -> bool:
    """Union tags and validator names stand in pydantic's path but not in the file."""
    if isinstance(part, int) or part == loc[-1]:
        return False
    position = list(loc).index(part)
    return locate(root, loc[: position + 1]) == locate(root, loc[:position]) and position > 0


def spoken(loc: Sequence[str | int]) -> str:
    """`when, item 1, by_at_least`: list items counted from one, keys joined by dots."""
    return ", ".join(_spoken(loc))


def _spoken(loc: Sequence[str | int]) -> Iterator[str]:
    keys: list[str] = []
    for part in loc:
        if isinstance(part, int):
            if keys:
                yield ".".join(keys)
            yield f"item {part + 1}"
            keys = []
        else:
            keys.append(part)
    if keys:
        yield ".".join(keys)


def _fields_at(model: type[BaseModel], loc: Sequence[str | int]) -> set[str]:
    """The fields known at a place in the model, as far as they can be followed."""
    return {field.alias or name for each in _models_at(model, loc) for name, field in each.model_fields.items()}


def _renamed_at(model: type[BaseModel], loc: Sequence[str | int]) -> str | None:
    """What a model says of a field that was called otherwise once, under `RENAMED`."""
    said = (getattr(each, "RENAMED", {}).get(loc[-1]) for each in _models_at(model, loc[:-1]))
    return next(filter(None, said), None)


def _models_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[type[BaseModel]]:
    models: list[type[BaseModel]] = [model]
    for part in loc:
        following: list[type[BaseModel]] = []
        for each in models:
            fields = {known.alias or name: known for name, known in each.model_fields.items()}
            field = fields.get(str(part))
            annotations = [field.annotation] if field else []
            if isinstance(part, int) or not field:
                following += [each]
            for annotation in annotations:
                following += list(_models_in(annotation))
        models = following or models
    return models


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
