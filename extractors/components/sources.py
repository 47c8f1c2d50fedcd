"""One source per speaker and document: names, descriptions and pronouns brought together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.antecedents import Antecedents
from quoth.extractors.drafts import Draft, drafts_of, own_claims_of, register_extensions
from quoth.extractors.foreign_quotations import foreign_tokens
from quoth.extractors.known_names import known_names, name_index
from quoth.extractors.names import Names, SourceWords
from quoth.extractors.phrases import PhraseReader
from quoth.extractors.quoted import QuotedTokens
from quoth.extractors.resolution import Resolver
from quoth.extractors.subjects import Subjects
from quoth.extractors.tree import tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoth.extractors.antecedents import Weights
    from quoth.extractors.lemmas import Lemmatizer


class Sources:
    """Put the document's sources into ``doc._.sources`` and `who`, `whom` on every draft.

    Mentions are taken in text order. A name is the one who bears it, or a longer or shorter form
    of it, anywhere in the text; «the ministry» the last one whose name or description had that
    noun; «he», «it», «they» and «the company» the likeliest of those named before; «I» in a
    quotation its speaker, «I» and «you» in an interview the interviewee; a quotation that just goes
    on has the speaker before it. «A source», «another official», «some critics» are new each time.
    Then the claims get `about` and `subjects`: the sources that they speak of. People and
    institutions who are named in what a source says belong to them, whether they speak or not.
    """

    def __init__(self, words: SourceWords, lemmas: Lemmatizer, weights: Weights) -> None:
        self.words = words
        self.weights = weights
        self.lemmas = lemmas
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Resolve the mentions of `doc`; returns the same `doc`."""
        tree = tree_of(doc)
        names = Names(tree, self.words, self.lemmas)
        quoted = QuotedTokens(doc, tree)
        antecedents = Antecedents(tree, quoted.numbers, self.weights)
        reader = PhraseReader(names, foreign_tokens(quoted))
        resolver = Resolver(tree, reader, self.words, antecedents)
        drafts = drafts_of(doc)
        for draft in sorted(drafts, key=_reading_order):
            self._resolve(resolver, draft, drafts)
        subjects = Subjects(resolver, quoted)
        everything = [*drafts, *own_claims_of(doc)]
        found = [subjects.of(draft) for draft in everything]
        resolver.speak_of(piece for draft in drafts for piece in draft["content"])
        doc._.sources, positions = resolver.entities()
        for draft in drafts:
            draft["who"] = [positions[n] for n in draft["who"]]
            draft["whom"] = [positions[n] for n in draft["whom"]]
        index = name_index(doc)
        for draft, of_draft in zip(everything, found, strict=True):
            reading = draft.get("claim")
            if reading is None:
                continue
            reading["subjects"] = [positions[of.number] if of else None for of in of_draft]
            about = {
                place: (number, 1.0)
                for begin, end in draft["content"]
                for place, number in known_names(index, names, begin, end)
            }
            taken = {i for place in about for i in range(*place)}
            for of in of_draft:
                if of is not None and of.is_inside and taken.isdisjoint(range(*of.range)):
                    about[of.range] = (positions[of.number], of.sureness)
            reading["about"] = [(place, *about[place]) for place in sorted(about)]
        return doc

    def _resolve(self, resolver: Resolver, draft: Draft, drafts: list[Draft]) -> None:
        outer = draft.get("outer")
        speakers = drafts[outer].get("who", []) if outer is not None else []
        draft["who"] = resolver.sources(draft, speakers)
        if draft["source"] is not None:
            draft["who_sureness"] = resolver.sureness[draft["source"]]
        draft["whom"] = []
        addressee = draft.get("addressee")
        if addressee is not None:
            draft["whom"] = resolver.mentions(addressee, speakers, apart=draft["who"])
            draft["whom_sureness"] = resolver.sureness[addressee]


def _reading_order(draft: Draft) -> tuple[int, int]:
    """Outer drafts before those inside them, so that «I» can find its speaker."""
    places = [r[0] for r in (draft["source"], draft["cue"]) if r] or [draft["content"][0][0]]
    return (draft.get("depth", 0), min(places))
