/* Nodes and edges of the network as vis-network takes them: how each looks and where it stands.
   Every difference that a colour makes is made by a shape, an arrow or a dash as well. */

const SIZES = [9, 30]; // pixels from the middle to the edge
const FONTS = [14, 23];
const OTHERS_FONT = 17;
const LINE_LENGTH = 20;
const LABEL_LINES = 2;

function linesOf(label) {
  const lines = [""];
  for (const word of label.split(/\s+/)) {
    const last = lines.at(-1);
    if (last && `${last} ${word}`.length > LINE_LENGTH) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  const kept = lines.slice(0, LABEL_LINES).map((line) => shortened(line, LINE_LENGTH + 4));
  if (lines.length > LABEL_LINES)
    kept[LABEL_LINES - 1] = `${shortened(kept[LABEL_LINES - 1], LINE_LENGTH - 1)}…`;
  return kept.map((line) =>
    /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069]/.test(line) ? isolatedText(line) : line,
  );
}

/** What a node looks like with so many statements, and the box it takes with its label. */
function lookOf(label, count, most) {
  const share = Math.sqrt(count / Math.max(most, 10));
  const size = SIZES[0] + share * (SIZES[1] - SIZES[0]);
  const font = Math.round(FONTS[0] + share * (FONTS[1] - FONTS[0]));
  const lines = linesOf(label);
  const longest = Math.max(...lines.map((line) => Array.from(line).length));
  return {
    size,
    font,
    label: lines.join("\n"),
    width: Math.max(2 * size, longest * font * 0.56) + 22,
    height: 2 * size + lines.length * font * 1.25 + 20,
  };
}

function nodes() {
  const most = Math.max(...drawn.sources.map((source) => selection.sources[source]), 1);
  const places = new Map(drawn.sources.map((source, i) => [source, i]));
  const nearest = new Map();
  for (const { from, to } of drawn.edges) {
    for (const [one, other] of [
      [from, to],
      [to, from],
    ]) {
      if (!nearest.has(one) && data.sources.x[other] !== null) nearest.set(one, places.get(other));
    }
  }
  const looks = drawn.sources.map((source) => ({
    ...lookOf(labelOf(source), selection.sources[source], most),
    x: data.sources.x[source],
    y: data.sources.y[source],
    near: nearest.get(source),
  }));
  const { clientWidth, clientHeight } = byId("canvas");
  // Pushing boxes apart, which are wide, makes the picture taller; the others stand below it.
  const aspect = (1.3 * (clientWidth || 900)) / (clientHeight || 600);
  const found = placesOf(looks, Math.min(Math.max(aspect, 0.5), 2.8));
  const shown = drawn.sources.map((source, i) => ({
    id: source,
    label: looks[i].label,
    shape: data.core.looks.shapes[typeOf(source)] ?? "dot",
    size: looks[i].size,
    font: { size: looks[i].font },
    x: Math.round(found[i][0]),
    y: Math.round(found[i][1] - looks[i].height / 2 + looks[i].size + 10),
    shapeProperties: { borderDashes: data.core.looks.outlines[anonymityOf(source)] ?? false },
  }));
  return [...shown, ...othersBelow(found, looks, aspect < 1 ? 2 : drawn.others.length)];
}

/** One node for all others of a kind, under the picture, so many in a row. */
function othersBelow(places, looks, inRow) {
  const bottom = Math.max(...places.map(([, y], i) => y + looks[i].height / 2));
  const left = Math.min(...places.map(([x]) => x));
  const right = Math.max(...places.map(([x]) => x));
  const wide = Math.max((right - left) / inRow, 200);
  const middle = (left + right) / 2;
  return drawn.others.map(({ type, sources }, i) => ({
    id: `others ${type}`,
    label: fill(texts.others, {
      n: number(sources),
      kind: texts.kind_nouns[data.lists.types[type]][sources === 1 ? 0 : 1],
    }),
    shape: "box",
    margin: 9,
    font: { size: OTHERS_FONT },
    x: Math.round(middle + ((i % inRow) - (Math.min(inRow, drawn.others.length) - 1) / 2) * wide),
    y: Math.round(bottom + 60 + 52 * Math.floor(i / inRow)),
    shapeProperties: { borderDashes: [2, 2], borderRadius: 14 },
  }));
}

const edgeName = ({ kind, from, to }) => `${kind} ${from} ${to}`;

function edges() {
  const between = new Map();
  for (const { from, to } of drawn.edges) {
    const pair = [from, to].sort().join(" ");
    between.set(pair, (between.get(pair) ?? 0) + 1);
  }
  const before = new Map();
  const inner = drawn.edges.map((edge) => {
    const { kind, from, to, count } = edge;
    const nth = (before.get(`${from} ${to}`) ?? 0) + 1;
    before.set(`${from} ${to}`, nth);
    const alone = between.get([from, to].sort().join(" ")) === 1;
    const name = data.lists.kinds[kind];
    return {
      id: edgeName(edge),
      from,
      to,
      width: 1.6 + Math.log2(count),
      dashes: data.core.looks.dashes[name] ?? false,
      arrows: { to: data.core.looks.arrows[name] ?? { enabled: true } },
      // Edges between the same two bend apart, those of the other direction to the other side.
      smooth: alone ? false : { enabled: true, type: "curvedCW", roundness: 0.14 * nth },
    };
  });
  return [
    ...inner,
    ...drawn.outward.map(({ source, type }) => ({
      id: `out ${source} ${type}`,
      from: source,
      to: `others ${type}`,
      width: 1.5,
      smooth: false,
      dashes: [2, 5],
    })),
  ];
}
