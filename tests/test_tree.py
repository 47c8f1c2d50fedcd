"""A parse read out as lists agrees with spaCy's own view of it."""

from spacy.language import Language

from quoth.extractors.tree import Tree

TEXT = (
    "The plan, officials said on Monday, is that the harbour, long shut, will open.\n\nIt rained."
)


def test_edges_and_sentences_are_those_of_spacy(pipeline: Language) -> None:
    doc = pipeline(TEXT)
    tree = Tree(doc)
    assert [(tree.left(t.i), tree.right(t.i)) for t in doc] == [
        (t.left_edge.i, t.right_edge.i + 1) for t in doc
    ]
    assert list(tree.sentences()) == [(s.start, s.end) for s in doc.sents]
    assert [tree.sentence(t.i) for t in doc] == [(t.sent.start, t.sent.end) for t in doc]


def test_empty_document(pipeline: Language) -> None:
    tree = Tree(pipeline.make_doc(""))
    assert tree.size == 0
    assert list(tree.sentences()) == []


def test_trim_takes_white_space_and_given_tokens_off_both_edges(pipeline: Language) -> None:
    tree = Tree(pipeline.make_doc("\n\n, the harbour, \n"))
    begin, end = tree.trim(0, tree.size, frozenset(","))
    assert tree.forms[begin:end] == ["the", "harbour"]
