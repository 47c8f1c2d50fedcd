"""Small graphs of invented attributions, made of triples: what networks and measures read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import DC, DCTERMS, RDF, SKOS, Dataset, Literal, URIRef

from quoth.graph.facts import Facts, read_facts
from quoth.graph.vocabulary import ACT, SAID, VAL

EX = "https://newsroom.example/"


def iri(name: str) -> str:
    """The IRI of what is called `name` in a newsroom."""
    return EX + name.replace(" ", "-")


@dataclass
class Newsroom:
    """A dataset to which documents, sources and attributions are added by name."""

    dataset: Dataset = field(default_factory=lambda: Dataset(default_union=True))

    def add(self, subject: str, predicate: URIRef | str, *objects: str | URIRef | Literal) -> None:
        """Add triples; a plain object is a name in the newsroom."""
        for object_ in objects:
            known = isinstance(object_, URIRef | Literal)
            node = object_ if known else URIRef(iri(object_))
            self.dataset.add((URIRef(iri(subject)), URIRef(predicate), node))

    def document(self, name: str, outlet: str | None = None, day: str | None = None) -> None:
        """A document called `name`."""
        self.add(name, RDF.type, SAID.Document)
        self.add(name, DCTERMS.title, Literal(f"About {name}"))
        if outlet is not None:
            self.add(name, DCTERMS.publisher, outlet)
            self.add(name, DC.publisher, Literal(outlet))
        if day is not None:
            self.add(name, DCTERMS.issued, Literal(day))

    def source(self, name: str, anonymity: str = "named", type: str = "Person") -> None:
        """A source called `name`."""
        self.add(name, RDF.type, SAID[type])
        self.add(name, SAID.anonymity, VAL[anonymity])
        self.add(name, SKOS.prefLabel, Literal(name))

    def says(
        self,
        key: str,
        document: str,
        *sources: str,
        stance: str = "committed",
        act: str = "say",
        about: Iterable[str] = (),
        to: Iterable[str] = (),
        inside: Iterable[str] = (),
        denies: Iterable[str] = (),
        disputes: Iterable[str] = (),
        cluster: str | None = None,
        own: bool = False,
    ) -> None:
        """An attribution called `key`, whose claim is called `claim <key>`; answers go by keys."""
        self.add(key, RDF.type, SAID.OwnVoice if own else SAID.Attribution)
        self.add(key, SAID.inDocument, document)
        self.add(key, SAID.source, *sources)
        self.add(key, SAID.stance, VAL[stance])
        self.add(key, SAID.speechAct, ACT[act])
        self.add(key, SAID.claim, f"claim {key}")
        self.add(key, SAID.addressee, *to)
        self.add(key, SAID.nestedIn, *inside)
        self.add(key, SAID.denies, *(f"claim {other}" for other in denies))
        self.add(key, SAID.disputes, *(f"claim {other}" for other in disputes))
        self.add(f"claim {key}", RDF.type, SAID.Claim)
        self.add(f"claim {key}", SAID.inDocument, document)
        self.add(f"claim {key}", SAID.text, Literal(f"words of {key}"))
        self.add(f"claim {key}", SAID.about, *about)
        if cluster is not None:
            self.add(f"claim {key}", SAID.inCluster, cluster)

    def merge(self, source: str, into: str) -> None:
        """Merge a source into another one."""
        self.add(source, f"{SAID}canonical", into)

    def copy(self, document: str, of: str) -> None:
        """Make a document the copy of another one."""
        self.add(document, f"{SAID}copyOf", of)

    @property
    def facts(self) -> Facts:
        """The facts of everything in it."""
        return read_facts(self.dataset)


def newsroom() -> Newsroom:
    """Return two outlets' four documents.

    ===== ======== ========== ==================================================================
    day 1 Gazette  fire       Ada tells the Post of Bo; Bo relays Ada; an official criticises Ada
    day 2 Post     denial     Bo denies what Ada said; Ada, there called A. Adams, disputes that
    day 3 Post     wire       a copy of fire: Ada says it again; a man nobody names says something
    none           undated    Cy criticises Ada and Bo; Ada answers
    ===== ======== ========== ==================================================================
    """
    room = Newsroom()
    for name in ("Ada", "Bo", "Cy", "A. Adams"):
        room.source(name)
    room.source("the Post", type="Organisation")
    for name in ("an official", "a man"):
        room.source(name, "unnamed")
    room.merge("A. Adams", "Ada")
    room.document("fire", "Gazette", "2031-09-01")
    room.document("denial", "Post", "2031-09-02")
    room.document("wire", "Post", "2031-09-08")
    room.document("undated")
    room.copy("wire", "fire")

    room.says("a1", "fire", "Ada", to=["the Post"], about=["Bo"], cluster="cluster 1")
    room.says("a2", "fire", "Bo", stance="uncommitted")
    room.says("a3", "fire", "Ada", inside=["a2"])
    room.says("a4", "fire", "an official", act="criticise", about=["Ada"])
    room.says("b1", "denial", "Bo", denies=["a1"], about=["A. Adams"])
    room.says("b2", "denial", "A. Adams", disputes=["b1"], denies=["b1"], to=["the Post"])
    room.says("c1", "wire", "Ada", to=["the Post"], cluster="cluster 1")
    room.says("c2", "wire", "a man")
    room.says("d1", "undated", "Cy", act="criticise", about=["Ada", "Bo"])
    room.says("d2", "undated", "Ada", "Cy", stance="rejecting")
    return room
