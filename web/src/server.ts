// What a page of a server can ask for: units that it does not hold, and pages around them.

import type { Server } from "./data";

export interface Hit {
  readonly id: string;
  readonly label: string;
  readonly aliases: readonly string[];
  readonly kind: string;
}

/** The page with a unit and its nearest, the unit selected. */
export function aroundUnit(server: Server, id: string): string {
  return `${server.view}?${new URLSearchParams({ unit: id })}#${new URLSearchParams({ unit: id })}`;
}

/** The page with the paths between two units of the whole view. */
export function pathBetween(server: Server, start: string, end: string): string {
  return `${server.view}?${new URLSearchParams({ from: start, to: end })}#${new URLSearchParams({ start, end })}`;
}

/** Units of the whole graph by name; none where the server does not answer. */
export async function found(server: Server, text: string): Promise<readonly Hit[]> {
  const answer = await fetch(`${server.search}?${new URLSearchParams({ q: text })}`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as { results: readonly Hit[] }).results : [];
}
