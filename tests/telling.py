"""Claims as they are compared, told in documents of their own."""

from quoth.graph.claim_wording import Words
from quoth.graph.told import Told

BACKGROUND = (
    "the council voted on a new bridge in spring",
    "prices of bread rose faster than wages",
    "nobody knows who owns the old lighthouse",
    "the ferry to the islands was late again",
    "a storm tore the roof off the school",
    "doctors asked for more nurses at night",
    "the train line needs forty new sleepers",
    "farmers sold their wheat to the mill",
)


def told(*texts: str, negative: tuple[int, ...] = (), verbs: str = "") -> list[Told]:
    """Claims of documents of their own, told in this order, before claims of other things."""
    words = Words()
    read = [(text, words.read(text, "en")) for text in (*texts, *BACKGROUND)]
    return [
        Told(
            iri=f"claim-{number}",
            key=("2031-03-01", f"{number:020}", 0, 9),
            stems=wording.stems,
            numbers=wording.numbers,
            names=words.names_of(wording),
            negative=number in negative or wording.negated,
            document=f"{number}",
            text=text,
            opposites=wording.opposites,
            verbs=frozenset(verbs.split()),
        )
        for number, (text, wording) in enumerate(read)
    ]
