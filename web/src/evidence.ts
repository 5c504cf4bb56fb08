// The evidence panel: what a unit or a link rests on, sentence by sentence.

import { otherEnd, pairKey, type Graph, type Lang, type Pair, type Proof, type Quote, type Unit } from "./data";
import { fill, h, mark, type Child } from "./dom";
import { counts, known, labelled, say } from "./i18n";
import type { Shown, State, Store } from "./state";

const PARTNERS = 30;

export class Evidence {
  readonly element = h("div", { class: "evidence-body" });
  private shown: Shown = { proofs: new Map(), units: new Set(), folded: 0 };

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
  ) {}

  update(state: State, shown: Shown): void {
    this.shown = shown;
    const unit = this.graph.units.get(state.unit);
    const pair = this.graph.pairs.get(state.pair);
    const children = unit ? this.unit(unit, state.lang) : pair ? this.pair(pair, state.lang) : this.start(state.lang);
    fill(this.element, ...children);
    this.element.scrollTop = 0;
  }

  private start(lang: Lang): Child[] {
    const caption = this.graph.data.caption[lang];
    const top = this.graph.ranked.filter((unit) => this.shown.units.has(unit.id)).slice(0, 10);
    return [
      caption ? h("p", { class: "caption" }, caption) : null,
      h("p", { class: "quiet" }, say("start", lang)),
      h("h3", {}, say("connected", lang)),
      h("ul", { class: "partners" }, ...top.map((unit) => h("li", {}, this.toUnit(unit, counts.units(unit.degree, lang))))),
      this.documents(lang),
    ];
  }

  private documents(lang: Lang): HTMLElement | null {
    const { documents } = this.graph.data;
    const names = documents.map(({ title, file }) => h("li", {}, title || file));
    return documents.length
      ? h("details", {}, h("summary", {}, `${say("documents", lang)} `, h("span", { class: "count" }, String(documents.length))), h("ol", {}, ...names))
      : null;
  }

  private unit(unit: Unit, lang: Lang): Child[] {
    const facts = unit.findings.map((number) => this.graph.proof(number));
    const of = (type: Proof["type"]) => facts.filter((proof) => proof.type === type);
    const pairs = this.graph.pairsOf(unit.id);
    return [
      h("h2", {}, this.icon(unit), h("span", {}, unit.label)),
      h("p", { class: "quiet" }, this.describe(unit, lang)),
      unit.aliases.length ? h("p", { class: "quiet" }, labelled(say("aliases", lang), unit.aliases.join("、"), lang)) : null,
      this.section(say(this.graph.data.mixed ? "linked" : "partners", lang), pairs.length, this.partners(unit, pairs, lang)),
      this.section(say("mechanisms", lang), of("mechanism").length, of("mechanism").map((proof) => this.card(proof, lang))),
      this.section(say("outcomes", lang), of("outcome").length, of("outcome").map((proof) => this.card(proof, lang))),
      facts.length ? null : h("p", { class: "quiet" }, say("noFacts", lang)),
    ];
  }

  private describe(unit: Unit, lang: Lang): string {
    const kind = unit.kind ? this.graph.name(unit.kind, lang) : say("unknown", lang);
    const level = unit.level && this.graph.name(unit.level, lang);
    return [kind, level, unit.generic && say("genericUnit", lang), counts.units(unit.degree, lang)].filter(Boolean).join(" · ");
  }

  private partners(unit: Unit, pairs: readonly Pair[], lang: Lang): Child[] {
    const ordered = [...pairs].sort((a, b) => b.proofs.length - a.proofs.length);
    const rows = ordered.slice(0, PARTNERS).map((pair) => {
      const other = this.graph.unit(otherEnd(pair, unit.id));
      const hidden = this.shown.proofs.has(pair) ? "" : ` · ${say("hidden", lang)}`;
      return h("li", {}, this.toPair(pair, other, `${counts.proofs(pair.proofs.length, lang)}${hidden}`));
    });
    const rest = ordered.length - rows.length;
    return [h("ul", { class: "partners" }, ...rows), rest > 0 ? h("p", { class: "quiet" }, counts.more(rest, lang)) : null];
  }

  private pair(pair: Pair, lang: Lang): Child[] {
    const [from, to] = [this.graph.unit(pair.from), this.graph.unit(pair.to)];
    const left = this.shown.proofs.get(pair) ?? [];
    const hidden = pair.proofs.length - left.length;
    return [
      h("h2", { class: "ends" }, this.toUnit(from, ""), this.toUnit(to, "")),
      h("p", { class: "quiet" }, counts.proofs(left.length, lang) + (hidden ? ` · ${say("hidden", lang)} ${hidden}` : "")),
      ...byYear(left.map((number) => this.graph.proof(number))).map((proof) => this.card(proof, lang)),
    ];
  }

  private section(title: string, count: number, children: Child[]): HTMLElement | null {
    return count ? h("section", {}, h("h3", {}, title, h("span", { class: "count" }, String(count))), ...children) : null;
  }

  private card(proof: Proof, lang: Lang): HTMLElement {
    return h("article", { class: "proof" }, this.heading(proof, lang), this.facts(proof, lang), ...this.quotes(proof, lang), this.how(proof, lang));
  }

  private heading(proof: Proof, lang: Lang): HTMLElement {
    if (proof.from && proof.to) {
      const [from, to] = [this.graph.unit(proof.from).label, this.graph.unit(proof.to).label];
      return h("h4", {}, h("span", {}, from), h("span", { class: "arrow" }, " → "), h("span", {}, to));
    }
    const kind = proof.kind && h("span", { class: "tag" }, this.graph.name(proof.kind, lang));
    const year = proof.year && h("span", { class: "tag" }, String(proof.year));
    const amount = proof.amount && h("strong", { class: "amount" }, proof.amount);
    return h("h4", {}, proof.label ?? "", amount || null, kind || null, year || null);
  }

  private facts(proof: Proof, lang: Lang): HTMLElement | null {
    if (!proof.from) return null;
    const means = proof.mechanisms?.join("、") ?? "";
    const rows: [string, string][] = [
      [say("through", lang), means && proof.kind ? `${means}（${this.graph.name(proof.kind, lang)}）` : means],
      [say("outcomes", lang), proof.outcomes?.join("；") ?? ""],
      [say("year", lang), proof.year ? String(proof.year) : ""],
    ];
    const given = rows.filter(([, value]) => value);
    return given.length ? h("dl", {}, ...given.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])) : null;
  }

  private quotes(proof: Proof, lang: Lang): HTMLElement[] {
    const quotes = (proof.quotes ?? []).map((number) => this.graph.data.quotes[number] as Quote);
    if (!quotes.length) return [h("p", { class: "quiet" }, say("noQuotes", lang))];
    return quotes.map((quote) => h("figure", {}, marked(quote), this.source(quote, lang)));
  }

  private source(quote: Quote, lang: Lang): HTMLElement {
    const { title, file, address } = this.graph.data.documents[quote.document] ?? { title: "", file: "", address: "" };
    const link = /^https?:\/\//i.test(address) ? h("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, address) : address;
    return h("figcaption", {}, labelled(say("source", lang), title || file, lang), title && file ? h("span", { class: "file" }, file) : null, link);
  }

  private how(proof: Proof, lang: Lang): HTMLElement {
    const status = proof.status || "unreviewed";
    const parts = [
      proof.rule && `${say("rule", lang)} ${proof.rule}`,
      proof.confidence !== undefined && `${say("confidence", lang)} ${Math.round(proof.confidence * 100)}%`,
    ].filter(Boolean);
    return h("p", { class: "how" }, h("span", { class: `status ${status === "unreviewed" ? "open" : "done"}` }, known(status, lang)), parts.join(" · "));
  }

  private icon(unit: Unit): SVGSVGElement {
    const kind = this.graph.kinds.get(unit.kind);
    return mark(kind?.shape ?? "dot", kind?.colour ?? "#6b7280");
  }

  private toUnit(unit: Unit, note: string): HTMLElement {
    return this.button(unit, note, `unit:${unit.id}`, () => this.store.selectUnit(unit.id));
  }

  private toPair(pair: Pair, other: Unit, note: string): HTMLElement {
    return this.button(other, note, `pair:${pairKey(pair)}`, () => this.store.selectPair(pair));
  }

  private button(unit: Unit, note: string, key: string, click: () => void): HTMLElement {
    const words = note ? h("span", { class: "count" }, note) : null;
    return h("button", { type: "button", class: "row", "data-key": key, click }, this.icon(unit), h("span", { class: "name" }, unit.label), words);
  }
}

/** The earliest first, undated ones last. */
function byYear(proofs: Proof[]): Proof[] {
  return proofs.sort((a, b) => (a.year ?? Infinity) - (b.year ?? Infinity) || 0);
}

/** The sentence with the words that state the fact marked. */
function marked(quote: Quote): HTMLElement {
  const [start, end] = quote.mark;
  const { text } = quote;
  if (start === end) return h("blockquote", {}, text);
  return h("blockquote", {}, text.slice(0, start), h("mark", {}, text.slice(start, end)), text.slice(end));
}
