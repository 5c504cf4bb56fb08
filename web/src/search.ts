// Search as one types, over names, aliases and the initials of their pinyin.

import type { Graph, Lang, Unit } from "./data";
import { fill, h, mark } from "./dom";
import { counts, say } from "./i18n";
import type { State, Store } from "./state";

const MOST = 12;

export class Search {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list = h("ul", { role: "listbox", id: "kg-results", hidden: true });
  private readonly told = h("span", { class: "unseen", role: "status" });
  private hits: Unit[] = [];
  private active = -1;
  private lang: Lang = "zh";

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
  ) {
    this.input = h("input", {
      type: "search",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-controls": "kg-results",
      "aria-autocomplete": "list",
      input: () => this.find(),
      focus: () => this.input.value && this.find(),
      blur: () => setTimeout(() => this.close(), 150),
      keydown: (event: KeyboardEvent) => this.key(event),
    });
    this.element = h("div", { class: "search", role: "search" }, this.input, this.list, this.told);
  }

  update({ lang }: State): void {
    this.lang = lang;
    this.input.placeholder = say("search", lang);
    this.input.title = say("searchHint", lang);
    this.input.setAttribute("aria-label", say("search", lang));
    this.list.setAttribute("aria-label", say("results", lang));
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private find(): void {
    this.hits = matches(this.graph.ranked, this.input.value).slice(0, MOST);
    this.active = this.hits.length ? 0 : -1;
    this.render();
  }

  private render(): void {
    const asked = this.input.value.trim() !== "";
    const rows = this.hits.map((unit, number) => this.option(unit, number));
    fill(this.list, ...rows);
    if (asked && !rows.length) this.list.append(h("li", { class: "quiet", role: "option", "aria-disabled": "true" }, say("noResults", this.lang)));
    this.list.hidden = !asked;
    this.told.textContent = asked ? counts.found(rows.length, this.lang) : "";
    this.input.setAttribute("aria-expanded", String(asked));
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `kg-result-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private option(unit: Unit, number: number): HTMLElement {
    const kind = this.graph.kinds.get(unit.kind);
    return h(
      "li",
      { role: "option", id: `kg-result-${number}`, "aria-selected": String(number === this.active), mousedown: () => this.take(unit) },
      mark(kind?.shape ?? "dot", kind?.colour ?? "#6b7280"),
      h("span", { class: "name" }, unit.label),
      h("span", { class: "count" }, unit.aliases[0] ?? (kind?.id ? kind[this.lang] : "")),
    );
  }

  private key(event: KeyboardEvent): void {
    const count = this.hits.length;
    const hit = this.hits[this.active];
    if (event.key === "ArrowDown" && count) this.active = (this.active + 1) % count;
    else if (event.key === "ArrowUp" && count) this.active = (this.active + count - 1) % count;
    else if (event.key === "Enter" && hit) return this.take(hit);
    else if (event.key === "Escape" && this.input.value) {
      event.stopPropagation();
      this.input.value = "";
      this.hits = [];
      this.active = -1;
    } else return;
    event.preventDefault();
    this.render();
  }

  private take(unit: Unit): void {
    this.input.value = "";
    this.close();
    this.store.selectUnit(unit.id);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** Units that match, the best first: name begins with it, name holds it, alias holds it, initials. */
export function matches(units: readonly Unit[], typed: string): Unit[] {
  const sought = typed.normalize("NFKC").trim().toLowerCase();
  if (!sought) return [];
  const ranks = units.map((unit) => ({ unit, rank: rank(unit, sought) })).filter(({ rank }) => rank < 9);
  return ranks.sort((a, b) => a.rank - b.rank).map(({ unit }) => unit);
}

function rank(unit: Unit, sought: string): number {
  const holds = (text: string): boolean => text.normalize("NFKC").toLowerCase().includes(sought);
  if (unit.label.toLowerCase().startsWith(sought)) return 0;
  if (holds(unit.label)) return 1;
  if (unit.aliases.some(holds)) return 2;
  if (unit.initials.some((initials) => initials.startsWith(sought))) return 3;
  return sought.length > 1 && unit.initials.some((initials) => initials.includes(sought)) ? 4 : 9;
}
