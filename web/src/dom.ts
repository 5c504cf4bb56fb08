// Elements without markup strings: text from documents can only ever become text.

export type Child = Node | string | null | false | undefined;
type Value = string | number | boolean | ((event: never) => void) | null | undefined;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  set(element, attributes);
  append(element, children);
  return element;
}

export function append(element: Element, children: Child[]): void {
  for (const child of children) if (child || child === "") element.append(child);
}

function set(element: Element, attributes: Record<string, Value>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value as unknown as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

const SVG = "http://www.w3.org/2000/svg";
export const OUTLINES: Readonly<Record<string, string>> = {
  square: "M3 3h14v14H3z",
  triangle: "M10 2l8.6 15H1.4z",
  triangleDown: "M10 18l8.6-15H1.4z",
  diamond: "M10 1l9 9-9 9-9-9z",
  hexagon: "M5.5 2h9l4.5 8-4.5 8h-9L1 10z",
  star: "M10 .8l2.8 6 6.5.8-4.8 4.5 1.3 6.5-5.8-3.2-5.8 3.2 1.3-6.5L.7 7.6l6.5-.8z",
};

/** The same shape that the drawing uses, for the legend and lists. */
export function mark(shape: string, colour: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  set(svg, { viewBox: "0 0 20 20", class: "mark", "aria-hidden": "true" });
  const outline = OUTLINES[shape];
  const element = document.createElementNS(SVG, outline ? "path" : "circle");
  set(element, outline ? { d: outline, fill: colour } : { cx: 10, cy: 10, r: 8, fill: colour });
  svg.append(element);
  return svg;
}

/** Replaces what an element holds and keeps the focus on the control with the same data-key. */
export function fill(element: HTMLElement, ...children: Child[]): void {
  const key = element.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
  element.replaceChildren();
  append(element, children);
  if (key) element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
