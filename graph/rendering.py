"""From a drawing's data to one HTML page that needs nothing else and lets nothing in.

Scripts and styles stand in the page, allowed by their hashes in its Content-Security-Policy, and
nothing else may load or run. What comes from articles is data: JSON that cannot end its element,
which ``page.js`` puts into the page as text.
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

from quoth.graph.terms import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def render(data: Mapping[str, object], *, title: str, summary: str, notes: list[str]) -> str:
    """Return the page as HTML.

    `data` is what ``page.js`` shows (its first comment gives the shape), all of it plain JSON.
    `summary` is the line under the `title`, `notes` say what is left out. The same arguments give
    the same page.
    """
    environment = Environment(
        loader=PackageLoader("quoth.graph"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    scripts = [_vis_network(), _template("page.js")]
    style = _template("page.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {_hash(style)}",
            "img-src data:",
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
        scripts=[Markup(script) for script in scripts],
        data=Markup(as_script_data({**data, "texts": texts()})),
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


def _vis_network() -> str:
    """Return vis-network as pyvis ships it, with the address of its source map taken out.

    Line ends are those that a browser hashes.
    """
    path = f"lib/vis-{VIS_NETWORK_VERSION}/vis-network.min.js"
    script = (files("pyvis") / path).read_text(encoding="utf-8").replace("\r\n", "\n")
    return script.partition("//# sourceMappingURL=")[0]
