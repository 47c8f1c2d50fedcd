/* The evidence of one attribution: its words in their sentence, who said them and how that is
   known, the chain of hearsay, what answers it, and where it stands. */

/** A source as a way to its panel. */
const sourceButton = (source) =>
  make(
    "span",
    { className: "who" },
    iconOf(source),
    button(isolated(labelOf(source)), () => openSource(source), { className: "name" }),
  );

const sourceButtons = (sources) =>
  sources.flatMap((source, i) => [i ? texts.and : "", sourceButton(source)]);

/** A link to the web; any other address stays text. */
function webLink(address, words) {
  if (!/^https?:\/\//i.test(address)) return isolated(address);
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}

/** Sentences with their words marked; stretches that do not touch stand apart. */
function passages(runs) {
  return runs.flatMap((passage, i) => [
    i > 0 && make("p", { className: "gap" }, "…"),
    make(
      "p",
      { className: "sentence", dir: "auto" },
      passage.map(([words, role]) =>
        role ? make("mark", { className: role, title: texts.roles[role] }, words) : words,
      ),
    ),
  ]);
}

/** What a list shows of a claim before somebody opens it. */
function claimCard(attribution) {
  const document = data.at.document[attribution];
  const stance = valueOf(attribution, "stance");
  const card = make(
    "li",
    { className: "claim" },
    make(
      "button",
      {
        type: "button",
        className: "quote",
        data: { key: `card ${attribution}` },
        on: { click: () => openClaim(attribution) },
      },
      make("span", { className: "said", dir: "auto" }, shortened(wordsOf(attribution), 320)),
      make(
        "span",
        { className: "muted" },
        make("span", { className: `dash stance-${stance}` }),
        " ",
        speakersInWords(attribution),
        " ",
        nameIn("acts", valueOf(attribution, "act")),
        [titleOf(document), originOf(document)]
          .filter(Boolean)
          .flatMap((words) => [" · ", isolated(words)]),
      ),
    ),
    contestedBadge("span", attribution),
  );
  return card;
}

/** The panel of one attribution. */
function evidencePanel(attribution, evidence) {
  const document = data.at.document[attribution];
  return [
    make("div", { className: "words" }, passages(evidence.runs)),
    make(
      "p",
      { className: "marks" },
      ["source", "cue", "content"].map((role) => [
        make("mark", { className: role }, texts.roles[role]),
        " ",
      ]),
    ),
    contestedBadge("p", attribution),
    chainOf(attribution, evidence),
    factList(factsOf(attribution, evidence)),
    answersOf(texts.answers, evidence.answers),
    answersOf(texts.links, evidence.links),
    whereOf(document, evidence),
    make(
      "div",
      { className: "actions" },
      button(texts.read_document, () => choose({ view: "document", read: document }), {
        className: "action",
      }),
      button(texts.copy_query, () => copy(queryFor(evidence), texts.query_copied), {
        className: "action",
      }),
      button(
        texts.copy_citation,
        () => copy(citationOf(attribution, evidence), texts.citation_copied),
        { className: "action" },
      ),
    ),
  ];
}

/** The chain as a chain: who publishes, who says that somebody said, whose words these are. */
function chainOf(attribution, evidence) {
  const document = data.at.document[attribution];
  const step = ({ by, cue, attribution: act }, current) =>
    make(
      "li",
      { className: current ? "current" : "" },
      by.length ? sourceButtons(by) : muted(texts.unknown_source),
      " ",
      current || act < 0
        ? make("em", {}, isolated(cue))
        : button(make("em", {}, isolated(cue)), () => openClaim(act), { className: "name" }),
    );
  const own = {
    by: sourcesOf(attribution),
    cue: evidence.act_words || evidence.lemma || "",
    attribution,
  };
  const outlet = data.documents.publisher[document] || titleOf(document);
  return make(
    "section",
    { attributes: { "aria-label": texts.chain } },
    make("h3", {}, texts.chain),
    make(
      "ol",
      { className: "chain" },
      make("li", { className: "root" }, icon("glyph", "sign-document"), " ", isolated(outlet)),
      evidence.chain.map((outer) => step(outer, false)),
      step(own, true),
      evidence.reports.map((inner) => step(inner, false)),
    ),
  );
}

function factList(facts) {
  const told = facts.filter(([, value]) => present([value]).length);
  return make(
    "dl",
    { className: "facts" },
    told.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]),
  );
}

function factsOf(attribution, evidence) {
  const value = (name) => nameIn(LISTS[name], valueOf(attribution, name));
  const quoted = (words) => words && ["“", isolated(words), "”"];
  const inWords = (name, words) => [name, words && name !== words && [" (", ...quoted(words), ")"]];
  return [
    [texts.mention, mentionFact(attribution, evidence)],
    [texts.act, inWords(value("act"), evidence.act_words)],
    [texts.facets.stance, value("stance")],
    [texts.facets.certainty, value("certainty")],
    [texts.polarity, value("polarity")],
    [texts.temporality, value("temporality")],
    [texts.facets.quotation, value("quotation")],
    [texts.to, evidence.to.length ? sourceButtons(evidence.to) : quoted(evidence.to_words)],
    [texts.time, timeFact(attribution, evidence)],
    [texts.medium, value("medium") && inWords(value("medium"), evidence.medium_words)],
    [
      texts.reason,
      (evidence.reasons ?? []).flatMap((words, i) => [i ? "; " : "", ...quoted(words)]),
    ],
    [texts.proposition, propositionFact(evidence.proposition)],
    [texts.confidence, confidenceFact(data.at.confidence[attribution])],
  ];
}

/** The mention, the source it is taken for, and why. */
function mentionFact(attribution, { mention, canonical }) {
  const sources = sourcesOf(attribution);
  if (!mention && !sources.length) return texts.unknown_source;
  const sure =
    canonical &&
    canonical.confidence !== null &&
    canonical.confidence < 1 &&
    fill(texts.sure, { n: Math.round(100 * canonical.confidence) });
  return [
    mention && ["“", isolated(mention), "”", sources.length > 0 && " → "],
    sourceButtons(sources),
    canonical && [
      make(
        "span",
        { className: "why" },
        [nameIn("forms", canonical.form), canonical.reason, sure]
          .filter(Boolean)
          .flatMap((words, i) => [i ? "; " : "", isolated(words)]),
      ),
    ],
  ];
}

function timeFact(attribution, { time_words: words }) {
  const time = data.times[attribution];
  if (!time) return words && ["“", isolated(words), "”"];
  return [make("time", {}, time), words && [" (“", isolated(words), "”)"]];
}

function propositionFact(proposition) {
  if (!proposition) return "";
  return ["subject", "predicate", "object"]
    .map((part) => proposition[part])
    .filter(Boolean)
    .flatMap((words, i) => [i ? " — " : "", isolated(words)]);
}

function confidenceFact(confidence) {
  if (confidence < 0) return "";
  const meter = make("meter", { min: 0, max: 100, value: confidence, ariaLabel: texts.confidence });
  return [meter, ` ${confidence} %`];
}

/** Who denies, disputes, confirms this, or what this does so to. */
function answersOf(name, links) {
  if (!links.length) return "";
  return make(
    "section",
    {},
    make("h3", {}, name),
    make(
      "ul",
      { className: "links" },
      links.map((link) =>
        make(
          "li",
          { className: `link ${link.kind}` },
          make("span", { className: "kind" }, nameIn("link_types", link.kind)),
          " ",
          link.by.length ? sourceButtons(link.by) : muted(texts.unknown_source),
          link.text &&
            (link.attribution >= 0
              ? button(["“", isolated(link.text), "”"], () => openClaim(link.attribution), {
                  className: "said",
                })
              : make("span", { className: "said" }, "“", isolated(link.text), "”")),
        ),
      ),
    ),
  );
}

/** The question that finds this attribution in the graph. */
const queryFor = (evidence) => data.core.sparql.replace("{iri}", () => evidence.id);

/** A citation in one line: who said what in which words, and where it stands. */
function citationOf(attribution, evidence) {
  const document = data.at.document[attribution];
  const told = data.documents;
  const cue = evidence.act_words && ` (“${evidence.act_words}”)`;
  const claim = data.claims?.[attribution] && `: “${data.claims[attribution]}”`;
  const place = [
    told.title[document] && `“${told.title[document]}”`,
    told.publisher[document],
    told.date[document],
    told.url[document],
    evidence.sentence &&
      fill(texts.place, { begin: evidence.sentence[0], end: evidence.sentence[1] }),
  ]
    .filter(Boolean)
    .join(", ");
  const who = sourcesOf(attribution).map(labelOf).join(", ") || texts.unknown_source;
  return `${who}${cue || ""}${claim || ""}. ${place}.`.replace(/\s+/g, " ");
}

function whereOf(document, evidence) {
  const told = data.documents;
  const facts = [
    make("cite", {}, isolated(titleOf(document))),
    ...[told.publisher[document], told.author[document], told.date[document]]
      .filter(Boolean)
      .map(isolated),
    evidence.sentence &&
      fill(texts.place, { begin: evidence.sentence[0], end: evidence.sentence[1] }),
    told.url[document] && webLink(told.url[document], texts.article),
  ].filter(Boolean);
  return make(
    "p",
    { className: "cite" },
    facts.flatMap((fact, i) => [i ? ", " : "", fact]),
  );
}
