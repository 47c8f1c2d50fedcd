"""Where source and content of a draft end, by syntax: corrects what the network or the rules took.

Words decide what is attributed; that a quotation mark is no part of a name, or the addressee none
of what is said, holds whatever they decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoth.extractors.content_edges import ContentEdges
from quoth.extractors.drafts import Draft, Range, drafts_of, position
from quoth.extractors.quoted import QuotedTokens
from quoth.extractors.source_edges import SourceEdges
from quoth.extractors.tree import SUBJECTS, Tree, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoth.extractors.constituents import Constituents

INTERROGATIVE = frozenset(("WP", "WDT"))
ACCORDING_TO = "p:according_to"
NOMINAL = ("NN", "PR", "DT", "CD")
CITING = frozenset(("v:cite", "v:quote"))
ASKING = ("VB", "MD", "CC", "IN")
"""Tags before a question word; what stands before a relative pronoun is a noun or a comma."""


class Boundaries:
    """Cut sources and contents to what they are; drafts that keep no content go.

    A question word is no source («nor who approved them»), and of two sources that overlap the
    later cue's is what the earlier one leaves («according to two aides, the mayor said»).
    """

    def __call__(self, doc: Doc) -> Doc:
        """Correct the drafts of `doc`; returns the same `doc`."""
        tree = tree_of(doc)
        sources, contents = SourceEdges(tree, QuotedTokens(doc, tree)), ContentEdges(tree)
        kept = []
        drafts = [d for d in drafts_of(doc) if not _asks(tree, d["source"])]
        for draft in drafts:
            head, source = draft["head"], draft["source"]
            if source is not None and head is not None:
                inherited = _subject_before_aside(tree, sources.parts, draft)
                draft["source"] = inherited or sources.bare(source, head, draft["content"])
        for draft in drafts:
            _part_sources(tree, draft, drafts)
        for draft in drafts:
            said = contents.said(draft) if draft["content"] else []
            if said or not draft["content"]:
                draft["content"] = said
                kept.append(draft)
        kept.sort(key=position)
        doc._.attributions = kept
        return doc


def _asks(tree: Tree, source: Range | None) -> bool:
    """Whether a source is the question word of a clause, and takes up nobody."""
    if source is None or source[1] - source[0] > 1 or tree.tags[source[0]] not in INTERROGATIVE:
        return False
    word, verb = source[0], tree.heads[source[0]]
    if tree.deps[verb] == "conj":
        verb = tree.heads[verb]
    # «WHO» is an organisation.
    if tree.deps[verb] == "relcl" or tree.forms[word].isupper():
        return False
    opens = all(not tree.is_word(i) for i in range(tree.sentence(word)[0], word))
    return opens or tree.tags[word - 1].startswith(ASKING)


def _part_sources(tree: Tree, draft: Draft, drafts: list[Draft]) -> None:
    """Cut out of a source what is another cue's, where the cue's own subject stays."""
    head, source = draft["head"], draft["source"]
    if head is None or source is None:
        return
    subject = next((c for c in tree.children[head] if tree.deps[c] in SUBJECTS), -1)
    for other in drafts:
        theirs = other["source"]
        if theirs is None or theirs[1] >= source[1] or other["head"] == head:
            continue
        if theirs[1] <= source[0] or tree.forms[theirs[1]] != ",":
            continue
        own = tree.trim(theirs[1], source[1], frozenset(","))
        if own[0] <= subject < own[1] or (
            other["word"] == ACCORDING_TO and any(tree.tags[i][:2] in NOMINAL for i in range(*own))
        ):
            draft["source"] = source = own


def _subject_before_aside(tree: Tree, parts: Constituents, draft: Draft) -> Range | None:
    """Return who reported in «the paper reported, citing two aides, that …»; None elsewhere."""
    head = draft["head"]
    if head is None or draft["word"] not in CITING or tree.forms[head - 1 : head] != [","]:
        return None
    verb = head - 2
    subject = tree.child(verb, "nsubj") if verb >= 0 and tree.is_verb(verb) else None
    return None if subject is None else parts.phrase(subject)
