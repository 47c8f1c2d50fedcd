"""Attributions to answers and pictures: the RDF graph, its queries and its drawing."""
