// What the server gives to the review page, and the way back to it.

import { lang, say } from "./reviewwords";

export type Span = readonly [number, number];
export type Roles = Readonly<Record<string, readonly string[]>>;

export interface Item {
  readonly id: string;
  readonly document: string;
  readonly title: string;
  readonly kind: string;
  readonly sentence: string;
  readonly exact: Span | null;
  readonly spans: readonly { readonly role: string; readonly span: Span }[];
  readonly roles: Roles;
  readonly rule: string;
  readonly producer: string;
  readonly sure: number;
  readonly sentences: number;
  readonly rivals: readonly { readonly producer: string; readonly roles: Roles }[];
}

export interface Pair {
  readonly id: string;
  readonly reason: string;
  readonly sure: number;
  readonly units: readonly [Side, Side];
}

export interface Side {
  readonly name: string;
  readonly proofs: readonly { readonly text: string; readonly mark: Span }[];
}

export interface Decided {
  readonly key: string;
  readonly action: string;
  readonly label: string;
  readonly words: string;
  readonly by: string;
  readonly at: string;
}

export interface Queue {
  readonly items: readonly Item[];
  readonly pairs: readonly Pair[];
  readonly left: { readonly facts: number; readonly pairs: number };
  readonly decided: readonly Decided[];
  readonly built?: Built;
}

export interface Built {
  readonly seconds: number;
  readonly documents: number;
  readonly orphans: readonly (Decided & { readonly reason: string; readonly nearest: string })[];
}

export interface Vocabulary {
  readonly kinds: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, string>>;
  readonly asked: Readonly<Record<string, readonly string[]>>;
}

export type Question = { readonly id: string } & ({ readonly item: Item } | { readonly pair: Pair });

/** What is refused, in words for people; what waits now comes with it where the server says so. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly queue: Queue | null,
  ) {
    super(message);
  }
}

const place = document.querySelector<HTMLElement>("#review");

export const vocabulary = JSON.parse(document.querySelector("#review-words")?.textContent ?? "{}") as Vocabulary;

export function queue(): Promise<Queue> {
  return ask<Queue>("/review/queue");
}

export async function sentences(id: string): Promise<readonly string[]> {
  return (await ask<{ sentences: readonly string[] }>("/review/text", { document: id })).sentences;
}

export function decide(decision: Readonly<Record<string, unknown>>): Promise<Queue> {
  return ask<Queue>("/review/decide", {}, JSON.stringify(decision));
}

/** Puts the decisions into the graph. */
export function build(): Promise<Queue> {
  return ask<Queue>("/review/build", {}, "{}");
}

async function ask<T>(path: string, query: Record<string, string> = {}, body?: string): Promise<T> {
  const headers: Record<string, string> = { "X-KG-Review": place?.dataset["secret"] ?? "", "Content-Type": "application/json" };
  const address = `${path}?${new URLSearchParams({ ...query, lang })}`;
  const answer = await fetch(address, body === undefined ? { headers } : { headers, method: "POST", body }).catch(() => null);
  if (!answer) throw new Refused(say("unreachable"), null);
  if (answer.ok) return (await answer.json()) as T;
  const text = await answer.text();
  if (!answer.headers.get("content-type")?.startsWith("application/json")) throw new Refused(text, null);
  const said = JSON.parse(text) as { message: string; hint: string } & Queue;
  throw new Refused(`${said.message} ${said.hint}`, said.items ? said : null);
}

/** All questions, what producers disagree about first, then the least sure. */
export function ordered(found: Queue): Question[] {
  const facts = found.items.map((item) => ({ id: item.id, item, rank: item.rivals.length ? -1 : item.sure }));
  const pairs = found.pairs.map((pair) => ({ id: pair.id, pair, rank: pair.sure }));
  return [...facts, ...pairs].sort((a, b) => a.rank - b.rank);
}
