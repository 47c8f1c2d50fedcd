"""The bars of meaning on the seed article, where it lies beside the project."""

import importlib.util
import json
from pathlib import Path

import pytest

from quoth.extractors.pipeline import load
from quoth.extractors.reading import read

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "seed.py"
LEAST = {
    "source": 26,
    "class and anonymity": 26,
    "stance": 24,
    "time": 3,
    "medium": 2,
    "addressee": 2,
    "chain": 1,
    "links": 3,
}


@pytest.mark.parametrize("name", ["model", "rules"])
@pytest.mark.slow
def test_meaning_of_the_seed(shared: Path, name: str) -> None:
    spec = importlib.util.spec_from_file_location("seed", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    seed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(seed)
    gold = json.loads((shared / "seed" / "gold.json").read_text(encoding="utf-8"))
    document = read(shared / "seed" / gold["document"])
    (extraction,) = load(name).extract([document])
    _, right, wrong = seed.judge(extraction, gold["attributions"])
    assert all(right[part] >= least for part, least in LEAST.items()), "\n".join(wrong)
