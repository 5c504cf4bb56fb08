// The tabs of the bar: arrow keys move between them.

import { fill, h } from "./dom";
import { say } from "./i18n";
import type { State, Store, Tab } from "./state";

export class Tabs {
  readonly element = h("div", { class: "tabs", role: "tablist" });

  constructor(
    private readonly names: readonly Tab[],
    private readonly store: Store,
  ) {}

  update(state: State): void {
    this.element.setAttribute("aria-label", say("views", state.lang));
    fill(this.element, ...this.names.map((name) => this.tab(name, state)));
  }

  private tab(name: Tab, { lang, tab }: State): HTMLElement {
    const on = name === tab;
    const click = (): void => this.store.set({ tab: name });
    const keydown = (event: KeyboardEvent): void => this.move(event, name);
    const attributes = { role: "tab", "data-key": name, "aria-selected": String(on), tabindex: on ? "0" : "-1" };
    return h("button", { type: "button", ...attributes, click, keydown }, say(name, lang));
  }

  private move(event: KeyboardEvent, from: Tab): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const { names } = this;
    this.store.set({ tab: names[(names.indexOf(from) + step + names.length) % names.length] as Tab });
    this.element.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }
}
