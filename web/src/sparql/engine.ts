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
    if (!response.ok) throw told(text);
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

/** What is wrong, at the place as the reader counts it; signs that a Chinese input method typed come first. */
function located(message: string, prologue: number, query: string): QueryError {
  const bare = withoutTexts(query);
  const wide = bare.search(/[？｛｝（）；：，。“”]/);
  if (wide >= 0) {
    const before = bare.slice(0, wide).split("\n");
    const [line, column, sign] = [before.length, (before.at(-1) as string).length + 1, bare[wide]];
    return wrong(line, column, { zh: `“${sign}”是全角符号，SPARQL 须用半角`, en: `“${sign}” is a full-width sign, SPARQL needs a half-width one` });
  }
  const [, line, column, reason] = /error at (\d+):(\d+): ([^]*)/.exec(message) ?? [];
  if (line === undefined || reason === undefined) return new QueryError({ zh: `查询无法执行：${message}`, en: message });
  const at = Math.max(1, Number(column) - (line === "1" ? prologue : 0));
  return wrong(Number(line), at, { zh: `查询写法有误（${reason}）`, en: reason });
}

function wrong(line: number, column: number, { zh, en }: Words): QueryError {
  return new QueryError({ zh: `第 ${line} 行第 ${column} 列：${zh}`, en: `line ${line}, column ${column}: ${en}` }, line, column);
}

/** A server says what is wrong in both languages, Chinese or English first. */
function told(text: string): QueryError {
  const [, line, column] = /(?:line (\d+), column (\d+))/.exec(text) ?? [];
  return new QueryError({ zh: text.trim(), en: text.trim() }, Number(line ?? 0), Number(column ?? 0));
}
