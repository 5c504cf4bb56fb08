// Puts the regions together: bar, legend, the tab's view, evidence, foot.

import { Graph, readData, type Lang, type PageData } from "./data";
import { fill, h } from "./dom";
import { Evidence } from "./evidence";
import { Finder } from "./finder";
import { foot } from "./foot";
import { say, speakOfNodes, type Key } from "./i18n";
import { Legend } from "./legend";
import { Matrix } from "./matrix";
import { Drawing } from "./network";
import { PathBar } from "./pathbar";
import { savePicture } from "./picture";
import { shown, type Shown } from "./shown";
import { sparqlTab } from "./sparql/host";
import { Store, TABS, type State } from "./state";
import { Table } from "./table";
import { Tabs } from "./tabs";
import { Timeline } from "./timeline";
import "./viewer.css";

class Viewer {
  private readonly graph = new Graph(readData());
  private readonly store = new Store(this.graph);
  private readonly legend = new Legend(this.graph, this.store);
  private readonly pathBar = new PathBar(this.graph, this.store);
  private readonly evidence = new Evidence(this.graph, this.store, () => this.seekPath());
  private readonly drawing = new Drawing(this.graph, this.store, () => this.openEvidence(true));
  private readonly pages = this.makePages();
  private readonly search = new Finder(this.graph, "kg-search", false, (id) => this.store.selectUnit(id));
  private readonly title = h("h1");
  private readonly tabs = new Tabs(TABS.filter((tab) => tab !== "sparql" || this.graph.data.sparql), this.store);
  private readonly path = h("button", { type: "button", class: "plain path-button", click: () => this.seekPath() });
  private readonly language = h("button", { type: "button", class: "plain" });
  private readonly tools = h("div", { class: "tools" });
  private readonly foot = h("footer", { class: "foot" });
  private readonly left = h("aside", { class: "panel legend", id: "kg-legend" });
  private readonly right = h("aside", { class: "panel evidence", id: "kg-evidence", tabindex: "-1" });
  private readonly drawers = h("div", { class: "drawers" });
  private footText = "";

  constructor(root: HTMLElement) {
    if (this.graph.data.mixed) speakOfNodes();
    this.language.addEventListener("click", () => this.store.set({ lang: other(this.store.state.lang) }));
    this.left.append(h("div", { class: "panel-head" }), this.legend.element);
    this.right.append(h("div", { class: "panel-head" }), this.evidence.element);
    root.append(
      h("header", { class: "bar" }, this.title, this.search.element, this.path, this.tabs.element, this.language),
      this.left,
      h("main", { class: "stage" }, this.pathBar.element, h("div", { class: "sheet" }, this.drawing.element, ...this.pages.map((page) => page.element), this.tools)),
      this.right,
      this.foot,
      this.drawers,
    );
    document.addEventListener("keydown", (event) => this.key(event));
    this.store.onChange((state, before) => this.update(state, before));
    this.update(this.store.state);
    if (selection(this.store.state)) this.openEvidence(false);
    requestAnimationFrame(() => this.inSight(this.store.state));
  }

  private update(state: State, before?: State): void {
    const left = shown(this.graph, state);
    const anew = chosen(state) !== (before ? chosen(before) : "");
    if (!before || before.lang !== state.lang || before.tab !== state.tab) this.frame(state);
    this.legend.update(state);
    this.pathBar.update(state, left);
    this.drawing.update(state, left);
    for (const page of this.pages) page.update(state, left);
    this.evidence.update(state, left, anew);
    this.showFoot(state, left);
    if (!before || !anew) return;
    if (selection(state)) {
      this.openEvidence(false);
      this.inSight(state);
    } else this.closeDrawers();
  }

  private makePages(): { element: HTMLElement; update(state: State, shown: Shown): void }[] {
    const pages = [new Matrix(this.graph, this.store), new Timeline(this.graph, this.store), new Table(this.graph, this.store)];
    const { sparql } = this.graph.data;
    const select = (id: string): void => this.store.selectUnit(id);
    const tab = sparql && sparqlTab()?.({ sparql, graph: this.graph, select, draw: (data) => this.drawAnswer(data) });
    return tab ? [...pages, tab] : pages;
  }

  /** A drawing beside the page's own; what it shares with it, a click tells. */
  private drawAnswer(data: PageData): HTMLElement {
    const graph = new Graph(data);
    const store = new Store(graph, false);
    store.set({ lang: this.store.state.lang });
    const drawing = new Drawing(graph, store, () => this.openEvidence(true));
    store.onChange((state) => {
      drawing.update(state, shown(graph, state));
      if (this.graph.units.has(state.unit)) this.store.selectUnit(state.unit);
    });
    drawing.update(store.state, shown(graph, store.state));
    return drawing.element;
  }

  private seekPath(): void {
    this.closeDrawers();
    this.store.set({ tab: "network" });
    this.pathBar.open();
  }

  /** What changes only with language and tab. */
  private frame(state: State): void {
    const { lang, tab } = state;
    const title = this.graph.data.title[lang];
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = title;
    const { server } = this.graph.data;
    fill(this.title, server ? h("a", { href: server.home, "data-key": "home" }, title) : title);
    this.search.element.setAttribute("role", "search");
    this.search.update(lang, say("search", lang), say("searchHint", lang));
    this.path.textContent = say("path", lang);
    this.language.textContent = say("otherLang", lang);
    this.language.lang = other(lang) === "zh" ? "zh-CN" : "en";
    this.tabs.update(state);
    this.drawing.element.classList.toggle("behind", tab !== "network");
    this.drawing.element.inert = tab !== "network";
    this.tools.hidden = tab !== "network";
    fill(this.tools, ...this.toolButtons(lang));
    this.panel(this.left, say("legend", lang), lang);
    this.panel(this.right, say("evidence", lang), lang);
    fill(this.drawers, this.drawerButton(this.left, say("legend", lang)), this.drawerButton(this.right, say("evidence", lang)));
  }

  private toolButtons(lang: Lang): HTMLElement[] {
    const button = (key: Key, sign: string, click: () => void): HTMLElement =>
      h("button", { type: "button", "aria-label": say(key, lang), title: say(key, lang), "data-key": key, click }, sign);
    const save = (): void => savePicture(this.drawing.canvas(), this.graph.data.title[lang], this.legend.entries(), this.footText);
    return [
      button("closer", "+", () => this.drawing.zoom(1.25)),
      button("further", "−", () => this.drawing.zoom(0.8)),
      button("focus", "◎", () => this.drawing.focus()),
      button("fit", "⤢", () => this.drawing.fit()),
      button("png", "PNG", save),
    ];
  }

  private panel(panel: HTMLElement, title: string, lang: Lang): void {
    panel.setAttribute("aria-label", title);
    const close = h("button", { type: "button", class: "close", "aria-label": say("close", lang), click: () => this.closeDrawers() }, "×");
    fill(panel.firstElementChild as HTMLElement, h("h2", { class: "panel-title" }, title), close);
  }

  private drawerButton(panel: HTMLElement, text: string): HTMLElement {
    const click = (): void => {
      const open = !panel.classList.contains("open");
      this.closeDrawers();
      panel.classList.toggle("open", open);
      this.mark();
    };
    return h("button", { type: "button", "aria-controls": panel.id, "aria-expanded": String(panel.classList.contains("open")), click }, text);
  }

  private openEvidence(focus: boolean): void {
    this.left.classList.remove("open");
    this.right.classList.add("open");
    this.mark();
    if (focus) this.right.focus();
  }

  private closeDrawers(): void {
    this.left.classList.remove("open");
    this.right.classList.remove("open");
    this.mark();
  }

  private mark(): void {
    for (const button of this.drawers.children) {
      const panel = button.getAttribute("aria-controls") === this.left.id ? this.left : this.right;
      button.setAttribute("aria-expanded", String(panel.classList.contains("open")));
    }
  }

  /** What is selected must not lie under a drawer. */
  private inSight(state: State): void {
    const stage = this.drawing.element.getBoundingClientRect();
    const drawer = this.right.getBoundingClientRect();
    const covered = drawer.height && drawer.left < stage.right ? stage.bottom - drawer.top : 0;
    const id = state.unit || state.group || this.graph.ends(state.pair)[0];
    if (id && state.tab === "network") this.drawing.reveal(id, stage.height - Math.max(covered, 0));
  }

  private showFoot({ lang }: State, left: Shown): void {
    this.footText = foot(this.graph, left, lang);
    this.foot.replaceChildren(h("span", { role: "status" }, this.footText));
  }

  private key(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.search.focus();
    } else if (event.key === "Escape") {
      this.store.clear();
      this.closeDrawers();
    }
  }

  /** For tests: where a unit is drawn. */
  place(id: string): { x: number; y: number } {
    return this.drawing.where(id);
  }
}

function other(lang: Lang): Lang {
  return lang === "zh" ? "en" : "zh";
}

function selection({ unit, pair, group, fact }: State): string {
  return unit || pair || group || fact;
}

/** What the evidence panel tells of: a selection, or the path that is looked at. */
function chosen(state: State): string {
  return selection(state) || (state.start && state.end ? `${state.start} ${state.end}` : "");
}

const root = document.getElementById("kg-viewer");
if (root) Object.assign(root, { viewer: new Viewer(root) });
