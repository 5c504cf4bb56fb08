// The drawing: vis-network holds positions, shapes and hit tests; labels are our own.

import { DataSet } from "vis-data/peer";
import { Network, type Edge, type Node, type Options } from "vis-network/peer";
import { otherEnd, pairKey, type Graph, type Pair, type Unit } from "./data";
import { h } from "./dom";
import { say } from "./i18n";
import { drawLabels, type Spot } from "./labels";
import type { Shown, State, Store } from "./state";

type DrawnNode = Node & { id: string };
type DrawnEdge = Edge & { id: string };

const FAINT_NODE = 0.16;
const FAINT_EDGE = 0.1;

export class Drawing {
  readonly element: HTMLElement;
  private readonly nodes = new DataSet<DrawnNode>();
  private readonly edges = new DataSet<DrawnEdge>();
  private readonly network: Network;
  private hovered = "";
  private hoveredPair = "";
  private moved = false;
  private bright: ReadonlySet<string> | undefined;
  private shown: Shown = { proofs: new Map(), units: new Set(), folded: 0 };

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
    private readonly enter: () => void,
  ) {
    this.element = h("div", { class: "drawing", tabindex: "0", role: "application" });
    this.element.addEventListener("keydown", (event) => this.key(event));
    const options: Options = structuredClone(graph.data.options);
    this.network = new Network(this.element, { nodes: this.nodes, edges: this.edges }, options);
    this.network.on("click", (event: { nodes: string[]; edges: string[] }) => this.click(event));
    this.network.on("hoverNode", (event: { node: string }) => this.hover(event.node, ""));
    this.network.on("blurNode", () => this.hover("", ""));
    this.network.on("hoverEdge", (event: { edge: string }) => this.hover("", event.edge));
    this.network.on("blurEdge", () => this.hover("", ""));
    this.network.on("zoom", () => (this.moved = true));
    this.network.on("dragStart", () => (this.moved = true));
    this.network.on("afterDrawing", (context: CanvasRenderingContext2D) => this.label(context));
    new ResizeObserver(() => this.moved || this.fit()).observe(this.element);
  }

  update(state: State, shown: Shown): void {
    this.shown = shown;
    this.element.setAttribute("aria-label", say("drawing", state.lang));
    this.bright = this.brightUnits(state);
    synchronise(this.nodes, [...shown.units].map((id) => this.node(this.graph.unit(id), state)));
    synchronise(this.edges, [...shown.proofs].map(([pair, proofs]) => this.edge(pair, proofs.length, state)));
    this.network.redraw();
  }

  fit(): void {
    this.moved = false;
    this.network.redraw();
    this.network.fit({ animation: false, maxZoomLevel: 1.3 });
  }

  zoom(factor: number): void {
    this.moved = true;
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: false });
  }

  /** Brings a unit into sight if it is not. */
  reveal(id: string): void {
    const unit = this.graph.unit(id).drawn;
    const at = this.network.canvasToDOM({ x: unit.x, y: unit.y });
    const { clientWidth, clientHeight } = this.element;
    if (at.x > 40 && at.y > 40 && at.x < clientWidth - 40 && at.y < clientHeight - 60) return;
    this.moved = true;
    this.network.moveTo({ position: { x: unit.x, y: unit.y }, animation: false });
  }

  /** Where a unit is on the screen, from the drawing's top left corner. */
  place(id: string): { x: number; y: number } {
    return this.network.canvasToDOM(this.network.getPosition(id));
  }

  canvas(): HTMLCanvasElement {
    return this.element.querySelector("canvas") as HTMLCanvasElement;
  }

  private brightUnits(state: State): ReadonlySet<string> | undefined {
    if (state.pair) return new Set(state.pair.split(" "));
    if (!state.unit) return undefined;
    return new Set([state.unit, ...this.graph.pairsOf(state.unit).map((pair) => otherEnd(pair, state.unit))]);
  }

  private node(unit: Unit, state: State): DrawnNode {
    const selected = unit.id === state.unit;
    const colour = unit.drawn.color as { border: string; highlight: { border: string } };
    return {
      ...unit.drawn,
      opacity: !this.bright || this.bright.has(unit.id) ? 1 : FAINT_NODE,
      borderWidth: selected ? 3.5 : unit.generic ? 2 : 1.5,
      color: selected ? { ...colour, border: colour.highlight.border } : colour,
    };
  }

  private edge(pair: Pair, proofs: number, state: State): DrawnEdge {
    const key = pairKey(pair);
    const selected = state.pair ? key === state.pair : pair.from === state.unit || pair.to === state.unit;
    const width = Number(pair.drawn.width) * Math.sqrt(proofs / pair.proofs.length);
    const faint = this.bright !== undefined && !selected;
    const colour = selected ? "#3b4658" : "#8a94a3";
    return { ...pair.drawn, id: key, width, color: { color: colour, opacity: faint ? FAINT_EDGE : selected ? 0.95 : 0.6 } };
  }

  private click(event: { nodes: string[]; edges: string[] }): void {
    const [node] = event.nodes;
    const pair = this.graph.pairs.get(event.edges[0] ?? "");
    this.network.unselectAll();
    if (node !== undefined) this.store.selectUnit(node);
    else if (pair) this.store.selectPair(pair);
    else this.store.clear();
  }

  private hover(unit: string, pair: string): void {
    this.hovered = unit;
    this.hoveredPair = pair;
    this.element.style.cursor = unit || pair ? "pointer" : "";
    this.network.redraw();
  }

  private label(context: CanvasRenderingContext2D): void {
    const { state } = this.store;
    const always = new Set([this.hovered, state.unit, ...(state.pair ? state.pair.split(" ") : [])]);
    const spots: Spot[] = [];
    for (const [rank, unit] of this.graph.ranked.entries()) {
      if (!this.shown.units.has(unit.id)) continue;
      const { x, y, size } = { ...unit.drawn, ...this.network.getPosition(unit.id) };
      spots.push({ x, y, size, text: unit.label, rank, always: always.has(unit.id) });
    }
    const bright = this.graph.ranked.filter((unit) => this.shown.units.has(unit.id));
    const visible = spots.filter((spot, index) => spot.always || !this.bright || this.bright.has(bright[index]?.id ?? ""));
    drawLabels(context, [...visible, ...this.pairLabels(state)], spots, this.network.getScale());
  }

  /** The mechanisms of the pair under the pointer and of the selected pair. */
  private pairLabels(state: State): Spot[] {
    return [...new Set([this.hoveredPair, state.pair])].flatMap((key) => {
      const pair = this.graph.pairs.get(key);
      const proofs = pair && this.shown.proofs.get(pair);
      if (!proofs) return [];
      const names = new Set(proofs.flatMap((number) => this.graph.proof(number).mechanisms ?? []));
      const [a, b] = [this.network.getPosition(pair.from), this.network.getPosition(pair.to)];
      const text = [...names].join("、");
      return text ? [{ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size: 0, text, rank: -1, always: true }] : [];
    });
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) this.walk(step[0] as number, step[1] as number);
    else if (event.key === "Enter") this.enter();
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }

  /** Selects the nearest unit in a direction. */
  private walk(dx: number, dy: number): void {
    const units = this.graph.ranked.filter((unit) => this.shown.units.has(unit.id));
    const here = units.find((unit) => unit.id === this.store.state.unit)?.drawn;
    if (!here) return this.choose(units[0]);
    const cost = (unit: Unit): number => {
      const [x, y] = [unit.drawn.x - here.x, unit.drawn.y - here.y];
      const ahead = x * dx + y * dy;
      return ahead > 1 ? ahead + 2.5 * Math.abs(x * dy - y * dx) : Infinity;
    };
    const best = units.reduce((a, b) => (cost(b) < cost(a) ? b : a));
    if (cost(best) < Infinity) this.choose(best);
  }

  private choose(unit: Unit | undefined): void {
    if (!unit) return;
    this.store.selectUnit(unit.id);
    this.reveal(unit.id);
  }
}

function synchronise<T extends { id: string }>(set: DataSet<T>, wanted: T[]): void {
  const ids = new Set(wanted.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !ids.has(String(id))));
  set.update(wanted as never);
}
