// What the reader has chosen. It lives in the address (after #), so a view can be sent to a colleague.

import { pairKey, type Graph, type Lang, type Pair, type Unit } from "./data";

export type Tab = "network" | "table";

export interface State {
  lang: Lang;
  tab: Tab;
  unit: string;
  pair: string;
  kindsOff: ReadonlySet<string>;
  relationsOff: ReadonlySet<string>;
  from: number;
  to: number;
  undated: boolean;
}

export class Store {
  private listeners: ((state: State, before: State) => void)[] = [];
  state: State;

  constructor(private readonly graph: Graph) {
    this.state = this.read(location.hash);
    addEventListener("hashchange", () => {
      if (location.hash !== this.write()) this.become(this.read(location.hash));
    });
  }

  onChange(listener: (state: State, before: State) => void): void {
    this.listeners.push(listener);
  }

  set(change: Partial<State>): void {
    this.become({ ...this.state, ...change });
    history.replaceState(null, "", this.write() || location.pathname + location.search);
  }

  selectUnit(id: string): void {
    this.set({ unit: id, pair: "" });
  }

  selectPair(pair: Pair): void {
    this.set({ unit: "", pair: pairKey(pair) });
  }

  clear(): void {
    this.set({ unit: "", pair: "" });
  }

  private become(state: State): void {
    const before = this.state;
    this.state = state;
    for (const listener of this.listeners) listener(state, before);
  }

  private first(): number {
    return this.graph.years[0] ?? 0;
  }

  private last(): number {
    return this.graph.years.at(-1) ?? 0;
  }

  private read(hash: string): State {
    const values = new URLSearchParams(hash.slice(1));
    const known = (key: string, map: ReadonlyMap<string, unknown>) => (map.has(values.get(key) ?? "") ? (values.get(key) as string) : "");
    const year = (key: string, other: number) => (this.graph.years.includes(Number(values.get(key))) ? Number(values.get(key)) : other);
    const lang = values.get("lang");
    return {
      lang: lang === "zh" || lang === "en" ? lang : this.graph.data.lang,
      tab: values.get("tab") === "table" ? "table" : "network",
      unit: known("unit", this.graph.units),
      pair: known("pair", this.graph.pairs),
      kindsOff: new Set(values.getAll("without")),
      relationsOff: new Set(values.getAll("not-through")),
      from: year("from", this.first()),
      to: year("to", this.last()),
      undated: values.get("undated") !== "no",
    };
  }

  private write(): string {
    const values = new URLSearchParams();
    const { state } = this;
    if (state.lang !== this.graph.data.lang) values.set("lang", state.lang);
    if (state.tab !== "network") values.set("tab", state.tab);
    if (state.unit) values.set("unit", state.unit);
    if (state.pair) values.set("pair", state.pair);
    for (const kind of state.kindsOff) values.append("without", kind);
    for (const relation of state.relationsOff) values.append("not-through", relation);
    if (state.from !== this.first()) values.set("from", String(state.from));
    if (state.to !== this.last()) values.set("to", String(state.to));
    if (!state.undated) values.set("undated", "no");
    return values.size ? `#${values}` : "";
  }
}

/** What the filters leave: proofs by pair, and units (the most connected ones and what is selected). */
export interface Shown {
  proofs: ReadonlyMap<Pair, readonly number[]>;
  units: ReadonlySet<string>;
  folded: number;
}

export function shown(graph: Graph, state: State): Shown {
  const kindOn = (id: string) => !state.kindsOff.has(graph.unit(id).kind);
  const left = new Map<Pair, readonly number[]>();
  const linked = new Set<string>();
  for (const pair of graph.data.edges) {
    const proofs = kindOn(pair.from) && kindOn(pair.to) ? pair.proofs.filter((number) => passes(graph, state, number)) : [];
    if (!proofs.length) continue;
    left.set(pair, proofs);
    linked.add(pair.from).add(pair.to);
  }
  const stays = (unit: Unit) => kindOn(unit.id) && (linked.has(unit.id) || !graph.pairsOf(unit.id).length);
  const all = graph.ranked.filter(stays);
  const units = new Set(all.slice(0, graph.data.limit).map((unit) => unit.id));
  for (const unit of wanted(graph, state, left)) if (kindOn(unit)) units.add(unit);
  return {
    proofs: new Map([...left].filter(([pair]) => units.has(pair.from) && units.has(pair.to))),
    units,
    folded: Math.max(0, all.length - units.size),
  };
}

function passes(graph: Graph, state: State, number: number): boolean {
  const proof = graph.proof(number);
  if (state.relationsOff.has(proof.kind ?? "")) return false;
  return proof.year ? proof.year >= state.from && proof.year <= state.to : state.undated;
}

/** A selection is drawn with its neighbours even where it would be folded away. */
function wanted(graph: Graph, state: State, left: ReadonlyMap<Pair, unknown>): string[] {
  if (state.pair) return [...graph.ends(state.pair)];
  if (!state.unit) return [];
  const pairs = graph.pairsOf(state.unit).filter((pair) => left.has(pair));
  return [state.unit, ...pairs.slice(0, 60).flatMap((pair) => [pair.from, pair.to])];
}
