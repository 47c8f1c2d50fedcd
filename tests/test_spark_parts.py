"""The parts of a job on Spark that need no Java: dates, files, finished shards, keys of names."""

import hashlib
import re
from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.graph.blocking import organisation_keys, person_key_of
from quoth.graph.identity import leaders_of, pairs
from quoth.graph.source_facts import SourceFacts
from quoth.graph.vocabulary import ID
from quoth.spark.documents import document_of
from quoth.spark.files import Folder
from quoth.spark.layout import Shard, commit_name, finished


def test_a_date_that_is_none_costs_the_date_alone():
    row = {**dict.fromkeys(("id", "title", "publisher", "author", "url")), "text": "Rain."}
    assert document_of({**row, "date": "03/05/2031"}).date is None
    assert document_of({**row, "date": "3 May 2031"}).date == date(2031, 5, 3)
    with pytest.raises(ValueError, match="NUL"):
        document_of({**row, "date": None, "text": "a\x00b"})


def test_a_file_is_there_whole_or_not_at_all(tmp_path):
    folder = Folder(str(tmp_path))
    written = folder.put("quads/a.nq", b"one\n")
    assert (written.bytes, written.sha256) == (4, hashlib.sha256(b"one\n").hexdigest())
    assert folder.put("quads/a.nq", b"another\n").bytes == 8
    assert folder.get("quads/a.nq") == b"another\n"
    assert folder.names() == ["quads/a.nq"]
    assert folder.sizes(["quads/a.nq", "quads/b.nq"]) == [8, None]


def test_a_shard_counts_as_finished_only_if_it_is_whole_and_of_these_documents(tmp_path):
    folder = Folder(str(tmp_path))
    quads = folder.put("quads/shard-00003.nq", b"one\n")
    names = ("documents", "failures", "duplicates", "attributions", "own_claims")
    numbers = dict.fromkeys(names, 1)
    shard = Shard(shard=3, fingerprint="f", software=("s\n",), files=(quads,), **numbers)
    assert finished(folder, 3, "f") is None
    folder.put(commit_name(3), shard.to_json().encode())
    assert finished(folder, 3, "f") == shard
    assert finished(folder, 3, "another") is None
    (tmp_path / "quads" / "shard-00003.nq").write_bytes(b"on")
    assert finished(folder, 3, "f") is None
    folder.put(commit_name(3), shard.to_json().encode()[:20])
    assert finished(folder, 3, "f") is None


NAMES = """
Ministry of Harbours; Harbour Ministry; National Bank of Utopia; NBU; NBoU; N.B.U.; Bank of Utopia
New Bakers Union; North Board of Unions; Saltmere Ferries Ltd; Saltmere Ferries; Ferries
The Saltmere Ferries; Estry Port Authority; Port Authority; Port Authority of Estry
"""

BODIES = st.lists(st.sampled_from(re.split(r"; |\n", NAMES.strip())), unique=True)

ALIASES = st.sampled_from(["NBU", "Port Authority", "the board"])


@given(BODIES, st.dictionaries(st.integers(0, 5), ALIASES))
def test_bodies_that_share_no_key_do_not_matter_to_each_other(names, aliases):
    sources = {
        iri: SourceFacts(iri, name, {aliases[n]} if n in aliases else set())
        for n, name in enumerate(names)
        for iri in [str(ID[f"org-{n:02}"])]
    }
    sharing = nx.Graph()
    sharing.add_nodes_from(sources)
    by_key = {}
    for iri, source in sources.items():
        for key in organisation_keys(source):
            by_key.setdefault(key.text, []).append((iri, key.own))
    for members in by_key.values():
        if any(own for _, own in members):
            sharing.add_edges_from((members[0][0], iri) for iri, _ in members)
    found = []
    for part in nx.connected_components(sharing):
        found += pairs({iri: sources[iri] for iri in sorted(part)})
    assert sorted(found) == sorted(pairs(sources))
    assert leaders_of(found) == leaders_of(pairs(sources))


def test_people_are_compared_by_surname():
    names = ("Edda Thorvane", "E. Thorvane", "Thorvane", "Dr. Thorvane, Jr.")
    keys = {person_key_of(SourceFacts(str(ID["person-x"]), name)) for name in names}
    assert len(keys) == 1
    assert person_key_of(SourceFacts(str(ID["person-x"]), "Mr.")) is None
