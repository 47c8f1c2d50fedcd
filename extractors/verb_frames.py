"""How verbs take what somebody says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quoth.extractors.tree import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.constituents import Constituents
    from quoth.extractors.drafts import Range

CONJUNCTIONS = frozenset(("that", "whether", "if"))
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
SECOND_COMPLEMENTS = frozenset(("as", "for", "of", "to", "with"))
OBJECTS = frozenset({"dobj", "attr", "oprd"})


class Complement(NamedTuple):
    """One way in which a verb takes a content; `cue_end` where the cue takes more words in."""

    frame: str
    content: tuple[Range, ...]
    cue_end: int | None = None


class VerbFrames:
    """Enumerates the complements of the verbs of one parse."""

    def __init__(self, parts: Constituents) -> None:
        self.tree = parts.tree
        self.parts = parts

    def complements(self, v: int) -> Iterator[Complement]:
        """Yield every complement of verb v in text order, the clause it is put into last."""
        tree = self.tree
        objects = [c for c in tree.children[v] if tree.deps[c] in OBJECTS and c > v]
        for c in tree.children[v]:
            if c > v:
                yield from self._following(v, c, objects)
            elif tree.deps[c] == "ccomp" or self._is_clausal_subject(c):
                yield Complement("before", self.parts.content(c))
        for o in objects:
            yield Complement("obj", self.parts.content(o))
            yield from self._object_and_more(v, o)
        yield from self._around(v)

    def _following(self, v: int, c: int, objects: list[int]) -> Iterator[Complement]:
        """Yield the complement headed by c, a child of v that follows it."""
        tree, parts = self.tree, self.parts
        dep = tree.deps[c]
        if dep == "ccomp" or self._is_clausal_subject(c):
            yield Complement(self.clause_frame(c), parts.content(c))
        elif dep == "xcomp":
            yield Complement(self._open_frame(c, has_object=bool(objects)), parts.content(c))
        elif dep == "parataxis" or (dep == "advcl" and self._is_conjoined(c)):
            yield Complement("that", parts.content(c))
        elif dep == "prep":
            yield from self.preposition(v, c)
        elif dep == "acomp" and objects:
            whole = parts.clean(tree.left(objects[0]), tree.right(c))
            yield Complement("obj_acomp", (whole,))

    def _is_clausal_subject(self, c: int) -> bool:
        tree = self.tree
        return tree.deps[c] in ("csubjpass", "nsubjpass") and tree.is_verb(c)

    def _is_conjoined(self, c: int) -> bool:
        mark = self.tree.child(c, "mark")
        return mark is not None and self.tree.words[mark] in CONJUNCTIONS

    def clause_frame(self, c: int) -> str:
        """Return the frame of a clausal complement headed by c."""
        tree = self.tree
        first = tree.left(c)
        has_subject = tree.child(c, *SUBJECTS) is not None
        if tree.words[first] in CONJUNCTIONS:
            return "that"
        if tree.tags[first] in RELATIVE_TAGS:
            return "wh"
        if self.is_infinitive(c):
            return "subj_to" if has_subject else "to"
        if tree.tags[c] == "VBG" and tree.child(c, "aux") is None:
            return "ing"
        return "finite" if has_subject else "bare"

    def is_infinitive(self, c: int) -> bool:
        """Whether the clause headed by c is an infinitive with «to»."""
        return any(self.tree.tags[k] == "TO" for k in self.tree.children[c])

    def _open_frame(self, c: int, *, has_object: bool) -> str:
        if self.is_infinitive(c):
            return "obj_to" if has_object else "to"
        return "ing" if self.tree.tags[c] == "VBG" else "open"

    def preposition(self, v: int, p: int) -> Iterator[Complement]:
        """Yield the complement that preposition p governs, p being a child of v or beside it."""
        tree = self.tree
        for c in tree.children[p]:
            if tree.deps[c] in ("pobj", "pcomp") and c > p:
                adjacent = all(tree.deps[k] in ("advmod", "prt", "neg") for k in range(v + 1, p))
                end = p + 1 if adjacent else None
                yield Complement(f"prep:{tree.words[p]}", self.parts.content(c), end)
                return

    def _object_and_more(self, v: int, o: int) -> Iterator[Complement]:
        """Yield the object o with a further complement («blames X for Y»)."""
        tree = self.tree
        for p in (*tree.children[v], *tree.children[o]):
            if tree.deps[p] == "prep" and p > o and tree.words[p] in SECOND_COMPLEMENTS:
                whole = self.parts.clean(tree.left(o), tree.right(p))
                yield Complement(f"obj_{tree.words[p]}", (whole,))
                return

    def _around(self, v: int) -> Iterator[Complement]:
        """Yield the clause that the reporting clause of v is put into or after."""
        tree = self.tree
        head, dep = tree.heads[v], tree.deps[v]
        is_reporting = dep in ("parataxis", "advcl", "ccomp") and tree.child(v, "mark") is None
        if dep == "conj" and self._is_appended(v):
            dep, is_reporting = "parataxis", True
        if head != v and is_reporting:
            pieces = self.parts.outside(
                self.parts.clean(tree.left(head), tree.right(head)), (tree.left(v), tree.right(v))
            )
            if pieces:
                yield Complement(f"around:{dep}", pieces)

    def _is_appended(self, v: int) -> bool:
        """Whether v's clause follows a comma and no conjunction («It fell, two pilots told us»).

        The parser takes such a verb for coordinated with the one before.
        """
        tree = self.tree
        begin, head = tree.left(v), tree.heads[v]
        return (
            head < begin
            and tree.words[begin - 1] == ","
            and tree.child(v, "nsubj") is not None
            and all(tree.deps[c] != "cc" for c in tree.children[head] if head < c < v)
        )
