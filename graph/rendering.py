"""From a page's blocks to one HTML page that needs nothing else and lets nothing in.

Scripts and styles stand in the page, allowed by their hashes in its Content-Security-Policy, and
nothing else may load or run. What comes from articles is data: compressed JSON in base64, which
cannot end its element, and which the page's script shows as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from quoth.graph.page_blocks import as_json, as_text, compressed
from quoth.graph.terms import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

VIS_NETWORK_VERSION = "9.1.2"
"""The version of vis-network that pyvis ships and the page carries (Apache-2.0 or MIT)."""

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


@cache
def texts() -> dict[str, Any]:
    """Return every text of the interface, as ``templates/texts.json`` holds them."""
    found: dict[str, Any] = json.loads(_template("texts.json"))
    return found


def counted(what: str, number: int) -> str:
    """Return ``3 sources``: `number` with its noun, a key of ``counts`` in the texts."""
    form = "one" if number == 1 else "other"
    return str(texts()["counts"][what][form]).format(n=f"{number:,}")


def render(
    blocks: Iterable[tuple[str, object]],
    *,
    title: str,
    summary: str,
    notes: list[str],
    live: bool = False,
) -> str:
    """Return the page as HTML.

    `blocks` are names with plain JSON, ``core`` among them. `summary` is the line under the
    `title`, `notes` say what is left out. A `live` page may fetch further blocks from where it came
    from. The same arguments give the same page.
    """
    environment = Environment(
        loader=PackageLoader("quoth.graph"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script, drawing = *_own_files(), _vis_network()
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)} {_hash(drawing)}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            *(["connect-src 'self'"] if live else []),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return environment.get_template("page.html").render(
        title=clean(title),
        summary=clean(summary),
        notes=[clean(note) for note in notes],
        texts=texts(),
        policy=policy,
        # Our own files, hashed above; everything else is escaped.
        style=Markup(style),
        script=Markup(script),
        vis_script=Markup(drawing),
        blocks=[
            {"name": name, "data": as_text(compressed(as_json(block)))} for name, block in blocks
        ],
        vis_network=f"vis-network {VIS_NETWORK_VERSION}",
        licence=_template("vis-network.txt"),
    )


def as_script_data(data: object) -> str:
    r"""Return `data` as JSON that is safe inside a script element, in ASCII.

    >>> as_script_data({"label": "</script>\u2028"})
    '{"label":"\\u003c/script\\u003e\\u2028"}'
    """
    return json.dumps(data, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _template(name: str) -> str:
    text = (files("quoth.graph") / "templates" / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _own_files() -> tuple[str, str]:
    """Return the style sheet and the script, put together of what the manifest lists."""
    listed: dict[str, list[str]] = json.loads(_template("manifest.json"))
    style, script = ("\n".join(map(_template, listed[kind])) for kind in ("styles", "scripts"))
    return style, script


def _vis_network() -> str:
    """Return vis-network as pyvis ships it, with the address of its source map taken out.

    Line ends are those that a browser hashes.
    """
    path = f"lib/vis-{VIS_NETWORK_VERSION}/vis-network.min.js"
    script = (files("pyvis") / path).read_text(encoding="utf-8").replace("\r\n", "\n")
    return script.partition("//# sourceMappingURL=")[0]
