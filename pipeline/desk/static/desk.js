// What every page has: keys, the words of its language, changes sent with their token, and short notices.

export const words = JSON.parse(document.body.dataset.words || "{}");
export const say = (key, values = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
export const clerk = "clerk" in document.body.dataset;
const csrf = document.querySelector("meta[name=csrf]").content;

let fading;
export function tell(text, bad = false) {
  const place = document.getElementById("told");
  // beside an open dialog all else lies behind its shade, and is not read out
  (document.querySelector("dialog:modal") ?? document.body).append(place);
  place.className = bad ? "toast bad" : "toast";
  place.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { place.className = ""; place.textContent = ""; }, bad ? 6000 : 1800);
}

// Ask the API. Returns its JSON; null, after telling why, where it failed.
export async function ask(path, { method = "GET", body = null, form = null } = {}) {
  const headers = { accept: "application/json" };
  if (method !== "GET") headers["x-csrf-token"] = csrf;
  if (body !== null) headers["content-type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: form ?? (body === null ? null : JSON.stringify(body)), credentials: "same-origin" });
  } catch {
    tell(say("offline"), true);
    return null;
  }
  if (answer.status === 401) { location.reload(); return null; }
  if (answer.status === 204) return {};
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    tell(answer.status === 409 && path.startsWith("/api/letters/") ? say("conflict") : [say("failed"), said.title, said.detail].filter(Boolean).join(": "), true);
    return null;
  }
  return said;
}

export const typing = (event) => /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
export const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;

// Ask before what is hard to see or to take back. True where it is meant so; nothing is meant by a key that is held.
export function meant(question) {
  const dialog = document.getElementById("sure"), yes = document.getElementById("sure-yes"), no = document.getElementById("sure-no");
  document.getElementById("sure-what").textContent = question;
  return new Promise((answer) => {
    let said = false;
    yes.onclick = () => { said = true; dialog.close(); };
    no.onclick = () => dialog.close();
    dialog.onclose = () => answer(said);
    dialog.onkeydown = (event) => { if (event.repeat) event.preventDefault(); };
    dialog.showModal();
  });
}

// What a change came to: kept; and, where a letter became secret, what may still be read of it.
export function kept(done, text = say("saved")) {
  const more = [done.unerased && say("unerased"), done.backups?.length && say("backups_hold", { names: done.backups.join(", ") })].filter(Boolean);
  tell([text, ...more].join(". "), more.length > 0);
}

// Known names for an input while it is typed in.
export function offer(input, list, address) {
  let waiting;
  const fill = async () => {
    const found = await ask(address(input.value));
    if (found) list.replaceChildren(...found.items.map((name) => Object.assign(document.createElement("option"), { value: name })));
  };
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(fill, 120); });
  input.addEventListener("focus", fill, { once: true });
}

export function waitingNow(count) {
  const badge = document.getElementById("waiting");
  if (badge) { badge.textContent = count; badge.hidden = !count; }
}

const sheet = document.getElementById("keys");
document.getElementById("help")?.addEventListener("click", () => sheet.showModal());
document.getElementById("keys-close")?.addEventListener("click", () => sheet.close());
document.getElementById("leave")?.addEventListener("click", async () => {
  if (await ask("/api/session", { method: "DELETE" })) location.assign("/login");
});
for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); } });
}
// empty filters do not belong in an address
document.getElementById("filters")?.addEventListener("submit", (event) => {
  for (const one of event.target.elements) if (one.name && !one.value) one.disabled = true;
});
addEventListener("pageshow", () => { for (const one of document.getElementById("filters")?.elements ?? []) one.disabled = false; });
document.getElementById("unfold")?.addEventListener("click", (event) => event.target.closest(".folding").classList.add("unfolded"));
document.querySelector(".bar nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
if (innerWidth <= 900) for (const one of document.querySelectorAll(".facets details")) one.open = false;
const issuer = document.getElementById("f-issuer");
if (issuer) offer(issuer, document.getElementById("issuers"), (typed) => `/api/names/issuers?q=${encodeURIComponent(typed)}`);

const PLACES = { s: "/", c: "/review", t: "/search", d: "/trace" };
let going = 0;
document.addEventListener("keydown", (event) => {
  if (!plain(event) || sheet?.open) return;
  if (typing(event)) { if (event.key === "Escape" && !event.target.closest(".field, .inputs")) event.target.blur(); return; }
  // where a value is in hand, what is typed belongs to it and is never a command
  if (document.getElementById("queue") || document.activeElement.closest?.(".field")) return;
  const key = event.key.toLowerCase();
  if (Date.now() - going < 1200 && PLACES[key]) { event.preventDefault(); event.stopImmediatePropagation(); location.assign(PLACES[key]); return; }
  going = 0;
  if (key === "?") { event.preventDefault(); sheet?.showModal(); }
  else if (key === "/") { event.preventDefault(); const find = document.getElementById("find"); find?.focus(); find?.select(); }
  else if (key === "g") { going = Date.now(); event.stopImmediatePropagation(); }
}, true);
