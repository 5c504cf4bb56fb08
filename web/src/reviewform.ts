// Filling the roles of a fact: by selecting words of the sentence and pressing a number, or by typing.

import { fill, h } from "./dom";
import { vocabulary, type Roles } from "./reviewdata";
import { say } from "./reviewwords";

const AND = "；";
const MANY = new Set(["participant", "through", "initiator", "owner", "by"]);

export interface Filled {
  readonly kind: string;
  readonly sentence: string;
  readonly roles: Roles;
  readonly exact: string;
}

/** A form for one fact; `save` gets what was filled in, `cancel` ends it. */
export class FactForm {
  readonly element: HTMLFormElement;
  // Not readonly: only what can be written to has a caret that keys move. Whatever is written is taken back.
  private readonly source = h("textarea", { rows: 3, id: "source", spellcheck: false, class: "source", beforeinput: stop, input: () => this.keep() });
  private sentence = "";
  private readonly fields = h("div", { class: "fields" });
  private inputs = new Map<string, HTMLInputElement>();
  private readonly before: Roles;
  private kind: string;

  constructor(
    start: Filled,
    private readonly save: (filled: Filled) => void,
    private readonly cancel: () => void,
    choices?: readonly string[],
  ) {
    this.kind = start.kind;
    this.before = choices ? {} : start.roles;
    this.choose(start.sentence);
    this.element = h(
      "form",
      { class: "form", submit: (event: Event) => this.submit(event), keydown: (event: KeyboardEvent) => this.key(event) },
      choices && this.sentences(choices, start.sentence),
      choices && this.kinds(),
      h("label", { for: "source" }, say("source")),
      this.source,
      this.fields,
      h("p", { class: "quiet" }, say("several")),
      h(
        "p",
        { class: "keys" },
        h("button", { type: "submit", class: "primary" }, say("save"), h("kbd", {}, "Ctrl Enter")),
        h("button", { type: "button", click: () => this.cancel() }, say("cancel"), h("kbd", {}, "Esc")),
      ),
    );
    this.draw(start.roles, start.exact);
  }

  /** Puts the caret into the sentence, with the decisive words selected. */
  focus(): void {
    const list = this.element.querySelector<HTMLSelectElement>("#sentences");
    if (list) return list.focus();
    this.source.focus();
    const exact = this.inputs.get("exact")?.value ?? "";
    const at = this.source.value.indexOf(exact);
    this.source.setSelectionRange(Math.max(at, 0), Math.max(at, 0) + exact.length);
  }

  private choose(sentence: string): void {
    this.sentence = sentence;
    this.keep();
  }

  private keep(): void {
    this.source.value = this.sentence;
  }

  private sentences(choices: readonly string[], chosen: string): HTMLElement {
    const list = h("select", { id: "sentences", size: 8, change: () => this.choose(list.value) });
    for (const text of choices) list.append(h("option", { value: text, selected: text === chosen }, text));
    return h("div", {}, h("label", { for: "sentences" }, say("sentences")), list);
  }

  private kinds(): HTMLElement {
    const names = Object.entries(vocabulary.kinds);
    const change = (): void => {
      this.kind = list.value;
      this.draw({}, "");
    };
    const list = h("select", { id: "kind", change });
    for (const [kind, label] of names) list.append(h("option", { value: kind, selected: kind === this.kind }, label));
    return h("div", {}, h("label", { for: "kind" }, say("kind")), list);
  }

  private draw(roles: Roles, exact: string): void {
    this.inputs = new Map();
    const asked = [...(vocabulary.asked[this.kind] ?? []), "exact"];
    fill(
      this.fields,
      ...asked.map((role, number) => {
        const value = role === "exact" ? exact : (roles[role] ?? []).join(AND);
        const input = h("input", { id: `role-${role}`, value, autocomplete: "off", spellcheck: false });
        this.inputs.set(role, input);
        const label = role === "exact" ? say("exact") : (vocabulary.roles[role] ?? role);
        return h("div", { class: "field" }, h("label", { for: `role-${role}` }, h("kbd", {}, String(number + 1)), label), input);
      }),
    );
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target === this.source)) this.submit(event);
    else if (event.target === this.source && /^[1-9]$/.test(event.key)) this.take(Number(event.key) - 1);
    else return;
    event.preventDefault();
  }

  /** Puts the selected words into a role; where a role takes several, again takes them out. */
  private take(number: number): void {
    const [role, input] = [...this.inputs][number] ?? [];
    const words = this.source.value.slice(this.source.selectionStart, this.source.selectionEnd).trim();
    if (!role || !input || !words) return;
    if (!MANY.has(role)) input.value = words;
    else {
      const now = parts(input.value);
      const same = (part: string): boolean => part === words || part.startsWith(`${words}=`);
      input.value = (now.some(same) ? now.filter((part) => !same(part)) : [...now, words]).join(AND);
    }
    input.classList.add("taken");
  }

  private submit(event: Event): void {
    event.preventDefault();
    const roles: Record<string, readonly string[]> = {};
    for (const [role, input] of this.inputs) {
      if (role !== "exact" && input.value.trim() !== (this.before[role] ?? []).join(AND)) roles[role] = parts(input.value);
    }
    this.save({ kind: this.kind, sentence: this.sentence, roles, exact: this.inputs.get("exact")?.value.trim() ?? "" });
  }
}

function stop(event: Event): void {
  event.preventDefault();
}

function parts(text: string): string[] {
  return text.split(/[;；]/).map((part) => part.trim()).filter(Boolean);
}
