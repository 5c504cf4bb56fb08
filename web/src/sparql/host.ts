// What the viewer and the script of the tab SPARQL know of one another.

import type { Graph, PageData, Sparql } from "../data";
import type { Shown } from "../shown";
import type { State } from "../state";

export interface SparqlTab {
  readonly element: HTMLElement;
  update(state: State, shown: Shown): void;
}

/** `draw` makes a drawing of its own from an answer; `select` tells the evidence of a unit. */
export interface Host {
  sparql: Sparql;
  graph: Graph;
  select: (id: string) => void;
  draw: (data: PageData) => HTMLElement;
}

type Make = (host: Host) => SparqlTab;

/** The script of the tab, where the page has one. */
export function sparqlTab(): Make | undefined {
  return (globalThis as { kgSparql?: Make }).kgSparql;
}
