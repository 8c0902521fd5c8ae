// The graph: moved and enlarged here, opened further by the server, which lays it out anew; everything by keyboard too.
import { plain, say, tell, typing } from "./desk.js";

const root = document.getElementById("graph"), picture = document.getElementById("picture"), panel = document.getElementById("said");
const { address } = root.dataset;
const opened = JSON.parse(root.dataset.opened);
const LEAST = 0.05, MOST = 4, STEP = 1.25, READABLE = 0.95; // pixels a unit of the drawing
let svg, base, view, nodes, edges, ends, chosen = null, busy = false;

// what is drawn
function read() {
  svg = picture.querySelector("svg");
  if (!svg) return false;
  const [x, y, width, height] = svg.getAttribute("viewBox").split(/[ ,]+/).map(Number);
  base = { x, y, width, height };
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  nodes = new Map();
  for (const one of svg.querySelectorAll(".node")) nodes.set(one.dataset.id, one);
  edges = [...svg.querySelectorAll(".edge")];
  ends = new Map([...nodes.keys()].map((id) => [id, []]));
  for (const one of edges) for (const id of [one.dataset.source, one.dataset.target]) ends.get(id)?.push(one);
  return true;
}

// view: the middle of what is seen, in units of the drawing, and pixels a unit
let waiting = 0, resting = 0, sharp = 0;
function show() {
  waiting ||= requestAnimationFrame(() => {
    waiting = 0;
    const x = picture.clientWidth / 2 - (view.x - base.x) * view.scale, y = picture.clientHeight / 2 - (view.y - base.y) * view.scale;
    svg.style.transform = `translate(${x}px, ${y}px) scale(${view.scale})`;
    if (view.scale === sharp) return;
    // what was drawn is enlarged as it is, and drawn sharp again when it rests
    clearTimeout(resting);
    resting = setTimeout(() => {
      sharp = view.scale;
      svg.classList.remove("moving");
      requestAnimationFrame(() => requestAnimationFrame(() => svg.classList.add("moving")));
    }, 300);
  });
}
const fitting = () => Math.min(picture.clientWidth / base.width, picture.clientHeight / base.height, 1.2);
const bound = (value, low, high) => Math.min(high, Math.max(low, value));
function look(x, y, scale = view.scale) {
  view = { x: bound(x, base.x, base.x + base.width), y: bound(y, base.y, base.y + base.height), scale: bound(scale, Math.min(LEAST, fitting()), MOST) };
  show();
}
const fit = () => look(base.x + base.width / 2, base.y + base.height / 2, fitting());
function zoom(by, at = null) {
  const place = picture.getBoundingClientRect(), scale = bound(view.scale * by, Math.min(LEAST, fitting()), MOST);
  const dx = at ? at.x - place.x - place.width / 2 : 0, dy = at ? at.y - place.y - place.height / 2 : 0;
  // what lies under the pointer stays there
  look(view.x + dx / view.scale - dx / scale, view.y + dy / view.scale - dy / scale, scale);
}
const move = (right, down) => look(view.x + right / view.scale, view.y + down / view.scale);
// the middle of a document in units of the drawing
function middle(node) {
  const box = node.getBoundingClientRect(), whole = svg.getBoundingClientRect(), scale = whole.width / base.width;
  return { x: base.x + (box.x + box.width / 2 - whole.x) / scale, y: base.y + (box.y + box.height / 2 - whole.y) / scale };
}
function start() {
  const scale = fitting(), centre = nodes.get(root.dataset.centre);
  view = { x: base.x + base.width / 2, y: base.y + base.height / 2, scale };
  if (scale >= READABLE * 0.85 || !centre) { show(); return; }
  // the document near the top, and no part of the window empty that could show more of the drawing
  const at = middle(centre), wide = picture.clientWidth / READABLE, high = picture.clientHeight / READABLE;
  look(within(at.x, base.x, base.width, wide), within(at.y + high / 3, base.y, base.height, high), READABLE);
}
const within = (value, from, size, seen) => seen >= size ? from + size / 2 : bound(value, from + seen / 2, from + size - seen / 2);

// pointing: drag moves, two fingers enlarge, a click chooses
const fingers = new Map();
let dragged = false, spread = 0;
picture.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  fingers.set(event.pointerId, event);
  dragged = fingers.size > 1;
  spread = 0;
});
addEventListener("pointermove", (event) => {
  const last = fingers.get(event.pointerId);
  if (!last) return;
  if (fingers.size === 1) {
    if (!dragged && Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < 4) return;
    dragged = true;
    move(last.clientX - event.clientX, last.clientY - event.clientY);
  }
  fingers.set(event.pointerId, event);
  if (fingers.size === 2) {
    const [one, other] = [...fingers.values()], now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    if (spread) zoom(now / spread, { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 });
    spread = now;
  }
});
for (const over of ["pointerup", "pointercancel"]) addEventListener(over, (event) => fingers.delete(event.pointerId));
picture.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(Math.exp(-bound(event.deltaY * (event.deltaMode ? 20 : 1), -300, 300) / 500), { x: event.clientX, y: event.clientY });
}, { passive: false });
picture.addEventListener("click", (event) => {
  if (dragged) { dragged = false; return; }
  const one = under(event), node = one?.closest(".node"), edge = one?.closest(".edge");
  if (node) {
    if ((event.ctrlKey || event.metaKey) && node.classList.contains("held")) { open(`/letter/${node.dataset.id}`, "_blank", "noopener"); return; }
    node.focus({ preventScroll: true });
    expand(node);
  } else edge?.focus({ preventScroll: true });
});
// a line is thin: what lies within a few pixels is meant
const NEAR = [[0, 0], [0, 3], [0, -3], [3, 0], [-3, 0], [0, 6], [0, -6], [6, 0], [-6, 0]];
function under(event) {
  for (const [x, y] of NEAR) {
    const found = document.elementFromPoint(event.clientX + x, event.clientY + y)?.closest("#picture .node, #picture .edge");
    if (found) return found;
  }
  return null;
}
let pointed = null, asked = 0;
picture.addEventListener("pointermove", (event) => {
  if (fingers.size || event.pointerType === "touch") return;
  asked ||= requestAnimationFrame(() => {
    asked = 0;
    const found = under(event), edge = found?.classList.contains("edge") ? found : null;
    if (edge === pointed) return;
    pointed?.classList.remove("pointed");
    edge?.classList.add("pointed");
    pointed = edge;
    if (edge || chosen) about(edge ?? chosen);
  });
});
picture.addEventListener("focusin", (event) => { const one = event.target.closest(".node, .edge"); if (one) choose(one); });
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => {
  const step = Number(button.dataset.zoom);
  if (step) zoom(step > 0 ? STEP : 1 / STEP); else fit();
});
addEventListener("resize", show);

// what is chosen: its neighbours light up, and the panel tells of it
function choose(one) {
  if (chosen === one) return;
  for (const old of svg.querySelectorAll(".lit")) old.classList.remove("lit");
  for (const old of svg.querySelectorAll("[tabindex='0']")) old.setAttribute("tabindex", "-1");
  one.setAttribute("tabindex", "0");
  chosen = one;
  one.classList.add("lit");
  for (const edge of ends.get(one.dataset.id) ?? []) edge.classList.add("lit");
  for (const id of [one.dataset.source, one.dataset.target]) nodes.get(id)?.classList.add("lit");
  about(one);
}
function put(kind, text, more = {}) { return Object.assign(document.createElement(kind), { textContent: text, ...more }); }
function act(text, key, run, link = "") {
  const made = link ? put("a", text, { href: link, className: "button" }) : put("button", text, { type: "button" });
  if (key) made.append(" ", put("kbd", key));
  if (run) made.addEventListener("click", run);
  return made;
}
const times = (id) => opened.filter((one) => one === id).length;
const page = (id) => `/graph/${encodeURIComponent(id)}`;
function about(one) {
  const told = one.dataset;
  if (one.classList.contains("edge")) {
    const number = (id) => nodes.get(id)?.dataset.number ?? "?";
    const head = put("h2", `${number(told.source)} → ${number(told.target)}`);
    panel.replaceChildren(head, ...JSON.parse(told.said).flatMap(([relation, sentence, sheet]) => [put("p", relation, { className: "tag good" }),
      put("blockquote", `${sentence} `), put("p", `${say("graph_page")} ${sheet}`, { className: "quiet num" })]));
    const acts = put("p", "", { className: "acts" });
    for (const id of [told.source, told.target]) if (nodes.get(id)?.classList.contains("held")) acts.append(act(number(id), "", null, `/letter/${id}`));
    panel.append(acts);
    return;
  }
  const held = one.classList.contains("held"), acts = put("p", "", { className: "acts" }), left = Number(told.left);
  if (left && !document.querySelector("#graph-rest .note")) acts.append(act(say("graph_expand", { count: left }), "Enter", () => expand(one)));
  if (times(told.id)) acts.append(act(say("graph_close"), "X", () => close(one)));
  if (held) acts.append(act(say("graph_open"), "O", null, `/letter/${told.id}`));
  if (told.id !== root.dataset.centre) acts.append(act(say("graph_centre"), "C", null, page(told.id)));
  acts.append(act(say("graph_trace"), "", null, `/trace?number=${encodeURIComponent(told.number)}`));
  const head = put("h2", told.number), day = put("p", told.day, { className: "quiet num" });
  if (!held) day.append(" ", put("span", say("graph_not_held"), { className: "tag" }));
  panel.replaceChildren(head, day, put("p", told.issuer), put("p", told.subject, { className: "quiet" }), acts);
}

// opening further: the server lays all out anew, and what was clicked stays where it was
function expand(node) {
  const full = document.querySelector("#graph-rest .note");
  if (full) tell(full.textContent);
  else if (Number(node.dataset.left)) again([...opened, node.dataset.id], node.dataset.id);
}
const close = (node) => again(opened.filter((one) => one !== node.dataset.id), node.dataset.id);
async function again(wanted, about) {
  if (busy) return;
  busy = true;
  picture.setAttribute("aria-busy", "true");
  // "-" is no document: without any the server would choose what to open
  const where = `${address}?${new URLSearchParams((wanted.length ? wanted : ["-"]).map((id) => ["open", id]))}`;
  const answer = await fetch(where, { headers: { accept: "text/html" }, credentials: "same-origin" }).catch(() => null);
  const made = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  busy = false;
  picture.removeAttribute("aria-busy");
  if (!made?.querySelector("#picture svg")) { tell(made?.querySelector("#picture")?.textContent.trim() || say(answer ? "failed" : "offline"), true); return; }
  const before = new Set(nodes.keys()), at = middle(nodes.get(about)), scale = view.scale, dx = at.x - view.x, dy = at.y - view.y;
  for (const id of ["picture", "graph-told", "graph-keep", "graph-rest"]) document.getElementById(id).replaceChildren(...made.getElementById(id).childNodes);
  opened.splice(0, opened.length, ...wanted);
  history.replaceState(null, "", where);
  chosen = null;
  read();
  const node = nodes.get(about) ?? nodes.get(root.dataset.centre), now = middle(node);
  view = { x: now.x - dx, y: now.y - dy, scale };
  show();
  for (const [id, one] of nodes) one.classList.toggle("fresh", !before.has(id));
  node.focus({ preventScroll: true });
}

// keys
function step(by) {
  const all = [...nodes.values()].map((one) => [one, one.getBoundingClientRect()]).sort(([, a], [, b]) => a.y - b.y || a.x - b.x).map(([one]) => one);
  const now = all.indexOf(chosen?.classList.contains("edge") ? nodes.get(chosen.dataset.source) : chosen);
  bring(all[bound(now + by, 0, all.length - 1)]);
}
function bring(one) {
  one.focus({ preventScroll: true });
  const place = one.getBoundingClientRect(), whole = picture.getBoundingClientRect();
  if (place.left < whole.left || place.right > whole.right || place.top < whole.top || place.bottom > whole.bottom) { const at = middle(one); look(at.x, at.y); }
}
let last = null; // the document whose lines are gone through
function line(by) {
  if (chosen?.classList.contains("node")) last = chosen;
  const own = ends.get(last?.dataset.id) ?? edges, now = own.indexOf(chosen);
  if (own.length) own[(now + by + own.length) % own.length].focus({ preventScroll: true });
}
document.addEventListener("keydown", (event) => {
  if (!svg || !plain(event) || typing(event) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase(), node = chosen?.classList.contains("node") ? chosen : null, own = picture.contains(document.activeElement);
  const pan = { arrowleft: [-60, 0], arrowright: [60, 0], arrowup: [0, -60], arrowdown: [0, 60] }[key];
  const free = own || document.activeElement === document.body;
  if (pan && free) { event.preventDefault(); move(...pan); }
  else if (key === "+" || key === "=") zoom(STEP);
  else if (key === "-") zoom(1 / STEP);
  else if (key === "0") fit();
  else if (key === "j" || key === "k") { event.preventDefault(); step(key === "j" ? 1 : -1); }
  else if (key === "e") { event.preventDefault(); line(event.shiftKey ? -1 : 1); }
  else if ((key === "enter" || key === " ") && own && node) { event.preventDefault(); expand(node); }
  else if (key === "x" && node && times(node.dataset.id)) close(node);
  else if (key === "o" && node?.classList.contains("held")) location.assign(`/letter/${node.dataset.id}`);
  else if (key === "c" && node && node.dataset.id !== root.dataset.centre) location.assign(page(node.dataset.id));
  else if (key === "escape" && chosen && own && last) last.focus({ preventScroll: true });
});

if (read()) {
  start();
  const centre = nodes.get(root.dataset.centre);
  if (centre) choose(centre);
}
