"""Who is meant by a source's words: ``python benchmarks/speakers.py GOLD.jsonl …``.

Given the gold spans of source, cue and content, each source is resolved and its names compared with
those that the annotators' coreference chain gives the speaker (GUM, MEANTIME). Right is a name that
is the same but for titles, articles and given names left out. «nearest person» takes the last
person's name before a mention that is no name itself, «last speaker» the last source that is one.
«end to end» asks the extractor for everything: the attribution has to be found by its cue.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accuracy import extractions_of, gold_of

from quoth.extractors.drafts import Draft, drafts_of, entities_of
from quoth.extractors.names import Names, SourceWords
from quoth.extractors.pipeline import DEFAULT, rules
from quoth.extractors.tree import Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

AFTER = ("nesting", "stances", "circumstances", "times", "voice", "claims", "sources")
SYSTEMS = ("quoth", "nearest person", "last speaker")
PRONOUNS = frozenset(
    ("i", "we", "me", "us", "you", "he", "she", "they", "him", "her", "them", "it", "who", "your",
     "our", "my", "that")
)  # fmt: skip
WEAK = frozenset(("the", "a", "an", "mr", "ms", "mrs", "dr", "sir", "president", "professor"))
Record = dict[str, Any]


def words_of(name: str) -> frozenset[str]:
    """Return the words that tell one name from another."""
    words = frozenset(re.findall(r"\w+", name.lower().replace("'s", "")))
    return words - WEAK or words


def same(names: list[str], gold: list[str]) -> bool:
    """Whether one of the names may be one of the gold's: either's words are all the other's."""
    return any(
        words_of(one) <= words_of(other) or words_of(other) <= words_of(one)
        for one in names
        for other in gold
    )


def drafts_from(doc: Doc, record: Record) -> tuple[list[Draft], list[Record]]:
    """Return the gold attributions with a source as drafts, and the gold ones they come from."""
    tree = Tree(doc)
    drafts, kept = [], []
    for gold in record["attributions"]:
        source = _tokens(doc, gold["source"][:1])
        cue = _tokens(doc, gold["cue"][:1])
        content = _tokens(doc, gold["content"])
        if not source or not (cue or content):
            continue
        head = next((i for i in range(*cue[0]) if not cue[0][0] <= tree.heads[i] < cue[0][1]),
                    cue[0][0]) if cue else None  # fmt: skip
        if not content and gold.get("content_head") and head is not None:
            anchor = _tokens(doc, gold["content_head"][:1])[0][0]
            begin, end = tree.left(anchor), tree.right(anchor)
            # The annotated word stands for its clause, which leaves out cue and source.
            if begin <= head < end:
                begin, end = anchor, anchor + 1
            content = [(begin, end)]
        word = f"v:{doc[head].text.lower()}" if head is not None else ""
        drafts.append(
            Draft(
                head=head, word=word, frame="", source=source[0], cue=cue[0] if cue else None,
                content=content, log_odds=0.0, passive=False,
            )
        )  # fmt: skip
        kept.append(gold)
    return drafts, kept


def _tokens(doc: Doc, spans: list[list[int]]) -> list[tuple[int, int]]:
    found = (doc.char_span(b, e, alignment_mode="expand") for b, e in spans)
    return [(span.start, span.end) for span in found if span is not None and len(span)]


def form_of(text: str, gold: Record) -> str:
    """Return the row of a mention: name, description or pronoun."""
    words = text[gold["source"][0][0] : gold["source"][0][1]]
    if words.lower() in PRONOUNS:
        return "pronoun"
    return "name" if same([words], gold["speaker_names"]) else "description"


def resolve(record: Record, counts: Counter[tuple[str, str]]) -> None:
    """Resolve the gold sources of a document and count those that are right."""
    nlp = rules()
    doc = nlp.make_doc(record["text"])
    for name, pipe in nlp.pipeline:
        if not name.startswith("quoth_") or name in ("quoth_paragraphs", "quoth_quotations"):
            doc = pipe(doc)
    drafts, kept = drafts_from(doc, record)
    doc._.attributions = drafts
    for name in AFTER:
        doc = nlp.get_pipe(f"quoth_{name}")(doc)
    entities = entities_of(doc)
    people = _people(doc)
    spoken: list[tuple[int, str]] = []
    for draft, gold in zip(drafts_of(doc), kept, strict=True):
        assert draft["source"] is not None
        begin = draft["source"][0]
        words = doc[slice(*draft["source"])].text
        named = [name for at, name in spoken if at < begin]
        near = [name for at, name in people if at < begin]
        if not gold.get("speaker"):
            continue
        form = form_of(record["text"], gold)
        ours = [e for n in draft["who"] for e in (entities[n]["label"], *entities[n]["aliases"])]
        answers = {
            "quoth": ours,
            "nearest person": [words] if form == "name" else near[-1:],
            "last speaker": [words] if form == "name" else named[-1:],
        }
        if form == "name":
            spoken.append((begin, words))
        for row in (form, "all"):
            counts[row, "gold"] += 1
            for system, names in answers.items():
                counts[row, system] += same(names, gold["speaker_names"])


def _people(doc: Doc) -> list[tuple[int, str]]:
    """Return the full names in a document with their places."""
    from quoth.extractors.lemmas import Lemmatizer

    names = Names(Tree(doc), SourceWords.load(), Lemmatizer.of(rules()))
    return [(begin, doc[begin:end].text) for begin, end in names.full_names]


def end_to_end(path: Path, extractor: str) -> tuple[int, int, int]:
    """Return how many named speakers there are, are found by their cue, and are right."""
    total = found = right = 0
    for record, extraction in zip(gold_of(path), extractions_of(path, extractor), strict=True):
        for gold in record["attributions"]:
            if not gold.get("speaker") or not gold["cue"]:
                continue
            total += 1
            begin, end = gold["cue"][0]
            for a in extraction:
                if a.cue is not None and a.cue.begin < end and begin < a.cue.end:
                    found += 1
                    names = [n for s in a.sources for n in (s.label, *s.aliases)]
                    right += same(names, gold["speaker_names"])
                    break
    return total, found, right


def figures(path: Path, extractor: str) -> dict[str, float]:
    """Return the shares, in per cent, that the gate watches."""
    counts: Counter[tuple[str, str]] = Counter()
    for record in gold_of(path):
        resolve(record, counts)
    total, _, right = end_to_end(path, extractor)
    shares = {
        row: 100 * counts[row, "quoth"] / counts[row, "gold"]
        for row in ("all", "pronoun")
        if counts[row, "gold"]
    }
    return shares | {"end to end": 100 * right / total}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--extractor", default=DEFAULT)
    arguments = parser.parse_args()
    for path in arguments.gold:
        counts: Counter[tuple[str, str]] = Counter()
        for record in gold_of(path):
            resolve(record, counts)
        print(path.name)
        for row in sorted({row for row, _ in counts}):
            total = counts[row, "gold"]
            figures = (f"{s} {100 * counts[row, s] / total:5.1f}" for s in SYSTEMS)
            print(f"  {row:12} {total:4}  {'   '.join(figures)}")
        total, found, right = end_to_end(path, arguments.extractor)
        print(
            f"  end to end   {total:4}  cue found {100 * found / total:5.1f}   "
            f"speaker right {100 * right / total:5.1f}, of those found {100 * right / found:5.1f}\n"
        )


if __name__ == "__main__":
    main()
