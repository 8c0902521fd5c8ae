// A sample check: one sure field after another, read from its part of the sheet without its value; judged where it was read otherwise.
import { crop } from "./crop.js";
import { ask, plain, say, tell } from "./desk.js";

const $ = (name) => document.getElementById(name);
const place = $("spot");
const names = new Map(place.dataset.fields.split("|").filter(Boolean).map((one) => one.split("=")));
const LONG = new Set(["recipients", "copies", "subject"]);
const shown = (field, value) => value === null || value === undefined ? "" : Array.isArray(value) ? value.join("\n")
  : field.endsWith("date") ? value.slice(0, 10).split("-").reverse().join("/") : String(value);
let item = null, busy = false;

function show(check, typed = "") {
  if (!check?.next) { location.reload(); return; } // at its end the page tells what it came to
  const before = item?.position;
  item = check.next;
  const judging = item.outcome === "differs";
  $("done").textContent = check.done;
  $("field").textContent = names.get(item.field) ?? item.field;
  if (item.position !== before) $("crop").src = crop(item.letter, item.page, item.box);
  $("reading").hidden = judging;
  $("judging").hidden = !judging;
  if (judging) {
    $("held").textContent = shown(item.field, item.held) || say("empty");
    $("read").textContent = typed || say("empty");
    $("value").value = typed;
    $("value").rows = LONG.has(item.field) ? 4 : 1;
    $("differs").focus(); // on no button: a key pressed too often must not judge
  } else {
    $("typed").value = "";
    $("typed").rows = LONG.has(item.field) ? 4 : 1;
    $("typed").placeholder = item.field.endsWith("date") ? "07/03/2021" : "";
    $("typed").focus();
  }
}

async function send(path, body, typed = "") {
  if (busy || !item) return;
  busy = true;
  $("typed").readOnly = true; // it keeps the focus: what is typed meanwhile is no key of the desk's
  const said = await ask(`/api/spot-check/${path}`, { method: "POST", body: { position: item.position, ...body } });
  $("typed").readOnly = false;
  busy = false;
  if (said) show(said.open, typed);
}

const answered = () => {
  const text = $("typed").value.trim();
  if (!text) { tell(say("spot_empty"), true); return; }
  send("answer", { text }, text);
};
$("reading").addEventListener("submit", (event) => { event.preventDefault(); answered(); });
$("typed").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || !plain(event)) return;
  event.preventDefault();
  answered();
});
$("nothing").addEventListener("click", () => send("answer", { text: "" }));
$("unreadable").addEventListener("click", () => send("answer", { text: null }));
for (const button of document.querySelectorAll("[data-judge]")) {
  button.addEventListener("click", () => {
    const wrong = button.dataset.judge === "wrong";
    send("judgement", wrong ? { outcome: "wrong", value: $("value").value.trim() || null } : { outcome: button.dataset.judge });
  });
}
const first = await ask("/api/spot-check");
if (first?.open?.next) { place.hidden = false; show(first.open); } else if (first?.open) $("through").hidden = false;
