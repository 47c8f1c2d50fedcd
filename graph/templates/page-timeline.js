/* The small timeline: how many statements by day, week, month, year or more, and two handles, which
   are sliders to the keyboard, for the first and the last. */

const MOST_BARS = 60;
const DAY_MS = 86400000;
/** For each length of a bar: on which day the bar begins in which a day falls. */
const STEPS = [
  (day) => day,
  (day) => day - ((((day + 3) % 7) + 7) % 7), // 1970-01-01 was a Thursday
  (day) => firstDay(day, 1),
  ...[1, 10, 100, 1000].map((years) => (day) => firstDay(day, 12 * years)),
];

let bars = []; // [first day, last day] of each bar
let barOf = () => 0;

/** The first day of the stretch of so many months, counted from year 0, in which a day falls. */
function firstDay(day, months) {
  const date = new Date(day * DAY_MS);
  const month = 12 * date.getUTCFullYear() + date.getUTCMonth();
  const begin = new Date(0);
  begin.setUTCFullYear(0, Math.floor(month / months) * months, 1);
  return begin / DAY_MS;
}

const dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Choose the finest step that gives few enough bars, and list them. */
function setUpTimeline() {
  const days = [
    ...new Set(data.dayOf.filter((day, document) => day !== null && data.countOf[document])),
  ].sort((one, other) => one - other);
  byId("timeline").hidden = days.length < 2;
  if (days.length < 2) return;
  const [first, last] = [days[0], days.at(-1)];
  for (const begin of STEPS) {
    const starts = startsBetween(first, last, begin);
    if (starts.length > MOST_BARS) continue;
    bars = starts.map((start, i) => [start, (starts[i + 1] ?? last + 1) - 1]);
    const places = new Map(starts.map((start, i) => [start, i]));
    barOf = (day) => places.get(begin(day));
    break;
  }
  for (const [id, value] of [
    ["from", 0],
    ["to", bars.length - 1],
  ]) {
    const slider = byId(id);
    slider.max = bars.length - 1;
    slider.value = value;
    slider.addEventListener("input", () => moved(id));
  }
}

function startsBetween(first, last, begin) {
  const starts = [begin(first)];
  while (starts.length <= MOST_BARS) {
    let next = starts.at(-1) + 1;
    for (let step = 1; begin(next) === starts.at(-1); step *= 2) next += step;
    const start = begin(next);
    if (start > last) break;
    starts.push(start);
  }
  return starts;
}

const chooseDates = delayed((dates) => choose(dates, { quietly: true }), 60);

function moved(id) {
  const [from, to] = ["from", "to"].map((end) => Number(byId(end).value));
  if (from > to) byId(id === "from" ? "to" : "from").value = byId(id).value;
  const [first, last] = ["from", "to"].map((end) => Number(byId(end).value));
  tellDates(first, last);
  chooseDates({
    from: first === 0 ? "" : dayText(bars[first][0]),
    to: last === bars.length - 1 ? "" : dayText(bars[last][1]),
  });
}

function tellDates(first, last) {
  byId("from").setAttribute("aria-valuetext", dayText(bars[first][0]));
  byId("to").setAttribute("aria-valuetext", dayText(bars[last][1]));
  byId("from-shown").textContent = dayText(Math.max(bars[first][0], data.firstDay));
  byId("to-shown").textContent = dayText(bars[last][1]);
}

const dayIn = (text, otherwise) => (text ? Date.parse(`${text}T00:00:00Z`) / DAY_MS : otherwise);

function drawTimeline() {
  if (bars.length < 2) return;
  data.firstDay ??= Math.min(...[...data.dayOf].filter((day) => day !== null));
  const counts = new Array(bars.length).fill(0);
  let undated = 0;
  for (const [day, count] of selection.days) {
    if (day === null) undated += count;
    else counts[barOf(day)] += count;
  }
  const [from, to] = [dayIn(state.from, -Infinity), dayIn(state.to, Infinity)];
  const inside = bars.map(([first, last]) => last >= from && first <= to);
  const first = Math.max(inside.indexOf(true), 0);
  const last = inside.includes(true) ? inside.lastIndexOf(true) : bars.length - 1;
  byId("from").value = first;
  byId("to").value = last;
  tellDates(first, last);
  const most = Math.max(...counts, 1);
  byId("bars").setAttribute("viewBox", `0 0 ${bars.length} 40`);
  byId("bars").replaceChildren(
    ...counts.map((count, i) =>
      svg(
        "rect",
        {
          x: i + 0.06,
          width: 0.88,
          y: 40 - (38 * count) / most,
          height: (38 * count) / most,
          class: inside[i] ? "in" : "out",
        },
        svg("title", {}, `${dayText(bars[i][0])}: ${counted("attributions", count)}`),
      ),
    ),
  );
  byId("undated").textContent = undated ? fill(texts.undated, { n: number(undated) }) : "";
}
