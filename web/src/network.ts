// The drawing: vis-network holds positions, shapes and hit tests; labels are our own.

import { DataSet } from "vis-data/peer";
import { Network, type Edge, type Node, type Options } from "vis-network/peer";
import { otherEnd, pairKey, type Graph, type Pair, type Unit } from "./data";
import { h } from "./dom";
import { counts, say } from "./i18n";
import { drawLabels, type Rect, type Spot } from "./labels";
import type { Shown, State, Store } from "./state";

type DrawnNode = Node & { id: string };
type DrawnEdge = Edge & { id: string };

const FAINT_NODE = 0.16;
const FAINT_EDGE = 0.1;
const TOOLS = 36; // room at the bottom for the buttons

export class Drawing {
  readonly element: HTMLElement;
  private readonly nodes = new DataSet<DrawnNode>();
  private readonly edges = new DataSet<DrawnEdge>();
  private readonly network: Network;
  private hovered = "";
  private hoveredPair = "";
  private moved = false;
  private larger = 1;
  private stretch = { x: 1, y: 1 };
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
    this.element.querySelector(".vis-network")?.setAttribute("tabindex", "-1"); // one stop for the keyboard is enough
    this.network.on("click", (event: { nodes: string[]; edges: string[] }) => this.click(event));
    this.network.on("doubleClick", () => this.focus());
    this.network.on("hoverNode", (event: { node: string }) => this.hover(event.node, ""));
    this.network.on("blurNode", () => this.hover("", ""));
    this.network.on("hoverEdge", (event: { edge: string }) => this.hover("", event.edge));
    this.network.on("blurEdge", () => this.hover("", ""));
    this.network.on("zoom", (event: { scale: number }) => {
      this.moved = true;
      this.resize(event.scale);
    });
    this.network.on("dragStart", () => (this.moved = true));
    this.network.on("beforeDrawing", (context: CanvasRenderingContext2D) => this.ring(context));
    this.network.on("afterDrawing", (context: CanvasRenderingContext2D) => this.label(context));
    new ResizeObserver(() => this.moved || this.fit()).observe(this.element);
  }

  update(state: State, shown: Shown): void {
    this.shown = shown;
    this.element.setAttribute("aria-label", say("drawing", state.lang));
    this.bright = this.brightUnits(state);
    synchronise(this.nodes, [...shown.units].map((id) => this.node(this.graph.unit(id))));
    synchronise(this.edges, [...shown.proofs].map(([pair, proofs]) => this.edge(pair, proofs.length, state)));
    this.network.redraw();
  }

  /**
   * Shows everything that is drawn, with room for labels at the rim. What room is left over in one direction stretches the
   * drawing that way (nothing that was apart can then overlap); on small screens nodes grow so that they stay visible.
   */
  fit(): void {
    this.moved = false;
    const { clientWidth } = this.element;
    const clientHeight = this.element.clientHeight - TOOLS;
    const units = [...this.shown.units].map((id) => this.graph.unit(id).drawn);
    if (!units.length || !clientWidth) return;
    const across = extent(units.map((unit) => unit.x));
    const down = extent(units.map((unit) => unit.y));
    const [x, y] = [room(clientWidth, 116, across.size), room(clientHeight, 84, down.size)];
    const scale = Math.min(1.3, x, y);
    this.stretch = { x: Math.min(2, Math.max(1, x / scale)), y: Math.min(2, Math.max(1, y / scale)) };
    this.larger = larger(scale);
    this.nodes.update([...this.shown.units].map((id) => this.place(this.graph.unit(id))) as never);
    const position = { x: across.middle * this.stretch.x, y: down.middle * this.stretch.y + (8 + TOOLS / 2) / scale };
    this.network.moveTo({ position, scale, animation: false });
  }

  /** Brings a selection and what it is linked to near; everything where nothing is selected. */
  focus(): void {
    const ids = [...(this.bright ?? [])].filter((id) => this.shown.units.has(id));
    if (!ids.length) return this.fit();
    this.moved = true;
    const places = ids.map((id) => this.network.getPosition(id));
    const across = extent(places.map((place) => place.x));
    const down = extent(places.map((place) => place.y));
    const { clientWidth, clientHeight } = this.element;
    const scale = Math.min(1.3, room(clientWidth, 150, across.size), room(clientHeight - TOOLS, 110, down.size));
    this.resize(scale);
    this.network.moveTo({ position: { x: across.middle, y: down.middle + (8 + TOOLS / 2) / scale }, scale, animation: false });
  }

  private resize(scale: number): void {
    if (larger(scale) === this.larger) return;
    this.larger = larger(scale);
    this.nodes.update([...this.shown.units].map((id) => ({ id, size: this.size(this.graph.unit(id)) })) as never);
  }

  private place(unit: Unit): { id: string; x: number; y: number; size: number } {
    const { id, x, y } = unit.drawn;
    return { id, x: x * this.stretch.x, y: y * this.stretch.y, size: this.size(unit) };
  }

  private size(unit: Unit): number {
    return unit.drawn.size * this.larger;
  }

  zoom(factor: number): void {
    this.moved = true;
    const scale = this.network.getScale() * factor;
    this.resize(scale);
    this.network.moveTo({ scale, animation: false });
  }

  /** Brings a unit into sight if it is not; `height` is how much of the drawing no drawer covers. */
  reveal(id: string, height: number): void {
    if (!this.nodes.get(id)) return;
    const at = this.where(id);
    const { clientWidth, clientHeight } = this.element;
    if (at.x > 30 && at.y > 30 && at.x < clientWidth - 30 && at.y < height - 40) return;
    this.moved = true;
    const offset = { x: 0, y: (height - clientHeight) / 2 };
    this.network.moveTo({ position: this.network.getPosition(id), offset, animation: false });
  }

  /** Where a unit is on the screen, from the drawing's top left corner. */
  where(id: string): { x: number; y: number } {
    return this.network.canvasToDOM(this.network.getPosition(id));
  }

  canvas(): HTMLCanvasElement {
    return this.element.querySelector("canvas") as HTMLCanvasElement;
  }

  private brightUnits(state: State): ReadonlySet<string> | undefined {
    if (state.pair) return new Set(this.graph.ends(state.pair));
    if (!state.unit) return undefined;
    const pairs = this.graph.pairsOf(state.unit).filter((pair) => this.shown.proofs.has(pair));
    return new Set([state.unit, ...pairs.map((pair) => otherEnd(pair, state.unit))]);
  }

  private node(unit: Unit): DrawnNode {
    const bright = !this.bright || this.bright.has(unit.id);
    return { ...unit.drawn, ...this.place(unit), opacity: bright ? 1 : FAINT_NODE, borderWidth: unit.generic ? 2 : 1.5 };
  }

  private edge(pair: Pair, proofs: number, state: State): DrawnEdge {
    const key = pairKey(pair);
    const selected = state.pair ? key === state.pair : pair.from === state.unit || pair.to === state.unit;
    const width = Number(pair.drawn.width) * Math.sqrt(proofs / pair.proofs.length);
    const faint = this.bright !== undefined && !selected;
    const colour = selected ? "#3b4658" : "#8a94a3";
    return { ...pair.drawn, id: key, width, color: { color: colour, opacity: faint ? FAINT_EDGE : selected ? 0.95 : 0.75 } };
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

  /** A ring says which units are selected. */
  private ring(context: CanvasRenderingContext2D): void {
    const { unit, pair } = this.store.state;
    const line = 2.5 / this.network.getScale();
    for (const id of [unit, ...this.graph.ends(pair)].filter((id) => this.shown.units.has(id))) {
      const { x, y } = this.network.getPosition(id);
      context.beginPath();
      context.arc(x, y, this.size(this.graph.unit(id)) + 2.5 * line, 0, 2 * Math.PI);
      context.lineWidth = line;
      context.strokeStyle = "#1b2330";
      context.fillStyle = "#ffe9a8";
      context.fill();
      context.stroke();
    }
  }

  private label(context: CanvasRenderingContext2D): void {
    const { state } = this.store;
    const always = new Set([this.hovered, state.unit, ...this.graph.ends(state.pair)]);
    const spots: Spot[] = [];
    for (const [rank, unit] of this.graph.ranked.entries()) {
      if (!this.shown.units.has(unit.id)) continue;
      const { x, y } = this.network.getPosition(unit.id);
      const rim = state.unit === unit.id || this.graph.ends(state.pair).includes(unit.id) ? 6 / this.network.getScale() : 0;
      spots.push({ x, y, size: this.size(unit), text: unit.label, rank, always: always.has(unit.id), rim });
    }
    const bright = this.graph.ranked.filter((unit) => this.shown.units.has(unit.id));
    const visible = spots.filter((spot, index) => spot.always || !this.bright || this.bright.has(bright[index]?.id ?? ""));
    drawLabels(context, [...visible, ...this.pairLabels(state)], visible, this.sight(), this.network.getScale());
  }

  private sight(): Rect {
    const { clientWidth, clientHeight } = this.element;
    const start = this.network.DOMtoCanvas({ x: 3, y: 3 });
    const end = this.network.DOMtoCanvas({ x: clientWidth - 3, y: clientHeight - 3 });
    return { left: start.x, top: start.y, right: end.x, bottom: end.y };
  }

  /** The mechanisms of the pair under the pointer and of the selected pair. */
  private pairLabels(state: State): Spot[] {
    return [...new Set([this.hoveredPair, state.pair])].flatMap((key) => {
      const pair = this.graph.pairs.get(key);
      const proofs = pair && this.shown.proofs.get(pair);
      if (!proofs) return [];
      const names = new Set(proofs.flatMap((number) => this.graph.proof(number).mechanisms ?? []));
      const [a, b] = [this.network.getPosition(pair.from), this.network.getPosition(pair.to)];
      const [text] = names;
      return text ? [{ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size: 0, text: counts.means(text, names.size, state.lang), rank: 0, always: true }] : [];
    });
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) this.walk(step[0] as number, step[1] as number);
    else if (event.key === "Enter") this.enter();
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else if (event.key === "f") this.focus();
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
  }
}

function extent(values: number[]): { size: number; middle: number } {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { size: high - low, middle: (low + high) / 2 };
}

/** From afar nodes are drawn larger than they are, so that they stay visible. */
function larger(scale: number): number {
  return Math.min(2.2, Math.max(1, 0.62 / scale));
}

/** The scale at which an extent fits, leaving a rim for labels. */
function room(size: number, rim: number, extent: number): number {
  return Math.max(size - rim, size / 3) / Math.max(extent, 1);
}

function synchronise<T extends { id: string }>(set: DataSet<T>, wanted: T[]): void {
  const ids = new Set(wanted.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !ids.has(String(id))));
  set.update(wanted as never);
}
