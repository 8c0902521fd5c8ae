// A letter: fields and their boxes light each other up; a field is put right from the keyboard.
import { arrive } from "./arriving.js";
import { ask, clerk, kept, meant, offer, say, tell, typing, waitingNow } from "./desk.js";

const SVG = "http://www.w3.org/2000/svg";
const root = document.getElementById("letter");
const { id } = root.dataset;
const fields = [...document.querySelectorAll(".field")];
const figures = [...document.querySelectorAll("#sheets figure")];
const SCALE = 2; // pixels a point of the pictures

// sheets: a picture is fetched when it comes near
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) {
    const picture = entry.target.querySelector("img");
    if (!picture.src) picture.src = picture.dataset.src;
    near.unobserve(entry.target);
  }
}, { root: document.getElementById("sheets"), rootMargin: "600px" });

function draw(figure) {
  const picture = figure.querySelector("img"), svg = figure.querySelector("svg");
  figure.classList.remove("waiting");
  svg.setAttribute("viewBox", `0 0 ${picture.naturalWidth / SCALE} ${picture.naturalHeight / SCALE}`);
  svg.replaceChildren();
  const seen = new Map();
  for (const field of fields) {
    if (field.dataset.page !== figure.dataset.page || !field.dataset.box) continue;
    // parts of one field share a box: one rectangle, which answers to the first of them
    const box = field.dataset.box;
    if (seen.has(box)) { seen.get(box).fields.push(field); continue; }
    const [x0, y0, x1, y1] = box.split(" ").map(Number);
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x: x0 - 2, y: y0 - 2, width: x1 - x0 + 4, height: y1 - y0 + 4, rx: 2 })) rect.setAttribute(name, value);
    rect.classList.toggle("doubt", field.classList.contains("doubt"));
    const pair = { rect, fields: [field] };
    seen.set(box, pair);
    rect.addEventListener("mouseenter", () => light(pair.fields[0], false));
    rect.addEventListener("mouseleave", () => light(null));
    rect.addEventListener("click", () => { tab("fields"); pair.fields[0].focus(); });
    svg.append(rect);
  }
  figure.pairs = [...seen.values()];
  const now = document.activeElement.closest?.(".field");
  if (now?.dataset.page === figure.dataset.page) light(now);
}
for (const figure of figures) {
  figure.querySelector("img").addEventListener("load", () => draw(figure));
  near.observe(figure);
}

function light(field, scroll = true) {
  for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
  if (!field) return;
  field.classList.add("lit");
  for (const figure of figures) for (const pair of figure.pairs ?? []) {
    if (!pair.fields.includes(field)) continue;
    pair.rect.classList.add("lit");
    if (scroll) show(figure, pair.rect);
  }
}

const sheets = document.getElementById("sheets");
function show(figure, rect) {
  const place = rect ? rect.getBoundingClientRect() : figure.getBoundingClientRect(), whole = sheets.getBoundingClientRect();
  if (rect && place.top >= whole.top + 8 && place.bottom <= whole.bottom - 8) return;
  sheets.scrollBy({ top: place.top - whole.top - (rect ? whole.height / 3 : 8), behavior: rect ? "smooth" : "auto" });
}
for (const button of document.querySelectorAll("[data-goto]")) button.addEventListener("click", () => show(figures.find((one) => one.dataset.page === button.dataset.goto)));

let zoom = 1;
function zoomBy(step) {
  zoom = step ? Math.min(3, Math.max(0.5, zoom * (step > 0 ? 1.25 : 0.8))) : 1;
  for (const figure of figures) figure.style.width = `${zoom * 100}%`;
}
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoomBy(Number(button.dataset.zoom)));

// tabs
const TABS = ["fields", "cites", "cited", "text", "history"];
function tab(name) {
  for (const one of TABS) {
    document.getElementById(`tab-${one}`).setAttribute("aria-selected", one === name);
    document.getElementById(`part-${one}`).hidden = one !== name;
  }
}
for (const one of TABS) document.getElementById(`tab-${one}`).addEventListener("click", () => tab(one));
for (const link of document.querySelectorAll("[data-ref]")) link.addEventListener("click", (event) => {
  event.preventDefault();
  tab("cites");
  const line = document.getElementById(`ref-${link.dataset.ref}`);
  for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
  line.classList.add("lit");
  line.scrollIntoView({ block: "center" });
});

// putting right
const value = (field) => field.querySelector(".value");
function editor(field) {
  const { kind } = field.dataset, now = value(field).textContent;
  if (kind === "choice") {
    const select = document.createElement("select");
    for (const one of ["", ...field.dataset.choices.split("|")]) select.append(new Option(one || "—", one, false, one === now));
    return select;
  }
  const input = document.createElement(kind === "list" || kind === "text" ? "textarea" : "input");
  input.value = now;
  if (input.tagName === "TEXTAREA") input.rows = Math.min(9, Math.max(2, now.split("\n").length + (kind === "text" ? Math.floor(now.length / 50) : 0)));
  else input.type = "text";
  if (kind === "date") { input.placeholder = "31/12/2024"; input.inputMode = "numeric"; }
  if (field.dataset.names) {
    const list = Object.assign(document.createElement("datalist"), { id: "known" });
    field.append(list);
    input.setAttribute("list", "known");
    const who = encodeURIComponent(root.dataset.issuer);
    offer(input, list, (typed) => field.dataset.names === "signers" ? `/api/names/signers?issuer=${who}&q=${encodeURIComponent(typed)}` : `/api/names/issuers?q=${encodeURIComponent(typed)}`);
  }
  return input;
}

function edit(field) {
  if (!clerk || !("editable" in field.dataset) || field.querySelector("input,textarea,select")) return;
  const before = value(field).textContent, input = editor(field);
  input.setAttribute("aria-label", field.querySelector(".label").textContent);
  value(field).replaceChildren(input);
  input.focus();
  input.select?.();
  let over = false;
  const leave = (text) => {
    over = true;
    value(field).textContent = text;
    field.querySelector("datalist")?.remove();
  };
  // sure: by Enter or Tab, which also say that a doubtful value is right; to click elsewhere says nothing
  const keep = async (sure) => {
    if (over) return true;
    const typed = input.value.trim(), label = field.querySelector(".label").textContent;
    leave(typed);
    // a mark that hides the letter, and an empty value said to be right, are never set by the way
    const asks = field.dataset.field === "secrecy" && typed && typed !== before.trim() ? say("ask_secrecy", { value: typed })
      : sure && !typed && (before.trim() || field.classList.contains("doubt")) ? say("ask_empty", { field: label }) : "";
    if (asks && !await meant(asks)) { value(field).textContent = before; return true; }
    if (typed === before.trim() && !(sure && field.classList.contains("doubt"))) return true;
    const done = await put(field, typed, before);
    if (!done) value(field).textContent = before;
    return done;
  };
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    if (event.repeat && ["Enter", "Tab", "Escape"].includes(event.key)) { event.preventDefault(); return; }
    if (event.key === "Escape") { event.stopPropagation(); leave(before); field.focus(); }
    else if (event.key === "Enter" && !(event.shiftKey && input.tagName === "TEXTAREA")) { event.preventDefault(); event.stopPropagation(); await keep(true); field.focus(); }
    else if (event.key === "Tab") {
      event.preventDefault();
      const next = visible()[visible().indexOf(field) + (event.shiftKey ? -1 : 1)];
      if (await keep(true) && next) { next.focus(); edit(next); } else field.focus();
    }
  });
  input.addEventListener("blur", () => keep(false));
}

const lists = (field, text) => field.dataset.kind === "list" ? text.split("\n").map((one) => one.trim()).filter(Boolean) : text;
async function put(field, typed, before) {
  const done = await ask(`/api/letters/${id}`, { method: "PATCH", body: { field: field.dataset.field, value: lists(field, typed), seen: lists(field, before) } });
  if (done) { settled(done, field); made.push(...done.changes); kept(done); }
  return !!done;
}

const made = []; // the changes made on this page, the last one last
async function takeBack(changes) {
  if (await ask(`/api/letters/${id}/take-back`, { method: "POST", body: { changes } })) { tell(say("undone")); location.reload(); }
}
for (const button of document.querySelectorAll("[data-take-back]")) button.addEventListener("click", () => takeBack([Number(button.dataset.takeBack)]));

function settled(done, field) {
  waitingNow(done.doubtful);
  const asked = new Set(done.letter.review.filter((one) => one !== "references"));
  for (const one of fields) {
    const head = one.dataset.field.split(".")[0];
    if (!asked.has(head) && !asked.has(one.dataset.field)) one.classList.remove("doubt");
  }
  for (const figure of figures) for (const pair of figure.pairs ?? []) pair.rect.classList.toggle("doubt", pair.fields.some((one) => one.classList.contains("doubt")));
  document.getElementById("doubtful").hidden = !asked.size;
  const accept = document.getElementById("accept");
  if (accept) accept.hidden = !asked.size;
  if (field) { field.classList.remove("saved", "low"); void field.offsetWidth; field.classList.add("saved"); }
}

async function accept(names = null) {
  const done = await ask(`/api/letters/${id}/accept`, { method: "POST", body: { fields: names } });
  if (done) { settled(done, document.activeElement.closest?.(".field")); made.push(...done.changes); tell(say("accepted")); }
}
document.getElementById("accept")?.addEventListener("click", () => accept());

const arriving = document.getElementById("arrive");
arriving?.addEventListener("click", () => arrive([[id, arriving.dataset.came]]));

document.getElementById("lift")?.addEventListener("click", async () => {
  if (!await meant(say("ask_lift"))) return;
  const done = await ask(`/api/letters/${id}/lift`, { method: "POST", body: {} });
  if (done) { tell(say(done.held ? "lifted" : "lifted_not_held"), !done.held); document.getElementById("lift").disabled = true; }
});

const visible = () => fields.filter((one) => one.offsetParent !== null);
for (const field of fields) {
  field.addEventListener("mouseenter", () => light(field));
  field.addEventListener("mouseleave", () => light(document.activeElement.closest?.(".field") ?? null, false));
  field.addEventListener("focus", () => light(field));
  field.addEventListener("dblclick", () => edit(field));
}

// With a field in hand, a letter that is typed begins its value; commands are keys that write nothing.
async function commanded(event, field) {
  const { key, ctrlKey: ctrl, altKey: alt, shiftKey: shift } = event;
  if (ctrl && key === "Enter" && clerk) {
    const said = field?.classList.contains("doubt");
    if (shift) { if (!document.getElementById("accept").hidden) await accept(); }
    else if (said && (value(field).textContent.trim() || await meant(say("ask_empty", { field: field.querySelector(".label").textContent })))) await accept([field.dataset.field.split(".")[0]]);
  } else if (ctrl && !shift && key.toLowerCase() === "z" && made.length) await takeBack([made.pop()]);
  else if (ctrl && key === "ArrowRight" && root.dataset.next) location.assign(`/letter/${root.dataset.next}`);
  else if (alt && (key === "+" || key === "=")) zoomBy(1);
  else if (alt && key === "-") zoomBy(-1);
  else if (alt && key === "0") zoomBy(0);
  else if (alt && TABS[Number(key) - 1]) tab(TABS[Number(key) - 1]);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || typing(event) || document.querySelector("dialog[open]")) return;
  const field = document.activeElement.closest?.(".field"), { key } = event;
  if (event.repeat && (event.ctrlKey || event.altKey || key === "Enter")) { if (field) event.preventDefault(); return; }
  if (event.ctrlKey || event.altKey) {
    if (event.ctrlKey ? /^(Enter|z|Z|ArrowRight)$/.test(key) : /^[-+=0-5]$/.test(key)) { event.preventDefault(); commanded(event, field); }
    return;
  }
  if (event.metaKey) return;
  if (key === "Enter" && field) { event.preventDefault(); edit(field); return; }
  if (key === "Escape" && field) { field.blur(); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step && document.activeElement !== sheets) {
    event.preventDefault();
    const all = visible(), now = all.indexOf(field);
    (all[now + step] ?? all[now] ?? all.find((one) => one.classList.contains("doubt")) ?? all[0])?.focus();
  } else if (field && key.length === 1 && /[\p{L}\p{N}]/u.test(key)) edit(field);
});
if (location.hash.startsWith("#ref-")) tab("cites");
// what asks for a look is ready to the hand
fields.find((one) => one.classList.contains("doubt"))?.focus({ preventScroll: true });
