/* What can be taken along: the selection as CSV or JSON, the network as PNG, text to copy. */

const FIELDS = [
  "attribution",
  "source",
  "source_type",
  "anonymity",
  "act",
  "cue",
  "claim",
  "stance",
  "certainty",
  "polarity",
  "temporality",
  "quotation",
  "medium",
  "time",
  "to",
  "confidence",
  "contested",
  "document",
  "title",
  "publisher",
  "author",
  "date",
  "url",
  "begin",
  "end",
];

/** Everything about the selection, one record an attribution; reads the evidence chunk by chunk. */
async function records() {
  const found = [];
  for (const attribution of selection.chosen) {
    const evidence = await evidenceOf(attribution);
    const sources = sourcesOf(attribution);
    const document = data.at.document[attribution];
    const each = (of) => sources.map(of).join("; ");
    const confidence = data.at.confidence[attribution];
    const coded = Object.fromEntries(
      Object.keys(LISTS).map((name) => [name, valueOf(attribution, name)]),
    );
    const told = data.documents;
    found.push({
      attribution: evidence.id,
      source: each(labelOf),
      source_type: each(typeOf),
      anonymity: each(anonymityOf),
      ...coded,
      cue: data.cues[attribution],
      claim: data.claims[attribution],
      time: data.times[attribution],
      to: evidence.to.map(labelOf).join("; "),
      confidence: confidence < 0 ? "" : confidence / 100,
      contested: data.at.contested[attribution] === 1,
      document: told.id[document],
      title: told.title[document],
      publisher: told.publisher[document],
      author: told.author[document],
      date: told.date[document],
      url: told.url[document],
      begin: evidence.sentence ? evidence.sentence[0] : "",
      end: evidence.sentence ? evidence.sentence[1] : "",
    });
  }
  return found;
}

/** A cell of CSV (RFC 4180). Spreadsheets run what begins like a formula, so such text gets an
    apostrophe before it, as OWASP advises. */
function cell(value) {
  const text = String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) && typeof value === "string" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function asCsv(rows) {
  const lines = [FIELDS, ...rows.map((row) => FIELDS.map((field) => row[field]))];
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

function asJson(rows) {
  const ordered = rows.map((row) => Object.fromEntries(FIELDS.map((field) => [field, row[field]])));
  const told = { title: data.core.title, view: fragmentOf(state), attributions: ordered };
  return `${JSON.stringify(told, null, 1)}\n`;
}

function save(content, name, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  announce(fill(texts.saved, { name }));
}

async function saveRecords(written, name, type) {
  announce(texts.gathering);
  // A byte order mark tells spreadsheets that the text is UTF-8.
  save((type === "text/csv" ? "\ufeff" : "") + written(await records()), name, type);
}

/** The network as it is in view, on paper of its colour. */
async function savePicture() {
  if (state.view !== "network") choose({ view: "network" });
  for (let frame = 0; frame < 3; frame++) await nextFrame(); // until it is drawn and in its place
  const drawing = byId("canvas").querySelector("canvas");
  if (!drawing || byId("canvas").hidden) {
    tell(texts.nothing_left);
    return;
  }
  const sheet = make("canvas", { width: drawing.width, height: drawing.height });
  const context = sheet.getContext("2d");
  context.fillStyle = colours()("paper");
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(drawing, 0, 0);
  sheet.toBlob((blob) => save(blob, "quoth.png", "image/png"), "image/png");
}

const nextFrame = () =>
  new Promise((done) => {
    requestAnimationFrame(done);
  });

/** Put text into the clipboard or, where that is not allowed, before the reader to copy. */
async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
    announce(told);
    tell(told);
  } catch {
    const area = make("textarea", {
      value: text,
      readOnly: true,
      rows: 6,
      attributes: { "aria-label": texts.copy_by_hand },
    });
    tell(texts.copy_by_hand, area);
    area.focus();
    area.select();
  }
}

/** Say something beside what was clicked, for a while. */
function tell(words, ...more) {
  byId("told").hidden = false;
  replace(
    byId("told"),
    make("span", {}, words),
    more,
    make(
      "button",
      {
        type: "button",
        ariaLabel: texts.close,
        on: {
          click: () => {
            byId("told").hidden = true;
          },
        },
      },
      "×",
    ),
  );
  clearTimeout(tell.timer);
  if (!more.length)
    tell.timer = setTimeout(() => {
      byId("told").hidden = true;
    }, 4000);
}

function listenToExport() {
  const actions = {
    "save-csv": () => saveRecords(asCsv, "quoth.csv", "text/csv"),
    "save-json": () => saveRecords(asJson, "quoth.json", "application/json"),
    "save-png": savePicture,
    "copy-link": () => copy(location.href, texts.link_copied),
    print: () => window.print(),
  };
  for (const [id, action] of Object.entries(actions)) {
    byId(id).addEventListener("click", () => {
      byId("export").open = false;
      Promise.resolve(action()).catch((error) =>
        tell(fill(texts.failed, { error: error.message })),
      );
    });
  }
}
