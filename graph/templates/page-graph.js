/* What the network shows of the selection: the most quoted sources, whoever was picked or expanded,
   and one node for all others of a kind. Edges are added up here, under the filters. */

const MOST_NEIGHBOURS = 24; // that expanding a source brings in
const LEAST_EDGES = 40; // that are drawn, if there are so many
const EDGES_A_SOURCE = 2;
const STANCES = ["committed", "rejecting", "uncommitted", "unknown"];
const DENYING = new Set(["denies", "disputes"]);

/** All edges of the selection, by kind and ends: {kind, from, to, count, stances}. */
function edgesOfSelection() {
  if (selection.edges) return selection.edges;
  const { kind, from, to, by } = data.edges;
  const size = data.sources.id.length;
  const found = new Map();
  for (let row = 0; row < kind.length; row++) {
    if (!selection.inside[by[row]]) continue;
    const key = (from[row] * size + to[row]) * 8 + kind[row];
    let edge = found.get(key);
    if (!edge) {
      edge = { kind: kind[row], from: from[row], to: to[row], count: 0, stances: {} };
      found.set(key, edge);
    }
    edge.count++;
    const stance = valueOf(by[row], "stance");
    edge.stances[stance] = (edge.stances[stance] ?? 0) + 1;
  }
  selection.edges = [...found.values()];
  return selection.edges;
}

/** The stance that an edge shows: the most frequent of its statements, the plainer where equal. */
function stanceOf(edge) {
  if (DENYING.has(data.lists.kinds[edge.kind])) return "rejecting";
  const known = STANCES.filter((stance) => edge.stances[stance]);
  known.sort(
    (one, other) =>
      edge.stances[other] - edge.stances[one] || STANCES.indexOf(one) - STANCES.indexOf(other),
  );
  return known[0] ?? "unknown";
}

/** The statements behind an edge, in the selection. */
function statementsBehind({ kind, from, to }) {
  const { edges } = data;
  const found = [];
  for (let row = 0; row < edges.kind.length; row++) {
    if (
      edges.kind[row] === kind &&
      edges.from[row] === from &&
      edges.to[row] === to &&
      selection.inside[edges.by[row]]
    )
      found.push(edges.by[row]);
  }
  return [...new Set(found)].sort((one, other) => one - other);
}

/** The edges of a source, those with the most statements first. */
function edgesAt(source) {
  return edgesOfSelection()
    .filter((edge) => edge.from === source || edge.to === source)
    .sort(
      (one, other) =>
        other.count - one.count ||
        one.kind - other.kind ||
        one.from - other.from ||
        one.to - other.to,
    );
}

function neighboursOf(source) {
  const found = new Set(
    edgesAt(source).map((edge) => (edge.from === source ? edge.to : edge.from)),
  );
  found.delete(source);
  return [...found];
}

/** The sources that are drawn, in the order in which they came in. */
function drawnSources() {
  if (selection.drawn?.key === drawnKey()) return selection.drawn.sources;
  const degrees = new Map();
  for (const { from, to } of edgesOfSelection()) {
    for (const source of [from, to]) degrees.set(source, (degrees.get(source) ?? 0) + 1);
  }
  const speaking = [...selection.sources.keys()].filter(
    (source) => selection.sources[source] || degrees.has(source),
  );
  speaking.sort(byWeight);
  const sources = new Set(speaking.slice(0, state.top));
  for (const source of state.expand) {
    sources.add(source);
    for (const other of neighboursOf(source).slice(0, MOST_NEIGHBOURS)) sources.add(other);
  }
  if (state.open?.what === "source") sources.add(state.open.source);
  if (state.open?.what === "edge") sources.add(state.open.from).add(state.open.to);
  for (const source of sourcesWithAdded()) sources.add(source);
  for (const source of removedSources()) sources.delete(source);
  selection.drawn = { key: drawnKey(), sources, speaking };
  return sources;
}

const drawnKey = () => JSON.stringify([state.top, state.expand, state.open]);

/** What is drawn: sources, others by kind, edges between them, edges to the others. */
function picture() {
  const sources = drawnSources();
  const others = new Map();
  for (const source of selection.drawn.speaking) {
    if (sources.has(source)) continue;
    const type = data.sources.type[source];
    if (!others.has(type)) others.set(type, { type, sources: 0, statements: 0 });
    others.get(type).sources++;
    others.get(type).statements += selection.sources[source];
  }
  const edges = [];
  const outward = new Map();
  for (const edge of edgesOfSelection()) {
    const [from, to] = [sources.has(edge.from), sources.has(edge.to)];
    // What a source says of itself stands in its panel: loops would only cover its name.
    if (from && to && edge.from !== edge.to && !isRemoved(edge)) edges.push(edge);
    if (from === to) continue;
    const inner = from ? edge.from : edge.to;
    const type = data.sources.type[from ? edge.to : edge.from];
    const key = `${inner} ${type}`;
    outward.set(key, { source: inner, type, count: (outward.get(key)?.count ?? 0) + edge.count });
  }
  return {
    sources: [...sources],
    others: [...others.values()],
    edges: strongest(edges, sources.size),
    left: edges.length,
    outward: [...outward.values()],
  };
}

/** The edges that are drawn: all could cover each other. Those of what was picked are always. */
function strongest(edges, sources) {
  const asked = new Set(state.expand);
  if (state.open?.what === "source") asked.add(state.open.source);
  const isAsked = ({ kind, from, to }) =>
    asked.has(from) || asked.has(to) || same(state.open, { what: "edge", kind, from, to });
  const weight = (edge) => edge.count + (DENYING.has(data.lists.kinds[edge.kind]) ? 0.5 : 0);
  const most = Math.max(LEAST_EDGES, EDGES_A_SOURCE * sources);
  return [...edges]
    .sort((one, other) => isAsked(other) - isAsked(one) || weight(other) - weight(one))
    .filter((edge, place) => place < most || isAsked(edge));
}
