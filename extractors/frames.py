"""Candidate attributions from syntax: every way in which a word may govern what somebody says.

A frame is how a cue takes its content: ``that`` (a clause), ``to`` (an infinitive), ``ing``,
``obj`` (a noun phrase), ``prep:of`` (a preposition's object), ``obj_as`` (an object and more),
``before`` (a clause that stands before the cue), ``around`` (the cue's clause is put into or after
its content) … Which frames of which words attribute anything is not decided here: the cue lexicon
says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.extractors.constituents import Constituents
from quoth.extractors.verb_frames import Complement, VerbFrames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.drafts import Range
    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.tree import Tree

HEARSAY = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})
NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl", "xcomp", "appos"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution: token ranges, end exclusive.

    `head` is the cue's head token, `word` its part of speech and lemma (``v:say``), `frame` how it
    takes its content, `source` None where the text names nobody; `passive` and `inherited` are
    those of `constituents.Agent`.
    """

    head: int
    word: str
    frame: str
    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    passive: bool = False
    inherited: bool = False


class Frames:
    """Enumerates the candidates of one parsed document, but for the cue words in `idle`."""

    def __init__(self, tree: Tree, lemmas: Lemmatizer, idle: frozenset[str] = frozenset()) -> None:
        self.tree = tree
        self.idle = idle
        self.lemmas = lemmas
        self.parts = Constituents(tree)
        self.verbs = VerbFrames(self.parts)

    def candidates(self) -> Iterator[Candidate]:
        """Yield every candidate in the order of the cues' heads."""
        tree = self.tree
        for i in range(tree.size):
            tag = tree.tags[i]
            if tree.words[i] == "according":
                yield from self.of_according(i)
            elif tag.startswith("VB"):
                yield from self.of_verb(i)
            elif tag in ("NN", "NNS"):
                yield from self.of_noun(i)
            elif tag in ("JJ", "JJR", "JJS"):
                yield from self.of_adjective(i)
            elif tree.words[i] in HEARSAY:
                yield from self.of_adverb(i)

    def verb_word(self, v: int) -> str:
        """Return verb v as a word of the lexicon, its particle included (``v:point_out``)."""
        tree = self.tree
        particle = tree.child(v, "prt")
        lemma = self.lemmas.verb(tree.words[v], tree.tags[v])
        return f"v:{lemma}" if particle is None else f"v:{lemma}_{tree.words[particle]}"

    def of_verb(self, v: int) -> Iterator[Candidate]:
        """Yield the candidates whose cue is the verb v."""
        if self.tree.deps[v] in ("aux", "auxpass", "amod", "compound"):
            return
        word = self.verb_word(v)
        if word in self.idle:
            return
        agent = self.parts.agent_of(v)
        begin, end = self.parts.verb_group(v)
        for frame, content, cue_end in self.verbs.complements(v):
            cue = (begin, max(end, cue_end or 0))
            yield Candidate(
                v, word, frame, agent.source, cue, content, agent.passive, agent.inherited
            )

    def of_noun(self, n: int) -> Iterator[Candidate]:
        """Yield the candidates whose cue is the noun n («his claim that …»)."""
        word = "n:" + self.lemmas.noun(self.tree.words[n])
        complements = [] if word in self.idle else list(self._noun_complements(n))
        if not complements:
            return
        source, begin = self._owner(n)
        if source is None:
            # «criticism by X of Y»
            by = [c for c in complements if c.frame == "prep:by"]
            source = by[0].content[0] if by else None
            complements = [c for c in complements if c not in by]
        for frame, content, cue_end in complements:
            first, end = content[0][0], cue_end or n + 1
            cue = (begin, min(end, first) if first > n else end)
            yield Candidate(n, word, frame, source, cue, content)

    def _owner(self, n: int) -> tuple[Range | None, int]:
        """Return whose word noun n is, and where the cue begins.

        That is a possessor, or the subject of the verb whose object the noun is («issued a
        warning»), which then belongs to the cue.
        """
        tree, parts = self.tree, self.parts
        begin = n
        while begin > 0 and tree.heads[begin - 1] == n:
            if tree.deps[begin - 1] not in ("amod", "compound"):
                break
            begin -= 1
        possessor = tree.child(n, "poss")
        if possessor is not None:
            return parts.phrase(possessor), begin
        v = tree.heads[n]
        if tree.deps[n] in ("dobj", "attr") and tree.is_verb(v):
            agent = parts.agent_of(v)
            if not agent.passive:
                begin = min(begin, parts.verb_group(v)[0])
            return agent.source, begin
        return None, begin

    def _noun_complements(self, n: int) -> Iterator[Complement]:
        """Yield what follows noun n and belongs to it."""
        tree, parts = self.tree, self.parts
        for c in tree.children[n]:
            if c < n:
                continue
            if tree.deps[c] == "prep":
                for k in tree.children[c]:
                    if tree.deps[k] in ("pobj", "pcomp"):
                        by = tree.words[c] == "by" and tree.deps[k] == "pobj"
                        content = (parts.phrase(k),) if by else parts.content(k)
                        yield Complement(f"prep:{tree.words[c]}", content, c + 1)
            elif tree.deps[c] in NOUN_CLAUSES and tree.tags[c][:1] in "VM":
                if tree.words[tree.left(c)] == "that" and tree.deps[c] != "relcl":
                    yield Complement("that", parts.content(c))
                elif self.verbs.is_infinitive(c):
                    yield Complement("to", parts.content(c))

    def of_adjective(self, a: int) -> Iterator[Candidate]:
        """Yield the candidates whose cue is a predicative adjective («is confident that …»)."""
        tree, parts = self.tree, self.parts
        v = tree.heads[a]
        word = "a:" + tree.words[a]
        if tree.deps[a] not in ("acomp", "oprd") or not tree.is_verb(v) or word in self.idle:
            return
        agent = parts.agent_of(v)
        begin = min(a, parts.verb_group(v)[0])
        for c in (*tree.children[a], *tree.children[v]):
            found: list[tuple[str, tuple[Range, ...], int]] = []
            if c > a and tree.deps[c] in ("ccomp", "xcomp"):
                found = [(self.verbs.clause_frame(c), parts.content(c), a + 1)]
            elif c > a and tree.deps[c] == "prep":
                found = [(f, content, c + 1) for f, content, _ in self.verbs.preposition(a, c)]
            for frame, content, end in found:
                cue = (begin, end)
                yield Candidate(
                    a, word, frame, agent.source, cue, content, agent.passive, agent.inherited
                )

    def of_adverb(self, i: int) -> Iterator[Candidate]:
        """Yield the candidate of an adverb of hearsay («has reportedly left»)."""
        tree, parts = self.tree, self.parts
        head = tree.heads[i]
        if tree.deps[i] != "advmod" or not (tree.is_verb(head) or tree.tags[head] == "MD"):
            return
        pieces = parts.outside(parts.clean(tree.left(head), tree.right(head)), (i, i + 1))
        if pieces:
            yield Candidate(i, "p:" + tree.words[i], "around", None, (i, i + 1), pieces)

    def of_according(self, a: int) -> Iterator[Candidate]:
        """Yield the candidate of «according to»."""
        tree, parts = self.tree, self.parts
        to = a + 1
        if to >= tree.size or tree.words[to] != "to":
            return
        source = parts.object_of(to) or parts.object_of(a)
        if source is None:
            return
        head = tree.heads[a]
        whole = tree.sentence(a)
        if head != a:
            whole = parts.clean(tree.left(head), tree.right(head))
        pieces = parts.outside(whole, (min(a, source[0]), max(to + 1, source[1])))
        if pieces:
            yield Candidate(a, "p:according_to", "around", source, (a, to + 1), pieces)
