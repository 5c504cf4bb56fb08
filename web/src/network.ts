// The drawing: vis-network holds positions, shapes and hit tests; areas, rings and labels are painted by our own.

import { DataSet } from "vis-data/peer";
import { Network, type Edge, type Node, type Options } from "vis-network/peer";
import { pairKey, type Graph, type Pair } from "./data";
import { h } from "./dom";
import { areas, groupNumber, tints, type Bundle, type Group } from "./groups";
import { say } from "./i18n";
import { Painter, brightAround, selected, type Scene } from "./paint";
import { extent, nearest, places, type Extent, type Place } from "./places";
import { AROUND, NOTHING, undrawn, type Shown } from "./shown";
import type { State, Store } from "./state";

type DrawnNode = Node & { id: string };
type DrawnEdge = Edge & { id: string };

const FAINT_NODE = 0.16;
const FAINT_EDGE = 0.1;
const TOOLS = 36; // room at the bottom for the buttons
const MANY = 3000; // lines above which they are not drawn while the drawing is dragged

export class Drawing {
  readonly element: HTMLElement;
  private readonly nodes = new DataSet<DrawnNode>();
  private readonly edges = new DataSet<DrawnEdge>();
  private readonly network: Network;
  private readonly painter: Painter;
  private hovered = "";
  private hoveredPair = "";
  private moved = false;
  private larger = 1;
  private stretch = { x: 1, y: 1 };
  private bright: ReadonlySet<string> | undefined;
  private shown: Shown = NOTHING;
  private spots = new Map<string, Place>();
  private areas: ReadonlyMap<number, readonly string[]> = new Map();

  constructor(
    private readonly graph: Graph,
    private readonly store: Store,
    private readonly enter: () => void,
  ) {
    this.painter = new Painter(graph);
    this.element = h("div", { class: "drawing", tabindex: "0", role: "application" });
    this.element.addEventListener("keydown", (event) => this.key(event));
    const options: Options = structuredClone(graph.data.options);
    if (graph.data.edges.length > MANY) options.interaction = { ...options.interaction, hideEdgesOnDrag: true };
    this.network = new Network(this.element, { nodes: this.nodes, edges: this.edges }, options);
    this.element.querySelector(".vis-network")?.setAttribute("tabindex", "-1"); // one stop for the keyboard is enough
    this.listen();
    new ResizeObserver(() => this.moved || this.fit()).observe(this.element);
  }

  private listen(): void {
    this.network.on("click", (event: Clicked) => this.click(event));
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
    this.network.on("beforeDrawing", (context: CanvasRenderingContext2D) => this.painter.below(context, this.scene()));
    this.network.on("afterDrawing", (context: CanvasRenderingContext2D) => this.painter.above(context, this.scene()));
  }

  update(state: State, shown: Shown): void {
    const before = this.shown;
    this.shown = shown;
    this.element.setAttribute("aria-label", say("drawing", state.lang));
    this.bright = brightAround(this.graph, state, shown);
    this.areas = areas(this.graph, state, shown);
    if (before.route !== shown.route || !this.moved) return this.fit();
    this.place();
    this.draw(state);
    this.repaint();
  }

  /**
   * Shows everything that is drawn, with room for labels at the rim. What room is left over in one direction stretches the
   * drawing that way (nothing that was apart can then overlap); on small screens nodes grow so that they stay visible.
   */
  fit(): void {
    this.moved = false;
    const { clientWidth } = this.element;
    const clientHeight = this.element.clientHeight - TOOLS;
    const found = [...places(this.graph, this.shown, this.tall()).values()];
    if (!clientWidth || !found.length) return this.draw(this.store.state);
    const around = extent(found);
    const [x, y] = [room(clientWidth, 116, around.width), room(clientHeight, 84, around.height)];
    const scale = Math.min(1.3, x, y);
    this.stretch = { x: Math.min(2, Math.max(1, x / scale)), y: Math.min(2, Math.max(1, y / scale)) };
    this.larger = larger(scale);
    this.place();
    this.draw(this.store.state);
    this.look({ ...around, x: around.x * this.stretch.x, y: around.y * this.stretch.y }, scale);
  }

  /** Brings a selection and what it is linked to near; everything where nothing is selected. */
  focus(): void {
    const found = [...(this.bright ?? [])].flatMap((id) => this.spots.get(id) ?? []);
    if (!found.length) return this.fit();
    this.moved = true;
    const around = extent(found);
    const { clientWidth, clientHeight } = this.element;
    const scale = Math.min(1.3, room(clientWidth, 150, around.width), room(clientHeight - TOOLS, 110, around.height));
    this.resize(scale);
    this.look(around, scale);
  }

  zoom(factor: number): void {
    this.moved = true;
    const scale = this.network.getScale() * factor;
    this.resize(scale);
    this.network.moveTo({ scale, animation: false });
  }

  /** Brings a unit or sign into sight if it is not; `height` is how much of the drawing no drawer covers. */
  reveal(id: string, height: number): void {
    const place = this.spots.get(id);
    if (!place) return;
    const at = this.where(id);
    const { clientWidth } = this.element;
    if (at.x > 60 && at.x < clientWidth - 60 && at.y > 40 && at.y < height - 60) return;
    this.moved = true;
    const below = (this.element.clientHeight - height) / 2 / this.network.getScale();
    this.network.moveTo({ position: { x: place.x, y: place.y + below }, animation: false });
  }

  /** Where a unit is drawn, in pixels of the drawing. */
  where(id: string): { x: number; y: number } {
    return this.network.canvasToDOM(this.network.getPosition(id));
  }

  canvas(): HTMLCanvasElement {
    return this.element.querySelector("canvas") as HTMLCanvasElement;
  }

  /** In the next frame, however often it is asked for; the public `redraw` draws at once, and again in that frame. */
  private repaint(): void {
    (this.network as unknown as { body: { emitter: { emit(name: string): void } } }).body.emitter.emit("_requestRedraw");
  }

  private tall(): boolean {
    return this.element.clientHeight > this.element.clientWidth;
  }

  private look({ x, y }: Extent, scale: number): void {
    this.network.moveTo({ position: { x, y: y + (8 + TOOLS / 2) / scale }, scale, animation: false });
  }

  private resize(scale: number): void {
    if (larger(scale) === this.larger) return;
    this.larger = larger(scale);
    this.place();
    this.draw(this.store.state);
  }

  private place(): void {
    const found = places(this.graph, this.shown, this.tall());
    for (const place of found.values()) {
      place.x *= this.stretch.x;
      place.y *= this.stretch.y;
      if (!place.sign) place.size *= this.larger;
    }
    this.spots = found;
  }

  private draw(state: State): void {
    const signs = this.shown.groups.map((group) => this.sign(group));
    synchronise(this.nodes, [...[...this.shown.units].map((id) => this.node(id)), ...signs]);
    const pairs = [...this.shown.proofs].map(([pair, proofs]) => this.edge(pair, proofs.length, state));
    synchronise(this.edges, [...pairs, ...this.shown.bundles.map((bundle) => this.bundle(bundle, state))]);
  }

  private node(id: string): DrawnNode {
    const unit = this.graph.unit(id);
    return { ...unit.drawn, ...this.spots.get(id), opacity: this.opacity(id), borderWidth: unit.generic ? 2 : 1.5 };
  }

  private sign({ id, number }: Group): DrawnNode {
    const [background, border] = tints(number);
    const color = { background, border, highlight: { background, border }, hover: { background, border: "#111827" } };
    return { id, shape: "dot", label: "", color, borderWidth: 2, ...this.spots.get(id), opacity: this.opacity(id) };
  }

  private opacity(id: string): number {
    return !this.bright || this.bright.has(id) ? 1 : FAINT_NODE;
  }

  private edge(pair: Pair, proofs: number, state: State): DrawnEdge {
    const width = Number(pair.drawn.width) * Math.sqrt(proofs / pair.proofs.length);
    return { ...pair.drawn, id: pairKey(pair), width, color: this.colour(selected(state, this.shown, pair)) };
  }

  private bundle({ id, from, to, proofs }: Bundle, { unit, group }: State): DrawnEdge {
    return { id, from, to, width: Math.min(1 + Math.sqrt(proofs), 9), color: this.colour([unit, group].some((end) => end && (end === from || end === to))) };
  }

  private colour(chosen: boolean): { color: string; opacity: number } {
    const faint = this.bright !== undefined && !chosen;
    return { color: chosen ? "#3b4658" : "#8a94a3", opacity: faint ? FAINT_EDGE : chosen ? 0.95 : 0.75 };
  }

  private click(event: Clicked): void {
    const [node] = event.nodes;
    const pair = this.graph.pairs.get(event.edges[0] ?? "");
    const area = this.painter.areaAt(event.pointer.canvas, this.scene());
    this.network.unselectAll();
    if (node !== undefined) this.choose(node);
    else if (pair) this.store.selectPair(pair);
    else if (area && area !== this.store.state.group) this.store.selectGroup(area);
    else this.store.clear();
  }

  private hover(unit: string, pair: string): void {
    this.hovered = unit;
    this.hoveredPair = pair;
    this.element.style.cursor = unit || pair ? "pointer" : "";
    this.repaint();
  }

  private scene(): Scene {
    const { shown, spots, areas, bright, hovered, hoveredPair } = this;
    const { clientWidth, clientHeight } = this.element;
    const start = this.network.DOMtoCanvas({ x: 3, y: 3 });
    const end = this.network.DOMtoCanvas({ x: clientWidth - 3, y: clientHeight - 3 });
    const sight = { left: start.x, top: start.y, right: end.x, bottom: end.y };
    return { state: this.store.state, shown, spots, areas, bright, hovered, hoveredPair, scale: this.network.getScale(), sight };
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) this.walk(step[0] as number, step[1] as number);
    else if (event.key === "Enter") this.enter();
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else if (event.key === "f") this.focus();
    else if (event.key === "e") this.unfold();
    else return;
    event.preventDefault();
  }

  /** Selects the nearest unit or sign in a direction. */
  private walk(dx: number, dy: number): void {
    const { unit, group } = this.store.state;
    const here = this.spots.get(unit || group);
    const first = this.shown.route?.main[0] ?? [...this.spots.keys()][0];
    const next = here ? nearest(this.spots, here, dx, dy) : first;
    if (next !== undefined) this.choose(next);
  }

  /** Opens the selected sign, or draws more neighbours of the selected unit. */
  private unfold(): void {
    const { unit, group } = this.store.state;
    if (group) this.store.fold([groupNumber(group)], false);
    else if (unit && undrawn(this.graph, this.shown, unit)) this.store.grow(unit, AROUND);
  }

  private choose(id: string): void {
    if (this.graph.units.has(id)) this.store.selectUnit(id);
    else this.store.selectGroup(id);
  }
}

interface Clicked {
  nodes: string[];
  edges: string[];
  pointer: { canvas: { x: number; y: number } };
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
  set.update(wanted.filter((item) => !same(item, set.get(item.id))) as never);
}

/** Whether an item need not be drawn anew. */
function same(one: object, other: object | null): boolean {
  if (!other) return false;
  const known = other as Record<string, unknown>;
  return Object.entries(one).every(([key, value]) => {
    if (typeof value !== "object" || value === null) return known[key] === value;
    return typeof known[key] === "object" && same(value, known[key]);
  });
}
