"""The command that serves a graph over HTTP: ``serve``."""

import os
from pathlib import Path
from typing import Annotated

import typer

from quoth.output import tell

TOKEN = "QUOTH_SERVE_TOKEN"
_MOST_WORKERS = 4
_SHORTEST_TOKEN = 16


def serve(
    graph: Annotated[
        str,
        typer.Option(
            "-g",
            "--graph",
            metavar="GRAPH",
            help="The graph: a folder, or a file ending in .trig or .nq.",
        ),
    ],
    *,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 is everywhere.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="PORT", help="0 takes any that is free.")
    ] = 7878,
    writable: Annotated[
        bool,
        typer.Option(
            "--writable",
            help=f"Take changes from whoever shows the token in {TOKEN}, or the one that is made "
            "up and told where that is not set.",
        ),
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="Stop what takes longer.")
    ] = 30,
    max_rows: Annotated[
        int, typer.Option(min=0, metavar="N", help="Cut longer results; 0 cuts none.")
    ] = 100_000,
    max_memory: Annotated[
        int, typer.Option(min=512, metavar="MIB", help="What one worker may take.")
    ] = 2048,
    max_request: Annotated[
        int, typer.Option(min=1, metavar="MIB", help="Refuse larger requests.")
    ] = 10,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help=f"Queries at a time  [default: the processors, up to {_MOST_WORKERS}]",
        ),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN", help="Let pages of this origin ask; * is any. May be repeated."
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A name by which a proxy calls the server. May be repeated."
        ),
    ] = None,
) -> None:
    """Serve a graph: a SPARQL endpoint, and pages to ask and explore.

    Listens on this machine alone, and changes nothing, unless told otherwise. Ctrl-C ends it.
    """
    _require_libraries()
    from quoth.graph.server.running import serve as run
    from quoth.graph.server.settings import Settings

    settings = Settings(
        graph=_path_of(graph),
        host=host,
        port=port,
        workers=workers or min(os.cpu_count() or 1, _MOST_WORKERS),
        timeout=timeout,
        max_rows=max_rows,
        max_memory=max_memory,
        max_request=max_request,
        token=_token() if writable else None,
        origins=tuple(cors or ()),
        hosts=tuple(allow_host or ()),
    )
    run(settings, ready=lambda address: _tell_ready(graph, address, writable=writable))


def _path_of(graph: str) -> Path:
    if "://" in graph:
        raise typer.BadParameter(
            f"{graph} is served already; give a folder or a file", param_hint="'-g'"
        )
    return Path(graph)


def _tell_ready(graph: str, address: str, *, writable: bool) -> None:
    tell(
        f"serving {graph} at {address} ({'writable' if writable else 'read-only'}); Ctrl-C ends it"
    )


def _require_libraries() -> None:
    from importlib.util import find_spec

    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        tell(f"{' and '.join(missing)} not installed: pip install 'quoth[serve]'")
        raise typer.Exit(1)


def _token() -> str:
    """Return the token of the environment, or make one up and tell it."""
    if given := os.environ.get(TOKEN, ""):
        if len(given) < _SHORTEST_TOKEN or not given.isascii() or not given.isprintable():
            raise typer.BadParameter(
                f"{TOKEN} has less than {_SHORTEST_TOKEN} characters, or some that no header may "
                "have; leave it unset and one is made up",
                param_hint="'--writable'",
            )
        return given
    from secrets import token_urlsafe

    made = token_urlsafe(32)
    tell(f"whoever may write shows this token: {made}")
    return made
