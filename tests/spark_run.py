"""An archive that is read on Spark, a worker being killed, and on one machine."""

import hashlib
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from wire import rows

import quoth
from quoth.extractors.records import Document
from quoth.spark import build

DOCUMENTS, SHARDS = 200, 4

QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options of Java for a program that is over before a compiler has paid."""

SCHEMA = (
    "id string, text string, title string, date date, publisher string, author string, url string"
)

UNREAD = "reports/00042"

NO_TEXT = {"id": "empty", "text": " \n", "title": None, "date": None, "url": "https://e.org/none"}


needs_java = pytest.mark.skipif(
    shutil.which("java") is None and not os.environ.get("JAVA_HOME"),
    reason="Spark needs Java 17 or newer, and there is none",
)


def table(spark, documents):
    columns = [name.split()[0] for name in SCHEMA.split(", ")]
    return spark.createDataFrame(
        [tuple(row.get(name) for name in columns) for row in documents], SCHEMA
    )


def one_machine(extractions, where=None):
    """Return the graph of `quoth build`, without links."""
    graph = quoth.open(where)
    graph.add(extractions)
    return graph


def killed_once(marker, unread):
    """Return what makes a reader whose worker is killed in the middle of a shard, once.

    Each document that is begun leaves a line in the file ``begun`` beside the marker. The document
    `unread` never ends.
    """

    def reader():
        import signal
        import time

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
        documents = (Document(**row) for row in self.rows if row["id"] != UNREAD)
        found = quoth.extract(documents, extractor="rules")
        self.read = {extraction.document.id: extraction for extraction in found}
        self.graph = one_machine(self.read.values(), folder / "one-machine.quoth")
        self.graph.relink()  # claims are compared by meaning where that is installed

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
