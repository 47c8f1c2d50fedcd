"""What several test files share: the corpora beside the project, if any, and one loaded model."""

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from quoth.extractors.pipeline import AttributionExtractor, load, rules
from quoth.extractors.reading import ReadingError
from quoth.extractors.records import Document, Extraction

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora beside the project; tests that need it skip without."""
    if not SHARED.exists():
        pytest.skip("the corpora are not beside the project (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def pipeline() -> Language:
    """The rules' spaCy pipeline, loaded once."""
    return rules()


@pytest.fixture(scope="session")
def extractor(pipeline: Language) -> AttributionExtractor:
    """The rules extractor, its model loaded once."""
    extractor = load("rules")
    extractor.__dict__["nlp"] = pipeline
    return extractor


@pytest.fixture(scope="session")
def extract(extractor: AttributionExtractor) -> Callable[[str], Extraction]:
    """Extract from a text."""

    def run(text: str) -> Extraction:
        return next(extractor.extract([Document(text=text, id="test", publisher="Harbour Post")]))

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Write bytes, or text as UTF-8, into a file of a fresh folder."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def errors() -> list[ReadingError]:
    """A list to hand errors of reading to."""
    return []
