// From which unit to which the reader looks for a path; its result is drawn left to right and told in the evidence panel.

import type { Graph } from "./data";
import { fill, h } from "./dom";
import { Finder } from "./finder";
import { say, type Key } from "./i18n";
import { pathBetween } from "./server";
import type { Shown } from "./shown";
import type { State, Store } from "./state";

export class PathBar {
  readonly element = h("div", { class: "pathbar", role: "group" });
  private readonly from: Finder;
  private readonly to: Finder;
  private readonly words = h("span", { class: "words" });
  private readonly told = h("span", { class: "told", role: "status" });
  private readonly buttons = h("span", { class: "buttons" });
  private asked = false;

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
  ) {
    this.from = new Finder(graph, "kg-path-from", true, (start) => this.store.seek({ start }));
    this.to = new Finder(graph, "kg-path-to", true, (end) => this.store.seek({ end }));
    this.element.append(this.words, this.from.element, h("span", { "aria-hidden": "true" }, "→"), this.to.element, this.buttons, this.told);
  }

  /** Opens the fields, the first empty one ready to type in; the unit that is selected becomes the start. */
  open(): void {
    this.asked = true;
    const { start, unit } = this.store.state;
    this.store.seek({ start: start || unit });
    (this.store.state.start ? this.to : this.from).focus();
  }

  update(state: State, shown: Shown): void {
    const { lang, start, end } = state;
    this.element.hidden = state.tab !== "network" || !(this.asked || start || end);
    this.element.setAttribute("aria-label", say("path", lang));
    this.words.textContent = say("path", lang);
    this.from.update(lang, say("pathFrom", lang), "");
    this.to.update(lang, say("pathTo", lang), "");
    this.from.show(start);
    this.to.show(end);
    const missing = start && end && !shown.route;
    this.told.textContent = missing ? say(start === end ? "pathSame" : "noPath", lang) : "";
    const { server } = this.graph.data;
    if (missing && start !== end && server) this.told.append(" ", h("a", { href: pathBetween(server, start, end) }, say("wholePath", lang)));
    fill(this.buttons, this.button("swap", "⇄", lang, () => this.store.seek({ start: end, end: start })), this.button("endPath", "×", lang, () => this.leave()));
  }

  private button(key: Key, sign: string, lang: State["lang"], click: () => void): HTMLElement {
    return h("button", { type: "button", "data-key": key, "aria-label": say(key, lang), title: say(key, lang), click }, sign);
  }

  private leave(): void {
    this.asked = false;
    this.store.seek({ start: "", end: "" });
  }
}
