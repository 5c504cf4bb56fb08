// The drawing as a PNG, with title and date of the picture; Chinese text stays as it is on the screen.

import { FONT } from "./labels";

export function savePicture(canvas: HTMLCanvasElement, title: string, foot: string): void {
  const ratio = canvas.width / Math.max(canvas.clientWidth, 1);
  const [head, tail] = [44 * ratio, 28 * ratio];
  const picture = document.createElement("canvas");
  picture.width = canvas.width;
  picture.height = canvas.height + head + tail;
  const context = picture.getContext("2d");
  if (!context) return;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(canvas, 0, head);
  context.fillStyle = "#111827";
  context.font = `600 ${18 * ratio}px ${FONT}`;
  context.fillText(title, 16 * ratio, 28 * ratio);
  context.fillStyle = "#4b5563";
  context.font = `${12 * ratio}px ${FONT}`;
  context.fillText(foot, 16 * ratio, picture.height - 10 * ratio);
  picture.toBlob((blob) => blob && download(blob, `${title.replace(/[\\/:*?"<>|]/g, "_")}.png`));
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
