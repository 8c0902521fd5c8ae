// The queue: one doubtful field after another, its part of the sheet enlarged, one key each.
import { crop } from "./crop.js";
import { ask, clerk, kept, meant, offer, plain, say, tell, typing, waitingNow } from "./desk.js";

const $ = (name) => document.getElementById(name);
const names = new Map($("queue").dataset.fields.split("|").filter(Boolean).map((one) => one.split("=")));
const PARTS = { signer: ["name", "title", "capacity"], arrival: ["number", "date"] };
const LISTS = new Set(["recipients", "copies", "signer.capacity"]);
const CHOICES = { urgency: ["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"], secrecy: ["MẬT", "TỐI MẬT", "TUYỆT MẬT"] };
const items = [], done = []; // done: what may be taken back, the last one last
let at = 0, cursor = null, ended = false, fetching = null, busy = false, seen = false;

const iso = (text) => text ? text.slice(0, 10).split("-").reverse().join("/") : "";
const shown = (name, value) => value === null || value === undefined ? "" : Array.isArray(value) ? value.join("\n") : name.endsWith("date") ? iso(value) : String(value);

async function more() {
  if (ended || fetching) return fetching;
  fetching = (async () => {
    const found = await ask(`/api/review?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    fetching = null;
    if (!found) return;
    items.push(...found.items);
    cursor = found.items.at(-1)?.cursor ?? cursor;
    ended = !found.next;
    count(found.letters);
  })();
  return fetching;
}

// The picture of this question, or none: never the one of the question before. Nothing is right that was not seen.
function picturing(item) {
  const sheet = $("crop");
  seen = false;
  sheet.hidden = true;
  $("no-crop").hidden = true;
  $("right").disabled = true;
  const there = (drawn) => () => {
    if (items[at] !== item) return;
    sheet.hidden = !drawn;
    $("no-crop").hidden = drawn;
    seen = true;
    $("right").disabled = !clerk;
  };
  sheet.onload = there(true);
  sheet.onerror = there(false);
  sheet.src = picture(item);
}

function count(left) { $("left").textContent = left; waitingNow(left); }

const picture = (item) => crop(item.letter, item.evidence?.page ?? Number(item.letter.split("-").at(-1)), item.evidence?.box);

function inputs(item) {
  const parts = PARTS[item.field]?.map((part) => [`${item.field}.${part}`, item.value?.[part] ?? null]) ?? [[item.field, item.value]];
  return parts.map(([name, value]) => {
    const label = document.createElement("label"), many = LISTS.has(name) || name === "subject";
    const input = document.createElement(CHOICES[name] ? "select" : many ? "textarea" : "input");
    if (CHOICES[name]) for (const one of ["", ...CHOICES[name]]) input.append(new Option(one || "—", one));
    else if (many) input.rows = Math.min(6, Math.max(2, shown(name, value).split("\n").length));
    else input.type = "text";
    input.value = shown(name, value);
    input.dataset.name = name;
    input.dataset.before = input.value;
    input.read = value ?? (LISTS.has(name) ? [] : null);
    input.disabled = !clerk;
    if (name === "issuer" || name === "issuer_parent") known(input, () => `/api/names/issuers?q=${encodeURIComponent(input.value)}`);
    if (name === "signer.name") known(input, () => `/api/names/signers?issuer=${encodeURIComponent(item.issuer ?? "")}&q=${encodeURIComponent(input.value)}`);
    input.addEventListener("input", changed);
    input.addEventListener("change", changed);
    if (parts.length > 1) label.append(names.get(name) ?? name);
    else input.setAttribute("aria-label", names.get(name) ?? name);
    label.append(input);
    return label;
  });
}
function known(input, address) { input.setAttribute("list", "names"); offer(input, $("names"), address); }
const boxes = () => [...$("inputs").querySelectorAll("[data-name]")];
const altered = () => boxes().filter((one) => one.value.trim() !== one.dataset.before.trim());
function changed() {
  const keep = altered().length > 0;
  document.querySelector("[data-right]").hidden = keep;
  document.querySelector("[data-keep]").hidden = !keep;
}

async function show() {
  if (at >= items.length - 5) { const coming = more(); if (at >= items.length) await coming; }
  const item = items[at];
  $("loading").hidden = true;
  $("card").hidden = !item;
  $("done").hidden = !!item;
  $("again").hidden = !items.some((one) => one.skipped);
  if (!item) return;
  picturing(item);
  $("field").textContent = names.get(item.field) ?? item.field;
  $("whose").textContent = [item.number, iso(item.date), item.issuer].filter(Boolean).join(" · ");
  $("open").href = `/letter/${item.letter}`;
  $("inputs").replaceChildren(...inputs(item));
  $("raw").textContent = [item.evidence ? `${say("sure")}: ${Math.round(item.evidence.confidence * 100)}%` : "", item.evidence?.raw, item.evidence?.box ? "" : say("no_box")].filter(Boolean).join(" · ");
  $("known").textContent = item.known ?? "";
  $("known").hidden = !item.known;
  $("proposed").textContent = item.proposed ?? "";
  $("take").hidden = !item.proposed;
  $("back").disabled = at === 0;
  changed();
  $("undo").disabled = !done.length;
  const first = boxes()[0];
  if (first && !first.disabled) { first.focus(); first.select?.(); }
  for (const coming of items.slice(at + 1, at + 3)) new Image().src = picture(coming);
}

const listed = (one) => LISTS.has(one.dataset.name) ? one.value.split("\n").map((line) => line.trim()).filter(Boolean) : one.value.trim();

async function agreed(item, put) {
  const secret = put.find((one) => one.dataset.name === "secrecy" && one.value);
  if (secret) return meant(say("ask_secrecy", { value: secret.value }));
  return boxes().some((one) => one.value.trim()) || meant(say("ask_empty", { field: names.get(item.field) ?? item.field }));
}

async function right() {
  const item = items[at];
  if (!item || busy || !clerk || !seen) return;
  busy = true;
  const put = altered(), changes = [];
  let settled = {};
  if (!item.settled || put.length) {
    if (!await agreed(item, put)) { busy = false; boxes()[0]?.focus(); return; }
    for (const one of put) {
      settled = settled && await ask(`/api/letters/${item.letter}`, { method: "PATCH", body: { field: one.dataset.name, value: listed(one), seen: one.read ?? "" } });
      changes.push(...settled?.changes ?? []);
    }
    if (!put.length) settled = await ask(`/api/letters/${item.letter}/accept`, { method: "POST", body: { fields: [item.field], seen: item.value ?? "" } });
    changes.push(...(put.length ? [] : settled?.changes ?? []));
  }
  busy = false;
  if (changes.length) done.push({ item, changes, value: item.value });
  if (!settled) { $("undo").disabled = !done.length; return; }
  if (changes.length) { item.settled = true; item.skipped = false; }
  if (put.length) {
    const [head] = item.field.split(".");
    item.value = settled.letter?.header[head] ?? item.value;
    kept(settled);
  }
  if (settled.doubtful !== undefined) count(settled.doubtful);
  at += 1;
  show();
}

// what was done last is taken back, and stands before the clerk again
async function undo() {
  const last = done.at(-1);
  if (!last || busy) return;
  busy = true;
  const settled = await ask(`/api/letters/${last.item.letter}/take-back`, { method: "POST", body: { changes: last.changes } });
  busy = false;
  if (!settled) return;
  done.pop();
  last.item.settled = false;
  last.item.value = last.value;
  count(settled.doubtful);
  tell(say("undone"));
  at = items.indexOf(last.item);
  show();
}
// what the archive proposes, in the place of what was read
function take() {
  const input = boxes()[0];
  if (!items[at]?.proposed || !input || input.disabled) return;
  input.value = items[at].proposed;
  changed();
  right();
}
function skip() { if (items[at]) { items[at].skipped = !items[at].settled; at += 1; show(); } }
function back() { if (at > 0) { at -= 1; show(); } }

$("right").addEventListener("click", right);
$("take").addEventListener("click", take);
$("skip").addEventListener("click", skip);
$("back").addEventListener("click", back);
$("undo").addEventListener("click", undo);
$("again").addEventListener("click", () => { items.length = done.length = 0; at = 0; cursor = null; ended = false; show(); });
const DOES = { Enter: right, PageDown: skip, PageUp: back, F2: take };
document.addEventListener("keydown", (event) => {
  if (event.isComposing || document.querySelector("dialog[open]") || event.target.id === "find") return;
  if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "z" && !altered().length) {
    event.preventDefault();
    if (!event.repeat) undo();
    return;
  }
  if (!plain(event)) return;
  const enter = event.key === "Enter";
  if (enter && (event.shiftKey && event.target.tagName === "TEXTAREA" || /^(BUTTON|A|SUMMARY)$/.test(event.target.tagName))) { if (event.repeat) event.preventDefault(); return; }
  if (DOES[event.key]) {
    event.preventDefault();
    // a key that is held says nothing more than once
    if (!event.repeat) DOES[event.key]();
    return;
  }
  // a letter typed anywhere begins the right value in the place of the read one
  const first = boxes()[0];
  if (!typing(event) && event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key) && first && !first.disabled) { first.focus(); first.select?.(); }
});
show();
