// Labels on the canvas: the same size at every zoom, a white halo, and never one over another.
// The most important ones are placed first; one that finds no room waits for the reader to come closer or point at it.

export const FONT =
  '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", system-ui, sans-serif';

const PER_LINE = 10;
// What stays on one line: numbers and Latin words, closing marks with what they close, opening ones with what they open.
const WORD = /[“‘《（「【]*(?:[\x21-\x7e≥≤≈]{1,14}|[^])[”’》）」】、，。；：！？…]*/gu;

export interface Spot {
  x: number;
  y: number;
  size: number;
  text: string;
  rank: number;
  always: boolean;
  rim?: number;
  within?: boolean; // the text may stand inside the shape
  quiet?: boolean; // the name of an area, not of a unit
}

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const MOST = 400; // labels tried in one frame, the most important ones
const CROWD = 1500; // shapes in sight above which labels may lie over them

export function drawLabels(
  context: CanvasRenderingContext2D,
  spots: readonly Spot[],
  obstacles: readonly Spot[],
  sight: Rect,
  scale: number,
): void {
  const size = fontSize(scale) / scale;
  const seen = obstacles.filter((spot) => overlap(around(spot, 1), sight));
  const discs = seen.length > CROWD ? [] : seen.map((spot) => around(spot, 0.8));
  const labels: Rect[] = [];
  const hubs = scale < 0.4 ? 4 : 12;
  context.font = `${size}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const wanted = spots.filter((spot) => spot.always || overlap(around(spot, 1), sight));
  for (const spot of wanted.sort((a, b) => Number(b.always) - Number(a.always) || a.rank - b.rank).slice(0, MOST)) {
    const { lines, ems } = shaped(context, spot.text, spot.always ? 4 : 2, size);
    const width = ems * size;
    const height = lines.length * size * 1.25;
    const inner = spot.within && width < spot.size * 1.8 && height < spot.size * 1.5 ? centre(spot, width, height) : undefined;
    const places = sides(spot, width, height, size * 0.25);
    if (spot.always) places.push(...sides(spot, width, height, size * 2));
    const place = inner ?? best(places, labels, discs, sight, spot.always || spot.rank < hubs) ?? (spot.always ? places[0] : undefined);
    if (!place) continue;
    labels.push(place);
    write(context, lines, place, size, spot);
  }
}

interface Shape {
  lines: string[];
  ems: number;
}

const shapes = new Map<string, Shape>();

/** Lines of a label and their width, measured once: in units of the letters' size, whatever that is now. */
function shaped(context: CanvasRenderingContext2D, text: string, most: number, size: number): Shape {
  const key = `${most} ${text}`;
  const known = shapes.get(key);
  if (known) return known;
  const lines = wrap(text, most);
  const shape = { lines, ems: Math.max(...lines.map((line) => context.measureText(line).width)) / size };
  shapes.set(key, shape);
  return shape;
}

/** The place over no label and no node; for important ones the place over the fewest nodes will do. */
function best(places: Rect[], labels: Rect[], discs: Rect[], sight: Rect, important: boolean): Rect | undefined {
  const whole = places.filter((place) => inside(place, sight));
  const free = whole.filter((place) => !labels.some((label) => overlap(place, label)));
  const costs = free.map((place) => discs.filter((disc) => overlap(place, disc)).length);
  const least = Math.min(...costs);
  return least === 0 || important ? free[costs.indexOf(least)] : undefined;
}

/** Between 11 and 15 pixels on the screen. */
function fontSize(scale: number): number {
  return Math.min(15, Math.max(11, 12.5 * scale));
}

/** Lines of ten Chinese characters; what does not fit ends in an ellipsis. */
export function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.match(WORD) ?? [text]) {
    const line = lines.at(-1);
    if (line !== undefined && measure(line + word) <= PER_LINE) lines[lines.length - 1] = line + word;
    else lines.push(word);
  }
  if (lines.length <= most) return lines.length === 2 ? balanced(text) : lines;
  const last = [...(lines[most - 1] ?? "")].slice(0, -1).join("");
  return [...lines.slice(0, most - 1), `${last}…`];
}

/** Two lines of about the same length look calmer than a long and a short one. */
function balanced(text: string): string[] {
  const words = text.match(WORD) ?? [text];
  const splits = words.map((_, at) => [words.slice(0, at).join(""), words.slice(at).join("")] as const).slice(1);
  const longer = (split: readonly [string, string]): number => Math.max(measure(split[0]), measure(split[1]));
  return [...splits.reduce((best, split) => (longer(split) < longer(best) ? split : best))];
}

/** Width in Chinese characters. */
function measure(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2e80 && !/[“”‘’…—]/.test(sign) ? 0.56 : 1), 0);
}

function write(context: CanvasRenderingContext2D, lines: string[], place: Rect, size: number, spot: Spot): void {
  const x = (place.left + place.right) / 2;
  context.strokeStyle = "rgba(255,255,255,.94)";
  context.lineWidth = size * 0.32;
  context.fillStyle = spot.quiet ? "#566173" : spot.always ? "#0b1220" : "#27303f";
  for (const [number, line] of lines.entries()) {
    const y = place.top + size * 1.25 * (number + 0.5);
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  }
}

function sides(spot: Spot, width: number, height: number, gap: number): Rect[] {
  const { x, y } = spot;
  const size = spot.size + (spot.rim ?? 0);
  const middle = (left: number, top: number): Rect => ({ left, top, right: left + width, bottom: top + height });
  return [
    middle(x - width / 2, y + size + gap),
    middle(x - width / 2, y - size - gap - height),
    middle(x + size + gap, y - height / 2),
    middle(x - size - gap - width, y - height / 2),
    middle(x + size * 0.7, y + size * 0.7),
    middle(x - size * 0.7 - width, y + size * 0.7),
    middle(x + size * 0.7, y - size * 0.7 - height),
    middle(x - size * 0.7 - width, y - size * 0.7 - height),
  ];
}

function centre({ x, y }: Spot, width: number, height: number): Rect {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

function around(spot: Spot, share: number): Rect {
  const half = spot.size * share;
  return { left: spot.x - half, top: spot.y - half, right: spot.x + half, bottom: spot.y + half };
}

function inside(a: Rect, b: Rect): boolean {
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
