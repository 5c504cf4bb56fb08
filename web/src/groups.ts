// Communities: hulls around them in the drawing, and folding each into one sign.

import { grouped, type Graph, type Lang, type Pair } from "./data";
import { counts } from "./i18n";
import type { Shown } from "./shown";
import type { State } from "./state";

export const LEAST = 3; // smaller ones are neither drawn as hulls nor folded

export interface Group {
  id: string;
  number: number;
  members: readonly string[];
}

/** Folded pairs that run between the same two signs. */
export interface Bundle {
  id: string;
  from: string;
  to: string;
  proofs: number;
  pairs: readonly Pair[];
}

export interface Point {
  x: number;
  y: number;
}

/** Everything of one community, whatever is drawn of it. */
export function community(graph: Graph, number: number): Group {
  return { id: groupId(number), number, members: (graph.communities.get(number) ?? []).map((unit) => unit.id) };
}

/** Communities large enough to be drawn as an area or folded, the largest first. */
export function foldable(graph: Graph): number[] {
  return [...graph.communities].filter(([, members]) => members.length >= LEAST).map(([number]) => number).sort((a, b) => a - b);
}

/** Communities with an area around them, and which of their units are drawn: all where asked, else those that are not folded. */
export function areas(graph: Graph, state: State, shown: Shown): Map<number, readonly string[]> {
  if (shown.route || !(state.hulls || (state.folded.size && !state.whole))) return new Map();
  const open = foldable(graph).filter((number) => state.hulls || !state.folded.has(number));
  const drawn = open.map((number) => [number, community(graph, number).members.filter((id) => shown.units.has(id))] as const);
  return new Map(drawn.filter(([, members]) => members.length >= LEAST));
}

export function groupId(number: number): string {
  return `group:${number}`;
}

export function groupNumber(id: string): number {
  return Number(id.split(":")[1]);
}

/** The most connected member gives a community its name. */
export function groupName(graph: Graph, group: Group, lang: Lang): string {
  return counts.group(graph.unit(group.members[0] ?? "").label, group.members.length, lang);
}

/** Pairs with an end in a folded community, by the signs they join; those inside one are left out. */
export function bundles(left: ReadonlyMap<Pair, readonly number[]>, units: ReadonlySet<string>, groups: readonly Group[]): Bundle[] {
  const home = new Map(groups.flatMap((group) => group.members.map((member) => [member, group.id])));
  const sign = (id: string): string | undefined => (units.has(id) ? id : home.get(id));
  const joined = [...left.keys()].flatMap((pair) => {
    const [from, to] = [sign(pair.from), sign(pair.to)];
    const drawn = from !== undefined && to !== undefined && from !== to && (home.has(pair.from) || home.has(pair.to));
    return drawn ? [{ pair, ends: [from, to].sort() as [string, string] }] : [];
  });
  return [...grouped(joined, ({ ends }) => ends.join("\n"))].map(([id, found]) => {
    const [from, to] = (found[0] as (typeof joined)[number]).ends;
    const pairs = found.map(({ pair }) => pair);
    return { id, from, to, pairs, proofs: pairs.reduce((sum, pair) => sum + (left.get(pair)?.length ?? 0), 0) };
  });
}

/** The convex hull of points, anticlockwise (Andrew's monotone chain, 1979). */
export function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

const TINTS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

/** Fill and rim of what stands for a community. */
export function tints(number: number): [string, string] {
  const tint = TINTS[number % TINTS.length] as string;
  return [shade(tint, 0.13), shade(tint, 0.55)];
}

/** A pale area with a rounded rim around the members of a community. */
export function drawHull(context: CanvasRenderingContext2D, points: readonly Point[], number: number, rim: number, scale: number): void {
  const corners = hull(points);
  const [first] = corners;
  if (!first) return;
  const [fill, line] = tints(number);
  context.save();
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const corner of corners.slice(1)) context.lineTo(corner.x, corner.y);
  context.closePath();
  for (const [width, colour] of [[2 * rim + 3 / scale, line], [2 * rim, fill]] as const) {
    context.lineWidth = width;
    context.strokeStyle = context.fillStyle = colour;
    context.stroke();
    context.fill();
  }
  context.restore();
}

/** A colour mixed with the paper's, so that areas that overlap stay pale. */
function shade(colour: string, share: number): string {
  const parts = [1, 3, 5].map((at) => Math.round(255 - (255 - Number.parseInt(colour.slice(at, at + 2), 16)) * share));
  return `rgb(${parts.join(",")})`;
}
