// What happened when: facts by year as bars, and as a list whose lines lead to their sentences.

import { grouped, type Graph, type Lang, type Proof } from "./data";
import { fill, h } from "./dom";
import { counts, labelled, say } from "./i18n";
import { passes, type Shown } from "./shown";
import { UNDATED, type State, type Store } from "./state";

const MOST = 400; // lines
const GAP = 12; // years without a fact that still get a place of their own
const TYPES: readonly Proof["type"][] = ["cooperation", "mechanism", "outcome"];

interface Fact {
  key: string;
  proof: Proof;
}

export class Timeline {
  readonly element = h("div", { class: "timeline page", role: "tabpanel" });

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
  ) {}

  update(state: State, shown: Shown): void {
    this.element.hidden = state.tab !== "timeline";
    this.element.setAttribute("aria-label", say("timeline", state.lang));
    if (!this.element.hidden) this.render(state, shown);
  }

  private render(state: State, shown: Shown): void {
    const { lang } = state;
    const facts = this.facts(state, shown);
    const byYear = grouped(facts, ({ proof }) => (proof.year ? String(proof.year) : UNDATED));
    const years = ladder([...byYear.keys()]);
    const highest = Math.max(1, ...[...byYear.values()].map((found) => found.length));
    const picked = years.includes(state.year) ? [state.year] : years;
    fill(
      this.element,
      h("p", { class: "types" }, ...TYPES.map((type) => h("span", { class: `type ${type}` }, say(type, lang)))),
      h("div", { class: "years", role: "group", "aria-label": say("years", lang) }, ...years.map((year) => this.bar(year, byYear.get(year) ?? [], highest, state))),
      facts.length ? null : h("p", { class: "quiet" }, say("nothingLeft", lang)),
      ...this.lists(picked, byYear, state),
    );
  }

  /** Facts that the filters leave, each once: links of units that are left, and what these units did and reached. */
  private facts(state: State, { left, route, proofs }: Shown): Fact[] {
    const links = [...(route ? proofs : left).values()].flat();
    const units = this.graph.data.nodes.filter(({ kind }) => !state.kindsOff.has(kind));
    const found = units.flatMap(({ findings }) => findings).filter((number) => passes(this.graph, state, number));
    const once = new Map([...links, ...(route ? [] : found)].map((number) => [this.graph.key(number), this.graph.proof(number)]));
    return [...once].map(([key, proof]) => ({ key, proof }));
  }

  private bar(year: string, facts: readonly Fact[], highest: number, state: State): HTMLElement {
    const name = yearName(year, state.lang);
    const parts = TYPES.map((type) => {
      const count = facts.filter(({ proof }) => proof.type === type).length;
      const part = h("span", { class: `part ${type}` });
      part.style.height = `${(count / highest) * 110}px`;
      return part;
    });
    const on = state.year === year;
    return h(
      "button",
      {
        type: "button",
        class: "year",
        "data-key": `year:${year}`,
        "aria-pressed": String(on),
        "aria-label": labelled(name, counts.facts(facts.length, state.lang), state.lang),
        click: () => this.store.set({ year: on ? "" : year }),
      },
      h("span", { class: "count" }, facts.length ? String(facts.length) : ""),
      h("span", { class: "column" }, ...parts),
      h("span", { class: "when" }, name),
    );
  }

  private lists(years: readonly string[], byYear: ReadonlyMap<string, readonly Fact[]>, state: State): HTMLElement[] {
    let room = MOST;
    return years.flatMap((year) => {
      const facts = byYear.get(year) ?? [];
      const drawn = facts.slice(0, Math.max(room, 0));
      room -= drawn.length;
      if (!facts.length) return [];
      const rest = facts.length - drawn.length;
      const title = h("h2", {}, yearName(year, state.lang), h("span", { class: "count" }, counts.facts(facts.length, state.lang)));
      const more = rest ? h("p", { class: "quiet" }, counts.more(rest, state.lang)) : null;
      return [h("section", {}, title, h("ul", {}, ...drawn.map((fact) => h("li", {}, this.line(fact, state)))), more)];
    });
  }

  private line({ key, proof }: Fact, { lang, fact }: State): HTMLElement {
    const details = [proof.amount, proof.mechanisms?.join("、"), proof.outcomes?.join("；")].filter(Boolean).join(" · ");
    return h(
      "button",
      { type: "button", class: "row", "data-key": `fact:${key}`, "aria-pressed": String(fact === key), click: () => this.store.selectFact(key) },
      h("span", { class: `type ${proof.type}` }, say(proof.type, lang)),
      h("span", { class: "name" }, this.label(proof)),
      details ? h("span", { class: "detail" }, details) : null,
    );
  }

  private label(proof: Proof): string {
    if (proof.label) return proof.label;
    return [proof.from, proof.to].map((id) => this.graph.units.get(id ?? "")?.label ?? "").join(" – ");
  }
}

/** Years in order, with the empty ones between where they are few; facts without a year come last. */
function ladder(found: readonly string[]): string[] {
  const years = found.filter((year) => year !== UNDATED).map(Number).sort((a, b) => a - b);
  const filled = years.flatMap((year, index) => {
    const next = years[index + 1] ?? year + 1;
    return next - year > GAP ? [year] : Array.from({ length: next - year }, (_, step) => year + step);
  });
  return [...filled.map(String), ...(found.includes(UNDATED) ? [UNDATED] : [])];
}

function yearName(year: string, lang: Lang): string {
  return year === UNDATED ? say("noYear", lang) : year;
}
