"""A graph over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol, and pages for people.

`running.serve` runs it. The process that speaks HTTP (Starlette on uvicorn, the extra
``quoth[serve]``) never touches the graph: worker processes (`worker`) have it open and answer
one request after another, and the `pool` kills and replaces one that takes too long, because
Oxigraph's evaluation cannot be interrupted from inside its process.
"""
