// Trace: a province's evidence opens under its line; the tree comes when it is in sight; a province that is still being found is waited for.
import { ask } from "./desk.js";

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
for (const part of document.querySelectorAll(".provinces tbody.more")) {
  const line = part.querySelector(".line"), link = part.querySelector(".opens");
  const turn = () => link.setAttribute("aria-expanded", String(part.classList.contains("open")));
  line.addEventListener("click", (event) => {
    if (event.target.closest("a:not(.opens)") || getSelection().toString()) return;
    event.preventDefault();
    if (location.hash === `#${part.id}`) history.replaceState(null, "", location.pathname + location.search);
    part.classList.toggle("open");
    turn();
  });
  turn();
}
function show() {
  const part = location.hash.startsWith("#p") && document.getElementById(location.hash.slice(1))?.closest("tbody.more");
  if (part) { part.classList.add("open"); part.querySelector(".opens").setAttribute("aria-expanded", "true"); }
}
addEventListener("hashchange", show);
show();

const seen = (place, then) => place && new IntersectionObserver((entries, watch) => {
  if (entries.some((one) => one.isIntersecting)) { watch.disconnect(); then(place); }
}, { rootMargin: "300px" }).observe(place);
seen(document.getElementById("tree"), (tree) => { tree.src = tree.dataset.src; });
document.getElementById("tree")?.addEventListener("error", (event) => { event.target.closest("section").hidden = true; });
seen(document.getElementById("branches"), async (place) => {
  const answer = await fetch(place.dataset.src, { headers: { accept: "text/html" }, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const ranks = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("ranks");
  if (ranks) place.replaceChildren(place.querySelector("h2"), document.adoptNode(ranks));
});

const finding = document.getElementById("finding");
if (finding && await ask(finding.dataset.src)) {
  if ("there" in finding.dataset) document.getElementById("found").hidden = false; else location.reload();
}
