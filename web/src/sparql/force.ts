// Positions for the network of a query's answer, which comes without any: forces (Fruchterman & Reingold 1991), no randomness.

import type { Point } from "../groups";

const STEP = 130; // pixels that two joined nodes tend to
const ROUNDS = 160;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** `joined`: pairs of numbers below `count`. Parts that nothing joins stand side by side. */
export function positions(count: number, joined: readonly (readonly [number, number])[]): Point[] {
  const found: Point[] = [];
  const [corner, wide] = [{ x: 0, y: 0 }, STEP * 1.8 * Math.sqrt(count)];
  let lowest = 0;
  for (const part of parts(count, joined)) {
    const number = new Map(part.map((node, index) => [node, index]));
    const inside = joined.filter(([a]) => number.has(a)).map(([a, b]) => [number.get(a), number.get(b)] as [number, number]);
    const points = forced(part.length, inside);
    const [left, top] = [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))];
    const [width, height] = [Math.max(...points.map(({ x }) => x)) - left, Math.max(...points.map(({ y }) => y)) - top];
    if (corner.x > 0 && corner.x + width > wide) [corner.x, corner.y] = [0, lowest];
    for (const [index, { x, y }] of points.entries()) found[part[index] as number] = { x: x - left + corner.x, y: y - top + corner.y };
    corner.x += width + STEP;
    lowest = Math.max(lowest, corner.y + height + STEP);
  }
  return found;
}

/** Connected parts, the largest first. */
function parts(count: number, joined: readonly (readonly [number, number])[]): number[][] {
  const next = Array.from({ length: count }, () => [] as number[]);
  for (const [a, b] of joined) {
    next[a]?.push(b);
    next[b]?.push(a);
  }
  const seen = new Set<number>();
  const found: number[][] = [];
  for (let start = 0; start < count; start++) {
    if (seen.has(start)) continue;
    const part = new Set([start]);
    for (const node of part) for (const other of next[node] as number[]) part.add(other);
    for (const node of part) seen.add(node);
    found.push([...part]);
  }
  return found.sort((a, b) => b.length - a.length);
}

function forced(count: number, joined: readonly (readonly [number, number])[]): Point[] {
  const points = Array.from({ length: count }, (_, n) => ({ x: STEP * Math.sqrt(n) * Math.cos(n * GOLDEN), y: STEP * Math.sqrt(n) * Math.sin(n * GOLDEN) }));
  const rounds = Math.max(20, Math.min(ROUNDS, Math.round(6_000_000 / (count * count + 1))));
  for (let round = 0; round < rounds; round++) {
    const moves = pushes(points);
    for (const [a, b] of joined) pull(points, moves, a, b);
    const heat = STEP * 0.8 * (1 - round / rounds) + 0.5;
    for (const [n, point] of points.entries()) move(point, moves[n] as Point, heat);
  }
  return points;
}

function pushes(points: readonly Point[]): Point[] {
  return points.map((point) => {
    const sum = { x: 0, y: 0 };
    for (const other of points) {
      const [dx, dy] = [point.x - other.x, point.y - other.y];
      const push = (STEP * STEP) / Math.max(dx * dx + dy * dy, 1);
      sum.x += dx * push;
      sum.y += dy * push;
    }
    return sum;
  });
}

function pull(points: readonly Point[], moves: readonly Point[], a: number, b: number): void {
  const [one, other, first, second] = [points[a], points[b], moves[a], moves[b]];
  if (!one || !other || !first || !second) return;
  const [dx, dy] = [one.x - other.x, one.y - other.y];
  const strength = Math.hypot(dx, dy) / STEP;
  first.x -= dx * strength;
  first.y -= dy * strength;
  second.x += dx * strength;
  second.y += dy * strength;
}

/** A weak pull to the middle keeps parts together that nothing joins. */
function move(point: Point, by: Point, heat: number): void {
  const length = Math.hypot(by.x, by.y) || 1;
  const share = Math.min(length, heat) / length;
  point.x = (point.x + by.x * share) * 0.99;
  point.y = (point.y + by.y * share) * 0.99;
}
