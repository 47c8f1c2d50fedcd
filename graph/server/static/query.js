// The query page: YASGUI on this server's endpoint, and the named questions beside it.
"use strict";

const prefixes = JSON.parse(document.getElementById("prefixes").textContent);
const endpoint = new URL("sparql", document.baseURI).href;
const first =
  declared("said skos") +
  "SELECT ?name (COUNT(?a) AS ?attributions) {\n" +
  "  ?a a said:Attribution ; said:source ?source .\n  ?source skos:prefLabel ?name\n" +
  "}\nGROUP BY ?name\nORDER BY DESC(?attributions) ?name\nLIMIT 20\n";

function declared(names) {
  return names.split(" ").map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
}

Yasgui.Yasqe.defaults.value = first;
// Completion of prefixes, classes and properties would ask services on the web.
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
// Values without their datatypes, which a switch of the table brings back.
Yasgui.Yasr.defaults.plugins.table.dynamicConfig = { compact: true, isEllipsed: true };

const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint, method: "POST" },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: ["endpoint"] },
  // What was written is kept by the browser for this server alone.
  persistenceId: `quoth_${endpoint}`,
});

// Tabs that were kept ask the address that the server has now.
for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);

function literal(parameter, value) {
  if (parameter.type === "integer") return String(Number.parseInt(value, 10));
  const quoted = JSON.stringify(value);
  return parameter.type === "date" ? `${quoted}^^<${prefixes.xsd}date>` : quoted;
}

// A parameter is a variable that SELECT lists: it goes from there, and its value into the rest.
function filledIn(question, values) {
  const at = question.sparql.search(/^WHERE\b/m);
  let head = question.sparql.slice(0, at);
  let rest = question.sparql.slice(at);
  for (const parameter of question.parameters) {
    const variable = new RegExp(`[?$]${parameter.name}\\b`, "g");
    head = head.replace(new RegExp(`${variable.source}[ ]?`, "g"), "");
    // A SELECT inside lists it, or groups by it, too, and no value can stand there.
    rest = rest.replace(/^.*$/gm, (line) =>
      /^\s*(SELECT|GROUP BY)\b/.test(line)
        ? line.replace(new RegExp(`${variable.source}[ ]?`, "g"), "")
        : line.replace(variable, () => literal(parameter, values[parameter.name])),
    );
  }
  const text = head.replace(/^#.*@(param|ask).*\n/gm, "").replace(/^#\n(?=SELECT)/gm, "") + rest;
  const used = Object.keys(prefixes).filter((name) => new RegExp(`\\b${name}:`).test(text));
  return (used.length ? declared(used.join(" ")) : "") + text;
}

function ask(question, values) {
  const tab = yasgui.addTab(true, {
    name: question.name,
    yasqe: { value: filledIn(question, values) },
    requestConfig: { ...yasgui.config.requestConfig, endpoint },
  });
  tab.setEndpoint(endpoint);
  tab.query().catch(() => {}); // the tab shows what went wrong
}

function entry(question) {
  const details = document.createElement("details");
  const summary = details.appendChild(document.createElement("summary"));
  summary.textContent = question.title;
  const form = details.appendChild(document.createElement("form"));
  for (const parameter of question.parameters) {
    const label = form.appendChild(document.createElement("label"));
    label.textContent = `${parameter.name}: ${parameter.meaning}`;
    const input = label.appendChild(document.createElement("input"));
    input.name = parameter.name;
    input.type = { date: "date", integer: "number" }[parameter.type] ?? "text";
    input.required = true;
    input.value = parameter.default ?? "";
  }
  const button = form.appendChild(document.createElement("button"));
  button.textContent = "Ask";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(question, Object.fromEntries(new FormData(form)));
  });
  return details;
}

fetch("questions")
  .then((response) => response.json())
  .then((questions) => document.getElementById("questions").append(...questions.map(entry)));
