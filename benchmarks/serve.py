"""How many questions a second `quoth serve` answers, and how long each takes.

Run as ``python benchmarks/serve.py GRAPH [--clients 200] [--seconds 30]``: starts the server on
GRAPH through the installed command, on this machine, and asks it from so many clients at once,
each with a connection of its own. Prints figures, and fails where any request does.
"""

import argparse
import asyncio
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx

QUESTIONS = (
    "SELECT ?s { ?s a said:Person } ORDER BY ?s LIMIT 10",
    "SELECT ?name (COUNT(?a) AS ?n) { ?a said:source ?s . ?s skos:prefLabel ?name } "
    "GROUP BY ?name ORDER BY DESC(?n) ?name LIMIT 20",
    "ASK { ?a said:denies ?claim }",
)
_MOST_WAITING = 60.0


async def client(address: str, until: float, taken: list[float], wrong: Counter[str]) -> None:
    """Ask one question after another until the time `until`; count seconds and errors."""
    async with httpx.AsyncClient(timeout=_MOST_WAITING) as http:
        asked = 0
        while time.perf_counter() < until:
            begun = time.perf_counter()
            question = {"query": QUESTIONS[asked % len(QUESTIONS)]}
            try:
                answer = await http.get(f"{address}sparql", params=question)
            except httpx.HTTPError as error:
                wrong[type(error).__name__] += 1
                continue
            asked += 1
            if answer.status_code == 200:
                taken.append(time.perf_counter() - begun)
            else:
                wrong[f"{answer.status_code} {answer.text[:80]}"] += 1


async def ask_together(
    address: str, clients: int, seconds: float
) -> tuple[list[float], Counter[str]]:
    """Return the seconds of every answer, in order, and the errors by kind."""
    taken: list[float] = []
    wrong: Counter[str] = Counter()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(address, until, taken, wrong) for _ in range(clients)))
    return sorted(taken), wrong


def main() -> None:
    """Start a server, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("graph")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    command = Path(sys.executable).with_name("quoth")
    with subprocess.Popen(
        [
            *(str(command), "serve", "-g", given.graph, "--port", "0"),
            *("--workers", str(given.workers)),
        ],
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        told = server.stderr.readline()
        found = re.search(r"http://\S+", told)
        if found is None:
            sys.exit(told + server.stderr.read())
        begun = time.perf_counter()
        taken, wrong = asyncio.run(ask_together(found[0], given.clients, given.seconds))
        lasted = time.perf_counter() - begun
        server.terminate()
    if not taken:
        sys.exit(f"nothing was answered: {dict(wrong)}")
    print(f"{given.clients} clients, {lasted:.1f} s, {given.workers} workers")
    print(f"{len(taken)} answers, {len(taken) / lasted:.0f} a second, {wrong.total()} errors")
    for share in (50, 95, 99):
        print(f"{share} % within {taken[len(taken) * share // 100]:.3f} s")
    print(f"the longest took {taken[-1]:.3f} s")
    for problem, count in wrong.most_common():
        print(f"  {count} times {problem}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
