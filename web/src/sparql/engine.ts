// Who answers queries: the page itself with the engine it carries, or a server.

import type { Words } from "../data";
import { formatFor, read, withoutTexts, type Answer } from "./answer";
import type { Asked, Told } from "./worker";

/** What is wrong with a query, and where (line and column count from 1). */
export class QueryError extends Error {
  constructor(
    readonly words: Words,
    readonly line = 0,
    readonly column = 0,
  ) {
    super(words.en);
  }
}

export interface Engine {
  /** Raises QueryError. */
  ask(query: string): Promise<Answer>;
  /** Ends a query that runs; its promise is never kept. */
  stop(): void;
}

/** The parts of the page, each once; reading them again is slow. */
export class PortableEngine implements Engine {
  private worker: Worker | undefined;

  constructor(private readonly prefixes: Record<string, string>) {}

  async ask(query: string): Promise<Answer> {
    const prologue = missing(query, this.prefixes);
    const format = formatFor(query);
    const worker = (this.worker ??= this.start());
    const told = await new Promise<Told>((done) => {
      worker.onmessage = ({ data }: MessageEvent<Told>) => done(data);
      worker.onerror = (event) => done({ error: event.message });
      worker.postMessage({ query: prologue + query, format } satisfies Asked);
    });
    if ("error" in told) throw located(told.error, prologue.length, query);
    return read(told.text, format);
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }

  private start(): Worker {
    const address = URL.createObjectURL(new Blob([part("kg-engine")], { type: "text/javascript" }));
    const worker = new Worker(address);
    const wasm = Uint8Array.from(atob(part("kg-wasm").trim()), (sign) => sign.charCodeAt(0));
    worker.postMessage({ wasm, graph: part("kg-graph") } satisfies Asked);
    return worker;
  }
}

export class ServerEngine implements Engine {
  private control = new AbortController();

  constructor(private readonly address: string) {}

  async ask(query: string): Promise<Answer> {
    const format = formatFor(query);
    this.control = new AbortController();
    const headers = { "Content-Type": "application/sparql-query", Accept: format };
    const response = await fetch(this.address, { method: "POST", headers, body: query, signal: this.control.signal });
    const text = await response.text();
    if (!response.ok) throw told(text, query);
    return read(text, format);
  }

  stop(): void {
    this.control.abort();
  }
}

function part(id: string): string {
  return document.getElementById(id)?.textContent ?? "";
}

/** Declarations of known prefixes that a query uses; no new line, so that lines still count. */
export function missing(query: string, prefixes: Record<string, string>): string {
  const needed = Object.entries(prefixes).filter(([name]) => {
    return new RegExp(`(?<![\\w:])${name}:`).test(query) && !new RegExp(`prefix\\s+${name}:`, "i").test(query);
  });
  return needed.map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
}

/** What the engine says, at the place as the reader counts it. */
function located(message: string, prologue: number, query: string): QueryError {
  const [, line, column, reason] = /error at (\d+):(\d+): ([^]*)/.exec(message) ?? [];
  if (line === undefined || reason === undefined) return fullWidth(query) ?? new QueryError({ zh: `查询无法执行：${message}`, en: message });
  const at = Math.max(1, Number(column) - (line === "1" ? prologue : 0));
  return fullWidth(query) ?? wrong(Number(line), at, { zh: `查询写法有误（${reason}）`, en: reason });
}

/** A sign that a Chinese input method typed is the likeliest cause. */
function fullWidth(query: string): QueryError | undefined {
  const bare = withoutTexts(query);
  const place = bare.search(/[？｛｝（）；：，。“”]/);
  if (place < 0) return undefined;
  const before = bare.slice(0, place).split("\n");
  const words = { zh: `“${bare[place]}”是全角符号，SPARQL 须用半角`, en: `“${bare[place]}” is a full-width sign, SPARQL needs a half-width one` };
  return wrong(before.length, (before.at(-1) as string).length + 1, words);
}

function wrong(line: number, column: number, { zh, en }: Words): QueryError {
  return new QueryError({ zh: `第 ${line} 行第 ${column} 列：${zh}`, en: `line ${line}, column ${column}: ${en}` }, line, column);
}

/** A server says what is wrong in both languages, one after the other. */
function told(text: string, query: string): QueryError {
  const lines = text.trim().split("\n");
  const chinese = (line: string): boolean => /[\u3400-\u9fff]/.test(line);
  const [zh, en] = [lines.filter(chinese), lines.filter((line) => !chinese(line))].map((found) => found.join("\n") || text.trim());
  const [, line, column] = /error at (\d+):(\d+)/.exec(text) ?? [];
  return fullWidth(query) ?? new QueryError({ zh: zh as string, en: en as string }, Number(line ?? 0), Number(column ?? 0));
}
