// The plain pages' one comfort: the search box suggests things as one types. Without it the form still searches.

import { fill, h } from "./dom";
import "./pages.css";

interface Hit {
  readonly label: string;
  readonly aliases: readonly string[];
  readonly page: string;
}

const WAIT = 60; // ms without a key before the server is asked

class Suggestions {
  private readonly list = h("ul", { role: "listbox", id: "kg-results", hidden: true });
  private readonly told = h("span", { class: "unseen", role: "status" });
  private hits: readonly Hit[] = [];
  private active = -1;
  private asked = 0;
  private timer = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly input: HTMLInputElement,
  ) {
    const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": "kg-results", "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    this.list.setAttribute("aria-label", input.getAttribute("aria-label") ?? "");
    form.append(this.list, this.told);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.show(false), 150));
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.find(), WAIT);
  }

  private async find(): Promise<void> {
    const text = this.input.value.trim();
    const turn = ++this.asked;
    if (!text) return this.show(false);
    const answer = await fetch(`/api/search?${new URLSearchParams({ q: text, type: "any", lang: language() })}`);
    if (!answer.ok || turn !== this.asked) return;
    const found = (await answer.json()) as { results: readonly Hit[]; total: number };
    this.hits = found.results;
    this.active = -1;
    this.told.textContent = (found.total ? this.form.dataset["found"] : this.form.dataset["none"])?.replace("#", String(found.total)) ?? "";
    this.show(true);
  }

  private show(open: boolean): void {
    fill(this.list, ...this.hits.map((hit, number) => this.option(hit, number)));
    if (!this.hits.length) this.list.append(h("li", { role: "option", "aria-disabled": "true", class: "quiet" }, this.form.dataset["none"]));
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (open && this.active >= 0) this.input.setAttribute("aria-activedescendant", `kg-result-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private option(hit: Hit, number: number): HTMLElement {
    return h(
      "li",
      { role: "option", id: `kg-result-${number}`, "aria-selected": String(number === this.active), mousedown: () => go(hit) },
      h("span", { class: "name" }, hit.label),
      h("span", { class: "quiet" }, hit.aliases[0] ?? ""),
    );
  }

  private key(event: KeyboardEvent): void {
    const hit = this.hits[this.active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const open = !this.list.hidden;
    if (step && open && this.hits.length) this.active = (this.active + step + this.hits.length) % this.hits.length;
    else if (event.key === "Enter" && open && hit) return go(hit, event);
    else if (event.key === "Escape" && open) this.active = -1;
    else return;
    event.preventDefault();
    this.show(event.key !== "Escape");
  }
}

function go(hit: Hit, event?: Event): void {
  event?.preventDefault();
  const kept = new URLSearchParams(location.search).get("lang");
  const mark = hit.page.includes("?") ? "&" : "?";
  location.assign(kept ? `${hit.page}${mark}lang=${encodeURIComponent(kept)}` : hit.page);
}

function language(): string {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

const form = document.querySelector<HTMLFormElement>("form.search");
const input = form?.querySelector<HTMLInputElement>('input[type="search"]');
if (form && input) new Suggestions(form, input);
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  input?.focus();
});
