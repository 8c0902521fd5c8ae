// Search: what was found is gone through by keyboard; Enter opens, as on any link.
import { plain, typing } from "./desk.js";

const hits = [...document.querySelectorAll(".hit .top a")];
document.addEventListener("keydown", (event) => {
  if (!plain(event) || document.querySelector("dialog[open]") || !hits.length) return;
  const box = event.target.id === "find";
  // from the box an arrow leads into what was found; a letter is typed there
  if (typing(event) && !(box && event.key === "ArrowDown")) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (!step || (!box && event.target.closest(".facets"))) return;
  event.preventDefault();
  const to = hits[Math.max(0, hits.indexOf(document.activeElement) + step)] ?? hits.at(-1);
  to.focus({ preventScroll: true });
  to.closest(".hit").scrollIntoView({ block: "nearest" });
});
