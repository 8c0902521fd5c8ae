// The queue: one doubtful field after another, its part of the sheet enlarged, one key each.
import { crop } from "./crop.js";
import { ask, clerk, offer, plain, say, tell, typing, waitingNow } from "./desk.js";

const $ = (name) => document.getElementById(name);
const names = new Map($("queue").dataset.fields.split("|").filter(Boolean).map((one) => one.split("=")));
const PARTS = { signer: ["name", "title", "capacity"], arrival: ["number", "date"] };
const LISTS = new Set(["recipients", "copies", "signer.capacity"]);
const CHOICES = { urgency: ["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"], secrecy: ["MẬT", "TỐI MẬT", "TUYỆT MẬT"] };
const items = [];
let at = 0, cursor = null, ended = false, fetching = null, busy = false;

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
  $("crop").src = picture(item);
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
  if (document.activeElement?.dataset?.name) document.activeElement.blur();
  for (const coming of items.slice(at + 1, at + 3)) new Image().src = picture(coming);
}

async function right() {
  const item = items[at];
  if (!item || busy || !clerk) return;
  busy = true;
  const put = altered();
  let done = true;
  for (const one of put) {
    const value = LISTS.has(one.dataset.name) ? one.value.split("\n").map((line) => line.trim()).filter(Boolean) : one.value.trim();
    done = done && await ask(`/api/letters/${item.letter}`, { method: "PATCH", body: { field: one.dataset.name, value } });
  }
  if (!put.length && !item.settled) done = await ask(`/api/letters/${item.letter}/accept`, { method: "POST", body: { fields: [item.field] } });
  busy = false;
  if (!done) return;
  item.settled = true; item.skipped = false;
  if (put.length) {
    const [head] = item.field.split(".");
    item.value = done.letter?.header[head] ?? item.value;
    tell(say("saved"));
  }
  if (done.doubtful !== undefined) count(done.doubtful);
  at += 1;
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
$("again").addEventListener("click", () => { items.length = 0; at = 0; cursor = null; ended = false; show(); });
document.addEventListener("keydown", (event) => {
  if (!plain(event) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && !(event.shiftKey && event.target.tagName === "TEXTAREA") && !/^(BUTTON|A|SUMMARY)$/.test(event.target.tagName) && event.target.id !== "find") {
    event.preventDefault();
    right();
    return;
  }
  if (typing(event)) return;
  const key = event.key.toLowerCase(), first = boxes()[0];
  if (key === "s") skip();
  else if (key === "b") back();
  else if (key === "k" && items[at]?.proposed) take();
  else if (key === "e" && first) { event.preventDefault(); first.focus(); }
  // any other letter begins the right value in the place of the read one
  else if (event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key) && key !== "g" && first && !first.disabled) { first.focus(); first.select?.(); }
});
show();
