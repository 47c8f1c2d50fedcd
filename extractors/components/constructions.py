"""Set phrases of attribution that decide by themselves: «it emerged that», «a charge he denies»."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.content_edges import ContentEdges
from quoth.extractors.drafts import Draft, Range, drafts_of, position
from quoth.extractors.frames import Frames
from quoth.extractors.quoted import QuotedTokens, without
from quoth.extractors.tree import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from quoth.extractors.lemmas import Lemmatizer

LIKELY = 1.0
"""Log-odds of an attribution by a set phrase."""
BETWEEN_VERBS = frozenset(("cc", "neg", "aux", "advmod", "preconj", "punct"))
ALTERNATIVES = frozenset(("or", "nor"))


class Constructions:
    """Correct the drafts of set phrases, and add those that are missing.

    «It emerged that …», «it is believed …» have no source; «neither confirmed nor denied the
    meeting» are two cues of one content; «a charge he denies», «which denies wrongdoing» deny;
    «reported, citing two aides, that …» reports the clause after the aside.
    """

    def __init__(self, lemmas: Lemmatizer) -> None:
        path = files("quoth.extractors") / "lexicons" / "constructions.json"
        lists = json.loads(path.read_text(encoding="utf-8"))
        self.words: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in lists.items()}
        self.lemmas = lemmas

    def __call__(self, doc: Doc) -> Doc:
        """Correct and add to the drafts of `doc`; returns the same `doc`."""
        tree = tree_of(doc)
        drafts = drafts_of(doc)
        by_head = {draft["head"]: draft for draft in drafts}
        reader = _Reader(QuotedTokens(doc, tree), self.words, self.lemmas, by_head)
        for i in range(tree.size):
            if tree.is_verb(i):
                drafts += reader.impersonal(i)
                drafts += reader.coordinated(i)
                drafts += reader.denied(i)
                drafts += reader.interrupted(i)
        drafts.sort(key=position)
        doc._.attributions = drafts
        return doc


class _Reader:
    """Reads the set phrases of one parse beside its drafts by their heads."""

    def __init__(
        self,
        quoted: QuotedTokens,
        words: dict[str, frozenset[str]],
        lemmas: Lemmatizer,
        by_head: dict[int | None, Draft],
    ) -> None:
        self.quoted = quoted
        self.tree = quoted.tree
        self.words = words
        self.lemmas = lemmas
        self.by_head = by_head
        self.frames = Frames(self.tree, lemmas)
        self.parts = self.frames.parts

    def lemma(self, v: int) -> str:
        return self.lemmas.verb(self.tree.words[v], self.tree.tags[v])

    def impersonal(self, v: int) -> Iterator[Draft]:
        """Take «it» out of source and content of «it emerged that …»; yield one that is missing."""
        tree = self.tree
        it = tree.child(v, "nsubj", "nsubjpass", "expl")
        clause = tree.child(v, "ccomp")
        if it is None or tree.words[it] != "it" or clause is None or not it < v < clause:
            return
        passive = self.parts.is_passive(v)
        if self.lemma(v) not in self.words["impersonal_passive" if passive else "impersonal"]:
            return
        known = self.by_head.get(v)
        if known is not None:
            if known["source"] == (it, it + 1):
                known["source"] = None
            pieces = [tree.trim(*p) for c in known["content"] for p in without(c, (it, it + 1))]
            known["content"] = [p for p in pieces if p[0] < p[1]]
        elif passive or self.lemma(v) in self.words["impersonal_news"]:
            source = self.parts.agent_of(v).source if passive else None
            yield self._added(v, source, list(self.parts.content(clause)), passive=passive)

    def coordinated(self, v: int) -> Iterator[Draft]:
        """Give «neither confirmed nor denied X» its content; yield the verb that is missing."""
        tree = self.tree
        other = next((c for c in tree.children[v] if tree.deps[c] == "conj" and c > v), None)
        if other is None or not tree.is_verb(other) or not self._are_adjacent(v, other):
            return
        content = self._object(other)
        if not content:
            return
        first, second = self.by_head.get(v), self.by_head.get(other)
        if first is not None and any(b <= other < e for b, e in first["content"]):
            first["content"] = list(content)
        if not any(tree.words[i] in ALTERNATIVES for i in range(v, other)):
            return
        joined = self.words["joined"] >= {self.lemma(v), self.lemma(other)}
        # «declined to confirm or deny» withholds, and does neither.
        if tree.deps[v] == "xcomp" or (first is None and second is None and not joined):
            return
        known = first or second
        source = known["source"] if known else self.parts.agent_of(v).source
        if first is None:
            yield self._added(v, source, list(content))
        if second is None:
            yield self._added(other, source, list(content))

    def _are_adjacent(self, v: int, other: int) -> bool:
        """Whether two coordinated verbs have nothing of their own between them."""
        return all(self.tree.deps[i] in BETWEEN_VERBS for i in range(v + 1, other))

    def _object(self, v: int) -> tuple[Range, ...]:
        """Return what verb v takes after it: its object or clause, empty for none."""
        tree = self.tree
        for c in tree.children[v]:
            if c > v and tree.deps[c] in ("dobj", "ccomp", "attr"):
                return self.parts.content(c)
        return ()

    def denied(self, v: int) -> Iterator[Draft]:
        """Yield the missing denial of a relative clause («a charge he denies»)."""
        tree = self.tree
        if (
            v in self.by_head
            or tree.deps[v] != "relcl"
            or (self.lemma(v) not in self.words["denying"] or self.parts.is_passive(v))
        ):
            return
        noun, subject, thing = tree.heads[v], tree.child(v, "nsubj"), tree.child(v, "dobj")
        if subject is None:
            return
        pronoun = thing is None or tree.tags[thing].startswith("W")
        if pronoun and noun < subject and self._is_deniable(noun):
            # The clause tells of its noun: «a charge (which) he denies».
            yield self._added(v, self.parts.phrase(subject), [self.parts.phrase(noun, before=v)])
        elif thing is not None and thing > v and self._is_deniable(thing):
            yield self._added(v, self.parts.phrase(subject), list(self.parts.content(thing)))

    def interrupted(self, v: int) -> Iterator[Draft]:
        """Yield the missing report of a clause after an aside («reported, citing aides, that»)."""
        subject = self.tree.child(v, "nsubj")
        if v in self.by_head or subject is None or self.lemma(v) not in self.words["interrupted"]:
            return
        cue = self.parts.verb_group(v)
        clause = ContentEdges(self.tree).clause_after_aside(cue[1])
        if clause is not None:
            yield self._added(v, self.parts.phrase(subject), [clause])

    def _is_deniable(self, noun: int) -> bool:
        return self.lemmas.noun(self.tree.words[noun]) in self.words["denied"]

    def _added(
        self, v: int, source: Range | None, content: list[Range], *, passive: bool = False
    ) -> Draft:
        cue = self.parts.verb_group(v)
        draft = Draft(
            head=v,
            word=self.frames.verb_word(v),
            frame="construction",
            source=source,
            cue=cue,
            content=self.quoted.fit(content, v, source, cue) or content,
            log_odds=LIKELY,
            passive=passive,
        )
        self.by_head[v] = draft
        return draft
