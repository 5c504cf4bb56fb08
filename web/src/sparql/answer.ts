// Answers to queries, from SPARQL's JSON results and from N-Triples, as one kind of table.

export interface Term {
  type: "uri" | "literal" | "bnode";
  value: string;
}

/** One term, or nothing, for each column and row; the answer to ASK is a truth. */
export interface Answer {
  columns: readonly string[];
  rows: readonly (readonly (Term | undefined)[])[];
  truth?: boolean;
}

const JSON_RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";

/** A query with spaces for what may hold any sign: IRIs, strings, comments. */
export function withoutTexts(query: string): string {
  return query.replace(/<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#.*/g, (text) => " ".repeat(text.length));
}

/** The media type to ask for: CONSTRUCT and DESCRIBE answer with triples. */
export function formatFor(query: string): string {
  const [form] = /\b(?:select|ask|construct|describe)\b/i.exec(withoutTexts(query)) ?? ["select"];
  return /^[cd]/i.test(form) ? TRIPLES : JSON_RESULTS;
}

export function read(text: string, format: string): Answer {
  if (format === TRIPLES) return { columns: ["subject", "predicate", "object"], rows: triples(text) };
  const { head, boolean, results } = JSON.parse(text) as Results;
  if (boolean !== undefined) return { columns: [], rows: [], truth: boolean };
  const columns = head.vars ?? [];
  return { columns, rows: (results?.bindings ?? []).map((row) => columns.map((column) => row[column])) };
}

interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term | undefined>[] };
}

const TERM = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?/g;

function triples(text: string): Term[][] {
  const lines = text.split("\n").filter((line) => line.trim());
  const found = lines.map((line) => [...line.matchAll(TERM)].slice(0, 3).map(([, iri, blank, literal]) => term(iri, blank, literal)));
  return [...new Map(found.map((triple) => [JSON.stringify(triple), triple])).values()];
}

function term(iri: string | undefined, blank: string | undefined, literal: string | undefined): Term {
  if (iri !== undefined) return { type: "uri", value: plain(iri) };
  return blank !== undefined ? { type: "bnode", value: blank } : { type: "literal", value: plain(literal ?? "") };
}

const SIGNS: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** Text without the escapes of N-Triples. */
function plain(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short: string, long: string, sign: string) =>
    sign ? (SIGNS[sign] ?? sign) : String.fromCodePoint(Number.parseInt(short || long, 16)),
  );
}
