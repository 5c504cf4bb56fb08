// Units by units, ordered by community: the view for dense graphs. A cell holds the number of proofs.

import { pairKey, type Graph, type Pair, type Unit } from "./data";
import { fill, h } from "./dom";
import { tints } from "./groups";
import { counts, say } from "./i18n";
import type { Shown } from "./shown";
import type { State, Store } from "./state";

const MOST = 80; // rows

export class Matrix {
  readonly element = h("div", { class: "matrix page", role: "tabpanel" });

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
  ) {
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  update(state: State, shown: Shown): void {
    this.element.hidden = state.tab !== "matrix";
    this.element.setAttribute("aria-label", say("matrix", state.lang));
    if (!this.element.hidden) this.render(state, shown);
  }

  private render(state: State, shown: Shown): void {
    const { lang } = state;
    const drawn = shown.route ? shown.proofs : shown.left;
    const linked = new Set([...drawn.keys()].flatMap(({ from, to }) => [from, to]));
    const all = this.graph.ranked.filter(({ id }) => linked.has(id));
    const units = all.slice(0, MOST).sort((a, b) => a.community - b.community);
    const cells = new Map([...drawn].map(([pair, proofs]) => [pairKey(pair), { pair, proofs: proofs.length }]));
    const text = all.length ? counts.matrix(units.length, all.length, lang) : say("nothingLeft", lang);
    const head = h("tr", {}, h("td"), ...units.map((unit, column) => h("th", { scope: "col", class: edge(units, column), title: unit.label }, h("span", {}, unit.label))));
    const rows = units.map((unit, row) => this.row(unit, row, units, cells, state));
    const grid = h("table", {}, h("caption", { class: "unseen" }, say("matrixCaption", lang)), h("thead", {}, head), h("tbody", {}, ...rows));
    fill(this.element, h("p", { class: "quiet" }, text), all.length ? grid : null);
    this.rove(this.element.querySelector<HTMLElement>('[aria-pressed="true"]') ?? this.stops()[0]);
  }

  private row(unit: Unit, row: number, units: readonly Unit[], cells: Cells, state: State): HTMLElement {
    const name = this.stop(row, -1, unit.label, state.unit === unit.id, () => this.store.selectUnit(unit.id));
    [, name.style.borderColor] = tints(unit.community);
    const found = units.map((other, column) => {
      const cell = cells.get(`${unit.id} ${other.id}`) ?? cells.get(`${other.id} ${unit.id}`);
      const kind = `${edge(units, column)} ${unit === other ? "same" : ""}`.trim();
      if (!cell) return h("td", kind ? { class: kind } : {});
      const { pair, proofs } = cell;
      const button = this.stop(row, column, String(proofs), state.pair === pairKey(pair), () => this.store.selectPair(pair));
      button.setAttribute("aria-label", `${unit.label} – ${other.label}: ${counts.proofs(proofs, state.lang)}`);
      button.title = `${unit.label} – ${other.label}`;
      return h("td", { class: `${kind} n${Math.min(proofs, 5)}` }, button);
    });
    return h("tr", { class: edge(units, row) }, h("th", { scope: "row" }, name), ...found);
  }

  private stop(row: number, column: number, text: string, pressed: boolean, click: () => void): HTMLElement {
    const attributes = { "data-key": `cell:${row}:${column}`, "data-row": row, "data-column": column, "aria-pressed": String(pressed) };
    return h("button", { type: "button", tabindex: "-1", title: text, ...attributes, click }, text);
  }

  private stops(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>("button")];
  }

  /** One stop for the Tab key; arrow keys go on from there. */
  private rove(to: HTMLElement | undefined): void {
    for (const stop of this.element.querySelectorAll('[tabindex="0"]')) stop.setAttribute("tabindex", "-1");
    to?.setAttribute("tabindex", "0");
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const from = event.target as HTMLElement;
    if (!step || from.dataset.row === undefined) return;
    event.preventDefault();
    const ahead = this.stops().filter((stop) => lies(stop, from, step[0] as number, step[1] as number));
    const next = (step[0] as number) + (step[1] as number) > 0 ? ahead[0] : ahead.at(-1);
    if (!next) return;
    this.rove(next);
    next.focus();
  }
}

type Cells = ReadonlyMap<string, { pair: Pair; proofs: number }>;

/** Whether a cell stands in the same row (or column), in the direction of the step. */
function lies(cell: HTMLElement, from: HTMLElement, down: number, across: number): boolean {
  const [rows, columns] = [Number(cell.dataset.row) - Number(from.dataset.row), Number(cell.dataset.column) - Number(from.dataset.column)];
  return down ? columns === 0 && rows * down > 0 : rows === 0 && columns * across > 0;
}

/** A line where the next community begins. */
function edge(units: readonly Unit[], index: number): string {
  return index && units[index]?.community !== units[index - 1]?.community ? "first" : "";
}
