/* The page of a drawing. The data, written by graph/drawing.py, hold
     nodes, edges, options   for vis-network; a node's group is the kind of source, an edge has
                             its kind, its weight and the numbers of its claims
     sources                 what the list and the panel say of each source, most quoted first
     claims                  attributions (graph/evidence.py); sources and edges count into it
     documents               by IRI
     picture, texts          what is said of the picture, and every text of the page
   What comes from articles is only ever put in as text. */
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const texts = data.texts;
  const sources = new Map(data.sources.map((source) => [source.id, source]));
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const FIRST_ROWS = 25;
  const OPEN_CONNECTIONS = 6;

  const byId = (id) => document.getElementById(id);

  /* ---- texts and elements ---- */

  /** Replace {name} in a text of the interface. */
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  const number = (n) => n.toLocaleString("en");

  function counted(what, n) {
    return fill(texts.counts[what][n === 1 ? "one" : "other"], { n: number(n) });
  }

  /** Make an element; strings among the children become text, empty children are left out. */
  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.flat().filter((child) => child !== "" && child != null));
    return element;
  }

  /** Replace {name} in a text by elements; returns strings and elements. */
  function fillWith(text, values) {
    return text.split(/(\{\w+\})/).flatMap((part) => {
      const name = /^\{(\w+)\}$/.exec(part);
      return name ? values[name[1]] : part;
    });
  }

  const isolated = (text) => make("bdi", {}, text);

  function icon(classes, symbol) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    svg.setAttribute("class", classes);
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `#${symbol}`);
    svg.append(use);
    return svg;
  }

  const shapeOf = (source) =>
    icon(`shape ${source.type} ${source.anonymity}`, `shape-${source.type}`);

  function lineOf(kind) {
    const name = kind.replaceAll(" ", "-");
    return icon(`line ${name}`, `line-${name}`);
  }

  function describe(source) {
    const type = texts.types[source.type];
    if (source.type === "UnspecifiedSource") return type;
    return `${type}, ${texts.anonymities[source.anonymity]}`;
  }

  /** The name of a source: a button that opens it, where it is drawn. */
  function nameOf(source) {
    if (!nodes.has(source.id)) return isolated(source.label);
    const button = make("button", { type: "button", className: "name" }, isolated(source.label));
    button.addEventListener("click", () => openSource(source.id));
    return button;
  }

  const namesOf = (people) =>
    people.flatMap((source, i) => [i ? texts.and : "", nameOf(source)]);

  /* ---- the picture ---- */

  let network = null;
  let items = null;

  function style() {
    const computed = getComputedStyle(document.documentElement);
    return (name) => computed.getPropertyValue(`--${name.replaceAll(" ", "-")}`).trim();
  }

  /** Colours of the nodes and edges; those outside `lit`, where given, recede. */
  function paint(lit) {
    const colour = style();
    const away = (id) => lit && !lit.has(id);
    items.nodes.update(data.nodes.map((node) => {
      const own = colour(node.group || "UnspecifiedSource");
      const fill = node.anonymity === "named" ? own : colour("paper");
      const state = { background: fill, border: own };
      return {
        id: node.id,
        color: { ...state, highlight: state, hover: state, ...node.color },
        opacity: away(node.id) ? 0.25 : 1,
        font: {
          ...node.font,
          color: colour("ink") + (away(node.id) ? "55" : ""),
          face: colour("sans"),
          strokeWidth: 4,
          strokeColor: colour("paper"),
        },
      };
    }));
    items.edges.update(data.edges.map((edge) => {
      const own = colour(edge.kind || "muted");
      const opacity = away(edge.id) ? 0.15 : 1;
      return { id: edge.id, color: { color: own, highlight: own, hover: own, opacity } };
    }));
  }

  function drawNetwork() {
    const container = byId("network");
    container.setAttribute("aria-label", data.picture);
    if (!data.nodes.length) {
      container.hidden = true;
      byId("empty").hidden = false;
      document.querySelector(".zoom").hidden = true;
      byId("legend").hidden = true;
      return;
    }
    items = { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) };
    paint();
    network = new vis.Network(container, items, data.options);
    // The list says the same to the keyboard; the picture would be a stop without a function.
    container.querySelector(".vis-network").tabIndex = -1;
    network.once("afterDrawing", fitAll); // only then are the labels measured
    network.on("click", ({ nodes: [node], edges: [edge] }) => {
      if (node !== undefined) openSource(node, true);
      else if (edge !== undefined) openEdge(edge);
      else close();
    });
    for (const cursor of ["hoverNode", "hoverEdge"]) {
      network.on(cursor, () => { container.style.cursor = "pointer"; });
    }
    for (const cursor of ["blurNode", "blurEdge"]) {
      network.on(cursor, () => { container.style.cursor = ""; });
    }
    byId("zoom-in").addEventListener("click", () => zoom(1.4));
    byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
    byId("fit").addEventListener("click", fitAll);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(around));
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor });
  }

  /** Show these nodes whole, labels included (vis-network's own fit cuts them off). */
  function fit(ids) {
    const boxes = ids.map((id) => network.getBoundingBox(id));
    const left = Math.min(...boxes.map((box) => box.left));
    const right = Math.max(...boxes.map((box) => box.right));
    const top = Math.min(...boxes.map((box) => box.top));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    const { clientWidth, clientHeight } = byId("network");
    const margin = 24;
    const scale = Math.min(
      (clientWidth - 2 * margin) / (right - left),
      (clientHeight - 2 * margin) / (bottom - top),
      1,
    );
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
  }

  const fitAll = () => fit([...nodes.keys()]);

  /** What is lit, null for everything. */
  let around = null;

  function light(ids) {
    if (!network) return;
    around = ids && new Set(ids);
    paint(around);
  }

  function drawLegend() {
    const kept = {
      type: new Set(data.sources.map((source) => source.type)),
      anonymity: new Set(data.sources.map((source) => source.anonymity)),
      kind: new Set(data.edges.map((edge) => edge.kind)),
    };
    for (const [name, values] of Object.entries(kept)) {
      for (const entry of document.querySelectorAll(`.legend li[data-${name}]`)) {
        entry.hidden = !values.has(entry.dataset[name]);
      }
    }
    for (const section of document.querySelectorAll(".legend section")) {
      section.hidden = !section.querySelector("li:not([hidden])");
    }
    byId("legend").open = matchMedia("(min-width: 52.01rem)").matches;
  }

  /* ---- the list and the search ---- */

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const keys = data.sources.map(({ label, aliases }) => folded([label, ...aliases].join("\n")));
  let found = data.sources;

  function listSources(limit) {
    byId("rows").replaceChildren(...found.slice(0, limit).map((source) => {
      const button = make("button", { type: "button" },
        shapeOf(source), make("span", { className: "name" }, isolated(source.label)));
      button.addEventListener("click", () => openSource(source.id));
      return make("tr", {},
        make("td", {}, button, make("span", { className: "what" }, describe(source))),
        make("td", { className: "number" }, number(source.weight)));
    }));
    const all = byId("show-all");
    all.hidden = found.length <= limit;
    all.textContent = fill(texts.show_all, { n: number(found.length) });
  }

  function search() {
    const wanted = folded(byId("search").value.trim());
    found = data.sources.filter((_, i) => keys[i].includes(wanted));
    const all = number(data.sources.length);
    byId("matches").textContent = !wanted ? ""
      : found.length ? fill(texts.matches, { n: number(found.length), all }) : texts.no_match;
    close();
    light(wanted && found.length ? found.map((source) => source.id) : null);
    listSources(FIRST_ROWS);
  }

  /* ---- the panel ---- */

  let opener = null;

  function open(heading, body, lit) {
    if (byId("panel").hidden) {
      const active = document.activeElement;
      opener = active instanceof HTMLButtonElement ? active : null;
    }
    byId("panel-heading").replaceChildren(...heading);
    byId("panel-body").replaceChildren(...body.filter(Boolean));
    byId("panel").hidden = false;
    byId("list").hidden = true;
    light(lit);
    byId("panel-heading").focus();
    document.querySelector("aside").scrollTop = 0;
  }

  function close() {
    if (byId("panel").hidden) return;
    const inside = byId("panel").contains(document.activeElement);
    byId("panel").hidden = true;
    byId("list").hidden = false;
    if (network) network.unselectAll();
    light(null);
    if (inside) (opener && opener.isConnected ? opener : byId("search")).focus();
  }

  /** Open the panel of a source and, unless it was found in the picture, go there. */
  function openSource(id, inPicture = false) {
    const source = sources.get(id) || { ...nodes.get(id), claims: [], unlisted: true };
    const own = data.edges.filter((edge) => edge.from === id || edge.to === id);
    network.selectNodes([id]);
    const neighbours = [id, ...own.flatMap((edge) => [edge.from, edge.to])];
    if (!inPicture) fit(neighbours);
    open([isolated(source.label)], [
      ...(source.unlisted ? [] : aboutSource(source)),
      ...connections(id, own),
      ...claimsOf(source.claims, source.weight),
    ], [...neighbours, ...own.map((edge) => edge.id)]);
  }

  function openEdge(id) {
    const edge = edges.get(id);
    const ends = { from: sourceAt(edge.from), to: sourceAt(edge.to) };
    network.selectEdges([id]);
    open(
      fillWith(texts.edge[edge.kind] || "{from} – {to}", {
        from: nameOf(ends.from), to: nameOf(ends.to),
      }),
      claimsOf(edge.claims || [], edge.weight),
      [id, edge.from, edge.to],
    );
  }

  const sourceAt = (id) => sources.get(id) || nodes.get(id);

  function aboutSource(source) {
    const stances = ["committed", "rejecting", "uncommitted", "unknown"]
      .filter((stance) => source[stance]).map((stance) => counted(stance, source[stance]));
    const lines = [
      [shapeOf(source), " ", describe(source)],
      source.affiliations.length
        && fillWith(texts.affiliation, { name: isolated(source.affiliations.join(", ")) }),
      source.aliases.length && fillWith(texts.aliases, { names: isolated(source.aliases.join(", ")) }),
      source.weight && fill(texts.account, {
        attributions: counted("attributions", source.weight),
        stances: stances.join(", "),
        documents: counted("documents", source.documents),
      }),
    ];
    const shown = lines.filter(Boolean).map((line) => make("p", { className: "what" }, line));
    if (!source.weight) shown.push(make("p", { className: "what" }, texts.no_claims));
    return shown;
  }

  function connections(id, own) {
    if (!own.length) return [];
    const sorted = [...own].sort((one, other) => other.weight - one.weight);
    const entries = sorted.map((edge) => {
      const way = edge.from === id ? "out" : "in";
      const other = sourceAt(way === "out" ? edge.to : edge.from);
      const text = (texts.kinds[edge.kind] || {})[way] || "{other}";
      const button = make("button", { type: "button", className: "name" },
        fillWith(text, { other: isolated(other.label) }));
      button.addEventListener("click", () => openEdge(edge.id));
      return make("li", {}, edge.kind ? lineOf(edge.kind) : "", button,
        edge.weight > 1 ? ` ×${number(edge.weight)}` : "");
    });
    const heading = make("h3", {}, `${texts.connections} (${number(own.length)})`);
    return [
      make("details", { className: "connections", open: own.length <= OPEN_CONNECTIONS },
        make("summary", {}, heading), make("ul", {}, ...entries)),
    ];
  }

  function claimsOf(numbers, weight) {
    if (!numbers.length) return [];
    const marks = Object.entries(texts.roles).flatMap(([role, name]) => [
      " ", make("mark", { className: role }, name),
    ]);
    return [
      make("h3", {}, texts.claims),
      numbers.length < weight
        && make("p", { className: "what" }, fill(texts.some_claims, { n: number(numbers.length) })),
      make("p", { className: "marks" }, texts.marks, ...marks),
      ...numbers.map((n) => claimCard(data.claims[n])),
    ];
  }

  function claimCard(claim) {
    const passages = claim.passages.flatMap((runs, i) => [
      i ? make("p", { className: "gap" }, texts.gap) : null,
      make("p", { className: "sentence", dir: "auto" }, runs.map(([words, role]) =>
        role ? make("mark", { className: role, title: texts.roles[role] }, words) : words)),
    ]);
    const joined = (steps) => steps.flatMap((step, i) => [
      i ? " › " : "",
      ...fillWith(step.cue ? texts.step : "{who}", {
        who: step.by.length ? namesOf(step.by) : texts.unknown_source, cue: isolated(step.cue),
      }),
    ]);
    const facts = [
      [texts.act, texts.acts[claim.act] || claim.act],
      [texts.stance, texts.stances[claim.stance] || claim.stance],
      [texts.quotation, texts.quotations[claim.quotation] ?? claim.quotation],
      [texts.to, namesOf(claim.to)],
      [texts.medium, texts.media[claim.medium] || claim.medium],
      [texts.time, claim.time],
      [texts.chain, joined(claim.chain)],
      [texts.reports, joined(claim.reports)],
      ...claim.links.map((link) => [texts.links, linkText(link, "link")]),
      ...claim.answers.map((link) => [texts.answers, linkText(link, "answer")]),
    ].filter(([, value]) => value.length);
    return make("article", { className: "claim" },
      passages,
      make("dl", { className: "facts" },
        facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
      citation(claim));
  }

  function linkText(link, direction) {
    const more = direction === "link" ? link.by.length && link.text : link.text;
    const text = !more && direction === "link" && !link.text ? texts.link_unknown
      : texts[more ? `${direction}_by` : direction];
    return fillWith(text, {
      kind: texts.link_types[link.kind] || link.kind,
      text: isolated(link.text),
      who: namesOf(link.by),
    });
  }

  function citation(claim) {
    const place = data.documents[claim.document];
    const facts = [
      make("cite", {}, isolated(place.title || texts.untitled)),
      place.publisher && isolated(place.publisher),
      place.date,
      claim.end !== undefined && fill(texts.place, claim),
      place.url && make("a", { href: place.url, target: "_blank", rel: "noopener noreferrer" },
        texts.article),
    ].filter(Boolean);
    return make("p", { className: "cite" }, facts.flatMap((fact, i) => [i ? ", " : "", fact]));
  }

  /* ---- everything begins here ---- */

  drawLegend();
  drawNetwork();
  listSources(FIRST_ROWS);
  byId("show-all").addEventListener("click", () => {
    listSources(found.length);
    byId("rows").children[FIRST_ROWS].querySelector("button").focus();
  });
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && found.length) openSource(found[0].id);
  });
  byId("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
