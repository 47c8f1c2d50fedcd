"""The constituents that attributions are made of: noun phrases, verb groups, clauses, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.tree import Tree

AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
CLAUSE_ENDS = frozenset(",;:.!?—–-")
TRAILING_CLAUSES = frozenset({"relcl", "advcl", "acl", "ccomp", "parataxis"})
CLIMBING = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "parataxis"})
"""Relations across which a verb without a subject takes that of the verb above it."""
LONGEST_CLIMB = 6
LONGEST_PARTICLE = 3


class Agent(NamedTuple):
    """Who does what a verb says.

    `source` is None where the text names nobody; `passive` whether the verb is; `inherited`
    whether the source is another verb's subject («…, adding that»).
    """

    source: Range | None
    passive: bool
    inherited: bool


NOBODY = Agent(None, passive=False, inherited=False)


class Constituents:
    """Reads constituents off one parse; all ranges count tokens, end exclusive."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def agent_of(self, v: int) -> Agent:
        """Return who does what verb v says: its subject, the one it inherits, its «by» phrase."""
        tree = self.tree
        if self.is_passive(v):
            return Agent(self._by_phrase(v), passive=True, inherited=False)
        u = v
        for _ in range(LONGEST_CLIMB):
            subject = tree.child(u, "nsubj")
            if subject is None and u != v:
                subject = tree.child(u, "nsubjpass")
            if subject is not None:
                return Agent(self.phrase(subject), passive=False, inherited=u != v)
            head, dep = tree.heads[u], tree.deps[u]
            if head != u and dep in ("acl", "relcl") and not tree.is_verb(head):
                return Agent(self.phrase(head, before=u), passive=False, inherited=True)
            above = self._governing_verb(u)
            if above is None:
                return NOBODY
            u = self._reporting_verb(above) if u == v and self._is_added(v) else above
        return NOBODY

    def _is_added(self, v: int) -> bool:
        """Whether v is a participle after a comma («…, adding that»)."""
        tree = self.tree
        begin = tree.left(v)
        return tree.tags[v] == "VBG" and begin > 0 and tree.words[begin - 1] == ","

    def _reporting_verb(self, u: int) -> int:
        """Return the verb whose content u's clause is, else u.

        In «she said the wall fell, adding that …» the parser hangs the participle on what fell.
        """
        tree = self.tree
        head = tree.heads[u]
        is_content = tree.deps[u] == "ccomp" and tree.is_verb(head) and head < u
        return head if is_content else u

    def is_passive(self, v: int) -> bool:
        """Whether verb v is passive, a bare participle («the minister, asked whether …») too."""
        tree = self.tree
        if tree.child(v, "auxpass", "nsubjpass") is not None:
            return True
        participle = tree.tags[v] == "VBN" and tree.deps[v] in ("acl", "advcl")
        return participle and tree.child(v, "aux", "nsubj") is None

    def _by_phrase(self, v: int) -> Range | None:
        tree = self.tree
        agent = tree.child(v, "agent")
        for c in tree.children[v] if agent is None else ():
            if tree.deps[c] == "prep" and tree.words[c] == "by":
                agent = c
                break
        return self.object_of(agent) if agent is not None else None

    def _governing_verb(self, u: int) -> int | None:
        """Return the verb above u whose subject u may share."""
        tree = self.tree
        head, dep = tree.heads[u], tree.deps[u]
        if head == u or dep not in CLIMBING:
            return None
        if dep == "pcomp" and not tree.is_verb(head):
            head = tree.heads[head]
        if tree.is_verb(head) or tree.tags[head] == "MD" or tree.child(head, "nsubj") is not None:
            return head
        return None

    def phrase(self, n: int, before: int | None = None) -> Range:
        """Return the noun phrase headed by n, without clauses that follow it."""
        tree = self.tree
        begin, end = tree.left(n), tree.right(n)
        if before is not None:
            end = min(end, tree.left(before))
        for c in tree.children[n]:
            if c > n and tree.deps[c] in TRAILING_CLAUSES:
                end = min(end, tree.left(c))
        begin, end = self.clean(begin, end)
        if begin >= end:
            return n, n + 1
        if tree.tags[end - 1] == "POS" and end - begin > 1:
            end -= 1
        return begin, end

    def object_of(self, p: int) -> Range | None:
        """Return the noun phrase that preposition p governs."""
        child = self.tree.child(p, "pobj")
        return self.phrase(child) if child is not None else None

    def verb_group(self, v: int) -> Range:
        """Return verb v with its auxiliaries, negation and particle, and what stands between."""
        tree = self.tree
        begin = v
        for c in tree.children[v]:
            is_auxiliary = c < v and tree.deps[c] in AUXILIARIES and tree.tags[c] != "TO"
            if is_auxiliary and self._within_group(c, v):
                begin = min(begin, c)
        particle = tree.child(v, "prt")
        if particle is not None and v < particle <= v + LONGEST_PARTICLE:
            return begin, particle + 1
        return begin, v + 1

    def _within_group(self, begin: int, v: int) -> bool:
        deps = self.tree.deps
        return all(deps[k] in AUXILIARIES or deps[k] == "advmod" for k in range(begin, v))

    def content(self, c: int) -> tuple[Range, ...]:
        """Return the subtree of c as a content in one piece."""
        return (self.clean(self.tree.left(c), self.tree.right(c)),)

    def outside(self, whole: Range, hole: Range) -> tuple[Range, ...]:
        """Return what `whole` has before and after `hole`, as a content in one or two pieces."""
        pieces = (self.clean(whole[0], hole[0]), self.clean(hole[1], whole[1]))
        return tuple(piece for piece in pieces if piece[0] < piece[1])

    def clean(self, begin: int, end: int) -> Range:
        """Strip white space and clause punctuation from both edges of a token range."""
        return self.tree.trim(begin, end, CLAUSE_ENDS)
