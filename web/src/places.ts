// Where everything that is drawn stands, before the camera: units, signs of folded communities, a path.

import type { Graph, Unit } from "./data";
import type { Group, Point } from "./groups";
import { laid } from "./path";
import type { Shown } from "./shown";

export interface Place extends Point {
  size: number;
  sign: boolean;
}

/** At scale 1, the most connected units first; `tall`: the room is higher than wide, so a path runs downwards. */
export function places(graph: Graph, shown: Shown, tall: boolean): Map<string, Place> {
  const along = shown.route && laid(shown.route, tall);
  const found = new Map<string, Place>();
  for (const unit of graph.ranked) {
    if (!shown.units.has(unit.id)) continue;
    const { x, y, size } = unit.drawn;
    found.set(unit.id, { x, y, size, sign: false, ...along?.get(unit.id) });
  }
  for (const group of shown.groups) found.set(group.id, signPlace(graph, group));
  return found;
}

/** The sign of a community stands in its middle and fills about half of the area its units would take. */
function signPlace(graph: Graph, { number }: Group): Place {
  const drawn = (graph.communities.get(number) as readonly Unit[]).map((unit) => unit.drawn);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(drawn.map((at) => at.x)), mean(drawn.map((at) => at.y))];
  const away = Math.sqrt(mean(drawn.map((at) => (at.x - x) ** 2 + (at.y - y) ** 2)));
  return { x, y, size: Math.max(0.75 * away, 24), sign: true };
}

export interface Extent {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The rectangle around places, by its middle; signs are large and count whole. */
export function extent(found: readonly Place[]): Extent {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y, size, sign } of found) {
    const reach = sign ? size : 0;
    [left, right] = [Math.min(left, x - reach), Math.max(right, x + reach)];
    [top, bottom] = [Math.min(top, y - reach), Math.max(bottom, y + reach)];
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** The place nearest in a direction; none where nothing lies ahead. */
export function nearest(found: ReadonlyMap<string, Place>, from: Point, dx: number, dy: number): string | undefined {
  const cost = (place: Point): number => {
    const [x, y] = [place.x - from.x, place.y - from.y];
    const ahead = x * dx + y * dy;
    return ahead > 1 ? ahead + 2.5 * Math.abs(x * dy - y * dx) : Infinity;
  };
  let [best, least] = [undefined as string | undefined, Infinity];
  for (const [id, place] of found) if (cost(place) < least) [best, least] = [id, cost(place)];
  return best;
}
