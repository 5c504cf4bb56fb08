// The evidence panel: what a unit, a link, a path, a community or a fact rests on, sentence by sentence.

import { card } from "./cards";
import { otherEnd, pairKey, type Graph, type Lang, type Pair, type Proof, type Unit } from "./data";
import { fill, h, mark, type Child } from "./dom";
import { LEAST, community, groupName, groupNumber } from "./groups";
import { counts, labelled, say } from "./i18n";
import { steps, type Route } from "./path";
import { aroundUnit } from "./server";
import { AROUND, NOTHING, type Shown } from "./shown";
import type { State, Store } from "./state";

const MEMBERS = 60;

export class Evidence {
  readonly element = h("div", { class: "evidence-body" });
  private shown: Shown = NOTHING;

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
    private readonly seekPath: () => void,
  ) {}

  update(state: State, shown: Shown, anew: boolean): void {
    this.shown = shown;
    const { scrollTop } = this.element;
    fill(this.element, ...this.children(state));
    this.element.scrollTop = anew ? 0 : scrollTop;
  }

  private children(state: State): Child[] {
    const { lang } = state;
    const unit = this.graph.units.get(state.unit);
    const pair = this.graph.pairs.get(state.pair);
    if (unit) return this.unit(unit, state);
    if (pair) return this.pair(pair, lang);
    if (state.group) return this.group(state);
    if (state.fact) return this.fact(state.fact, lang);
    return this.shown.route ? this.path(this.shown.route, lang) : this.start(lang);
  }

  private start(lang: Lang): Child[] {
    const caption = this.graph.data.caption[lang];
    const top = this.graph.ranked.slice(0, 10);
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

  private unit(unit: Unit, state: State): Child[] {
    const { lang } = state;
    const facts = unit.findings.map((number) => this.graph.proof(number));
    const of = (type: Proof["type"]) => facts.filter((proof) => proof.type === type);
    const pairs = this.graph.pairsOf(unit.id);
    return [
      h("h2", {}, this.icon(unit), h("span", {}, unit.label)),
      h("p", { class: "quiet" }, this.describe(unit, lang)),
      unit.aliases.length ? h("p", { class: "quiet" }, labelled(say("aliases", lang), unit.aliases.join("、"), lang)) : null,
      this.ways(unit, state),
      this.section(say(this.graph.data.mixed ? "linked" : "partners", lang), pairs.length, this.partners(unit, pairs, state)),
      this.section(say("mechanisms", lang), of("mechanism").length, of("mechanism").map((proof) => card(this.graph, proof, lang))),
      this.section(say("outcomes", lang), of("outcome").length, of("outcome").map((proof) => card(this.graph, proof, lang))),
      facts.length ? null : h("p", { class: "quiet" }, say("noFacts", lang)),
    ];
  }

  /** Where one can go from a unit: a path, its community. */
  private ways(unit: Unit, { lang }: State): HTMLElement {
    const home = community(this.graph, unit.community);
    const toHome = home.members.length >= LEAST && this.action("group", counts.home(home.members.length, lang), () => this.store.selectGroup(home.id));
    const { server } = this.graph.data;
    const around = server && unit.degree > this.graph.pairsOf(unit.id).length && aroundUnit(server, unit.id);
    return h(
      "p",
      { class: "actions" },
      this.action("path", say("pathHere", lang), this.seekPath),
      toHome,
      around && h("a", { class: "action", href: around }, counts.around(unit.degree, lang)),
      unit.page && h("a", { class: "action", href: unit.page }, say("page", lang)),
    );
  }

  private describe(unit: Unit, lang: Lang): string {
    const kind = unit.kind ? this.graph.name(unit.kind, lang) : say("unknown", lang);
    const level = unit.level && this.graph.name(unit.level, lang);
    return [kind, level, unit.generic && say("genericUnit", lang), counts.units(unit.degree, lang)].filter(Boolean).join(" · ");
  }

  private partners(unit: Unit, pairs: readonly Pair[], { lang, grown }: State): Child[] {
    const ordered = [...pairs].sort((a, b) => b.proofs.length - a.proofs.length);
    const rows = ordered.slice(0, AROUND + (grown.get(unit.id) ?? 0)).map((pair) => {
      const other = this.graph.unit(otherEnd(pair, unit.id));
      const hidden = this.shown.left.has(pair) ? "" : ` · ${say("hidden", lang)}`;
      return h("li", {}, this.toPair(pair, other, `${counts.proofs(pair.proofs.length, lang)}${hidden}`));
    });
    const rest = ordered.length - rows.length;
    const more = rest > 0 && this.action("more", counts.more(rest, lang), () => this.store.grow(unit.id, AROUND));
    return [h("ul", { class: "partners" }, ...rows), more];
  }

  private pair(pair: Pair, lang: Lang): Child[] {
    const [from, to] = [this.graph.unit(pair.from), this.graph.unit(pair.to)];
    return [h("h2", { class: "ends" }, this.toUnit(from, ""), this.toUnit(to, "")), ...this.proofs(pair, lang)];
  }

  private proofs(pair: Pair, lang: Lang): Child[] {
    const left = this.shown.left.get(pair) ?? [];
    const hidden = pair.proofs.length - left.length;
    return [
      h("p", { class: "quiet" }, counts.proofs(left.length, lang) + (hidden ? ` · ${say("hidden", lang)} ${hidden}` : "")),
      ...byYear(left.map((number) => this.graph.proof(number))).map((proof) => card(this.graph, proof, lang)),
    ];
  }

  /** The sentences of the path with most proofs, step by step. */
  private path(route: Route, lang: Lang): Child[] {
    const ends = [route.main[0], route.main.at(-1)].map((id) => this.graph.unit(id as string));
    return [
      h("h2", { class: "ends" }, ...ends.map((unit) => this.toUnit(unit, ""))),
      h("p", { class: "quiet" }, counts.route(route.main.length - 1, route.count, lang)),
      route.cut ? h("p", { class: "quiet" }, counts.cut(route.cut, lang)) : null,
      ...steps(this.graph, route).map((pair, index) => {
        const [from, to] = [this.graph.unit(route.main[index] as string), this.graph.unit(route.main[index + 1] as string)];
        return h("section", {}, h("h3", { class: "step" }, `${index + 1}. ${from.label} – ${to.label}`), ...this.proofs(pair, lang));
      }),
    ];
  }

  private group(state: State): Child[] {
    const { lang } = state;
    const number = groupNumber(state.group);
    const all = community(this.graph, number);
    const folded = state.folded.has(number) && !state.whole;
    const rest = all.members.length - MEMBERS;
    return [
      h("h2", {}, h("span", {}, groupName(this.graph, all, lang))),
      h("p", { class: "quiet" }, say("groupIs", lang)),
      h("p", { class: "actions" }, this.action("fold", say(folded ? "unfold" : "fold", lang), () => this.store.fold([number], !folded))),
      h("ul", { class: "partners" }, ...all.members.slice(0, MEMBERS).map((id) => h("li", {}, this.member(id, lang)))),
      rest > 0 ? h("p", { class: "quiet" }, counts.more(rest, lang)) : null,
    ];
  }

  private member(id: string, lang: Lang): HTMLElement {
    const unit = this.graph.unit(id);
    return this.toUnit(unit, counts.units(unit.degree, lang));
  }

  /** Every sentence of one fact, each once: a cooperation of many units is stated once. */
  private fact(key: string, lang: Lang): Child[] {
    const proofs = (this.graph.facts.get(key) ?? []).map((number) => this.graph.proof(number));
    const ends = [...new Set(proofs.flatMap(({ from, to }) => [from, to]))].flatMap((id) => this.graph.units.get(id ?? "") ?? []);
    const [first] = proofs;
    return [
      h("h2", {}, first?.label || say(first?.type === "cooperation" ? "links" : "evidence", lang)),
      ends.length ? h("ul", { class: "partners" }, ...ends.map((unit) => h("li", {}, this.toUnit(unit, "")))) : null,
      first ? card(this.graph, first, lang) : null,
    ];
  }

  private section(title: string, count: number, children: Child[]): HTMLElement | null {
    return count ? h("section", {}, h("h3", {}, title, h("span", { class: "count" }, String(count))), ...children) : null;
  }

  private action(key: string, text: string, click: () => void): HTMLElement {
    return h("button", { type: "button", class: "action", "data-key": `action:${key}`, click }, text);
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
