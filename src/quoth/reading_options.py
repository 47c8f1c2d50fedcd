"""The options that say how files are read, which every command that reads documents has."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quoth.extractors.readers.interface import MEGABYTE, Fields, ReadingOptions

if TYPE_CHECKING:
    from collections.abc import Callable

_DEFAULT = ReadingOptions()
_LARGEST = 1_000_000
"""Megabytes of a document beyond which no machine holds it."""


def _format(value: str | None) -> str | None:
    from quoth.extractors.readers.registry import names

    if value is not None and value not in names():
        raise typer.BadParameter(f"{value!r} is none; there are {', '.join(names())}")
    return value


def _field(what: str) -> Any:
    return Annotated[
        str | None,
        typer.Option(metavar="NAME", help=f"The field or column of tables with {what}."),
    ]


_OPTIONS: dict[str, tuple[Any, Any]] = {
    "format_in": (
        Annotated[
            str | None,
            typer.Option(
                "--format-in",
                metavar="FORMAT",
                callback=_format,
                help="The format of standard input and of files whose name does not tell: text, "
                "html, jsonl, json, csv, parquet, arrow, warc, feed, pdf, docx "
                "[default: seen from their first bytes].",
            ),
        ],
        None,
    ),
    "text_field": (_field("the text; with dots into objects: article.body"), None),
    "title_field": (_field("the title"), None),
    "date_field": (_field("the day of publication"), None),
    "url_field": (_field("the address"), None),
    "publisher_field": (_field("the outlet"), None),
    "author_field": (_field("the author"), None),
    "id_field": (_field("your name for the document"), None),
    "max_size": (
        Annotated[
            float,
            typer.Option(
                "--max-size",
                min=0.001,
                max=_LARGEST,
                metavar="MB",
                help="The largest document that is read.",
            ),
        ],
        _DEFAULT.max_bytes / MEGABYTE,
    ),
    "any_language": (
        Annotated[
            bool,
            typer.Option(
                "--any-language", help="Read what is not English, too; quoth is not made for it."
            ),
        ],
        False,
    ),
}


def with_reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the options of this module.

    It gets them as its keyword ``reading``, a `ReadingOptions`, and ``any_language``, a bool.
    """

    @wraps(command)
    def wrapper(**given: Any) -> None:
        options = {name: given.pop(name, default) for name, (_, default) in _OPTIONS.items()}
        fields = {
            name.removesuffix("_field"): value
            for name, value in options.items()
            if name.endswith("_field")
        }
        reading = ReadingOptions(
            format=options["format_in"],
            fields=Fields(**fields),
            max_bytes=round(options["max_size"] * MEGABYTE),
        )
        command(**given, reading=reading, any_language=options["any_language"])

    signature = inspect.signature(command, eval_str=True)
    parameters = [
        parameter
        for name, parameter in signature.parameters.items()
        if name not in ("reading", "any_language")
    ]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=type_)
        for name, (type_, default) in _OPTIONS.items()
    ]
    wrapper.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": None}
    return wrapper
