/* What every part of the page uses: elements, texts, icons. The scripts of manifest.json run as one
   module, in its order, and share its scope. What comes from articles becomes text, never markup. */

const byId = (id) => document.getElementById(id);

/** The texts of the interface, templates/texts.json; they come with the data. */
let texts = {};

/** Make an element; strings among the children become text, empty children are left out.
    `properties` are the element's, but `attributes`, `data` and `on` hold names and values of
    attributes, data-attributes and listeners. */
function make(
  tag,
  { attributes = {}, data: marks = {}, on = {}, ...properties } = {},
  ...children
) {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element.dataset, marks);
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(...present(children));
  return element;
}

const present = (children) =>
  children.flat(Infinity).filter((child) => child !== "" && child != null && child !== false);

/** Put children into an element in place of what it held; the focus stays at its data-key. */
function replace(element, ...children) {
  const active = document.activeElement;
  const key = active && element.contains(active) ? active.dataset.key : undefined;
  element.replaceChildren(...present(children));
  if (key !== undefined) {
    [...element.querySelectorAll("[data-key]")].find((found) => found.dataset.key === key)?.focus();
  }
}

function button(label, action, { className = "", key, ...rest } = {}) {
  const marks = key === undefined ? {} : { key };
  return make(
    "button",
    { type: "button", className, data: marks, on: { click: action }, ...rest },
    label,
  );
}

/** What is said beside the main thing. */
const muted = (...children) => make("span", { className: "muted" }, children);

/** Replace {name} in a text of the interface. */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Replace {name} in a text by elements; returns strings and elements. */
function fillWith(text, values) {
  return text.split(/(\{\w+\})/).flatMap((part) => {
    const name = /^\{(\w+)\}$/.exec(part);
    return name ? values[name[1]] : part;
  });
}

const number = (n) => n.toLocaleString("en");

const percent = (share) => `${Math.round(100 * share)} %`;

function counted(what, n) {
  return fill(texts.counts[what][n === 1 ? "one" : "other"], { n: number(n) });
}

/** Words of an article, which keep their direction to themselves. */
const isolated = (words) => make("bdi", {}, words);

/** The same for places that hold no elements: first strong isolate … pop directional isolate. */
const isolatedText = (words) => `\u2068${words}\u2069`;

/** Text as it is compared: without accents and case. */
const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function shortened(words, length) {
  const letters = Array.from(words);
  return letters.length > length
    ? `${letters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`
    : words;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function icon(classes, symbol) {
  return svg("svg", { class: classes, "aria-hidden": "true" }, svg("use", { href: `#${symbol}` }));
}

const shapeIcon = (type, anonymity) => icon(`shape ${type} ${anonymity}`, `shape-${type}`);

function lineIcon(kind, stance) {
  return icon(`line stance-${stance}`, `line-${kind.replaceAll(" ", "-")}`);
}

/** Call `action` once `wait` ms have passed without another call. */
function delayed(action, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), wait);
  };
}

/** Tell those who do not see the page what has changed. */
function announce(words) {
  byId("status").textContent = words;
}

/** Colours stand in the style sheet, so that they follow light and dark. */
function colours() {
  const computed = getComputedStyle(document.documentElement);
  return (name) => computed.getPropertyValue(`--${name}`).trim();
}
