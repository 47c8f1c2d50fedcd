"""On Spark comes out what comes out on one machine, whatever happens to the workers."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire import rows

import quoth
from quoth.extractors.records import Document
from quoth.graph.blocking import organisation_keys, person_key_of
from quoth.graph.identity import leaders_of, pairs
from quoth.graph.source_facts import SourceFacts
from quoth.graph.vocabulary import ID
from quoth.spark import SparkError, build
from quoth.spark.components import components
from quoth.spark.documents import checked, document_of
from quoth.spark.files import TEMPORARY, Folder
from quoth.spark.layout import Shard, commit_name, finished

pytestmark = [
    pytest.mark.slow,  # it starts Java
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
]
needs_java = pytest.mark.skipif(
    shutil.which("java") is None and not os.environ.get("JAVA_HOME"),
    reason="Spark needs Java 17 or newer, and there is none",
)
DOCUMENTS, SHARDS = 200, 4
SCHEMA = (
    "id string, text string, title string, date date, publisher string, author string, url string"
)
UNREAD = "reports/00042"
NO_TEXT = {"id": "empty", "text": " \n", "title": None, "date": None, "url": "https://e.org/none"}


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.Builder()
        .master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "OFF")  # workers are killed on purpose
        .config("spark.sql.shuffle.partitions", "2")
        # So little data is not worth a compiler.
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.adaptive.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()


def table(spark, documents):
    columns = [name.split()[0] for name in SCHEMA.split(", ")]
    return spark.createDataFrame(
        [tuple(row.get(name) for name in columns) for row in documents], SCHEMA
    )


def one_machine(documents, where=None, *, links=True):
    """Return the graph of `quoth build`; claims are compared by meaning where that is installed."""
    graph = quoth.open(where, extractor="rules")
    graph.add(Document(**row) for row in documents)
    if links:
        graph.relink()
    return graph


def killed_once(marker, unread):
    """Return what makes a reader whose worker is killed in the middle of a shard, once.

    Each document that is begun leaves a line in the file ``begun`` beside the marker. The document
    `unread` never ends.
    """

    def reader():
        import os
        import signal
        import time
        from pathlib import Path

        from quoth.api import shared_extractor

        inner = shared_extractor("rules", 0.0)

        class Mortal:
            record = inner.record
            number = 0

            def extract(self, documents, *, on_error=None):
                for document in documents:
                    if document.id != "sample":  # by which a process is made ready
                        self.begin(document)
                    yield from inner.extract([document], on_error=on_error)

            def begin(self, document):
                with Path(marker).with_name("begun").open("a") as begun:
                    begun.write(f"{document.key}\n")  # a short line is written at once
                self.number += 1
                if self.number == 10 and not Path(marker).exists():
                    Path(marker).touch()
                    # Spark's worker has started what has forked this process.
                    parent = Path(f"/proc/{os.getppid()}/stat").read_text()
                    os.kill(int(parent.rpartition(")")[2].split()[1]), signal.SIGKILL)
                    time.sleep(3600)
                if document.id == unread:
                    time.sleep(3600)

        return Mortal()

    return reader


def shard_of(row):
    """Return the number of the shard that a row belongs to."""
    key = Document(text=row["text"], id=row["id"], url=row["url"]).key
    return int(key[:8], 16) % SHARDS


class Run:
    """An archive that was read on Spark, a worker having been killed, and on one machine."""

    def __init__(self, spark, folder):
        self.output = folder / "the graph"  # a name with a space in it
        self.marker = folder / "killed"
        self.rows = list(rows(DOCUMENTS))
        self.given = [*self.rows, self.rows[7], NO_TEXT]
        self.table = table(spark, self.given)
        self.reader = killed_once(str(self.marker), UNREAD)
        self.report = self.build()
        read = (row for row in self.rows if row["id"] != UNREAD)
        self.graph = one_machine(read, folder / "one-machine.quoth")

    def build(self):
        return build(
            self.table, str(self.output), extractor=self.reader, shards=SHARDS, time_limit=2
        )

    def begun(self):
        """The keys of the documents that workers began to read, once for each time."""
        return self.marker.with_name("begun").read_text().splitlines()

    def key_of(self, id):
        return next(Document(**row).key for row in self.rows if row["id"] == id)

    def lines(self):
        files = sorted((self.output / "quads").glob("*.nq"))
        return sorted(line for path in files for line in path.read_bytes().splitlines(True))

    def contents(self):
        return {
            path.relative_to(self.output): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.output.rglob("*")
            if path.is_file() and path.suffix != ".crc"
        }

    def parquet(self, name):
        files = sorted((self.output / name).glob("*.parquet"))
        return pd.concat([pd.read_parquet(path) for path in files], ignore_index=True)


@pytest.fixture(scope="module")
def run(spark, tmp_path_factory):
    return Run(spark, tmp_path_factory.mktemp("spark"))


@needs_java
def test_the_quads_are_those_of_one_machine_though_a_worker_was_killed(run):
    assert run.marker.exists()
    assert b"".join(run.lines()) == run.graph.export("nquads").encode()
    linked = [line for line in run.lines() if line.rstrip().endswith(b"graph-links> .")]
    for what in (b"/ns#canonical>", b"/ns#inCluster>", b"/ns#copyOf>", b"/ns#linkTo>"):
        assert any(what.rpartition(b"#")[2] in line for line in linked), what


@needs_java
def test_what_a_killed_worker_read_counts_once(run):
    begun = [key for key in run.begun() if key != run.key_of(UNREAD)]
    assert len(begun) > len(set(begun))  # some documents were read twice
    assert run.report.documents == DOCUMENTS - 1
    assert run.report.attributions == len(run.graph.query("SELECT ?a { ?a a said:Attribution }"))
    assert (run.report.failures, run.report.duplicates) == (2, 1)
    assert (run.report.shards, run.report.reused) == (SHARDS, 0)


@needs_java
def test_a_killed_worker_leaves_nothing_behind_and_the_checksums_hold(run):
    there = {str(path) for path in run.contents()}
    assert not any(TEMPORARY in name or name.startswith("_work") for name in there)
    sums = (run.output / "SHA256SUMS").read_text().splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in sums)
    kept = {"SHA256SUMS", "manifest.json", "_settings.json"}
    assert told.keys() == {n for n in there - kept if not n.startswith("_shards/")}
    assert all(str(run.contents()[Path(name)]) == sha256 for name, sha256 in told.items())


@needs_java
def test_every_shard_is_sorted_and_a_bulk_loader_takes_it(run):
    import pyoxigraph as ox

    store = ox.Store()
    for path in sorted((run.output / "quads").glob("*.nq")):
        lines = path.read_bytes().splitlines(True)
        assert lines == sorted(set(lines))
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    assert len(store) == len(run.lines())


@needs_java
def test_the_tables_are_the_frames_of_one_machine(run):
    for name, frame, order in (
        (
            "attributions",
            run.graph.attributions(),
            ["document", "begin", "end", "attribution", "who", "source"],
        ),
        ("claims", run.graph.claims(), ["document", "claim"]),
        ("sources", run.graph.sources(), ["who", "source"]),
    ):
        found = run.parquet(name).sort_values(order, ignore_index=True)
        pd.testing.assert_frame_equal(found, frame, check_dtype=name != "sources")


@needs_java
def test_the_documents_come_with_their_whole_records(run):
    from quoth.extractors.jsonlines import loads

    found = run.parquet("documents")
    assert set(found["id"]) == {row["id"] for row in run.rows} - {UNREAD}
    some = found[found["id"] == "reports/00007"].iloc[0]
    document = Document(**run.rows[7])
    assert some["key"] == document.key
    assert loads(some["record"]).document == document
    assert len(loads(some["record"])) == some["attributions"]


@needs_java
def test_documents_that_fail_are_rows_with_the_reason(run):
    found = run.parquet("failures").set_index("id")
    assert found[["kind", "reason"]].T.to_dict("list") == {
        UNREAD: ["TimeLimit", "took longer than 2 s, twice; --time-limit allows more"],
        "empty": ["ValueError", "empty: there is no text in it"],
    }
    assert found.loc["empty", "url"] == "https://e.org/none"


@needs_java
def test_a_second_run_makes_only_what_is_missing(run):
    before = run.contents()
    begun = len(run.begun())
    again = run.build()
    assert (again.shards, again.reused) == (0, SHARDS)
    assert len(run.begun()) == begun
    lost = run.output / "quads" / "shard-00002.nq"
    wanted = set(re.findall(rb"/doc-([0-9a-f]{20})> <[^>]*#type>", lost.read_bytes()))
    lost.unlink()
    (run.output / TEMPORARY).mkdir()
    (run.output / TEMPORARY / "left by a killed worker").touch()
    again = run.build()
    assert (again.shards, again.reused, again.documents) == (1, SHARDS - 1, run.report.documents)
    assert run.contents() == before
    assert {key.encode() for key in run.begun()[begun:] if key != run.key_of(UNREAD)} == wanted


@needs_java
def test_documents_that_are_taken_out_of_the_table_go(run, spark):
    # All of one shard, so that the others are as they were.
    left = [row for row in run.given if shard_of(row) != 1]
    output = str(run.output)
    report = build(table(spark, left), output, extractor=run.reader, links=False)
    assert (report.shards, report.reused) == (0, SHARDS - 1)
    assert not list(run.output.rglob("*shard-00001*"))
    read = [row for row in left if row["id"] != UNREAD and row is not NO_TEXT]
    wanted = one_machine(read, links=False)
    assert b"".join(run.lines()) == wanted.export("nquads").encode()


@needs_java
def test_the_table_must_have_its_columns(spark, tmp_path):
    body = spark.createDataFrame([("a", "x")], "id string, body string")
    with pytest.raises(SparkError, match=r"no column text; it has id, body\. Needed are id and"):
        build(body, str(tmp_path / "graph"))
    wrong = spark.createDataFrame([("a", "x", 3)], "id string, text string, title int")
    with pytest.raises(SparkError, match="column title of the table of documents is int"):
        build(wrong, str(tmp_path / "graph"))
    assert not (tmp_path / "graph").exists()


@needs_java
def test_a_folder_of_something_else_is_left_alone(spark, tmp_path):
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(SparkError, match=r"holds something else \(letters.txt\)"):
        build(table(spark, rows(1)), str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_date_that_is_none_costs_the_date_alone():
    row = {**dict.fromkeys(("id", "title", "publisher", "author", "url")), "text": "Rain."}
    assert document_of({**row, "date": "03/05/2031"}).date is None
    assert document_of({**row, "date": "3 May 2031"}).date == date(2031, 5, 3)
    with pytest.raises(ValueError, match="NUL"):
        document_of({**row, "date": None, "text": "a\x00b"})


@needs_java
def test_the_keys_are_those_of_the_documents(spark):
    documents = [
        {"id": "ä„“", "text": "Łódź said 😀\r\n", "url": None},
        {"id": "b", "text": "x", "url": ""},
        {"id": "c", "text": "x", "url": "https://example.org/ü"},
        {"id": "", "text": "x", "url": None},
    ]
    found = checked(table(spark, documents)).select("key").collect()
    wanted = [Document(text=d["text"], id=d["id"], url=d["url"]).key for d in documents]
    assert [row["key"] for row in found] == wanted


@needs_java
def test_components_are_those_of_networkx(spark, tmp_path):
    spark.sparkContext.setCheckpointDir(str(tmp_path))
    chain = [(f"c{n:02}", f"c{n + 1:02}") for n in range(30)]
    star = [("s9", f"s{n}") for n in range(9)]
    ring = [("r3", "r1"), ("r1", "r2"), ("r2", "r3"), ("r1", "r3"), ("r2", "r2")]
    edges = [*chain[::2], *(pair[::-1] for pair in chain[1::2]), *star, *ring]
    found = components(spark.createDataFrame(edges, "one string, other string")).collect()
    wanted = {
        (node, min(part)) for part in nx.connected_components(nx.Graph(edges)) for node in part
    }
    assert {tuple(row) for row in found} == wanted
    assert len(found) == len(wanted)


@needs_java
def test_the_command(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Edda Thorvane said it would rain."}\n')
    command = [str(Path(sys.executable).with_name("quoth")), "spark"]

    def run(*words):
        return subprocess.run(
            [*command, *words],
            cwd=tmp_path,
            env={**os.environ, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"},
            capture_output=True,
            text=True,
            check=False,
        )

    done = run("a.jsonl", "-o", "graph", "--extractor", "rules", "--shards", "1", "--no-links")
    assert done.returncode == 0, done.stderr
    assert "graph: 1 documents in 1 parts (0 there already), 1 attributions" in done.stderr
    assert b"Edda Thorvane" in (tmp_path / "graph" / "quads" / "shard-00000.nq").read_bytes()
    failed = run("nowhere.parquet", "-o", "other")
    assert failed.returncode == 1
    assert failed.stderr == "quoth: nowhere.parquet: no such file or folder\n"


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
