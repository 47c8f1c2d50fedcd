"""Where what stands in the folder of a run, and the records that say that it is whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from quoth.spark.files import Written

if TYPE_CHECKING:
    from quoth.spark.files import Folder

QUADS, DOCUMENTS, FAILURES = "quads", "documents", "failures"
ATTRIBUTIONS, CLAIMS, SOURCES = "attributions", "claims", "sources"
COMMITS = "_shards"
"""One record a finished shard. Spark's readers pass over names that begin so."""
WORK = "_work"
"""What jobs hand on to each other; removed at the end."""
SETTINGS, MANIFEST, CHECKSUMS = "_settings.json", "manifest.json", "SHA256SUMS"


@dataclass(frozen=True, kw_only=True)
class Shard:
    """A finished shard: what was in it, and its files.

    `fingerprint` is the hash of its documents and of how they were read. `software` are the lines
    of the provenance that shards share.
    """

    shard: int
    fingerprint: str
    documents: int
    failures: int
    duplicates: int
    attributions: int
    own_claims: int
    software: tuple[str, ...]
    files: tuple[Written, ...] = field(default=())

    def to_json(self) -> str:
        """Return the record as JSON, the same for the same shard."""
        files = [written._asdict() for written in self.files]
        return json.dumps({**asdict(self), "files": files}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Shard:
        """Return the record that `to_json` wrote."""
        known: dict[str, Any] = json.loads(text)
        files = tuple(Written(**written) for written in known.pop("files"))
        return cls(software=tuple(known.pop("software")), files=files, **known)


def shard_name(folder: str, shard: int, end: str) -> str:
    """Return the name of a shard's file: ``quads/shard-00017.nq``."""
    return f"{folder}/shard-{shard:05}{end}"


def commit_name(shard: int) -> str:
    """Return the name of a shard's record."""
    return shard_name(COMMITS, shard, ".json")


def forget_failed(folder: Folder) -> None:
    """Remove the records of the shards in which documents have failed, so that they are missing."""
    for name in folder.names(COMMITS):
        record = _recorded(folder, name)
        if record is not None and record.failures:
            folder.remove(name)


def _recorded(folder: Folder, name: str) -> Shard | None:
    """Return the record in the file `name`, None where there is none, or one of another form."""
    try:
        return Shard.from_json(folder.get(name))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def finished(folder: Folder, shard: int, fingerprint: str) -> Shard | None:
    """Return the record of a shard that is there whole, as `fingerprint` says, else None."""
    found = _recorded(folder, commit_name(shard))
    if found is None:
        return None
    sizes = folder.sizes(written.name for written in found.files)
    is_whole = sizes == [written.bytes for written in found.files]
    return found if is_whole and found.fingerprint == fingerprint else None
