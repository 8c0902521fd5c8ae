// Arrival numbers: a clerk gives one letter its number, or several theirs one after another.
import { ask, say, tell } from "./desk.js";

const dialog = document.getElementById("arriving");
const [on, first, what] = ["on", "first", "what"].map((name) => document.getElementById(`arriving-${name}`));
let ids = [], proposed = "";

// the number that would be given, unless another was typed
async function propose() {
  if (first.value.trim() !== proposed) return;
  const day = on.value.trim();
  const found = day ? await ask(`/api/arrivals/next?on=${encodeURIComponent(day)}`) : null;
  first.value = proposed = found ? String(found.number) : "";
}

// letters: [id, day on which it came as it is shown], in the order of the register
export async function arrive(letters) {
  if (!letters.length || dialog.open) return;
  ids = letters.map(([id]) => id);
  const days = new Set(letters.map(([, day]) => day));
  what.textContent = ids.length > 1 ? say("arrive_count", { count: ids.length }) : "";
  on.value = days.size === 1 ? [...days][0] : "";
  first.value = proposed = "";
  dialog.showModal();
  first.focus();
  await propose();
  first.select();
}

on?.addEventListener("change", propose);
document.getElementById("arriving-no")?.addEventListener("click", () => dialog.close());
dialog?.addEventListener("keydown", (event) => { if (event.repeat && event.key === "Enter") event.preventDefault(); });
dialog?.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = first.value.trim();
  if (typed && !/^[0-9]{1,8}$/.test(typed)) { tell(say("arrive_digits"), true); return; }
  const body = { letters: ids, first: typed ? Number(typed) : null, on: on.value.trim() || null };
  const done = await ask("/api/arrivals", { method: "POST", body });
  if (done) { dialog.close(); location.reload(); }
});
