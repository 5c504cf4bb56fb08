// One proof as a card: what it states, its sentences with the words marked, document, rule and review state.

import type { Graph, Lang, Proof, Quote, Source } from "./data";
import { h } from "./dom";
import { known, labelled, say } from "./i18n";

export function card(graph: Graph, proof: Proof, lang: Lang): HTMLElement {
  return h("article", { class: "proof" }, heading(graph, proof, lang), facts(graph, proof, lang), ...quotes(graph, proof, lang), how(proof, lang));
}

function heading(graph: Graph, proof: Proof, lang: Lang): HTMLElement {
  if (proof.from && proof.to) {
    const [from, to] = [graph.unit(proof.from).label, graph.unit(proof.to).label];
    return h("h4", {}, h("span", {}, from), h("span", { class: "arrow" }, " → "), h("span", {}, to));
  }
  const kind = proof.kind && h("span", { class: "tag" }, graph.name(proof.kind, lang));
  const year = proof.year && h("span", { class: "tag" }, String(proof.year));
  const amount = proof.amount && h("strong", { class: "amount" }, proof.amount);
  return h("h4", {}, proof.label ?? "", amount || null, kind || null, year || null);
}

function facts(graph: Graph, proof: Proof, lang: Lang): HTMLElement | null {
  if (!proof.from) return null;
  const means = proof.mechanisms?.join("、") ?? "";
  const rows: [string, string][] = [
    [say("through", lang), means && proof.kind ? `${means}（${graph.name(proof.kind, lang)}）` : means],
    [say("outcomes", lang), proof.outcomes?.join("；") ?? ""],
    [say("year", lang), proof.year ? String(proof.year) : ""],
  ];
  const given = rows.filter(([, value]) => value);
  return given.length ? h("dl", {}, ...given.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])) : null;
}

function quotes(graph: Graph, proof: Proof, lang: Lang): HTMLElement[] {
  const found = (proof.quotes ?? []).map((number) => graph.data.quotes[number] as Quote);
  if (!found.length) return [h("p", { class: "quiet" }, say("noQuotes", lang))];
  return found.map((quote) => h("figure", {}, marked(quote), source(graph, quote, lang)));
}

function source(graph: Graph, quote: Quote, lang: Lang): HTMLElement {
  const { title, file, address, page }: Source = graph.data.documents[quote.document] ?? { title: "", file: "", address: "" };
  const link = /^https?:\/\//i.test(address) ? h("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, address) : address;
  return h("figcaption", {}, labelled(say("source", lang), title || file, lang), title && file ? h("span", { class: "file" }, file) : null, link, page ? h("a", { href: `${page}#c${quote.start}` }, say("inText", lang)) : null);
}

function how(proof: Proof, lang: Lang): HTMLElement {
  const status = proof.status || "unreviewed";
  const parts = [
    proof.rule && `${say("rule", lang)} ${proof.rule}`,
    proof.confidence !== undefined && `${say("confidence", lang)} ${Math.round(proof.confidence * 100)}%`,
  ].filter(Boolean);
  return h("p", { class: "how" }, h("span", { class: `status ${status === "unreviewed" ? "open" : "done"}` }, known(status, lang)), parts.join(" · "));
}

/** The sentence with the words that state the fact marked. */
function marked(quote: Quote): HTMLElement {
  const [start, end] = quote.mark;
  const { text } = quote;
  if (start === end) return h("blockquote", {}, text);
  return h("blockquote", {}, text.slice(0, start), h("mark", {}, text.slice(start, end)), text.slice(end));
}
