"""Candidate attributions from syntax: every way in which a word may govern what somebody says.

A frame is how a cue takes its content: ``that`` (a clause), ``to`` (an infinitive), ``ing``, ``obj``
(a noun phrase), ``prep:of`` (a preposition's object), ``obj_as`` (an object and more), ``around``
(the cue's clause stands inside or after its content) … Which frames of which words attribute
anything is not decided here: the cue lexicon says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quoth.extractors.drafts import Range
from quoth.extractors.lemmas import Lemmatizer
from quoth.extractors.tree import SUBJECTS, Tree

AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
CLAUSE_ENDS = frozenset(",;:.!?—–-")
TRAILING_CLAUSES = frozenset({"relcl", "advcl", "acl", "ccomp", "parataxis"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution: token ranges, end exclusive.

    `head` is the cue's head token, `word` its part of speech and lemma (``v:say``), `frame` how it
    takes its content, `source` None where the text names nobody.
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
    """Enumerates the candidates of one parsed document."""

    def __init__(self, tree: Tree, lemmas: Lemmatizer) -> None:
        self.tree = tree
        self.lemmas = lemmas

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

    # ------------------------------------------------------------------ verbs

    def of_verb(self, v: int) -> Iterator[Candidate]:
        """Yield the candidates whose cue is the verb v."""
        tree = self.tree
        if tree.deps[v] in ("aux", "auxpass", "amod", "compound"):
            return
        particle = tree.child(v, "prt")
        lemma = self.lemmas.verb(tree.words[v], tree.tags[v])
        word = "v:" + lemma + ("_" + tree.words[particle] if particle is not None else "")
        source, passive, inherited = self.source_of(v)
        cue = self.cue_of(v, particle)
        for frame, extra, content in self.complements(v):
            span = (cue[0], extra) if extra is not None and extra > cue[1] else cue
            if frame.startswith("around") and self.is_inserted_after_source(v, content):
                span = cue
            yield Candidate(v, word, frame, source, span, content, passive, inherited)

    def complements(self, v: int) -> Iterator[tuple[str, int | None, tuple[Range, ...]]]:
        """Yield (frame, end of the cue where it takes more words in, content) of verb v."""
        tree = self.tree
        children = tree.children[v]
        objects = [c for c in children if tree.deps[c] in ("dobj", "attr", "oprd") and c > v]
        for c in children:
            dep = tree.deps[c]
            if dep == "ccomp" or (dep in ("csubjpass", "nsubjpass") and tree.is_verb(c)):
                if c > v:
                    yield self.clause_frame(c), None, self.content(c)
                else:
                    yield "before", None, self.content(c)
            elif dep == "xcomp" and c > v:
                yield self.infinitive_frame(c, bool(objects)), None, self.content(c)
            elif dep == "parataxis" and c > v:
                yield "that", None, self.content(c)
            elif dep == "prep" and c > v:
                yield from self.preposition(v, c)
            elif dep == "advcl" and c > v and tree.child(c, "mark") is not None:
                mark = tree.words[tree.child(c, "mark") or 0]
                if mark in ("that", "if", "whether"):
                    yield "that", None, self.content(c)
            elif dep == "acomp" and c > v and objects:
                yield "obj_acomp", None, (self.clean(tree.left(objects[0]), tree.right(c)),)
        for o in objects:
            yield "obj", None, self.content(o)
            yield from self.object_and_more(v, o)
        yield from self.around(v)

    def clause_frame(self, c: int) -> str:
        """Return the frame of a clausal complement headed by c."""
        tree = self.tree
        if tree.words[tree.left(c)] in ("that", "whether", "if"):
            return "that"
        if tree.tags[tree.left(c)] in RELATIVE_TAGS:
            return "wh"
        if any(tree.tags[k] == "TO" for k in tree.children[c]):
            return "subj_to" if tree.child(c, *SUBJECTS) is not None else "to"
        if tree.tags[c] == "VBG" and tree.child(c, "aux") is None:
            return "ing"
        if tree.child(c, *SUBJECTS) is None:
            return "bare"
        return "finite"

    def infinitive_frame(self, c: int, has_object: bool) -> str:
        """Return the frame of an open complement headed by c."""
        tree = self.tree
        if any(tree.tags[k] == "TO" for k in tree.children[c]):
            return "obj_to" if has_object else "to"
        if tree.tags[c] == "VBG":
            return "ing"
        return "open"

    def preposition(
        self, v: int, p: int
    ) -> Iterator[tuple[str, int | None, tuple[Range, ...]]]:
        """Yield the frame of a prepositional complement."""
        tree = self.tree
        for c in tree.children[p]:
            if tree.deps[c] in ("pobj", "pcomp") and c > p:
                adjacent = all(
                    tree.deps[k] in ("advmod", "prt", "neg") for k in range(v + 1, p)
                )
                yield f"prep:{tree.words[p]}", p + 1 if adjacent else None, self.content(c)
                break

    def object_and_more(
        self, v: int, o: int
    ) -> Iterator[tuple[str, int | None, tuple[Range, ...]]]:
        """Yield frames of an object with a further complement («blames X for Y»)."""
        tree = self.tree
        for p in (*tree.children[v], *tree.children[o]):
            if tree.deps[p] == "prep" and p > o and tree.words[p] in ("as", "for", "of", "to", "with"):
                yield f"obj_{tree.words[p]}", None, (self.clean(tree.left(o), tree.right(p)),)
                break

    def around(self, v: int) -> Iterator[tuple[str, int | None, tuple[Range, ...]]]:
        """Yield the content that a reporting clause is put into or after."""
        tree = self.tree
        head, dep = tree.heads[v], tree.deps[v]
        if head == v or dep not in ("parataxis", "advcl", "ccomp", "conj", "relcl"):
            return
        begin, end = self.clean(tree.left(head), tree.right(head))
        inner_begin, inner_end = tree.left(v), tree.right(v)
        if dep in ("parataxis", "advcl", "ccomp") and tree.child(v, "mark") is None:
            pieces = tuple(
                piece
                for piece in (self.clean(begin, inner_begin), self.clean(inner_end, end))
                if piece[0] < piece[1]
            )
            if pieces:
                yield f"around:{dep}", None, pieces

    def is_inserted_after_source(self, v: int, content: tuple[Range, ...]) -> bool:
        """Whether the content stands wholly before the cue (nothing can widen the cue)."""
        return all(end <= v for _, end in content)

    # ---------------------------------------------------------- nouns, adjectives

    def of_noun(self, n: int) -> Iterator[Candidate]:
        """Yield the candidates whose cue is the noun n («his claim that …»)."""
        tree = self.tree
        owner = tree.child(n, "poss")
        source: Range | None = None
        begin = n
        while begin > 0 and tree.heads[begin - 1] == n and tree.deps[begin - 1] in ("amod", "compound"):
            begin -= 1
        if owner is not None:
            source = self.phrase(owner)
        elif tree.deps[n] in ("dobj", "attr") and tree.is_verb(tree.heads[n]):
            v = tree.heads[n]
            source, passive, _ = self.source_of(v)
            if not passive:
                begin = min(begin, self.cue_of(v, None)[0])
        word = "n:" + self.lemmas.noun(tree.words[n])
        frames: list[tuple[str, int, tuple[Range, ...]]] = []
        for c in tree.children[n]:
            dep = tree.deps[c]
            if c < n:
                continue
            if dep in ("acl", "ccomp", "relcl", "xcomp", "appos") and tree.tags[c][:1] in "VM":
                first = tree.words[tree.left(c)]
                if first == "that" and dep != "relcl":
                    frames.append(("that", n + 1, self.content(c)))
                elif any(tree.tags[k] == "TO" for k in tree.children[c]):
                    frames.append(("to", n + 1, self.content(c)))
            elif dep == "prep":
                preposition = tree.words[c]
                if preposition == "by" and source is None:
                    source = self.object_of(c)
                    continue
                for k in tree.children[c]:
                    if tree.deps[k] in ("pobj", "pcomp"):
                        frames.append((f"prep:{preposition}", c + 1, self.content(k)))
        for frame, end, content in frames:
            cue = (begin, min(end, content[0][0]) if content[0][0] > n else end)
            yield Candidate(n, word, frame, source, cue, content)

    def of_adjective(self, a: int) -> Iterator[Candidate]:
        """Yield the candidates whose cue is a predicative adjective («is confident that …»)."""
        tree = self.tree
        v = tree.heads[a]
        if tree.deps[a] not in ("acomp", "oprd") or not tree.is_verb(v):
            return
        source, passive, inherited = self.source_of(v)
        begin = self.cue_of(v, None)[0]
        if a < begin:
            begin = a
        word = "a:" + tree.words[a]
        for c in (*tree.children[a], *tree.children[v]):
            if c <= a:
                continue
            dep = tree.deps[c]
            if dep in ("ccomp", "xcomp"):
                frame = self.clause_frame(c)
                yield Candidate(
                    a, word, frame, source, (begin, a + 1), self.content(c), passive, inherited
                )
            elif dep == "prep":
                for frame, _, content in self.preposition(a, c):
                    yield Candidate(
                        a, word, frame, source, (begin, c + 1), content, passive, inherited
                    )

    def of_according(self, a: int) -> Iterator[Candidate]:
        """Yield the candidate of «according to»."""
        tree = self.tree
        if a + 1 >= tree.size or tree.words[a + 1] != "to":
            return
        to = a + 1
        source = self.object_of(to) or self.object_of(a)
        if source is None:
            return
        head = tree.heads[a]
        begin, end = self.clean(tree.left(head), tree.right(head)) if head != a else tree.sentence(a)
        inside = (min(a, source[0]), max(to + 1, source[1]))
        pieces = tuple(
            piece
            for piece in (self.clean(begin, inside[0]), self.clean(inside[1], end))
            if piece[0] < piece[1]
        )
        if pieces:
            yield Candidate(a, "p:according_to", "around", source, (a, to + 1), pieces)

    # ------------------------------------------------------------------ parts

    def source_of(self, v: int) -> tuple[Range | None, bool, bool]:
        """Return (source, whether v is passive, whether the source is inherited) of verb v."""
        tree = self.tree
        passive = tree.child(v, "auxpass", "nsubjpass") is not None
        if passive:
            agent = tree.child(v, "agent")
            if agent is None:
                agent = next(
                    (c for c in tree.children[v] if tree.deps[c] == "prep" and tree.words[c] == "by"),
                    None,
                )
            return (self.object_of(agent) if agent is not None else None), True, False
        seen = 0
        u = v
        while seen < 6:
            seen += 1
            subject = tree.child(u, "nsubj")
            if subject is not None:
                return self.phrase(subject), False, u != v
            if u != v and tree.child(u, "nsubjpass") is not None:
                subject = tree.child(u, "nsubjpass")
                assert subject is not None
                return self.phrase(subject), False, True
            head, dep = tree.heads[u], tree.deps[u]
            if head == u:
                return None, False, False
            if dep in ("acl", "relcl") and not tree.is_verb(head):
                return self.phrase(head, before=u), False, True
            if dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "parataxis"):
                u = head
                if dep == "pcomp" and not tree.is_verb(u):
                    u = tree.heads[u]
                if not tree.is_verb(u) and not tree.tags[u].startswith("MD"):
                    if tree.child(u, "nsubj") is None:
                        return None, False, False
                continue
            return None, False, False
        return None, False, False

    def phrase(self, n: int, before: int | None = None) -> Range:
        """Return the noun phrase headed by n, without clauses that follow it."""
        tree = self.tree
        begin, end = tree.left(n), tree.right(n)
        if before is not None:
            end = min(end, tree.left(before))
        for c in tree.children[n]:
            if c > n and tree.deps[c] in TRAILING_CLAUSES:
                end = min(end, tree.left(c))
        begin, end = tree.trim(begin, end, CLAUSE_ENDS)
        if tree.tags[end - 1] == "POS" and end - begin > 1:
            end -= 1
        return begin, end

    def object_of(self, p: int) -> Range | None:
        """Return the noun phrase that preposition p governs."""
        child = self.tree.child(p, "pobj")
        return self.phrase(child) if child is not None else None

    def cue_of(self, v: int, particle: int | None) -> Range:
        """Return the verb group of v: auxiliaries, negation and what stands between, the verb."""
        tree = self.tree
        begin = v
        for c in tree.children[v]:
            if c < v and tree.deps[c] in AUXILIARIES and tree.tags[c] != "TO":
                if all(
                    tree.deps[k] in AUXILIARIES or tree.deps[k] == "advmod" for k in range(c, v)
                ):
                    begin = min(begin, c)
        end = v + 1
        if particle is not None and v < particle <= v + 3:
            end = particle + 1
        return begin, end

    def content(self, c: int) -> tuple[Range, ...]:
        """Return the subtree of c as content."""
        return (self.clean(self.tree.left(c), self.tree.right(c)),)

    def clean(self, begin: int, end: int) -> Range:
        """Strip white space and clause punctuation from both edges of a token range."""
        return self.tree.trim(begin, end, CLAUSE_ENDS)
