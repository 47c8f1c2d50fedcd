/* The network, drawn by vis-network (as pyvis ships it) at places that are known before, and the
   table that says the same. vis-network runs only once somebody looks at the network. */

/** Pixels around the picture; buttons stand above it and to the right. */
const MARGIN = { top: 56, right: 60, bottom: 22, left: 26 };

let network = null; // vis.Network, once there was something to draw
let items = null; // its nodes and edges
let drawn = null; // what it shows: picture(), with names for nodes and edges
let drawnFrom = ""; // the state that it was drawn from
let fittedFor = ""; // what the panel showed when the picture was last moved for it
let clickedInside = false; // who clicks in the picture sees it already

function drawNetwork() {
  drawn = picture();
  drawPictureTable();
  const empty = drawn.sources.length === 0 && !data.core.added?.nodes?.length;
  byId("canvas").hidden = empty;
  byId("nothing-drawn").hidden = !empty;
  byId("canvas").setAttribute(
    "aria-label",
    fill(texts.picture, {
      nodes: counted("sources", drawn.sources.length),
      edges: counted("edges", drawn.edges.length),
    }),
  );
  drawLegend();
  if (empty) return;
  const own = nodes();
  const all = [...own, ...addedNodes(own)];
  const made = { nodes: all, edges: [...edges(), ...addedEdges(all)] };
  const from = JSON.stringify([
    made.nodes.map(({ id, x, y }) => [id, x, y]),
    made.edges.map(({ id, from: end }) => id ?? end),
  ]);
  const opened = JSON.stringify(state.open);
  if (!network || from !== drawnFrom) handOver(made);
  else if (opened !== fittedFor && !clickedInside) fitLit();
  drawnFrom = from;
  fittedFor = opened;
  clickedInside = false;
  paint();
}

/** Hand nodes and edges to vis-network, making it where there is none yet. */
function handOver(made) {
  items = { nodes: new (visNetwork().DataSet)(made.nodes), edges: new vis.DataSet(made.edges) };
  if (network) network.setData(items);
  else startNetwork();
  network.once("afterDrawing", fitLit); // only then are the labels measured
}

/** Run vis-network, which stands in the page as text, the first time it is wanted. */
function visNetwork() {
  if (!window.vis) {
    const script = document.createElement("script");
    script.textContent = byId("vis-network").textContent;
    document.head.append(script);
  }
  return window.vis;
}

/* ---- colours ---- */

/** What stands out: null for everything, else the ids of nodes and edges. */
function litIds() {
  const open = state.open;
  if (!open) return null;
  if (open.what === "source") {
    const own = drawn.edges.filter(({ from, to }) => from === open.source || to === open.source);
    const outward = drawn.outward.filter(({ source }) => source === open.source);
    return new Set([
      open.source,
      ...own.flatMap((edge) => [edge.from, edge.to, edgeName(edge)]),
      ...outward.flatMap(({ type }) => [`others ${type}`, `out ${open.source} ${type}`]),
    ]);
  }
  if (open.what === "edge") return new Set([open.from, open.to, edgeName(open)]);
  if (open.what === "others") {
    const outward = drawn.outward.filter(({ type }) => type === open.type);
    return new Set([
      `others ${open.type}`,
      ...outward.flatMap(({ source, type }) => [source, `out ${source} ${type}`]),
    ]);
  }
  return new Set(sourcesOf(open.attribution));
}

/** Colour nodes and edges; what is not lit recedes. */
function paint() {
  if (!items) return;
  const colour = colours();
  const lit = litIds();
  const away = (id) => lit !== null && !lit.has(id);
  const paper = colour("paper");
  const look = (own, inside) => ({ background: inside, border: own });
  const named = (id, own, inside, size) => ({
    id,
    color: { ...look(own, inside), highlight: look(own, inside), hover: look(own, inside) },
    opacity: away(id) ? 0.25 : 1,
    font: {
      color: colour("ink") + (away(id) ? "66" : ""),
      face: colour("sans"),
      strokeWidth: 5,
      strokeColor: paper,
      size,
    },
  });
  items.nodes.update([
    ...drawn.sources.map((source) => {
      const own = colour(typeOf(source)) || colour("muted");
      const { size } = items.nodes.get(source).font;
      return named(source, own, anonymityOf(source) === "named" ? own : paper, size);
    }),
    ...drawn.others.map(({ type }) =>
      named(`others ${type}`, colour(data.lists.types[type]), colour("card"), OTHERS_FONT),
    ),
  ]);
  const line = (id, own, strength) => ({
    id,
    color: { color: own, highlight: own, hover: own, opacity: away(id) ? 0.12 : strength },
  });
  items.edges.update([
    ...drawn.edges.map((edge) => line(edgeName(edge), colour(`stance-${stanceOf(edge)}`), 1)),
    ...drawn.outward.map(({ source, type }) => ({
      ...line(`out ${source} ${type}`, colour("muted"), 0.7),
      // Drawn always, they would cover the picture.
      hidden: !lit?.has(`out ${source} ${type}`),
    })),
  ]);
  applyChanges(items);
}

/* ---- moving about ---- */

let strayed = false; // whether the reader has moved the picture away from the whole

function startNetwork() {
  const canvas = byId("canvas");
  network = new vis.Network(canvas, items, {
    physics: { enabled: false },
    interaction: { hover: true, hideEdgesOnDrag: drawn.edges.length > 400, dragNodes: true },
    nodes: { borderWidth: 2.2, borderWidthSelected: 4 },
    edges: { arrowStrikethrough: false, selectionWidth: 1.5, hoverWidth: 1 },
    ...data.core.options,
  });
  // The table says the same to the keyboard; the picture would be a stop without a function.
  canvas.querySelector(".vis-network").tabIndex = -1;
  network.on("click", ({ nodes: [node], edges: [edge] }) => clicked(node, edge));
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (typeof node === "number") choose({ expand: toggled(state.expand, node) });
  });
  for (const [event, cursor] of Object.entries({
    hoverNode: "pointer",
    hoverEdge: "pointer",
    blurNode: "",
    blurEdge: "",
  }))
    network.on(event, () => {
      canvas.style.cursor = cursor;
    });
  network.on("zoom", () => {
    strayed = true;
  });
  network.on("dragEnd", () => {
    strayed = true;
  });
  network.on("resize", () => {
    if (!strayed) requestAnimationFrame(fitLit);
  });
}

function clicked(node, edge) {
  clickedInside = true;
  if (typeof node === "number") openSource(node);
  else if (String(node).startsWith("others ")) {
    choose({ open: { what: "others", type: Number(node.slice(7)) } });
  } else if (node === undefined && drawn.edges.some((one) => edgeName(one) === edge)) {
    const { kind, from, to } = drawn.edges.find((one) => edgeName(one) === edge);
    choose({ open: { what: "edge", kind, from, to } });
  } else if (node === undefined && edge === undefined && state.open) choose({ open: null });
}

const fitAll = () => fit(items.nodes.getIds());

/** Show what the panel is about and its neighbours, or everything. */
function fitLit() {
  const lit = state.open ? litIds() : null;
  const ids = items.nodes.getIds();
  const near = lit ? ids.filter((id) => lit.has(id) && typeof id === "number") : [];
  fit(near.length ? near : ids);
}

/** Show these nodes whole, labels included (vis-network's own fit cuts them off). */
function fit(ids) {
  if (!ids.length || !byId("canvas").clientWidth) return;
  const boxes = ids.map((id) => network.getBoundingBox(id)).filter(Boolean);
  const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ["right", "bottom"].map((side) =>
    Math.max(...boxes.map((box) => box[side])),
  );
  const { clientWidth, clientHeight } = byId("canvas");
  const width = clientWidth - MARGIN.left - MARGIN.right;
  const height = clientHeight - MARGIN.top - MARGIN.bottom;
  const scale = Math.min(width / (right - left), height / (bottom - top), 1.15);
  network.moveTo({
    position: {
      x: (left + right) / 2 + (MARGIN.right - MARGIN.left) / 2 / scale,
      y: (top + bottom) / 2 + (MARGIN.bottom - MARGIN.top) / 2 / scale,
    },
    scale,
  });
  strayed = false;
}

function zoom(factor) {
  if (!network) return;
  network.moveTo({ scale: network.getScale() * factor });
  strayed = true;
}

function listenToNetwork() {
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", () => network && fitAll());
  byId("fold").addEventListener("click", () => choose({ expand: [], top: NOTHING.top }));
  byId("more-drawn").addEventListener("click", () => choose({ top: Math.min(2 * state.top, 240) }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (state.view === "network") paint();
  });
}
