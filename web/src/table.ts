// The links as a table, under the same filters as the drawing.

import { pairKey, type Graph, type Lang, type Pair, type Proof } from "./data";
import { fill, h } from "./dom";
import { counts, say, type Key } from "./i18n";
import { NOTHING, type Shown } from "./shown";
import type { State, Store } from "./state";

const MOST = 500;

type Column = "initiator" | "partner" | "through" | "year" | "outcomes";
const COLUMNS: readonly Column[] = ["initiator", "partner", "through", "year", "outcomes"];

interface Line {
  pair: Pair;
  cells: Record<Column, string>;
}

export class Table {
  readonly element = h("div", { class: "table page", tabindex: "0" });
  private sorted: Column | undefined;
  private down = false;
  private shown: Shown = NOTHING;

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
  ) {}

  update(state: State, shown: Shown): void {
    this.shown = shown;
    this.element.hidden = state.tab !== "table";
    this.element.setAttribute("role", "tabpanel");
    this.element.setAttribute("aria-label", say("table", state.lang));
    if (!this.element.hidden) this.render(state);
  }

  private render(state: State): void {
    const { lang } = state;
    const lines = this.lines();
    fill(
      this.element,
      h("p", { class: "quiet" }, counts.rows(Math.min(lines.length, MOST), lines.length, lang)),
      h(
        "table",
        {},
        h("caption", { class: "unseen" }, say("tableCaption", lang)),
        h("thead", {}, h("tr", {}, ...COLUMNS.map((column) => this.head(column, lang)))),
        h("tbody", {}, ...lines.slice(0, MOST).map((line, number) => this.row(line, number, state))),
      ),
    );
  }

  private lines(): Line[] {
    const lines = [...(this.shown.route ? this.shown.proofs : this.shown.left)].flatMap(([pair, proofs]) =>
      proofs.map((number) => ({ pair, cells: this.cells(this.graph.proof(number)) })),
    );
    const { sorted } = this;
    if (!sorted) return lines;
    const sign = this.down ? -1 : 1;
    return lines.sort((a, b) => sign * a.cells[sorted].localeCompare(b.cells[sorted], "zh-CN"));
  }

  private cells(proof: Proof): Record<Column, string> {
    return {
      initiator: this.graph.unit(proof.from ?? "").label,
      partner: this.graph.unit(proof.to ?? "").label,
      through: proof.mechanisms?.join("、") ?? "",
      year: proof.year ? String(proof.year) : "",
      outcomes: proof.outcomes?.join("；") ?? "",
    };
  }

  private head(column: Column, lang: Lang): HTMLElement {
    const on = this.sorted === column;
    const click = (): void => {
      this.down = on && !this.down;
      this.sorted = column;
      this.render(this.store.state);
    };
    const arrow = on ? (this.down ? " ↓" : " ↑") : "";
    return h(
      "th",
      { scope: "col", "aria-sort": on ? (this.down ? "descending" : "ascending") : null },
      h("button", { type: "button", "data-key": `sort:${column}`, click }, say(this.heading(column), lang) + arrow),
    );
  }

  /** Only between units does one initiate and the other take part. */
  private heading(column: Column): Key {
    if (!this.graph.data.mixed) return column;
    return column === "initiator" ? "lineFrom" : column === "partner" ? "lineTo" : column;
  }

  private row(line: Line, number: number, state: State): HTMLElement {
    const { cells, pair } = line;
    const selected = state.pair === pairKey(pair);
    const click = (): void => this.store.selectPair(pair);
    const first = h("button", { type: "button", "data-key": `row:${number}`, title: say("show", state.lang), click }, cells.initiator);
    return h("tr", { class: selected ? "selected" : null }, h("td", {}, first), ...COLUMNS.slice(1).map((column) => h("td", {}, cells[column])));
  }
}
