"""What a graph holds as pandas tables: attributions, sources, claims, documents.

Each column is one scan of one property and pandas joins them, which over many rows is quicker
than one query with all the joins in it. Those of a folder that is opened for reading are kept as
Parquet (`quoth.graph.kept_tables`). Texts are str, offsets and counts int64, confidences float64,
days datetime64[ms]; what the text does not say is missing. polars and Arrow take the tables as
they are through pandas' ``__arrow_c_stream__``: each type stays, what is missing is null.
"""

from __future__ import annotations

from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd

from quoth.graph.damage import FolderStore
from quoth.graph.document_entries import DocumentEntry, document_entries
from quoth.graph.execution import by_tables, run
from quoth.graph.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from rdflib import Dataset

_ATTRIBUTION = {
    # As text: pyoxigraph 0.5 writes an IRI with a comma in it into CSV without quotation marks.
    "sentence": "?key said:sentence ?span BIND(STR(?span) AS ?value)",
    "act": "?key said:speechAct ?value",
    "stance": "?key said:stance ?value",
    "quotation": "?key said:quotationType ?value",
    "cue": "?key said:cue/nif:anchorOf ?value",
    "claim": "?key said:claim/said:text ?value",
    "said_on": "?key said:saidOn ?value",
    "depth": "?key said:depth ?value",
    # Mentions have one too, and their IRIs commas.
    "confidence": "?key a said:Attribution ; said:confidence ?value",
}
_SPOKEN_BY = "?key said:source ?value"
_SOURCE = {
    "who": "?key said:anonymity ?any ; skos:prefLabel ?value",
    "type": "?key said:anonymity ?any ; a ?value",
    "anonymity": "?key said:anonymity ?value",
}
_CLAIM = {
    # The first says which there are; a join with the class takes five times as long.
    "text": "?key said:text ?value",
    "polarity": "?key said:polarity ?value",
    "certainty": "?key said:certainty ?value",
    "temporality": "?key said:temporality ?value",
}
_CONCEPTS = frozenset(("act", "stance", "quotation", "type", "anonymity", *_CLAIM)) - {"text"}
NAMES = ("attributions", "sources", "claims", "documents")
"""The tables."""


def attributions(dataset: Dataset, *, copies: bool = True) -> pd.DataFrame:
    """Return a row for each attribution and source, in text order.

    With ``copies=False`` those in documents that repeat another (``said:copyOf``) are left out.

    Columns: attribution and source (IRIs), document (its key), begin and end (of the sentence),
    who, type, anonymity, act, stance, quotation, cue, claim (its words), said_on (EDTF), depth,
    confidence. The documents' own claims are not among them.
    """
    frame = _kept(dataset, "attributions", _make_attributions)
    if copies:
        return frame
    copied = _column(dataset, "?key said:copyOf ?value", "origin").index.to_series()
    return frame[~frame["document"].isin(document_of(copied))].reset_index(drop=True)


def _make_attributions(dataset: Dataset) -> pd.DataFrame:
    frame = _joined(dataset)
    if frame is None:
        frame = _attributed(dataset)
        frame = _with_columns(dataset, frame, _ATTRIBUTION, on="attribution")
        frame = _with_columns(dataset, frame, _SOURCE, on="source")
    frame["document"] = document_of(frame["attribution"])
    offsets = frame["sentence"].str.extract(r"#char=(\d+),(\d+)$").astype("int64")
    frame["begin"], frame["end"] = offsets[0], offsets[1]
    frame = frame.astype({"depth": "int64", "confidence": "float64"})
    order = ["document", "begin", "end", "attribution", "who", "source"]
    described = ["type", "anonymity", "act", "stance", "quotation", "cue", "claim", "said_on"]
    columns = [*order[:3], "who", *described, "depth", "confidence", "attribution", "source"]
    return frame[columns].sort_values(order, ignore_index=True)


def _joined(dataset: Dataset) -> pd.DataFrame | None:
    """Return what `_attributed` and `_with_columns` do, in one query of property tables, if any.

    There a join costs less than the columns do as pandas' own; the engine takes minutes for it.
    """
    parts = [
        f"OPTIONAL {{ SELECT ?{on} ?{name} WHERE {{ {_renamed(pattern, on, name)} }} }}"
        for on, patterns in (("attribution", _ATTRIBUTION), ("source", _SOURCE))
        for name, pattern in patterns.items()
    ]
    spoken = _renamed(_SPOKEN_BY, "attribution", "source")
    names = " ".join(f"?{name}" for name in (*_ATTRIBUTION, *_SOURCE))
    frame = by_tables(
        dataset,
        f"SELECT ?attribution ?source {names} WHERE {{ "
        f"{{ SELECT ?attribution ?source WHERE {{ {spoken} }} }} "
        "{ SELECT ?attribution WHERE { ?attribution a said:Attribution } } "
        f"{' '.join(parts)} }}",
    )
    if frame is not None:
        for name in _CONCEPTS.intersection(frame):
            frame[name] = _local_name(frame[name])
    return frame


def _renamed(pattern: str, key: str, value: str) -> str:
    return pattern.replace("?key", f"?{key}").replace("?value", f"?{value}")


def _attributed(dataset: Dataset) -> pd.DataFrame:
    """Return who says each attribution; the documents' own claims are not among them."""
    spoken = _column(dataset, _SPOKEN_BY, "source").rename_axis("attribution").reset_index()
    attributions = _column(dataset, "?key a said:Attribution BIND(1 AS ?value)", "is").index
    return spoken[spoken["attribution"].isin(attributions)].reset_index(drop=True)


def sources(dataset: Dataset, *, copies: bool = True) -> pd.DataFrame:
    """Return a row for each source that something is attributed to, by name.

    With ``copies=False`` documents that repeat another (``said:copyOf``) do not count.

    Columns: who, type, anonymity, attributions (how many), source (its IRI).
    """
    frame = _kept(dataset, "sources", _make_sources)
    if copies:
        return frame
    counts = attributions(dataset, copies=False)["source"].value_counts()
    frame = frame[frame["source"].isin(counts.index)].reset_index(drop=True)
    return frame.assign(attributions=frame["source"].map(counts).astype("int64"))


def _make_sources(dataset: Dataset) -> pd.DataFrame:
    return sources_in(attributions(dataset))


def sources_in(attributions: pd.DataFrame) -> pd.DataFrame:
    """Return the table of sources, of the table of attributions."""
    spoken = attributions.drop_duplicates(["attribution", "source"])
    counts = spoken.groupby("source").size().rename("attributions").astype("int64")
    frame = attributions[["who", "type", "anonymity", "source"]].drop_duplicates()
    frame = frame.join(counts, on="source")
    columns = ["who", "type", "anonymity", "attributions", "source"]
    return frame.sort_values(["who", "source"], ignore_index=True)[columns]


def claims(dataset: Dataset) -> pd.DataFrame:
    """Return a row for each claim, the documents' own included, by document.

    Columns: document (its key), text, polarity, certainty, temporality, claim (its IRI).
    """
    return _kept(dataset, "claims", _make_claims)


def _make_claims(dataset: Dataset) -> pd.DataFrame:
    texts, *others = _CLAIM
    frame = _column(dataset, _CLAIM[texts], texts).rename_axis("claim").reset_index()
    frame = _with_columns(dataset, frame, {name: _CLAIM[name] for name in others}, on="claim")
    frame["document"] = document_of(frame["claim"])
    columns = ["document", "text", "polarity", "certainty", "temporality", "claim"]
    return frame.sort_values(["document", "claim"], ignore_index=True)[columns]


def documents(dataset: Dataset) -> pd.DataFrame:
    """Return a row for each document, by title, date and key.

    Columns: key, id, url, title, date, publisher, attributions and own_claims (how many).
    """
    return _kept(dataset, "documents", _make_documents)


def _make_documents(dataset: Dataset) -> pd.DataFrame:
    rows = [asdict(entry) for entry in document_entries(dataset)]
    frame = pd.DataFrame(rows, columns=list(DocumentEntry.__dataclass_fields__))
    texts = dict.fromkeys(("key", "id", "url", "title", "publisher"), "str")
    frame = frame.astype({**texts, "attributions": "int64", "own_claims": "int64"})
    # In the unit that Parquet keeps, so that a table that was kept is of the same types.
    return frame.assign(date=pd.to_datetime(frame["date"]).astype("datetime64[ms]"))


def made(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Return all tables by name, made anew."""
    spoken = _make_attributions(dataset)
    return {
        "attributions": spoken,
        "sources": sources_in(spoken),
        "claims": _make_claims(dataset),
        "documents": _make_documents(dataset),
    }


def fit(dataset: Dataset, tables: Mapping[str, pd.DataFrame]) -> bool:
    """Return whether there are as many documents and attributions in `dataset` as in `tables`."""
    documents, attributions = (
        len(_column(dataset, f"?key a said:{kind} BIND(1 AS ?value)", kind).index.unique())
        for kind in ("Document", "Attribution")
    )
    spoken = tables["attributions"]["attribution"].nunique()
    return (documents, attributions) == (len(tables["documents"]), spoken)


def replaced(
    name: str, table: pd.DataFrame, documents: Collection[str], rows: pd.DataFrame
) -> pd.DataFrame:
    """Return the table called `name` with `rows` in the place of those of these documents (keys).

    Not for the table of sources, whose rows are of no document: `sources_in` makes it.
    """
    key = "key" if name == "documents" else "document"
    both = pd.concat([table[~table[key].isin(documents)], rows], ignore_index=True)
    if name == "documents":
        # Titles come first, a document without one before all others.
        order = both.assign(title=both["title"].fillna(""), id=both["id"].fillna(""))
        columns = ["title", "date", "id", "key"]
        return both.loc[order.sort_values(columns, na_position="first").index].reset_index(
            drop=True
        )
    # Within a document they are in order already.
    return both.sort_values("document", kind="stable", ignore_index=True)


def _kept(dataset: Dataset, name: str, make: Callable[[Dataset], pd.DataFrame]) -> pd.DataFrame:
    tables = dataset.store.tables if isinstance(dataset.store, FolderStore) else None
    return make(dataset) if tables is None else tables.get(name, lambda: make(dataset))


def _with_columns(
    dataset: Dataset, frame: pd.DataFrame, patterns: Mapping[str, str], *, on: str
) -> pd.DataFrame:
    """Return `frame` with a column for each pattern, by ``?key``, which is its column `on`.

    One after the other, so that memory holds one column besides the frame.
    """
    for name, pattern in patterns.items():
        column = _column(dataset, pattern, name)
        shortened = _local_name(column) if name in _CONCEPTS else column
        frame = frame.join(shortened, on=on)
    return frame


def _column(dataset: Dataset, pattern: str, name: str) -> pd.Series[str]:
    """Return what ``?value`` is in `pattern`, by ``?key``."""
    sparql = f"SELECT ?key ?value WHERE {{ {pattern} }}"
    known = by_tables(dataset, sparql)
    if known is not None:
        return known.set_index("key")["value"].rename(name)
    if isinstance(dataset.store, FolderStore):
        # Rows that never become Python objects one by one.
        read = pd.read_csv(BytesIO(dataset.store.csv(sparql)), dtype="str", keep_default_na=False)
        return read.set_index("key")["value"].rename(name)
    rows = [(str(key), str(value)) for key, value in run(dataset, sparql)]
    frame = pd.DataFrame(rows, columns=["key", "value"], dtype="str")
    return frame.set_index("key")["value"].rename(name)


def document_of(iris: pd.Series[str]) -> pd.Series[str]:
    """Return the keys of the documents in which the nodes with these IRIs stand."""
    return iris.str.removeprefix(str(ID)).str.split("-", n=2).str[1].astype("str")


def _local_name(iris: pd.Series[str]) -> pd.Series[str]:
    return iris.str.rsplit("#", n=1).str[-1].astype("str")
