// Saved queries: those of the ontology folder, and those that the reader keeps in this browser.

import type { Lang, SavedQuery } from "../data";
import { fill, h } from "../dom";
import { say } from "../i18n";

const PLACE = "kg-queries";

export class Saved {
  readonly element = h("span", { class: "saved" });
  private own = stored();
  private naming = false;
  private chosen = "";

  constructor(
    private readonly queries: readonly SavedQuery[],
    private readonly text: () => string,
    private readonly take: (text: string) => void,
  ) {}

  update(lang: Lang): void {
    const redraw = (): void => this.update(lang);
    const option = (value: string, text: string): HTMLElement => h("option", { value, selected: value === this.chosen }, text);
    const group = (label: string, options: HTMLElement[]): HTMLElement | null => (options.length ? h("optgroup", { label }, ...options) : null);
    const shipped = this.queries.map((query) => option(`q:${query.name}`, query.title[lang]));
    const kept = Object.keys(this.own).map((name) => option(`own:${name}`, name));
    const change = (event: Event): void => {
      this.choose((event.target as HTMLSelectElement).value);
      redraw();
    };
    const select = h("select", { "aria-label": say("savedQueries", lang), "data-key": "saved", change }, option("", say("savedQueries", lang)), group(say("shipped", lang), shipped), group(say("own", lang), kept));
    fill(this.element, select, ...(this.naming ? this.form(lang, redraw) : this.buttons(lang, redraw)));
    if (this.naming) this.element.querySelector("input")?.focus();
  }

  private buttons(lang: Lang, redraw: () => void): HTMLElement[] {
    const begin = (): void => {
      this.naming = true;
      redraw();
    };
    const forget = (): void => {
      delete this.own[this.chosen.slice(4)];
      keep(this.own);
      this.chosen = "";
      redraw();
    };
    const button = (key: "saveQuery" | "forget", click: () => void): HTMLElement => h("button", { type: "button", class: "action", "data-key": key, click }, say(key, lang));
    return [button("saveQuery", begin), ...(this.chosen.startsWith("own:") ? [button("forget", forget)] : [])];
  }

  private form(lang: Lang, redraw: () => void): HTMLElement[] {
    const submit = (event: Event): void => {
      event.preventDefault();
      const name = input.value.trim();
      this.naming = false;
      if (name) {
        this.own = { ...this.own, [name]: this.text() };
        this.chosen = `own:${name}`;
        keep(this.own);
      }
      redraw();
    };
    const input = h("input", { type: "text", "aria-label": say("queryName", lang), placeholder: say("queryName", lang), "data-key": "query-name", maxlength: 80 });
    return [h("form", { submit }, input, h("button", { type: "submit", class: "action" }, say("saveQuery", lang)))];
  }

  private choose(value: string): void {
    this.chosen = value;
    const text = value.startsWith("own:") ? this.own[value.slice(4)] : this.queries.find(({ name }) => `q:${name}` === value)?.text;
    if (text !== undefined) this.take(text);
  }
}

/** A browser may refuse to keep anything for pages that come from a disk. */
function stored(): Record<string, string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    return Object.fromEntries(Object.entries(found ?? {}).filter(([, text]) => typeof text === "string"));
  } catch {
    return {};
  }
}

function keep(own: Record<string, string>): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(own));
  } catch {
    // then they last as long as the page is open
  }
}
