// Administration: what is sent by a form or a button, and what is done in the background, watched until it ends.
import { ask, say, tell } from "./desk.js";

const changed = (one) => one.type === "checkbox" ? one.checked !== one.defaultChecked : one.type === "select-one" && !one.selectedOptions[0].defaultSelected;

const iso = (typed) => typed.split("/").reverse().map((part) => part.padStart(2, "0")).join("-");
const sent = (one) => one.inputMode === "numeric" ? Number(one.value) : one.classList.contains("day") ? iso(one.value) : one.value;

// A form's values as the API has them: ticks as true or false, numbers as numbers, days as 2021-03-07; what was left empty, or in a user's line as it was, is not sent.
function values(form) {
  const found = {};
  for (const one of form.elements) {
    if (!one.name || one.disabled || ("changed" in form.dataset && !changed(one))) continue;
    if (one.type === "checkbox") found[one.name] = one.checked;
    else if (one.value !== "") found[one.name] = sent(one);
  }
  return found;
}

async function send(place, body) {
  const parts = [...(place.elements ?? [place])].filter((one) => !one.disabled);
  for (const one of parts) one.disabled = true;
  const said = await ask(place.dataset.send, { method: place.dataset.method ?? "POST", body });
  for (const one of parts) one.disabled = false;
  if (said === null) return;
  if ("token" in place.dataset) {
    const note = document.getElementById("token");
    note.querySelector("code").textContent = said.token;
    note.hidden = false;
    note.scrollIntoView({ block: "center" });
    place.reset();
    return;
  }
  tell(say("saved"));
  location.reload();
}

for (const form of document.querySelectorAll("form[data-send]")) {
  form.addEventListener("submit", (event) => { event.preventDefault(); send(form, values(form)); });
  if ("changed" in form.dataset) {
    const look = () => { form.querySelector("button").hidden = ![...form.elements].some(changed); };
    for (const one of form.elements) one.addEventListener("input", look);
    look(); // what was changed before this ran, or kept by the browser over a reload
  }
}
for (const button of document.querySelectorAll("button[data-send]")) {
  button.addEventListener("click", () => send(button, button.dataset.method === "DELETE" ? null : JSON.parse(button.dataset.body ?? "{}")));
}

const watched = document.querySelector("[data-watch]");
if (watched) {
  const bar = watched.querySelector("progress");
  const look = async () => {
    const said = await ask(watched.dataset.watch);
    if (said && said.job?.state !== "running") { location.reload(); return; }
    if (said?.job.of) { bar.max = said.job.of; bar.value = said.job.done; }
    setTimeout(look, 1000);
  };
  setTimeout(look, 600);
}

document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
