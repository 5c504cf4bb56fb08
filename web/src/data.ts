// The data of a page, as kg/render/data.py writes them, and a graph over them.

import type { Edge, Node, Options } from "vis-network/peer";

export type Lang = "zh" | "en";
export type Words = Record<Lang, string>;

export interface Named extends Words {
  id: string;
}

export interface Kind extends Named {
  colour: string;
  shape: string;
}

export interface Unit {
  id: string;
  label: string;
  aliases: string[];
  initials: string[];
  kind: string;
  level: string;
  generic: boolean;
  degree: number;
  strength: number;
  betweenness: number;
  community: number;
  findings: number[];
  /** Where a server tells all of it in words. */
  page?: string;
  drawn: Node & { id: string; x: number; y: number; size: number };
}

export interface Proof {
  id?: string;
  type: "cooperation" | "mechanism" | "outcome";
  from?: string;
  to?: string;
  label?: string;
  kind?: string;
  year?: number;
  amount?: string;
  mechanisms?: string[];
  outcomes?: string[];
  quotes?: number[];
  rule?: string;
  producer?: string;
  status?: string;
  confidence?: number;
}

export interface Pair {
  from: string;
  to: string;
  proofs: number[];
  drawn: Edge;
}

export interface Quote {
  text: string;
  mark: [number, number];
  document: number;
  start: number;
}

export interface Source {
  title: string;
  file: string;
  address: string;
  /** Where a server shows the text, each sentence with an anchor. */
  page?: string;
}

export interface SchemaTerm extends Named {
  class: boolean;
}

export interface Schema {
  prefixes: Record<string, string>;
  terms: SchemaTerm[];
}

export interface SavedQuery {
  name: string;
  title: Words;
  text: string;
}

/** What the tab SPARQL needs; `address`: of a server that answers, else the page carries an engine. */
export interface Sparql {
  schema: Schema;
  queries: SavedQuery[];
  address?: string;
}

/** The server that made the page from a part of a view of `total` units; the others are addresses there. */
export interface Server {
  home: string;
  view: string;
  search: string;
  total: number;
}

export interface PageData {
  lang: Lang;
  title: Words;
  caption: Words;
  limit: number;
  mixed: boolean;
  kinds: Kind[];
  relations: Named[];
  names: Named[];
  nodes: Unit[];
  edges: Pair[];
  proofs: Proof[];
  quotes: Quote[];
  documents: Source[];
  options: Options;
  sparql?: Sparql;
  server?: Server;
}

export class Graph {
  readonly units: ReadonlyMap<string, Unit>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly pairs: ReadonlyMap<string, Pair>;
  readonly ranked: readonly Unit[];
  readonly years: readonly number[];
  readonly communities: ReadonlyMap<number, readonly Unit[]>;
  /** Numbers of proofs by the fact they belong to: one cooperation joins several pairs. */
  readonly facts: ReadonlyMap<string, readonly number[]>;
  private readonly touching: ReadonlyMap<string, readonly Pair[]>;
  private readonly names: ReadonlyMap<string, Named>;

  constructor(readonly data: PageData) {
    this.units = new Map(data.nodes.map((unit) => [unit.id, unit]));
    this.kinds = new Map(data.kinds.map((kind) => [kind.id, kind]));
    this.pairs = new Map(data.edges.map((pair) => [pairKey(pair), pair]));
    this.names = new Map([...data.names, ...data.relations, ...data.kinds].map((named) => [named.id, named]));
    this.ranked = [...data.nodes].sort((a, b) => b.degree - a.degree || b.strength - a.strength || order(a.id, b.id));
    const years = data.proofs.filter((proof) => proof.from && proof.year).map((proof) => proof.year as number);
    this.years = [...new Set(years)].sort((a, b) => a - b);
    this.communities = grouped(this.ranked, (unit) => unit.community);
    const ends = data.edges.flatMap((pair) => [...new Set([pair.from, pair.to])].map((end) => ({ end, pair })));
    this.touching = new Map([...grouped(ends, ({ end }) => end)].map(([end, found]) => [end, found.map(({ pair }) => pair)]));
    this.facts = grouped([...data.proofs.keys()], (number) => this.key(number));
  }

  unit(id: string): Unit {
    const unit = this.units.get(id);
    if (!unit) throw new Error(`no unit ${id}`);
    return unit;
  }

  proof(number: number): Proof {
    return this.data.proofs[number] as Proof;
  }

  /** Names the fact a proof belongs to. */
  key(number: number): string {
    return this.proof(number).id ?? `#${number}`;
  }

  pairsOf(id: string): readonly Pair[] {
    return this.touching.get(id) ?? [];
  }

  between(one: string, other: string): Pair | undefined {
    return this.pairsOf(one).find((pair) => otherEnd(pair, one) === other);
  }

  /** Both units of a pair named by its key; none for an unknown key. */
  ends(key: string): readonly string[] {
    const pair = this.pairs.get(key);
    return pair ? [pair.from, pair.to] : [];
  }

  /** The name of a kind, level or relation. */
  name(id: string, lang: Lang): string {
    return this.names.get(id)?.[lang] ?? id;
  }
}

/** Names a pair in the address of the page. */
export function pairKey(pair: Pair): string {
  return `${pair.from} ${pair.to}`;
}

export function otherEnd(pair: Pair, id: string): string {
  return pair.from === id ? pair.to : pair.from;
}

export function grouped<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function readData(): PageData {
  return JSON.parse(document.getElementById("kg-data")?.textContent ?? "") as PageData;
}
