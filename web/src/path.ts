// Shortest paths between two units over the links that the filters leave.

import { otherEnd, pairKey, type Graph, type Pair } from "./data";

const MOST = 7; // units of one layer that are drawn

type Left = ReadonlyMap<Pair, readonly number[]>;

/** All shortest paths at once: layers of units by their distance from the first; `main` is the path with most proofs. */
export interface Route {
  main: readonly string[];
  layers: readonly (readonly string[])[];
  pairs: ReadonlySet<Pair>;
  count: number;
  cut: number;
}

export function route(graph: Graph, left: Left, start: string, end: string): Route | undefined {
  const away = distances(graph, left, start);
  const length = away.get(end);
  if (length === undefined || start === end) return undefined;
  const back = distances(graph, left, end);
  const on = [...away].filter(([id, steps]) => steps + (back.get(id) ?? Infinity) === length).map(([id]) => id);
  const ways = walk(graph, left, away, on, start);
  const main = [end];
  while (main[0] !== start) main.unshift(ways.before.get(main[0] as string) as string);
  const layers = layered(graph, on, away, main);
  const drawn = new Set(layers.flat());
  const pairs = new Set(ways.pairs.filter((pair) => drawn.has(pair.from) && drawn.has(pair.to)));
  return { main, layers, pairs, count: ways.count.get(end) ?? 1, cut: on.length - drawn.size };
}

/** The pairs along the main path. */
export function steps(graph: Graph, { main }: Route): Pair[] {
  return main.slice(1).flatMap((to, index) => graph.between(main[index] as string, to) ?? []);
}

function distances(graph: Graph, left: Left, start: string): Map<string, number> {
  const found = new Map([[start, 0]]);
  for (const [id, steps] of found) {
    for (const pair of graph.pairsOf(id)) {
      const other = otherEnd(pair, id);
      if (left.has(pair) && !found.has(other)) found.set(other, steps + 1);
    }
  }
  return found;
}

/** Nearest first: how many ways lead to each unit, and the step before it on the way with most proofs. */
function walk(graph: Graph, left: Left, away: ReadonlyMap<string, number>, on: readonly string[], start: string) {
  const [count, proofs] = [new Map([[start, 1]]), new Map([[start, 0]])];
  const before = new Map<string, string>();
  const pairs: Pair[] = [];
  for (const id of on.filter((id) => id !== start)) {
    const last = graph.pairsOf(id).filter((pair) => left.has(pair) && count.has(otherEnd(pair, id)) && away.get(otherEnd(pair, id)) === (away.get(id) ?? 0) - 1);
    const weight = (pair: Pair): number => (proofs.get(otherEnd(pair, id)) ?? 0) + (left.get(pair)?.length ?? 0);
    const best = last.reduce((a, b) => (weight(b) > weight(a) || (weight(b) === weight(a) && pairKey(b) < pairKey(a)) ? b : a));
    count.set(id, last.reduce((sum, pair) => sum + (count.get(otherEnd(pair, id)) ?? 0), 0));
    proofs.set(id, weight(best));
    before.set(id, otherEnd(best, id));
    pairs.push(...last);
  }
  return { count, before, pairs };
}

function layered(graph: Graph, on: readonly string[], away: ReadonlyMap<string, number>, main: readonly string[]): string[][] {
  const place = new Map(graph.ranked.map((unit, index) => [unit.id, index]));
  return main.map((first, layer) => {
    const others = on.filter((id) => id !== first && away.get(id) === layer);
    return [first, ...others.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)).slice(0, MOST - 1)];
  });
}

const [ALONG, ASIDE] = [240, 120];

/** Left to right, the main path in the middle; from top to bottom on a tall screen. */
export function laid({ layers }: Route, tall: boolean): Map<string, { x: number; y: number }> {
  const aside = (index: number): number => Math.ceil(index / 2) * ASIDE * (index % 2 ? 1 : -1);
  const places = layers.flatMap((layer, step) => layer.map((id, index) => [id, { along: step * ALONG, aside: aside(index) }] as const));
  return new Map(places.map(([id, { along, aside }]) => [id, tall ? { x: aside * 1.3, y: along * 0.55 } : { x: along, y: aside }]));
}
