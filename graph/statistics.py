"""How much of what a graph holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rdflib import Dataset

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Counts over a graph.

    `sources` are those that something is attributed to, counted by type and by anonymity;
    `unnamed` is the number of attributions none of whose sources is named, `unnamed_share` its
    part of all (0 to 1). `speech_acts` and `depths` count attributions. The documents' own
    claims are counted in `own_claims` alone.
    """

    documents: int
    attributions: int
    own_claims: int
    sources: int
    sources_by_type: Mapping[str, int]
    sources_by_anonymity: Mapping[str, int]
    unnamed: int
    unnamed_share: float
    speech_acts: Mapping[str, int]
    depths: Mapping[int, int]


def statistics(dataset: Dataset) -> Statistics:
    """Count what `dataset` holds, from the tables of `quoth.graph.frames`."""
    from quoth.graph import frames

    spoken = frames.attributions(dataset)
    sources = spoken.drop_duplicates("source")
    attributions = spoken.drop_duplicates("attribution")
    is_named = (spoken["anonymity"] == "named").groupby(spoken["attribution"]).any()
    acts = _counts(attributions["act"])
    documents = frames.documents(dataset)
    total, unnamed = len(attributions), int((~is_named).sum())
    return Statistics(
        documents=len(documents),
        attributions=total,
        own_claims=int(documents["own_claims"].sum()),
        sources=len(sources),
        sources_by_type=_counts(sources["type"]),
        sources_by_anonymity=_counts(sources["anonymity"]),
        unnamed=unnamed,
        unnamed_share=unnamed / total if total else 0.0,
        speech_acts=dict(sorted(acts.items(), key=lambda act: (-act[1], act[0]))),
        depths={int(depth): n for depth, n in _counts(attributions["depth"]).items()},
    )


def _counts(values: "pd.Series[Any]") -> dict[str, int]:
    """Return how often each value occurs, in the order of the values."""
    return {str(value): int(n) for value, n in values.value_counts().sort_index().items()}
