// Trace: the picture of the tree is drawn when it comes into sight; a tile leads to its evidence.
const tree = document.getElementById("tree");
if (tree) new IntersectionObserver((entries, watch) => {
  if (entries.some((one) => one.isIntersecting)) { tree.src = tree.dataset.src; watch.disconnect(); }
}, { rootMargin: "300px" }).observe(tree);
tree?.addEventListener("error", () => { tree.closest("section").hidden = true; });
