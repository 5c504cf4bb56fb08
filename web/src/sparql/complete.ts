// Completion: classes and properties by name and by their Chinese and English labels, prefixes, variables, keywords.

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Lang, Schema, SchemaTerm } from "../data";

const WORD = /[\w:?$\-\u3400-\u9fff]+/;
const CLASS_PLACE = /(?:\ba|rdf:type)\s+(?:[\w:\-\u3400-\u9fff]*)$/;
const KEYWORDS =
  "SELECT DISTINCT WHERE OPTIONAL FILTER UNION VALUES BIND GROUP ORDER BY DESC ASC LIMIT OFFSET COUNT SUM MIN MAX SAMPLE CONTAINS LANG STR REGEX ASK CONSTRUCT DESCRIBE PREFIX GRAPH MINUS";

export function completions(schema: Schema, lang: () => Lang): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const typed = context.matchBefore(WORD);
    if (!typed && !context.explicit) return null;
    const before = context.state.sliceDoc(Math.max(0, context.pos - 80), context.pos);
    const classes = CLASS_PLACE.test(before);
    const terms = schema.terms.filter((term) => !classes || term.class).flatMap((term) => named(term, schema, lang()));
    const words = classes ? [] : KEYWORDS.split(" ").map((label) => ({ label, type: "keyword", boost: -20 }));
    const options = [...terms, ...words, ...(classes ? [] : variables(context))];
    return { from: typed?.from ?? context.pos, options, validFor: /^[\w:?$\-\u3400-\u9fff]*$/ };
  };
}

/** A term is found by what one writes and by both labels; whichever is typed, the term is written. */
function named(term: SchemaTerm, schema: Schema, lang: Lang): Completion[] {
  const written = short(term.id, schema.prefixes);
  const type = term.class ? "class" : "property";
  const other = lang === "zh" ? term.en : term.zh;
  const detail = `${term[lang]} · ${other}`;
  const labels = [...new Set([term.zh, term.en])].filter(Boolean);
  return [
    { label: written, detail, type, boost: 10 },
    ...labels.map((label) => ({ label, displayLabel: written, detail, type, apply: written })),
  ];
}

function variables(context: CompletionContext): Completion[] {
  const found = context.state.doc.toString().match(/[?$][\w\u3400-\u9fff]+/g) ?? [];
  const typed = context.matchBefore(WORD)?.text;
  return [...new Set(found)].filter((label) => label !== typed).map((label) => ({ label, type: "variable" }));
}

/** An IRI as one writes it in a query. */
export function short(iri: string, prefixes: Record<string, string>): string {
  const [name, space] = Object.entries(prefixes).find(([, space]) => iri.startsWith(space)) ?? [];
  const local = space === undefined ? "" : iri.slice(space.length);
  return /^[\w\u3400-\u9fff][\w\u3400-\u9fff-]*$/.test(local) ? `${name}:${local}` : `<${iri}>`;
}
