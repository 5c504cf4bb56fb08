// What is drawn and what is not, in numbers.

import type { Graph, Lang } from "./data";
import { counts } from "./i18n";
import type { Shown } from "./shown";

export function foot(graph: Graph, shown: Shown, lang: Lang): string {
  const { units, proofs, bundles, groups, undrawn, passing, left } = shown;
  const pairs = [...proofs.keys(), ...bundles.flatMap((bundle) => bundle.pairs)];
  const numbers = pairs.flatMap((pair) => left.get(pair) ?? []);
  const quotes = new Set(numbers.flatMap((number) => graph.proof(number).quotes ?? []));
  const filtered = graph.data.nodes.length - passing;
  return [
    groups.length && counts.groups(groups.length, groups.reduce((sum, group) => sum + group.members.length, 0), lang),
    (units.size || !groups.length) && counts.drawn(units.size, lang),
    counts.foot(pairs.length, numbers.length, quotes.size, lang),
    graph.data.server && graph.data.server.total > graph.data.nodes.length && counts.part(graph.data.server.total, lang),
    undrawn && counts.folded(undrawn, lang),
    filtered && counts.filtered(filtered, lang),
  ].filter(Boolean).join(" · ");
}
