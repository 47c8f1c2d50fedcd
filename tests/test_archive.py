"""The sample archive: its articles are what its lists say, and read and extract as they should."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

import quoth
from quoth.demo import sample_documents
from quoth.extractors.values import LinkType

ARCHIVE = Path(__file__).parents[1] / "notebooks" / "archive"
LISTED = json.loads((ARCHIVE / "archive.json").read_text(encoding="utf-8"))
TRUTH = json.loads((ARCHIVE / "truth.json").read_text(encoding="utf-8"))
DOCUMENTS = {document.id: document for document in quoth.read_collection(ARCHIVE / "archive.json")}
OUTLETS = {
    "Brasken Chronicle",
    "Evening Lantern",
    "Inland Wire",
    "Odrel Standard",
    "Tolmara Today",
}
KINDS = {"denies", "disputes", "confirms", "couldNotVerify"}

CLUSTERS = TRUTH["claims"]
PAIRS = [pair[side] for pair in TRUTH["hardNegatives"] for side in ("a", "b")]
TURNS = [change[side] for change in TRUTH["changes"] for side in ("before", "after")]
STATEMENTS = [
    *(member for cluster in CLUSTERS.values() for member in cluster["members"]),
    *TRUTH["denials"],
    *PAIRS,
    *TURNS,
    *TRUTH["withheldNames"],
]


def prose(document):
    return document.text[document.begin :]


def sentences(document):
    """The sentences of a document, without marks, as they may be compared between outlets.

    Short ones («Nobody knows yet») may be anybody's.
    """
    words = (
        " ".join(re.findall(r"\w+", part.lower()))
        for part in re.split(r"(?<=[.?!])[\"'”’*]*\s|\n+", prose(document))
    )
    return {sentence for sentence in words if sentence.count(" ") >= 4}


def entries(source):
    return {entry["document"]: entry for entry in TRUTH["sources"][source]}


# --- the articles ------------------------------------------------------------------------------


def test_every_article_is_listed_once_and_in_order_of_its_date():
    files = [entry["file"] for entry in LISTED]
    assert files == sorted(path.name for path in ARCHIVE.glob("*.txt"))
    assert [entry["date"] for entry in LISTED] == sorted(entry["date"] for entry in LISTED)
    assert len({entry["url"] for entry in LISTED}) == len(files) >= 40


def test_five_outlets_write_on_each_of_28_consecutive_days():
    assert {document.publisher for document in DOCUMENTS.values()} == OUTLETS
    days = sorted({document.date for document in DOCUMENTS.values()})
    assert days == [date(2031, 9, 1) + timedelta(days=n) for n in range(28)]


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry["file"])
def test_the_list_says_what_the_text_says_of_itself(entry):
    document = quoth.read(ARCHIVE / entry["file"])
    assert document.title == entry["title"]
    assert document.date == date.fromisoformat(entry["date"])
    assert document.author == entry.get("author")
    assert document.publisher in (None, entry["publisher"])
    assert 120 <= len(prose(document).split()) <= 260


def test_only_copies_of_the_wire_share_sentences():
    copies = {frozenset(pair) for group in TRUTH["copies"] for pair in combinations(group, 2)}
    own = {name: sentences(document) for name, document in DOCUMENTS.items()}
    shared = {
        frozenset(pair): len(own[pair[0]] & own[pair[1]]) for pair in combinations(DOCUMENTS, 2)
    }
    assert min(shared[pair] for pair in copies) >= 5
    # A spokesman's words may be in two papers without one having copied the other.
    assert {pair for pair, count in shared.items() if count > 1} == copies
    for origin, *others in TRUTH["copies"]:
        assert DOCUMENTS[origin].publisher == "Inland Wire"
        assert all("— Inland Wire" in DOCUMENTS[name].text for name in others)


def test_no_sentence_and_no_person_of_the_bundled_samples_comes_back():
    bundled = sample_documents()
    known = set().union(*map(sentences, bundled))
    assert len(known) > 200
    assert [name for name, one in DOCUMENTS.items() if sentences(one) & known] == []
    people = [name for name in TRUTH["sources"] if name != "United Nations"]
    assert [n for n in people if any(n.split(" (")[0] in one.text for one in bundled)] == []


# --- the truth about them ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", TRUTH)
def test_each_part_of_the_truth_names_articles_that_there_are(kind):
    named = set(re.findall(r"\d\d-[\w-]+\.txt", json.dumps(TRUTH[kind])))
    assert named
    assert named <= set(DOCUMENTS)


def test_every_statement_stands_once_and_in_these_words_in_its_article():
    amiss = [
        statement
        for statement in STATEMENTS
        if prose(DOCUMENTS[statement["document"]]).count(statement["text"]) != 1
    ]
    assert amiss == []


@pytest.mark.parametrize("source", TRUTH["sources"])
def test_the_names_of_a_source_stand_in_its_articles(source):
    listed = TRUTH["sources"][source]
    assert len({entry["document"] for entry in listed}) == len(listed)
    assert any(entry["role"] != "mentioned" for entry in listed)
    for entry in listed:
        assert entry["role"] in {"speaks", "addressed", "mentioned"}
        assert entry["names"]
        for words in entry["names"] + entry.get("descriptions", []):
            whole = rf"(?<!\w){re.escape(words)}(?!\w)"
            assert re.search(whole, prose(DOCUMENTS[entry["document"]])), (source, entry, words)


def test_within_an_article_a_name_means_one_source():
    meant = Counter(
        (entry["document"], words)
        for listed in TRUTH["sources"].values()
        for entry in listed
        for words in entry["names"] + entry.get("descriptions", [])
    )
    assert [key for key, count in meant.items() if count > 1] == []


def test_the_homonyms_are_two_and_meet():
    chief, member = (
        entries("Mirko Halden (fire chief)"),
        entries("Mirko Halden (member of parliament)"),
    )
    assert {"25-two-mirko-haldens.txt", "40-twenty-one-minutes.txt"} <= set(chief) & set(member)
    both = [{name for entry in one.values() for name in entry["names"]} for one in (chief, member)]
    assert {"Mirko Halden", "Mr. Halden"} <= both[0] & both[1]


def test_one_outlet_spells_a_name_in_its_own_way():
    spelled = {
        (DOCUMENTS[name].publisher == "Tolmara Today", "Jelnov" in " ".join(entry["names"]))
        for name, entry in entries("Arkady Zhelnov").items()
    }
    assert spelled == {(True, True), (False, False)}


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_claim_is_told_again_by_another_outlet(cluster):
    members = CLUSTERS[cluster]["members"]
    assert len({DOCUMENTS[member["document"]].publisher for member in members}) >= 2
    assert CLUSTERS[cluster]["text"].endswith(".")


def test_no_words_are_in_two_claims():
    told = Counter((m["document"], m["text"]) for c in CLUSTERS.values() for m in c["members"])
    assert max(told.values()) == 1


def test_pairs_that_look_alike_are_never_in_one_claim():
    of = {
        (member["document"], member["text"]): name
        for name, cluster in CLUSTERS.items()
        for member in cluster["members"]
    }
    for pair in TRUTH["hardNegatives"]:
        a, b = ((pair[side]["document"], pair[side]["text"]) for side in ("a", "b"))
        assert a != b
        assert of.get(a) is None or of.get(a) != of.get(b)
        assert pair["why"]


def test_what_is_denied_is_a_claim_that_is_told():
    assert {denial["kind"] for denial in TRUTH["denials"]} == KINDS <= set(LinkType)
    assert {denial["of"] for denial in TRUTH["denials"]} <= set(CLUSTERS)


def test_whoever_changes_position_speaks_before_and_after():
    for change in TRUTH["changes"]:
        before, after = (DOCUMENTS[change[side]["document"]] for side in ("before", "after"))
        assert before.date <= after.date
        assert {before.id, after.id} <= set(entries(change["source"]))


def test_the_accused_are_sources_and_some_are_never_heard():
    heard = {}
    for accusation in TRUTH["accusations"]:
        assert accusation["document"] in entries(accusation["accused"])
        heard.setdefault(accusation["accused"], set()).add(accusation["heard"])
    assert heard["Rolf Adeyar"] == {False}
    assert heard["Casimir Holte"] == {True, False}


def test_a_name_that_is_withheld_is_not_in_the_article():
    for hidden in TRUTH["withheldNames"]:
        assert hidden["document"] not in entries(hidden["source"])
        assert hidden["source"].split()[-1] not in DOCUMENTS[hidden["document"]].text


# --- and quoth finds something in it -----------------------------------------------------------


@pytest.mark.slow
def test_the_rules_find_somebody_who_says_something_in_every_article(extractor):
    found = {e.document.id: len(e.attributions) for e in extractor.extract(DOCUMENTS.values())}
    assert set(found) == set(DOCUMENTS)
    assert [name for name, count in found.items() if not count] == []
