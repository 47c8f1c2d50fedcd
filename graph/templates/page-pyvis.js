/* What somebody has added to the network with pyvis, changed or taken away: `graph.draw()` returns
   a pyvis Network, and the page shows it as it was left. pyvis knows sources by their IRIs. */

const numbered = (id) => data.sourceNumbers.get(id) ?? id;
const AWAY = 90; // pixels from the picture to nodes that have no place

/** Nodes that are none of quoth's, in a column beside the picture where they have no place. */
function addedNodes(nodes) {
  const right = Math.max(...nodes.map(({ x }) => x), 0);
  return (data.core.added?.nodes ?? []).map((node, nth) => ({
    x: right + AWAY,
    y: nth * AWAY,
    shape: "dot",
    ...node,
  }));
}

/** Edges that are none of quoth's, between what is drawn. */
function addedEdges(nodes) {
  const drawnIds = new Set(nodes.map(({ id }) => id));
  return (data.core.added?.edges ?? [])
    .map((edge) => ({ ...edge, from: numbered(edge.from), to: numbered(edge.to) }))
    .filter(({ from, to }) => drawnIds.has(from) && drawnIds.has(to));
}

/** The sources that such edges need in the picture. */
const sourcesWithAdded = () =>
  (data.core.added?.edges ?? [])
    .flatMap(({ from, to }) => [from, to])
    .map(numbered)
    .filter((id) => typeof id === "number");

const removedSources = () => new Set((data.core.removed?.nodes ?? []).map(numbered));

/** The edge with an id as pyvis has it: both ends and the kind. */
const isRemoved = ({ kind, from, to }) =>
  (data.core.removed?.edges ?? []).includes(
    `${data.sources.id[from]} ${data.lists.kinds[kind]} ${data.sources.id[to]}`,
  );

/** Put changed looks over quoth's own. */
function applyChanges(items) {
  const { nodes = [], edges = [] } = data.core.changed ?? {};
  items.nodes.update(
    nodes
      .map(({ id, ...look }) => ({ ...look, id: numbered(id) }))
      .filter(({ id }) => items.nodes.get(id)),
  );
  items.edges.update(
    edges
      .map(({ from, to, kind, ...look }) => ({
        ...look,
        id: edgeName({
          kind: data.lists.kinds.indexOf(kind),
          from: numbered(from),
          to: numbered(to),
        }),
      }))
      .filter(({ id }) => items.edges.get(id)),
  );
}
