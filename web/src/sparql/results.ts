// The answer to a query under the editor: as a table, or as a network where it has two columns of IRIs.

import type { Graph, Lang, PageData, Schema } from "../data";
import { fill, h, type Child } from "../dom";
import { counts, say } from "../i18n";
import type { Answer, Term } from "./answer";
import { short } from "./complete";
import { drawn } from "./drawn";

const MOST = 1000; // rows

export class Results {
  readonly element = h("div", { class: "results" });
  private answer: Answer | undefined;
  private asNetwork = false;

  constructor(
    private readonly graph: Graph,
    private readonly schema: Schema,
    private readonly select: (id: string) => void,
    private readonly draw: (data: PageData) => HTMLElement,
  ) {}

  show(answer: Answer | undefined, lang: Lang): void {
    this.answer = answer;
    this.render(lang);
  }

  render(lang: Lang): void {
    const { answer } = this;
    if (!answer) return fill(this.element);
    if (answer.truth !== undefined) return fill(this.element, h("p", { class: "truth" }, say(answer.truth ? "yes" : "no", lang)));
    const data = drawn(answer, this.graph, (iri) => this.name(iri));
    const network = this.asNetwork && data;
    fill(this.element, this.head(answer, data !== undefined, lang), network ? this.draw(network) : this.table(answer, lang));
  }

  private head({ rows }: Answer, drawable: boolean, lang: Lang): HTMLElement {
    const choice = (network: boolean, text: string): HTMLElement => {
      const click = (): void => {
        this.asNetwork = network;
        this.render(lang);
      };
      const on = this.asNetwork === network && (drawable || !network);
      return h("button", { type: "button", class: "action", "data-key": `as:${network}`, "aria-pressed": String(on), disabled: network && !drawable, click }, text);
    };
    const shown = Math.min(rows.length, MOST);
    return h("p", { class: "results-head" }, h("span", { class: "quiet" }, counts.rows(shown, rows.length, lang)), choice(false, say("asTable", lang)), choice(true, say("asNetwork", lang)));
  }

  private table({ columns, rows }: Answer, lang: Lang): Child {
    if (!rows.length) return h("p", { class: "quiet" }, say("noRows", lang));
    const head = h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)));
    const body = rows.slice(0, MOST).map((row) => h("tr", {}, ...row.map((term) => h("td", {}, term ? this.cell(term) : ""))));
    const caption = h("caption", { class: "unseen" }, say("answer", lang));
    return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("answer", lang) }, h("table", {}, caption, h("thead", {}, head), h("tbody", {}, ...body)));
  }

  /** A unit of the network leads to its evidence. */
  private cell(term: Term): Child {
    if (term.type !== "uri") return term.value;
    const { value } = term;
    if (!this.graph.units.has(value)) return h("span", { class: "iri", title: value }, this.name(value));
    return h("button", { type: "button", title: value, click: () => this.select(value) }, this.name(value));
  }

  /** A unit's name, a term's short form, or the end of an IRI. */
  private name(iri: string): string {
    const unit = this.graph.units.get(iri);
    if (unit) return unit.label;
    const written = short(iri, this.schema.prefixes);
    return written.startsWith("<") ? decoded(iri.replace(/[/#]+$/, "").split(/[/#]/).at(-1) ?? iri) : written;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not every IRI is percent-encoded UTF-8
  }
}
