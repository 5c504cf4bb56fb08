// The legend is the filter: each kind with its shape, colour, name and count.

import type { Graph } from "./data";
import { fill, h, mark } from "./dom";
import { community, foldable, tints } from "./groups";
import { say, type Key } from "./i18n";
import type { LegendEntry } from "./picture";
import type { State, Store } from "./state";

const LISTED = 8; // communities

interface Entry {
  id: string;
  text: string;
  count?: number;
  icon?: SVGSVGElement;
}

export class Legend {
  readonly element = h("div", { class: "legend-body" });

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
  ) {}

  update(state: State): void {
    const { lang } = state;
    fill(
      this.element,
      this.group("kinds", say("kinds", lang), this.kinds(state), state.kindsOff, (kindsOff) => this.store.set({ kindsOff })),
      this.group("relations", say("relations", lang), this.relations(state), state.relationsOff, (relationsOff) =>
        this.store.set({ relationsOff }),
      ),
      this.years(state),
      this.communities(state),
      h("section", {}, h("h3", {}, say("reading", lang)), ...this.help(state)),
    );
  }

  /** The kinds that are switched on, for the picture. */
  entries(): LegendEntry[] {
    const { lang, kindsOff } = this.store.state;
    const on = this.graph.data.kinds.filter((kind) => !kindsOff.has(kind.id));
    return on.map(({ id, shape, colour, [lang]: text }) => ({ text: id ? text : say("unknown", lang), shape, colour }));
  }

  private help({ lang }: State): HTMLElement[] {
    const generic = this.graph.data.nodes.some((unit) => unit.generic);
    return [say("size", lang), say("width", lang), ...(generic ? [say("hollow", lang)] : [])].map((text) => h("p", { class: "quiet" }, text));
  }

  private kinds({ lang }: State): Entry[] {
    const count = tally(this.graph.data.nodes.map((unit) => unit.kind));
    return this.graph.data.kinds.map((kind) => ({
      id: kind.id,
      text: kind.id ? kind[lang] : say("unknown", lang),
      count: count.get(kind.id) ?? 0,
      icon: mark(kind.shape, kind.colour),
    }));
  }

  private relations({ lang }: State): Entry[] {
    const links = this.graph.data.proofs.filter((proof) => proof.from);
    const count = tally(links.map((proof) => proof.kind ?? ""));
    return this.graph.data.relations.map((relation) => ({
      id: relation.id,
      text: relation.id ? relation[lang] : say("plain", lang),
      count: count.get(relation.id) ?? 0,
    }));
  }

  private group(
    name: string,
    title: string,
    entries: Entry[],
    off: ReadonlySet<string>,
    set: (off: ReadonlySet<string>) => void,
  ): HTMLElement | null {
    if (!entries.length) return null;
    const { lang } = this.store.state;
    const toggle = (id: string): void => {
      const next = new Set(off);
      if (!next.delete(id)) next.add(id);
      set(next);
    };
    const every = off.size ? new Set<string>() : new Set(entries.map((entry) => entry.id));
    return h(
      "section",
      { role: "group", "aria-label": title },
      h(
        "h3",
        {},
        title,
        h(
          "button",
          { type: "button", class: "small", "data-key": `${name}:all`, click: () => set(every) },
          say(off.size ? "all" : "none", lang),
        ),
      ),
      h("ul", {}, ...entries.map((entry) => h("li", {}, checkbox(`${name}:${entry.id}`, entry, !off.has(entry.id), () => toggle(entry.id))))),
    );
  }

  /** The largest communities, each to look into; areas and folds of all of them. */
  private communities(state: State): HTMLElement | null {
    const { lang, folded } = state;
    const numbers = foldable(this.graph);
    if (numbers.length < 2) return null;
    const button = (key: Key, click: () => void): HTMLElement =>
      h("button", { type: "button", class: "small", "data-key": `communities:${key}`, click }, say(key, lang));
    const entry = (key: Key): Entry => ({ id: key, text: say(key, lang) });
    return h(
      "section",
      { role: "group", "aria-label": say("communities", lang) },
      h("h3", {}, say("communities", lang), folded.size && !state.whole
        ? button("unfoldAll", () => this.store.fold(numbers, false))
        : button("foldAll", () => this.store.fold(numbers, true))),
      checkbox("hulls", entry("hulls"), state.hulls, () => this.store.set({ hulls: !state.hulls })),
      this.graph.data.nodes.length > this.graph.data.limit
        ? checkbox("whole", entry("whole"), state.whole, () => this.store.set({ whole: !state.whole }))
        : null,
      h("ul", {}, ...numbers.slice(0, LISTED).map((number) => h("li", {}, this.community(number, state)))),
    );
  }

  private community(number: number, { group, folded, whole }: State): HTMLElement {
    const { id, members } = community(this.graph, number);
    const sign = h("span", { class: folded.has(number) && !whole ? "sign folded" : "sign", "aria-hidden": "true" });
    [sign.style.backgroundColor, sign.style.borderColor] = tints(number);
    return h(
      "button",
      { type: "button", class: "row", "data-key": id, "aria-pressed": String(group === id), click: () => this.store.selectGroup(id) },
      sign,
      h("span", { class: "name" }, this.graph.unit(members[0] as string).label),
      h("span", { class: "count" }, String(members.length)),
    );
  }

  private years(state: State): HTMLElement | null {
    const { lang } = state;
    const { years } = this.graph;
    if (!years.length) return null;
    const choose = (key: "from" | "to", label: string): HTMLElement =>
      h(
        "select",
        {
          "aria-label": label,
          "data-key": key,
          change: (event: Event) => this.store.set(range(state, key, Number((event.target as HTMLSelectElement).value))),
        },
        ...years.map((year) => h("option", { value: year, selected: state[key] === year }, String(year))),
      );
    const undated = this.graph.data.proofs.filter((proof) => proof.from && !proof.year).length;
    const entry: Entry = { id: "undated", text: say("undated", lang), count: undated };
    return h(
      "section",
      { role: "group", "aria-label": say("years", lang) },
      h("h3", {}, say("years", lang)),
      h("p", { class: "range" }, choose("from", say("fromYear", lang)), h("span", {}, "–"), choose("to", say("toYear", lang))),
      undated ? checkbox("undated", entry, state.undated, () => this.store.set({ undated: !state.undated })) : null,
    );
  }
}

function range(state: State, key: "from" | "to", year: number): Partial<State> {
  return key === "from" ? { from: year, to: Math.max(year, state.to) } : { to: year, from: Math.min(year, state.from) };
}

function checkbox(key: string, entry: Entry, checked: boolean, change: () => void): HTMLElement {
  return h(
    "label",
    { class: `check ${checked ? "" : "off"} ${entry.count === undefined ? "choice" : ""}`.trim() },
    h("input", { type: "checkbox", checked, change, "data-key": key }),
    entry.icon ?? null,
    h("span", { class: "name" }, entry.text),
    entry.count === undefined ? null : h("span", { class: "count" }, String(entry.count)),
  );
}

function tally(values: string[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const value of values) count.set(value, (count.get(value) ?? 0) + 1);
  return count;
}
