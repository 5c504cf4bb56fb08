// The drawing as a PNG with its title, legend and counts; Chinese text stays as it is on the screen.

import { OUTLINES } from "./dom";
import { FONT } from "./labels";

export interface LegendEntry {
  text: string;
  shape: string;
  colour: string;
}

const [HEAD, FOOT, ROW, RIM, MARK] = [44, 28, 22, 16, 12];

export function savePicture(canvas: HTMLCanvasElement, title: string, legend: readonly LegendEntry[], foot: string): void {
  const width = Math.max(canvas.clientWidth, 320);
  const ratio = canvas.width / width;
  const picture = document.createElement("canvas");
  const context = picture.getContext("2d");
  if (!context) return;
  context.font = `12px ${FONT}`;
  const places = flow(legend, width, (text) => context.measureText(text).width);
  const below = HEAD + canvas.height / ratio;
  const legendHeight = places.length ? ((places.at(-1)?.row ?? 0) + 1) * ROW + 8 : 0;
  picture.width = canvas.width;
  picture.height = Math.ceil((below + legendHeight + FOOT) * ratio);
  context.scale(ratio, ratio);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, picture.height / ratio);
  context.drawImage(canvas, 0, HEAD, width, canvas.height / ratio);
  write(context, title, RIM, 28, "600 18px", "#111827");
  for (const [number, { x, row }] of places.entries()) {
    const entry = legend[number] as LegendEntry;
    const y = below + row * ROW + 14;
    drawMark(context, entry, x, y - MARK + 2);
    write(context, entry.text, x + MARK + 6, y, "12px", "#27303f");
  }
  write(context, foot, RIM, below + legendHeight + 18, "12px", "#4b5563");
  picture.toBlob((blob) => blob && download(blob, `${title.replace(/[\\/:*?"<>|]/g, "_")}.png`));
}

/** Where each entry goes when they run on in rows. */
function flow(legend: readonly LegendEntry[], width: number, measure: (text: string) => number): { x: number; row: number }[] {
  let [x, row] = [RIM, 0];
  return legend.map(({ text }) => {
    const needed = MARK + 6 + measure(text) + 18;
    if (x > RIM && x + needed > width) [x, row] = [RIM, row + 1];
    const place = { x, row };
    x += needed;
    return place;
  });
}

function drawMark(context: CanvasRenderingContext2D, { shape, colour }: LegendEntry, x: number, y: number): void {
  const outline = new Path2D(OUTLINES[shape]);
  if (!OUTLINES[shape]) outline.arc(10, 10, 8, 0, 2 * Math.PI);
  context.save();
  context.translate(x, y);
  context.scale(MARK / 20, MARK / 20);
  context.fillStyle = colour;
  context.fill(outline);
  context.restore();
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, font: string, colour: string): void {
  context.font = `${font} ${FONT}`;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
