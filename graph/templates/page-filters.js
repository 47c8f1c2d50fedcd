/* Which attributions the filters leave, and how many each further choice would. One pass marks, for
   every attribution, how many filters it fails and which it failed last: what fails none is in the
   selection, and what fails only one counts for the choices of that one. */

const FACETS = [
  "type",
  "anonymity",
  "source",
  "act",
  "stance",
  "certainty",
  "quotation",
  "publisher",
  "document",
];
const OF_SOURCES = new Set(["type", "anonymity", "source"]);
const OF_DOCUMENTS = new Set(["publisher", "document"]);
const DATE = FACETS.length + 1; // after the facets, numbered from 1
const OTHER = FACETS.length + 2;

let selection = { chosen: new Int32Array(), inside: new Uint8Array(), counts: {}, days: new Map() };

/** The code of a source, or of a document, in a facet. */
function codeOf(facet) {
  return {
    type: (source) => data.sources.type[source],
    anonymity: (source) => data.sources.anonymity[source],
    source: (source) => source,
    publisher: (document) => data.publisherOf[document],
    document: (document) => document,
  }[facet];
}

/** Call `visit` with each different code that an attribution has in a facet. */
function visitor(facet) {
  const code = codeOf(facet);
  if (OF_DOCUMENTS.has(facet)) {
    const documents = data.at.document;
    return (a, visit) => visit(code(documents[a]));
  }
  if (!OF_SOURCES.has(facet)) {
    const column = data.at[facet];
    return (a, visit) => visit(column[a]);
  }
  return (a, visit) => {
    const others = data.more.get(a);
    const first = data.at.source[a];
    if (!others) {
      if (first >= 0) visit(code(first));
      return;
    }
    for (const one of new Set([first, ...others].filter((s) => s >= 0).map(code))) visit(one);
  };
}

/** The tests that the state asks for: [which filter, passes(attribution)]. */
function tests() {
  const asked = [];
  FACETS.forEach((facet, number) => {
    if (!state[facet].length) return;
    const wanted = new Set(state[facet]);
    const visit = visitor(facet);
    asked.push([
      number + 1,
      (a) => {
        let passes = false;
        visit(a, (code) => {
          passes ||= wanted.has(code);
        });
        return passes;
      },
    ]);
  });
  if (state.from || state.to) {
    const dates = data.documents.date;
    const passes = Uint8Array.from(
      dates,
      (date) => date !== "" && date >= state.from && (!state.to || date.slice(0, 10) <= state.to),
    );
    asked.push([DATE, (a) => passes[data.at.document[a]]]);
  }
  if (state.confidence) asked.push([OTHER, (a) => data.at.confidence[a] >= state.confidence]);
  if (state.contested) asked.push([OTHER, (a) => data.at.contested[a] === 1]);
  if (state.q.trim() && data.claims) asked.push([OTHER, textTest(state.q)]);
  return asked;
}

function select() {
  const fails = new Uint8Array(data.size);
  const last = new Uint8Array(data.size);
  for (const [filter, passes] of tests()) {
    for (let a = 0; a < data.size; a++) {
      if (passes(a)) continue;
      fails[a]++;
      last[a] = filter;
    }
  }
  const chosen = new Int32Array(data.size);
  let size = 0;
  for (let a = 0; a < data.size; a++) if (!fails[a]) chosen[size++] = a;
  selection = {
    chosen: chosen.subarray(0, size),
    inside: fails.map((count) => (count ? 0 : 1)),
    counts: Object.fromEntries(
      FACETS.map((facet, number) => [
        facet,
        countsOf(facet, (a) => !fails[a] || (fails[a] === 1 && last[a] === number + 1)),
      ]),
    ),
    days: daysOf((a) => !fails[a] || (fails[a] === 1 && last[a] === DATE)),
  };
  selection.sources = countsOf("source", (a) => !fails[a]);
}

function countsOf(facet, counting) {
  const size =
    facet === "source"
      ? data.sources.id.length
      : facet === "document"
        ? data.documents.id.length
        : namesFor(facet).length;
  const counts = new Int32Array(size);
  const visit = visitor(facet);
  const count = (code) => {
    counts[code]++;
  };
  for (let a = 0; a < data.size; a++) if (counting(a)) visit(a, count);
  return counts;
}

/** Attributions by day; those of documents without a date at null. */
function daysOf(counting) {
  const counts = new Map();
  for (let a = 0; a < data.size; a++) {
    if (!counting(a)) continue;
    const day = data.dayOf[data.at.document[a]];
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}

/* ---- text ---- */

/** The words to look for; those in quotation marks stand together. */
const termsOf = (text) =>
  [...folded(text).matchAll(/["“”]([^"“”]+)["“”]|\S+/g)].map(
    ([whole, phrase]) => phrase ?? whole,
  );

const foldedTexts = {};

/** Sources, documents and claims as they are searched, folded when first asked for. */
function searched(what) {
  foldedTexts[what] ??= {
    sources: () =>
      data.sources.label.map((label, source) =>
        folded([label, ...(data.sources.aliases?.[source] || [])].join("\n")),
      ),
    documents: () => data.documents.title.map((title) => folded(title)),
    claims: () => data.claims.map((claim, a) => folded(`${claim}\n${data.cues[a]}`)),
  }[what]();
  return foldedTexts[what];
}

/** Whether claim, cue, source or title hold every term. */
function textTest(text) {
  const [claims, sources, documents] = ["claims", "sources", "documents"].map(searched);
  const terms = termsOf(text).map((term) => ({
    inSource: Uint8Array.from(sources, (words) => words.includes(term)),
    inTitle: Uint8Array.from(documents, (words) => words.includes(term)),
    term,
  }));
  return (a) =>
    terms.every(
      ({ term, inSource, inTitle }) =>
        inTitle[data.at.document[a]] ||
        sourcesOf(a).some((source) => inSource[source]) ||
        claims[a].includes(term),
    );
}

/* ---- what is counted of a selection ---- */

/** How many of these attributions rest on named, unnamed and unspecified sources; said by several,
    an attribution is as open as the most open of them. */
function anonymityShares(attributions) {
  const order = ["named", "unnamed", "unspecified"];
  const rank = data.lists.anonymities.map((name) => order.indexOf(name));
  const counts = { named: 0, unnamed: 0, unspecified: 0 };
  const { source } = data.at;
  for (const a of attributions) {
    let most = source[a] < 0 ? 2 : rank[data.sources.anonymity[source[a]]];
    for (const other of data.more.get(a) ?? []) {
      most = Math.max(most, rank[data.sources.anonymity[other]]);
    }
    counts[order[most]]++;
  }
  return counts;
}

/** The attributions of a source in the selection. */
function saidBy(source) {
  const one = data.at.source;
  return Array.from(selection.chosen).filter(
    (a) => one[a] === source || data.more.get(a)?.includes(source),
  );
}

const documentsAmong = (attributions) =>
  new Set(Array.from(attributions, (a) => data.at.document[a])).size;
