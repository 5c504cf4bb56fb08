// What filters, folds and selection leave to be drawn and listed.

import { grouped, otherEnd, type Graph, type Pair, type Unit } from "./data";
import { bundles, groupId, type Bundle, type Group } from "./groups";
import { route, type Route } from "./path";
import type { State } from "./state";

export const AROUND = 30; // neighbours that are drawn with a selected unit, and how many more at a time

/**
 * `left`: proofs that pass the filters, by pair; `proofs`: of these the drawn ones; `units`: the most connected ones and what is
 * selected; `groups`: communities folded into one sign; `passing`: how many units pass the filters; `undrawn`: how many of
 * these are neither drawn nor inside a sign, for want of room.
 */
export interface Shown {
  left: ReadonlyMap<Pair, readonly number[]>;
  proofs: ReadonlyMap<Pair, readonly number[]>;
  units: ReadonlySet<string>;
  groups: readonly Group[];
  bundles: readonly Bundle[];
  passing: number;
  undrawn: number;
  route: Route | undefined;
}

export const NOTHING: Shown = { left: new Map(), proofs: new Map(), units: new Set(), groups: [], bundles: [], passing: 0, undrawn: 0, route: undefined };

export function shown(graph: Graph, state: State): Shown {
  const kindOn = (id: string) => !state.kindsOff.has(graph.unit(id).kind);
  const left = passing(graph, state, kindOn);
  const all = remaining(graph, left, kindOn);
  const found = state.start && state.end ? route(graph, left, state.start, state.end) : undefined;
  if (found) return along(found, left, all.length);
  const folded = state.whole ? new Set<number>() : state.folded;
  const open = all.filter((unit) => !folded.has(unit.community));
  const units = new Set(open.slice(0, state.whole ? Infinity : graph.data.limit).map((unit) => unit.id));
  for (const id of wanted(graph, state, left, units)) if (kindOn(id)) units.add(id);
  const groups = folds(all, folded, units).slice(0, graph.data.limit);
  return {
    left,
    proofs: new Map([...left].filter(([pair]) => units.has(pair.from) && units.has(pair.to))),
    units,
    groups,
    bundles: bundles(left, units, groups),
    passing: all.length,
    undrawn: all.length - units.size - groups.reduce((sum, group) => sum + group.members.length, 0),
    route: undefined,
  };
}

/** Units that pass the filters: those with a link left, and those that never had one. */
function remaining(graph: Graph, left: Shown["left"], kindOn: (id: string) => boolean): Unit[] {
  const linked = new Set([...left.keys()].flatMap((pair) => [pair.from, pair.to]));
  return graph.ranked.filter(({ id }) => kindOn(id) && (linked.has(id) || !graph.pairsOf(id).length));
}

/** Units linked to this one that pass the filters but are not drawn. */
export function undrawn(graph: Graph, { left, units }: Shown, id: string): number {
  return graph.pairsOf(id).filter((pair) => left.has(pair) && !units.has(otherEnd(pair, id))).length;
}

function along(found: Route, left: Shown["left"], passing: number): Shown {
  const proofs = new Map([...found.pairs].map((pair) => [pair, left.get(pair) ?? []]));
  return { ...NOTHING, left, proofs, units: new Set(found.layers.flat()), passing, route: found };
}

function folds(all: readonly Unit[], folded: ReadonlySet<number>, units: ReadonlySet<string>): Group[] {
  const members = grouped(all.filter(({ id, community }) => folded.has(community) && !units.has(id)), ({ community }) => community);
  const groups = [...members].map(([number, found]) => ({ id: groupId(number), number, members: found.map(({ id }) => id) }));
  return groups.sort((a, b) => b.members.length - a.members.length || a.number - b.number);
}

function passing(graph: Graph, state: State, kindOn: (id: string) => boolean): Map<Pair, readonly number[]> {
  const left = new Map<Pair, readonly number[]>();
  for (const pair of graph.data.edges) {
    const proofs = kindOn(pair.from) && kindOn(pair.to) ? pair.proofs.filter((number) => passes(graph, state, number)) : [];
    if (proofs.length) left.set(pair, proofs);
  }
  return left;
}

export function passes(graph: Graph, state: State, number: number): boolean {
  const proof = graph.proof(number);
  if (proof.from && state.relationsOff.has(proof.kind ?? "")) return false;
  return proof.year ? !graph.years.length || (proof.year >= state.from && proof.year <= state.to) : state.undated;
}

/** A selection is drawn with neighbours even where it would be folded away; more of them where the reader asked. */
function wanted(graph: Graph, state: State, left: Shown["left"], units: ReadonlySet<string>): string[] {
  const asked = new Map(state.grown);
  if (state.unit) asked.set(state.unit, asked.get(state.unit) ?? 0);
  const around = [...asked].flatMap(([id, more]) => {
    const pairs = graph.pairsOf(id).filter((pair) => left.has(pair));
    const others = pairs.sort((a, b) => b.proofs.length - a.proofs.length).map((pair) => otherEnd(pair, id));
    const missing = others.filter((other) => !units.has(other));
    const room = Math.max(0, AROUND - (others.length - missing.length)) + more;
    return [id, ...missing.slice(0, room)];
  });
  return [...graph.ends(state.pair), ...around, state.start, state.end].filter(Boolean);
}
