// What is painted around vis-network's shapes: areas of communities, rings around the selection, labels.

import { otherEnd, pairKey, type Graph, type Pair } from "./data";
import { community, drawHull, groupId, groupName, hull, type Point } from "./groups";
import { counts } from "./i18n";
import { drawLabels, type Rect, type Spot } from "./labels";
import { steps } from "./path";
import type { Place } from "./places";
import { undrawn, type Shown } from "./shown";
import type { State } from "./state";

/** What the painter is told before each frame. */
export interface Scene {
  state: State;
  shown: Shown;
  spots: ReadonlyMap<string, Place>;
  areas: ReadonlyMap<number, readonly string[]>;
  bright: ReadonlySet<string> | undefined;
  hovered: string;
  hoveredPair: string;
  scale: number;
  sight: Rect;
}

const RIM = 14; // pixels between the outermost unit of a community and the rim of its area

export class Painter {
  constructor(private readonly graph: Graph) {}

  /** Beneath the shapes. */
  below(context: CanvasRenderingContext2D, scene: Scene): void {
    for (const number of scene.areas.keys()) drawHull(context, this.corners(number, scene), number, this.rim(scene), scene.scale);
    this.rings(context, scene);
  }

  /** Over the shapes: the names of units and signs, of the links that matter, and how many links are not drawn. */
  above(context: CanvasRenderingContext2D, scene: Scene): void {
    const { bright } = scene;
    const spots = this.names(scene);
    const visible = spots.filter(({ id, always }) => always || !bright || bright.has(id));
    const links = this.links(scene).flatMap((pair) => this.means(pair, scene));
    drawLabels(context, [...visible, ...links, ...this.areaNames(scene)], visible, scene.sight, scene.scale);
  }

  /** The community whose area lies under a point. */
  areaAt(point: Point, scene: Scene): string | undefined {
    const [found] = [...scene.areas].filter(([number]) => within(point, hull(this.corners(number, scene)), this.rim(scene)));
    return found && community(this.graph, found[0]).id;
  }

  private corners(number: number, scene: Scene): Place[] {
    return (scene.areas.get(number) ?? []).flatMap((id) => scene.spots.get(id) ?? []);
  }

  private rim({ scale }: Scene): number {
    return RIM + RIM / scale;
  }

  private rings(context: CanvasRenderingContext2D, { state, spots, scale }: Scene): void {
    const line = 2.5 / scale;
    for (const id of [state.unit, state.group, ...this.graph.ends(state.pair)]) {
      const place = spots.get(id);
      if (!place) continue;
      context.beginPath();
      context.arc(place.x, place.y, place.size + 2.5 * line, 0, 2 * Math.PI);
      context.lineWidth = line;
      context.strokeStyle = "#1b2330";
      context.fillStyle = "#ffe9a8";
      context.fill();
      context.stroke();
    }
  }

  private names({ state, shown, spots, hovered, scale }: Scene): (Spot & { id: string })[] {
    const signs = new Map(shown.groups.map((group) => [group.id, group]));
    const chosen = new Set([state.unit, ...this.graph.ends(state.pair), state.group]);
    return [...spots].map(([id, { x, y, size, sign }], rank) => {
      const group = signs.get(id);
      const more = state.unit === id || state.grown.has(id) ? undrawn(this.graph, shown, id) : 0;
      const name = group ? groupName(this.graph, group, state.lang) : this.graph.unit(id).label;
      const text = more ? `${name} ${counts.further(more, state.lang)}` : name;
      const always = id === hovered || chosen.has(id) || shown.route !== undefined;
      return { id, x, y, size, text, rank: group ? 0 : rank, always, rim: chosen.has(id) ? 6 / scale : 0, within: sign };
    });
  }

  /** The pairs whose means are written: under the pointer, selected, along the path. */
  private links({ state, shown, hoveredPair }: Scene): Pair[] {
    const pointed = [hoveredPair, state.pair].flatMap((key) => this.graph.pairs.get(key) ?? []);
    return [...new Set([...pointed, ...(shown.route ? steps(this.graph, shown.route) : [])])];
  }

  /** The mechanisms of a pair, in the middle of its line. */
  private means(pair: Pair, { shown, spots, state }: Scene): Spot[] {
    const names = new Set((shown.proofs.get(pair) ?? []).flatMap((number) => this.graph.proof(number).mechanisms ?? []));
    const [from, to, first] = [spots.get(pair.from), spots.get(pair.to), [...names][0]];
    if (!from || !to || !first) return [];
    return [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, size: 0, text: counts.means(first, names.size, state.lang), rank: 0, always: true }];
  }

  /** An area is named at its upper rim. */
  private areaNames(scene: Scene): Spot[] {
    return [...scene.areas.keys()].map((number) => {
      const corners = this.corners(number, scene);
      const top = corners.reduce((a, b) => (b.y < a.y ? b : a));
      const text = groupName(this.graph, community(this.graph, number), scene.state.lang);
      return { x: top.x, y: top.y - this.rim(scene), size: 0, text, rank: 1000 + number, always: false, quiet: true };
    });
  }
}

/** What stays bright around a selection; nothing selected: everything. */
export function brightAround(graph: Graph, state: State, shown: Shown): ReadonlySet<string> | undefined {
  if (state.pair) return new Set(graph.ends(state.pair));
  if (state.group) return aroundGroup(graph, state.group, shown);
  if (!state.unit) return undefined;
  const units = graph.pairsOf(state.unit).filter((pair) => shown.proofs.has(pair)).map((pair) => otherEnd(pair, state.unit));
  const signs = shown.bundles.flatMap(({ from, to }) => (from === state.unit ? [to] : to === state.unit ? [from] : []));
  return new Set([state.unit, ...units, ...signs]);
}

function aroundGroup(graph: Graph, id: string, shown: Shown): ReadonlySet<string> {
  const members = [...shown.units].filter((unit) => groupId(graph.unit(unit).community) === id);
  const signs = shown.bundles.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
  return new Set([id, ...members, ...signs]);
}

/** Whether a line belongs to the selection. */
export function selected(state: State, shown: Shown, pair: Pair): boolean {
  if (state.pair) return pairKey(pair) === state.pair;
  if (shown.route && !state.unit) return true;
  return pair.from === state.unit || pair.to === state.unit;
}

function within(point: Point, corners: readonly Point[], rim: number): boolean {
  return corners.length > 2 && corners.every((corner, index) => {
    const next = corners[(index + 1) % corners.length] as Point;
    const [dx, dy] = [next.x - corner.x, next.y - corner.y];
    return dx * (point.y - corner.y) - dy * (point.x - corner.x) >= -rim * Math.hypot(dx, dy);
  });
}
