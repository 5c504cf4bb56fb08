// What the reader has chosen. It lives in the address (after #), so a view can be sent to a colleague.

import { pairKey, type Graph, type Lang, type Pair } from "./data";
import { foldable, groupId } from "./groups";

export const TABS = ["network", "matrix", "timeline", "table", "sparql"] as const;
export type Tab = (typeof TABS)[number];

export interface State {
  lang: Lang;
  tab: Tab;
  unit: string;
  pair: string;
  group: string;
  fact: string;
  start: string;
  end: string;
  year: string;
  kindsOff: ReadonlySet<string>;
  relationsOff: ReadonlySet<string>;
  from: number;
  to: number;
  undated: boolean;
  hulls: boolean;
  whole: boolean;
  folded: ReadonlySet<number>;
  grown: ReadonlyMap<string, number>;
}

const SELECTION = { unit: "", pair: "", group: "", fact: "" };

export const UNDATED = "undated"; // what `year` is for facts without one

export class Store {
  private listeners: ((state: State, before: State) => void)[] = [];
  private readonly foldable: readonly number[];
  state: State;

  /** `kept`: in the address of the page, unless it has none (inside a notebook). */
  constructor(
    private readonly graph: Graph,
    private readonly kept = location.protocol !== "about:",
  ) {
    this.foldable = foldable(graph);
    this.state = this.read(kept ? location.hash : "");
    if (!kept) return;
    addEventListener("hashchange", () => {
      if (location.hash !== this.write()) this.become(this.read(location.hash));
    });
  }

  onChange(listener: (state: State, before: State) => void): void {
    this.listeners.push(listener);
  }

  set(change: Partial<State>): void {
    this.become({ ...this.state, ...change });
    if (this.kept) history.replaceState(null, "", this.write() || location.pathname + location.search);
  }

  selectUnit(id: string): void {
    this.set({ ...SELECTION, unit: id });
  }

  selectPair(pair: Pair): void {
    this.set({ ...SELECTION, pair: pairKey(pair) });
  }

  selectGroup(id: string): void {
    this.set({ ...SELECTION, group: id });
  }

  selectFact(key: string): void {
    this.set({ ...SELECTION, fact: key });
  }

  /** Once both ends are known, the path is what the reader looks at. */
  seek(ends: Partial<Pick<State, "start" | "end">>): void {
    const { start, end } = { ...this.state, ...ends };
    this.set({ start, end, ...(start && end ? SELECTION : {}) });
  }

  fold(numbers: readonly number[], fold: boolean): void {
    const folded = new Set(this.state.folded);
    for (const number of numbers) if (fold) folded.add(number);
      else folded.delete(number);
    this.set({ folded, whole: false });
  }

  grow(id: string, by: number): void {
    this.set({ grown: new Map(this.state.grown).set(id, (this.state.grown.get(id) ?? 0) + by) });
  }

  /** First the selection goes, then the path. */
  clear(): void {
    const { unit, pair, group, fact, start, end } = this.state;
    if (unit || pair || group || fact) this.set(SELECTION);
    else if (start || end) this.set({ start: "", end: "" });
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

  /** A network too large for one look starts with its communities folded; the address then names only what differs. */
  private foldedAtFirst(): readonly number[] {
    return this.graph.data.nodes.length > this.graph.data.limit ? this.foldable : [];
  }

  private readFolds(given: readonly string[]): ReadonlySet<number> {
    return new Set(given.length ? given.map(Number).filter((number) => this.foldable.includes(number)) : this.foldedAtFirst());
  }

  private writeFolds(): string[] {
    const { folded } = this.state;
    const first = this.foldedAtFirst();
    if (folded.size === first.length && first.every((number) => folded.has(number))) return [];
    return folded.size ? [...folded].map(String) : ["none"];
  }

  private read(hash: string): State {
    const values = new URLSearchParams(hash.slice(1));
    const value = (key: string) => values.get(key) ?? "";
    const known = (key: string, map: ReadonlyMap<string, unknown>) => (map.has(value(key)) ? value(key) : "");
    const year = (key: string, other: number) => (this.graph.years.includes(Number(value(key))) ? Number(value(key)) : other);
    const lang = value("lang");
    return {
      lang: lang === "zh" || lang === "en" ? lang : this.graph.data.lang,
      tab: TABS.find((tab) => tab === value("tab") && (tab !== "sparql" || this.graph.data.sparql)) ?? "network",
      unit: known("unit", this.graph.units),
      pair: known("pair", this.graph.pairs),
      group: this.foldable.some((number) => groupId(number) === value("group")) ? value("group") : "",
      fact: known("fact", this.graph.facts),
      start: known("start", this.graph.units),
      end: known("end", this.graph.units),
      year: /^(\d{1,4}|undated)$/.test(value("year")) ? value("year") : "",
      kindsOff: new Set(values.getAll("without")),
      relationsOff: new Set(values.getAll("not-through")),
      from: year("from", this.first()),
      to: year("to", this.last()),
      undated: value("undated") !== "no",
      hulls: value("groups") === "yes",
      whole: value("whole") === "yes",
      folded: this.readFolds(values.getAll("fold")),
      grown: new Map(values.getAll("grown").flatMap((text) => grown(text, this.graph))),
    };
  }

  private write(): string {
    const values = new URLSearchParams();
    const { state } = this;
    if (state.lang !== this.graph.data.lang) values.set("lang", state.lang);
    if (state.tab !== "network") values.set("tab", state.tab);
    for (const key of ["unit", "pair", "group", "fact", "start", "end", "year"] as const) if (state[key]) values.set(key, state[key]);
    for (const kind of state.kindsOff) values.append("without", kind);
    for (const relation of state.relationsOff) values.append("not-through", relation);
    if (state.from !== this.first()) values.set("from", String(state.from));
    if (state.to !== this.last()) values.set("to", String(state.to));
    if (!state.undated) values.set("undated", "no");
    if (state.hulls) values.set("groups", "yes");
    if (state.whole) values.set("whole", "yes");
    for (const fold of this.writeFolds()) values.append("fold", fold);
    for (const [id, count] of state.grown) values.append("grown", `${count} ${id}`);
    return values.size ? `#${values}` : "";
  }
}

function grown(text: string, graph: Graph): [string, number][] {
  const [, count, id] = /^(\d{1,5}) (.+)$/.exec(text) ?? [];
  return id !== undefined && graph.units.has(id) ? [[id, Number(count)]] : [];
}
