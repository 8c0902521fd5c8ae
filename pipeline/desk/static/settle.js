// Which of the letters held a citation means: a button each, and one for none; what was said can be taken back at once.
import { ask, clerk, say, tell, waitingNow } from "./desk.js";

async function settle(place, button) {
  const { letter, cited } = place.dataset, buttons = place.querySelectorAll("button");
  for (const one of buttons) one.disabled = true;
  const done = await ask(`/api/letters/${letter}`, { method: "PATCH", body: { field: cited, value: button.dataset.target || null, seen: "" } });
  if (!done) { for (const one of buttons) one.disabled = false; return; }
  waitingNow(done.doubtful);
  tell(say("saved"));
  const said = place.querySelector("[data-done]"), back = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: say("take_back") });
  back.addEventListener("click", async () => {
    if (!await ask(`/api/letters/${letter}/take-back`, { method: "POST", body: { changes: done.changes } })) return;
    said.hidden = true;
    for (const one of buttons) { one.disabled = false; one.classList.remove("chosen"); }
    button.focus();
    tell(say("undone"));
  });
  button.classList.add("chosen");
  said.replaceChildren(`${button.dataset.target ? say("cited_this") : say("cited_none")} `, back);
  said.hidden = false;
  back.focus();
}

if (clerk) for (const place of document.querySelectorAll(".choosing")) {
  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-target]");
    if (button) settle(place, button);
  });
  place.addEventListener("keydown", (event) => { if (event.repeat && event.key === "Enter") event.preventDefault(); });
}
