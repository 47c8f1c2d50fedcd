"""The known that turned out to be sources, as entities: which of their names stands for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quoth.extractors.drafts import Entity
from quoth.extractors.values import MentionForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quoth.extractors.antecedents import Known
    from quoth.extractors.names import Names

_LISTED = re.compile(r"\s*(?:,|\(|\s[–—-]\s|,?\s(?:including|such as)\s)")
"""What follows a description and is no part of whom it means («four sources – including …»)."""


def entities_of(register: Iterable[Known], names: Names) -> tuple[list[Entity], dict[int, int]]:
    """Return the used among the known as entities, and the position of each by its number."""
    entities: list[Entity] = []
    positions: dict[int, int] = {}
    for number, known in enumerate(register):
        if known.used:
            positions[number] = len(entities)
            entities.append(_entity(known, names))
    return entities, positions


def _entity(known: Known, names: Names) -> Entity:
    own = sorted({p.name for p in known.names if p.name}, key=lambda n: (-len(n), n))
    longer = names.full_name(own[0]) if own else None
    own = [longer, *own] if longer else own
    label = own[0] if own else _description(known, names)
    return Entity(
        label=label or "unspecified",
        type=known.type.value,
        anonymity=known.anonymity.value,
        aliases=own[1:],
        affiliation=next((p.affiliation for p in known.phrases if p.affiliation), None),
        count=next((p.count for p in known.phrases if p.count), None),
        first=known.first,
    )


def _description(known: Known, names: Names) -> str:
    described = [p for p in known.phrases if p.form is MentionForm.DESCRIPTION]
    phrase = next(iter(described or known.phrases), None)
    return _LISTED.split(names.words_of(phrase.range), maxsplit=1)[0] if phrase else ""
