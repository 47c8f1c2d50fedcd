"""The examples in docstrings do what they say."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import quoth

MODULES = [module.name for module in pkgutil.walk_packages(quoth.__path__, "quoth.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.failed == 0


def test_there_are_examples_of_both_packages() -> None:
    assert {"quoth.graph.iris", "quoth.extractors.records"} <= set(MODULES)
