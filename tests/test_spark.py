"""On Spark comes out what comes out on one machine, whatever happens to the workers."""

import os
import re
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from spark_run import (
    DOCUMENTS,
    QUICK_START,
    SHARDS,
    UNREAD,
    Run,
    needs_java,
    one_machine,
    shard_of,
    table,
)
from wire import rows

from quoth.extractors.records import Document
from quoth.spark import SparkError, build
from quoth.spark.components import components
from quoth.spark.documents import checked
from quoth.spark.files import TEMPORARY

pytestmark = [
    pytest.mark.slow,  # it starts Java
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
]


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
        .config("spark.driver.extraJavaOptions", QUICK_START)
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.adaptive.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()


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
    wanted = one_machine(run.read[row["id"]] for row in left if row["id"] in run.read)
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
