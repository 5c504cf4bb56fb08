// A field that finds units as one types, over names, aliases and the initials of their pinyin.

import type { Graph, Lang, Server, Unit } from "./data";
import { fill, h, mark } from "./dom";
import { counts, say } from "./i18n";
import { aroundUnit, found, type Hit } from "./server";

const MOST = 12;
const WAIT = 60; // ms without a key before a server is asked for units that the page does not hold

export class Finder {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly told = h("span", { class: "unseen", role: "status" });
  private hits: (Unit | Hit)[] = [];
  private waiting = 0;
  private active = -1;
  private lang: Lang = "zh";
  private kept = "";

  /** `keep`: the field goes on showing what was taken, and emptying it takes "". */
  constructor(
    private readonly graph: Graph,
    private readonly id: string,
    private readonly keep: boolean,
    private readonly taken: (id: string) => void,
  ) {
    this.list = h("ul", { role: "listbox", id: `${id}-results`, hidden: true });
    this.input = h("input", {
      type: "search",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "data-key": id,
      "aria-expanded": "false",
      "aria-controls": `${id}-results`,
      "aria-autocomplete": "list",
      input: () => this.find(),
      focus: () => this.input.value && !keep && this.find(),
      blur: () => setTimeout(() => this.leave(), 150),
      keydown: (event: KeyboardEvent) => this.key(event),
    });
    this.element = h("div", { class: "search" }, this.input, this.list, this.told);
  }

  update(lang: Lang, label: string, hint: string): void {
    this.lang = lang;
    this.input.placeholder = label;
    this.input.title = hint;
    this.input.setAttribute("aria-label", label);
    this.list.setAttribute("aria-label", say("results", lang));
  }

  show(id: string): void {
    if (id === this.kept) return;
    this.kept = id;
    this.input.value = this.graph.units.get(id)?.label ?? "";
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private find(): void {
    this.hits = matches(this.graph.ranked, this.input.value).slice(0, MOST);
    this.active = this.hits.length ? 0 : -1;
    this.render();
    clearTimeout(this.waiting);
    const { server } = this.graph.data;
    if (!server || this.keep || !this.input.value.trim()) return;
    this.waiting = setTimeout(() => void this.findMore(server, this.input.value), WAIT);
  }

  /** Adds the units that only the server knows, below those that the page holds. */
  private async findMore(server: Server, text: string): Promise<void> {
    const more = (await found(server, text)).filter(({ id }) => !this.graph.units.has(id));
    if (text !== this.input.value || !more.length) return;
    this.hits = [...this.hits, ...more].slice(0, MOST);
    this.active = Math.max(this.active, 0);
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
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", this.optionId(this.active));
    else this.input.removeAttribute("aria-activedescendant");
  }

  private option(unit: Unit | Hit, number: number): HTMLElement {
    const kind = this.graph.kinds.get(unit.kind);
    return h(
      "li",
      { role: "option", id: this.optionId(number), "aria-selected": String(number === this.active), mousedown: () => this.take(unit) },
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
    else if (event.key === "Escape" && this.input.value && !this.list.hidden) {
      event.stopPropagation();
      this.input.value = "";
      this.hits = [];
      this.active = -1;
    } else return;
    event.preventDefault();
    this.render();
  }

  private take(unit: Unit | Hit): void {
    const { server } = this.graph.data;
    if (server && !this.graph.units.has(unit.id)) return location.assign(aroundUnit(server, unit.id));
    this.input.value = this.keep ? unit.label : "";
    this.kept = unit.id;
    this.close();
    this.taken(unit.id);
  }

  /** A field that keeps what was taken shows it again where the reader typed something else and left. */
  private leave(): void {
    this.close();
    if (!this.keep || document.activeElement === this.input) return;
    if (this.input.value) this.input.value = this.graph.units.get(this.kept)?.label ?? "";
    else if (this.kept) this.taken((this.kept = ""));
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private optionId(number: number): string {
    return `${this.id}-result-${number}`;
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
