// The register: lines by keyboard, columns, saved views, and files dropped on it with their progress live.
import { arrive } from "./arriving.js";
import { ask, clerk, plain, say, typing } from "./desk.js";

const lines = [...document.querySelectorAll("#lines tbody tr")];
let at = -1;
function go(to) {
  if (!lines.length) return;
  lines[at]?.classList.remove("on");
  at = Math.max(0, Math.min(lines.length - 1, to));
  lines[at].classList.add("on");
  lines[at].querySelector("a").focus({ preventScroll: true });
  lines[at].scrollIntoView({ block: "nearest" });
}
for (const [place, line] of lines.entries()) {
  line.addEventListener("click", (event) => {
    if (event.target.closest("a, .pick") || getSelection().toString()) return;
    if (event.ctrlKey || event.metaKey) open(line.dataset.href, "_blank", "noopener"); else location.assign(line.dataset.href);
  });
  line.addEventListener("focusin", () => { lines[at]?.classList.remove("on"); at = place; line.classList.add("on"); });
}
document.addEventListener("keydown", (event) => {
  if (!plain(event) || typing(event) || document.querySelector("dialog[open]")) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step) { event.preventDefault(); go(at + step); }
  else if (event.key.toLowerCase() === "u" && clerk) { event.preventDefault(); document.getElementById("upload").click(); }
});

// letters that are picked are given their arrival numbers together, the one handed in first coming first
const picks = [...document.querySelectorAll("#lines tbody .pick input")], every = document.getElementById("pick-all");
const picked = () => picks.filter((one) => one.checked);
function counted() {
  const many = picked().length, button = document.getElementById("arrive");
  button.hidden = !many;
  document.getElementById("arrive-count").textContent = many;
  every.checked = many > 0 && many === picks.length;
  every.indeterminate = many > 0 && many < picks.length;
}
for (const one of picks) one.addEventListener("change", counted);
if (every) {
  every.disabled = !picks.length;
  every.addEventListener("change", () => { for (const one of picks) one.checked = every.checked; counted(); });
  document.getElementById("arrive").addEventListener("click", () => arrive(picked().map((one) => [one.value, one.dataset.came])));
  addEventListener("pageshow", counted);
}

// columns
const table = document.getElementById("lines");
const boxes = [...document.querySelectorAll("#columns input")];
const hidden = new Set((localStorage.getItem("columns.hidden") ?? "province file pages").split(" ").filter(Boolean));
function showColumns() {
  if (table) table.dataset.hide = [...hidden].join(" ");
  for (const box of boxes) box.checked = !hidden.has(box.value);
}
for (const box of boxes) box.addEventListener("change", () => {
  if (box.checked) hidden.delete(box.value); else hidden.add(box.value);
  localStorage.setItem("columns.hidden", [...hidden].join(" "));
  showColumns();
});
showColumns();

// saved views, kept in this browser: what the list is narrowed to, its order and its columns
const views = document.getElementById("views");
const saved = () => JSON.parse(localStorage.getItem("views") ?? "[]");
const keep = (all) => { localStorage.setItem("views", JSON.stringify(all)); showViews(); };
const make = (kind, values = {}) => Object.assign(document.createElement(kind), values);
function view([name, query, columns]) {
  const line = make("div", { className: "view" }), link = make("a", { textContent: name, href: `/?${query}` });
  const forget = make("button", { type: "button", className: "plain", textContent: "×", ariaLabel: say("view_forget", { name }) });
  link.addEventListener("click", () => { if (columns !== undefined) localStorage.setItem("columns.hidden", columns); });
  forget.addEventListener("click", (event) => { event.stopPropagation(); keep(saved().filter(([old]) => old !== name)); });
  line.append(link, forget);
  return line;
}
function showViews() {
  const name = make("input", { type: "text", maxLength: 60, placeholder: say("view_name"), ariaLabel: say("view_name"), autocomplete: "off" });
  const save = make("button", { type: "button", textContent: say("view_save") }), form = make("div", { className: "naming" });
  const put = () => {
    const query = new URLSearchParams(location.search), typed = name.value.trim();
    query.delete("cursor");
    if (typed) keep([...saved().filter(([old]) => old !== typed), [typed, query.toString(), [...hidden].join(" ")]]);
  };
  save.addEventListener("click", (event) => { event.stopPropagation(); put(); });
  name.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); put(); } });
  form.append(name, save);
  const all = saved();
  views.replaceChildren(...(all.length ? all.map(view) : [make("p", { className: "quiet", textContent: say("view_none") })]), form);
}
showViews();

// files
const box = document.getElementById("taking"), list = document.getElementById("taking-files"), bar = document.getElementById("taking-bar");
const title = document.getElementById("taking-title"), left = document.getElementById("taking-left"), close = document.getElementById("taking-close");
const MOST_FILES = 25, MOST_BYTES = 100 * 1024 * 1024;
let busy = false, sending = false;

function row(name) {
  const line = document.createElement("li");
  const [label, tag, why] = ["name", "tag", "why"].map((kind) => Object.assign(document.createElement("span"), { className: kind }));
  label.textContent = label.title = name;
  line.append(label, tag, why);
  list.append(line);
  return (state, note = "", bad = false) => {
    tag.className = `tag ${state}`;
    tag.textContent = say(state === "failed" ? "failed_state" : state);
    why.textContent = note;
    why.className = bad ? "why" : "quiet";
  };
}

function groups(files) {
  const found = [];
  let size = Infinity;
  for (const file of files) {
    if (size + file.size > MOST_BYTES || found.at(-1).length >= MOST_FILES) { found.push([]); size = 0; }
    found.at(-1).push(file);
    size += file.size;
  }
  return found;
}

async function takeIn(files) {
  if (!files.length || busy) return;
  busy = true;
  box.hidden = false; close.hidden = true; list.replaceChildren(); left.textContent = "";
  const rows = new Map(files.map((file) => [file, row(file.name)]));
  for (const show of rows.values()) show("waiting");
  let letters = 0, refused = 0, done = 0;
  const count = () => { title.textContent = `${done}/${files.length}`; bar.max = files.length; bar.value = done; };
  count();
  const all = groups(files);
  for (const [turn, group] of all.entries()) {
    sending = true;
    for (const file of group) rows.get(file)("sending");
    const form = new FormData();
    for (const file of group) form.append("files", file, file.name);
    const batch = await ask("/api/ingest", { method: "POST", form });
    sending = turn < all.length - 1;
    if (!batch) { for (const file of group) { rows.get(file)("failed"); refused += 1; } done += group.length; count(); continue; }
    const end = await follow(batch, group.map((file) => rows.get(file)), (ready) => { title.textContent = `${done + ready}/${files.length}`; bar.value = done + ready; });
    done += group.length;
    for (const one of end?.files ?? []) { letters += one.state === "stored" ? one.letters : 0; refused += ["refused", "failed"].includes(one.state); }
    count();
  }
  over(letters, refused);
}

// a batch is remembered until it is done: the page may be left meanwhile, and shows it again
function follow(batch, shows, count) {
  sessionStorage.setItem("batch", batch.id);
  return new Promise((resolve) => {
    const source = new EventSource(`/api/ingest/${batch.id}/events`);
    let last = batch;
    source.onmessage = (event) => {
      last = JSON.parse(event.data);
      let ready = 0;
      for (const [place, one] of last.files.entries()) {
        const bad = one.state === "refused" || one.state === "failed";
        const note = bad ? one.reason ?? "" : one.letters ? say("letters", { count: one.letters }) : "";
        shows[place](last.error && one.state === "waiting" ? "failed" : one.state, last.error && one.state === "waiting" ? last.error : note, bad || !!last.error);
        ready += !["waiting", "reading"].includes(one.state);
      }
      count(ready);
      const seconds = last.progress?.left;
      left.textContent = seconds ? say("left", { seconds: Math.ceil(seconds) }) : "";
      if (last.state === "done" || last.state === "failed") { source.close(); sessionStorage.removeItem("batch"); resolve(last); }
    };
    // the browser opens it again by itself; a batch that is gone answers with an error for good
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) resolve(last); };
  });
}

async function goOn(id) {
  const batch = await fetch(`/api/ingest/${id}`, { headers: { accept: "application/json" } }).then((answer) => answer.ok ? answer.json() : null).catch(() => null);
  if (!batch || busy) { sessionStorage.removeItem("batch"); return; }
  busy = true;
  box.hidden = false;
  const shows = batch.files.map((file) => row(file.name));
  bar.max = shows.length;
  const end = await follow(batch, shows, (ready) => { title.textContent = `${ready}/${shows.length}`; bar.value = ready; });
  over(end.files.reduce((sum, one) => sum + (one.state === "stored" ? one.letters : 0), 0), end.files.filter((one) => ["refused", "failed"].includes(one.state)).length);
}
function over(letters, refused) {
  title.textContent = say("done", { letters, refused });
  left.textContent = "";
  close.hidden = false;
  busy = false;
}

async function dropped(items) {
  const found = [];
  const into = async (entry) => {
    if (entry.isFile) { found.push(await new Promise((ok, no) => entry.file(ok, no))); return; }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((ok, no) => reader.readEntries(ok, no));
      if (!some.length) return;
      for (const one of some) if (!one.name.startsWith(".")) await into(one);
    }
  };
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  for (const entry of entries) await into(entry).catch(() => {});
  return found;
}

if (clerk) {
  if (sessionStorage.getItem("batch")) goOn(sessionStorage.getItem("batch"));
  // files that are not handed over yet would be lost
  addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
  for (const [button, input] of [["upload", "files"], ["upload-folder", "folder"]]) {
    const field = document.getElementById(input);
    document.getElementById(button).addEventListener("click", () => field.click());
    field.addEventListener("change", () => { takeIn([...field.files].filter((file) => !file.name.startsWith("."))); field.value = ""; });
  }
  close.addEventListener("click", () => location.assign("/"));
  let inside = 0;
  const files = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => { if (files(event)) { inside += 1; document.body.classList.add("dropping"); } });
  addEventListener("dragleave", (event) => { if (files(event) && --inside <= 0) { inside = 0; document.body.classList.remove("dropping"); } });
  addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
  addEventListener("drop", async (event) => {
    if (!files(event)) return;
    event.preventDefault();
    inside = 0;
    document.body.classList.remove("dropping");
    takeIn(await dropped(event.dataTransfer.items));
  });
}
