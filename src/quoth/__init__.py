"""Who said what, to whom, when, on whose word: a source-attribution knowledge graph for news."""
