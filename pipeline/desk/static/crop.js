// The part of a sheet where a field stands, enlarged, with what stands round it, so that a person can judge; the whole page where no box
// is known.
export function crop(letter, page, box) {
  const sheet = `/api/letters/${letter}/pages/${page}/image.jpg`;
  if (!box) return `${sheet}?scale=1.2`;
  const [x0, y0, x1, y1] = box;
  const wide = Math.max(60, (360 - (x1 - x0)) / 2), high = Math.max(14, (y1 - y0) * 0.5);
  const edges = [Math.max(0, x0 - wide), Math.max(0, y0 - high), x1 + wide, y1 + high].map((edge) => edge.toFixed(1));
  return `${sheet}?scale=2.6&box=${edges}`;
}
