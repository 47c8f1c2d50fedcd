"""Extractions as JSON, one object a document, and back without loss.

The object of a document holds ``id``, ``text`` and ``attributions``, each with ``source``, ``cue``
and ``content`` as lists of ``[begin, end]``: the format in which attribution is scored against
PolNeAR (Newell et al. 2018) and its kin. Everything else that is known stands beside them::

    {"id", "url", "title", "date", "publisher", "author", "language", "begin", "text",
     "extractor": {"name", "version", "model", "config"},
     "attributions": [attribution …], "own_claims": [attribution …], "sources": [source …]}

    attribution: {"key", "source", "cue", "content", "triple": {"subject", "claim", "source"},
        "sources": [source …], "sentence", "cue_lemma", "mention", "claim", "quotation",
        "speech_act", "cue_polarity", "cue_certainty", "cue_temporality", "stance",
        "addressees": [source …], "addressee_mention", "channel", "time", "anonymity_reason",
        "nested_in", "depth", "links", "confidence"}
    source:      {"key", "label", "type", "anonymity", "aliases", "affiliation", "count"}
    mention:     {"span", "form", "refers_to", "described_as", "confidence"}
    claim:       {"spans", "text", "polarity", "certainty", "temporality", "modality",
        "propositions", "about"}
    proposition: {"subject", "predicate", "object", "lemma", "subject_source", "confidence"}

The fields are those of `quoth.extractors.records`, in their order. A span is ``[begin, end]`` in
code points of ``text``, end exclusive; a date ``YYYY-MM-DD``. What the text does not say is null,
or an empty list. ``key``, ``source``, ``content`` and ``triple`` are views: they repeat what the
other fields say, and are not read back.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from quoth.extractors.records import Attribution, Document, Extraction, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

# UTF-8 cannot hold the surrogates, and some readers of lines break them at the other three.
_ESCAPED = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")
_SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def dumps(extraction: Extraction) -> str:
    """Return `extraction` as one line of JSON, without the line end.

    The line can be written as UTF-8 whatever the text holds. Raises ValueError as `pieces` does.
    """
    return "".join(pieces(extraction))


def pieces(extraction: Extraction) -> Iterator[str]:
    """Yield the line of `dumps` in pieces, so that a long document's need not be held at once.

    Raises ValueError, before the first piece, when the text holds a surrogate pair as two
    characters: JSON reads it as one, and every offset would shift.
    """
    yield _line(_head(extraction), extraction).removesuffix("}")
    for name, items in _lists(extraction).items():
        yield f', "{name}": ['
        for number, item in enumerate(items):
            yield f"{', ' if number else ''}{_line(item, extraction)}"
        yield "]"
    yield "}"


def loads(line: str) -> Extraction:
    """Return the extraction that `dumps` wrote as `line`; raises ValueError when it is none."""
    return from_json(json.loads(line))


def to_json(extraction: Extraction) -> dict[str, Any]:
    """Return `extraction` as the JSON object that this module describes."""
    lists = {name: list(items) for name, items in _lists(extraction).items()}
    return {**_head(extraction), **lists}


def _head(extraction: Extraction) -> dict[str, Any]:
    document = _encode(extraction.document)
    text, extractor = document.pop("text"), _encode(extraction.extractor)
    return {"id": document.pop("id"), **document, "text": text, "extractor": extractor}


def _lists(extraction: Extraction) -> dict[str, Iterator[dict[str, Any]]]:
    """Return the lists of a document's object, whose items are made one by one."""
    return {
        "attributions": map(_attribution, extraction.attributions),
        "own_claims": map(_attribution, extraction.own_claims),
        "sources": map(_encode, extraction.sources),
    }


def _line(value: object, extraction: Extraction) -> str:
    """Return JSON without a character that UTF-8 cannot hold or that some take for a line end."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if _SPLIT_PAIR.search(line):
        raise ValueError(
            f"document {extraction.document.id!r}: its text holds a surrogate pair as two "
            "characters; join it with text.encode('utf-16', 'surrogatepass').decode('utf-16')"
        )
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def from_json(record: dict[str, Any]) -> Extraction:
    """Return the extraction that `to_json` made `record` of.

    Raises ValueError, naming document and place, when a field is missing or of another kind, or
    a span lies outside the text.
    """
    name = _expect(dict, record, "line").get("id")
    try:
        document: Document = _decode_record(Document, record, "", None)
        parts = {
            field: _decode_field(kind, record, field, "", document)
            for field, kind in _kinds(Extraction).items()
            if kind is not Document
        }
    except ValueError as error:
        raise ValueError(f"document {name!r}: {error}") from error
    return Extraction(document=document, **parts)


def _attribution(attribution: Attribution) -> dict[str, Any]:
    mention = attribution.mention
    record = _encode(attribution)
    cue = record.pop("cue")
    return {
        "key": attribution.key,
        "source": [_encode(mention.span)] if mention else [],
        "cue": [cue] if cue else [],
        "content": _encode(attribution.content),
        "triple": attribution.triple._asdict(),
        **record,
    }


def _encode(value: object) -> Any:
    """Return a record, or what stands in one, as JSON."""
    if isinstance(value, Span):
        return [value.begin, value.end]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if is_dataclass(value):
        return {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
    return value


@cache
def _kinds(record: type) -> dict[str, Any]:
    """Return the declared type of every field of `record`."""
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in fields(record)}


# In what follows `place` says where in the document's object a value stands; `document` gives
# every span its words.


def _decode_field(
    kind: Any, record: dict[str, Any], name: str, place: str, document: Document | None
) -> Any:
    if name not in record:
        raise ValueError(f"{place}no field {name!r}")
    return _decode(kind, record[name], f"{place}{name}", document)


def _decode_record(kind: Any, record: Any, place: str, document: Document | None) -> Any:
    _expect(dict, record, place)
    inside = f"{place}." if place else ""
    if kind is Attribution and "cue" in record:
        # A list in the scorer's format, as sources and contents are; a record has at most one.
        cue = _expect(list, record["cue"], f"{inside}cue")
        record = {**record, "cue": cue[0] if cue else None}
    values = {
        name: _decode_field(field_kind, record, name, inside, document)
        for name, field_kind in _kinds(kind).items()
    }
    try:
        return kind(**values)
    except ValueError as error:
        raise ValueError(f"{inside}{error}") from error


def _decode(kind: Any, value: Any, place: str, document: Document | None) -> Any:
    if get_origin(kind) is UnionType:
        if value is None:
            return None
        kind = next(option for option in get_args(kind) if option is not NoneType)
    if get_origin(kind) is tuple:
        item_kind = get_args(kind)[0]
        return tuple(
            _decode(item_kind, item, f"{place}[{number}]", document)
            for number, item in enumerate(_expect(list, value, place))
        )
    if kind is Span:
        return _decode_span(value, place, document)
    if is_dataclass(kind):
        return _decode_record(kind, value, place, document)
    if issubclass(kind, date | StrEnum):
        try:
            return date.fromisoformat(value) if kind is date else kind(value)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{place}: {error}") from error
    return _expect(kind, value, place)


def _decode_span(value: Any, place: str, document: Document | None) -> Span:
    assert document is not None
    try:
        begin, end = value
        return document.span(begin, end)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place}: {value!r:.60} is no [begin, end] in the text") from error


def _expect(kind: type[T], value: Any, place: str) -> T:
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        raise ValueError(f"{place}: {kind.__name__} was expected, not {value!r:.60}")
    return value
