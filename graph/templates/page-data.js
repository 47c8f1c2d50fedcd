/* The data, as graph/page_*.py write them: blocks of gzip in base64 inside the file or, from a
   server, by address. Columns become typed arrays; no object is made of an attribution before
   somebody looks at it. */

const data = {};
const kept = new Map(); // blocks that were asked for, by name
const KEPT_CHUNKS = 24;

async function read(name) {
  const held = byId(`block-${name}`);
  if (!held) {
    const address = (data.core?.blocks ?? "page/block/{name}").replace("{name}", name);
    const answer = await fetch(address);
    if (answer.status === 409) throw new Error(texts.reload);
    if (!answer.ok)
      throw new Error((await answer.text()) || `${answer.status} ${answer.statusText}`);
    return answer.json();
  }
  const packed = atob(held.textContent.trim());
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** A block by its name; the last ones asked for are kept. */
function block(name) {
  const found = kept.get(name) ?? read(name);
  kept.delete(name);
  kept.set(name, found);
  if (kept.size > KEPT_CHUNKS) kept.delete(kept.keys().next().value);
  return found;
}

/** Read the block `core` and set up what the rest is counted from. */
async function loadCore() {
  const core = await read("core");
  texts = core.texts;
  const told = core.attributions;
  const columns = {};
  for (const name of Object.keys(told)) {
    if (Array.isArray(told[name]) && name !== "time") columns[name] = Int32Array.from(told[name]);
  }
  Object.assign(data, {
    core,
    lists: core.lists,
    sources: core.sources,
    documents: core.documents,
    size: told.document.length,
    at: columns,
    more: new Map(Object.entries(told.more ?? {}).map(([a, others]) => [Number(a), others])),
    times: told.time,
    edges: {
      kind: Uint8Array.from(core.edges.kind),
      from: Int32Array.from(core.edges.from),
      to: Int32Array.from(core.edges.to),
      by: Int32Array.from(core.edges.by),
    },
    sourceNumbers: numbersOf(core.sources.id),
    documentNumbers: numbersOf(core.documents.key),
    claims: null,
    cues: null,
  });
  setPublishers();
  setDays();
  setPlaces();
}

const numbersOf = (names) => new Map(names.map((name, number) => [name, number]));

function setPublishers() {
  const names = [...new Set(data.documents.publisher)].sort();
  const codes = numbersOf(names);
  data.lists.publishers = names;
  data.publisherOf = Int32Array.from(data.documents.publisher, (name) => codes.get(name));
}

/** Days since 1970 of each document, null where it has no date. */
function setDays() {
  data.dayOf = data.documents.date.map((date) => {
    const day = Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86400000;
    return Number.isNaN(day) ? null : day;
  });
}

/** Where each document's attributions stand: they are ordered by document. */
function setPlaces() {
  const documents = data.documents.id.length;
  data.firstOf = new Int32Array(documents).fill(-1);
  data.countOf = new Int32Array(documents);
  for (let a = 0; a < data.size; a++) {
    const document = data.at.document[a];
    if (data.firstOf[document] < 0) data.firstOf[document] = a;
    data.countOf[document]++;
  }
}

/** Read the words of claims and cues, for which the first picture does not wait. */
async function loadWords() {
  const words = await read("words");
  data.claims = words.claims;
  data.cues = words.cues;
}

/** Text and evidence of a document's part of the data. */
const chunkOf = (document) => block(`chunk-${data.documents.chunk[document]}`);

async function evidenceOf(attribution) {
  return (await chunkOf(data.at.document[attribution])).evidence[attribution];
}

/** The sources of an attribution: most have one. */
function sourcesOf(attribution) {
  const first = data.at.source[attribution];
  const others = data.more.get(attribution);
  if (first < 0) return others ?? [];
  return others ? [first, ...others] : [first];
}

const typeOf = (source) => data.lists.types[data.sources.type[source]];
const anonymityOf = (source) => data.lists.anonymities[data.sources.anonymity[source]];
const labelOf = (source) => data.sources.label[source];

/** What an attribution has in a column with a list of values: `act`, `stance` … */
const LISTS = {
  act: "acts",
  stance: "stances",
  certainty: "certainties",
  polarity: "polarities",
  temporality: "temporalities",
  quotation: "quotations",
  medium: "media",
};
const valueOf = (attribution, name) => data.lists[LISTS[name]][data.at[name][attribution]];

/** The name of a value in the interface; of one that it does not know, the value. */
const nameIn = (list, value) => texts[list]?.[value] ?? value;

function describe(source) {
  const type = typeOf(source);
  if (type === "UnspecifiedSource") return nameIn("types", type);
  return `${nameIn("types", type)}, ${nameIn("anonymities", anonymityOf(source))}`;
}

const iconOf = (source) => shapeIcon(typeOf(source), anonymityOf(source));

const titleOf = (document) => data.documents.title[document] || texts.untitled;

/** Where a document comes from, in a line: publisher and date. */
const originOf = (document) =>
  [data.documents.publisher[document], data.documents.date[document]].filter(Boolean).join(", ");

/** The claim of an attribution in words, or what stands in its place. */
function wordsOf(attribution) {
  return data.claims?.[attribution] || nameIn("acts", valueOf(attribution, "act")) || "…";
}

/** The sign of a claim that somebody contests; nothing for another one. */
const contestedBadge = (tag, attribution) =>
  data.at.contested[attribution] === 1 &&
  make(tag, { className: "badge contested" }, icon("glyph", "sign-contested"), texts.contested);
