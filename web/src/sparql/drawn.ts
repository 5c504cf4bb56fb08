// The answer to a query as the data of a network: its first two columns of IRIs are the ends of links.

import type { Graph, PageData, Pair, Unit } from "../data";
import { grouped } from "../data";
import type { Answer } from "./answer";
import { positions } from "./force";

const MOST = 300; // nodes

/** None where there are no two columns of IRIs. */
export function drawn(answer: Answer, graph: Graph, name: (iri: string) => string): PageData | undefined {
  const ends = endColumns(answer);
  if (!ends) return undefined;
  const names = labels(answer, ends);
  const links = answer.rows.flatMap((row) => {
    const [from, to] = ends.map((column) => row[column]);
    return from?.type === "uri" && to?.type === "uri" && from.value !== to.value ? [[from.value, to.value].sort() as [string, string]] : [];
  });
  const ids = [...new Set(links.flat())].slice(0, MOST);
  const number = new Map(ids.map((id, index) => [id, index]));
  const pairs = [...grouped(links.filter((link) => link.every((end) => number.has(end))), (link) => link.join(" ")).values()];
  const joined = pairs.map(([link]) => link?.map((end) => number.get(end)) as [number, number]);
  const places = positions(ids.length, joined);
  const degree = (index: number): number => joined.filter((link) => link.includes(index)).length;
  const nodes = ids.map((id, index) => unit(id, names.get(id) ?? name(id), degree(index), { ...places[index] as { x: number; y: number } }, graph));
  const edges = pairs.map((found) => edge(found[0] as [string, string], found.length));
  return { ...graph.data, limit: MOST, nodes, edges, proofs: links.map(() => ({ type: "cooperation" as const })), quotes: [], documents: [] };
}

/** The first two columns that hold IRIs; of triples, subject and object. */
function endColumns({ columns, rows }: Answer): [number, number] | undefined {
  const iris = columns.flatMap((_, index) => (rows.some((row) => row[index]?.type === "uri") ? [index] : []));
  const [first, second] = iris.filter((index) => columns[index] !== "predicate");
  return first !== undefined && second !== undefined ? [first, second] : undefined;
}

/** A column ?xLabel names what stands in ?x. */
function labels({ columns, rows }: Answer, ends: readonly number[]): Map<string, string> {
  const found = ends.map((end) => [end, columns.indexOf(`${columns[end]}Label`)] as const).filter(([, label]) => label >= 0);
  return new Map(rows.flatMap((row) => found.flatMap(([end, label]) => {
    const [id, text] = [row[end], row[label]];
    return id && text ? [[id.value, text.value] as const] : [];
  })));
}

function unit(id: string, label: string, degree: number, place: { x: number; y: number }, graph: Graph): Unit {
  const known = graph.units.get(id);
  const look = known?.drawn ?? { shape: "dot", color: { background: "#6b7280", border: "#fff" } };
  const none = { aliases: [], initials: [], kind: "", level: "", generic: false, betweenness: 0, community: 0 };
  return { ...none, ...known, id, label: known?.label ?? label, degree, strength: degree, findings: [], drawn: { ...look, id, ...place, size: 7 + 3 * Math.sqrt(degree) } };
}

function edge([from, to]: [string, string], count: number): Pair {
  return { from, to, proofs: Array.from({ length: count }, (_, n) => n), drawn: { from, to, width: Math.min(0.8 + 0.7 * count, 6.5) } };
}
