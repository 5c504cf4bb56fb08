// The review page: one question at a time, the least sure first, one key an answer.

import { append, fill, h, type Child } from "./dom";
import { build, decide, ordered, queue, Refused, sentences, vocabulary } from "./reviewdata";
import type { Built, Item, Pair, Queue, Question, Roles, Side, Span } from "./reviewdata";
import { FactForm, type Filled } from "./reviewform";
import { say, type Word } from "./reviewwords";
import "./review.css";

type Action = () => void | Promise<void>;
interface Key {
  readonly key: string;
  readonly word: Word;
  readonly act: Action;
}

class Page {
  private readonly question = h("section", { class: "question", tabindex: -1, "aria-live": "polite" }, h("p", {}, say("loading")));
  private readonly told = h("p", { class: "told", role: "alert", hidden: true });
  private readonly left = h("p", { class: "left", role: "status" });
  private readonly history = h("ol", { class: "history" });
  private readonly stored = h("p", { class: "quiet", hidden: true }, say("stored"));
  private readonly built = h("div", { role: "status" });
  private found: Queue = { items: [], pairs: [], left: { facts: 0, pairs: 0 }, decided: [] };
  private readonly later = new Set<string>();
  private keys: readonly Key[] = [];
  private form: FactForm | null = null;
  private busy = false;
  private readonly building: Key = { key: "b", word: "build", act: () => this.build() };

  constructor(place: HTMLElement) {
    fill(
      place,
      this.told,
      h("div", { class: "sides" }, this.question, h("aside", {}, this.left, h("h2", {}, say("history")), this.history, this.stored, h("p", { class: "keys" }, this.button(this.building)), this.built)),
    );
    document.addEventListener("keydown", (event) => this.key(event));
    void this.doing(async () => this.show(await queue()));
  }

  private show(found: Queue): void {
    this.found = found;
    this.form = null;
    this.stored.hidden = !found.decided.length;
    this.left.textContent = say("left", found.left);
    fill(this.history, ...found.decided.map((each) => h("li", {}, h("b", {}, each.label), ` ${each.words}`)));
    if (!found.decided.length) append(this.history, [h("li", { class: "quiet" }, say("none"))]);
    const waiting = ordered(found);
    if (waiting.every((question) => this.later.has(question.id))) this.later.clear();
    const next = waiting.find((question) => !this.later.has(question.id));
    if (!next) this.nothing();
    else if ("item" in next) this.fact(next, next.item);
    else this.pair(next, next.pair);
    this.question.focus();
  }

  private nothing(): void {
    this.keys = [{ key: "u", word: "undo", act: () => this.send({ action: "undo" }) }];
    fill(this.question, h("h2", {}, say("nothing")), this.buttons());
  }

  private fact(question: Question, item: Item): void {
    const about = { document: item.document, id: item.id };
    this.keys = [
      { key: "a", word: "accept", act: () => this.send({ action: "accept", ...about }) },
      { key: "r", word: "reject", act: () => this.send({ action: "reject", ...about }) },
      { key: "e", word: "edit", act: () => this.edit(item) },
      { key: "n", word: "add", act: () => this.add(item) },
      { key: "s", word: "later", act: () => this.postpone(question) },
      { key: "u", word: "undo", act: () => this.send({ action: "undo" }) },
    ];
    const more = item.sentences > 1 ? ` · ${say("inSentences", { count: item.sentences })}` : "";
    fill(
      this.question,
      h("p", { class: "quiet" }, `${item.title} · ${item.document}`),
      h("h2", {}, h("span", { class: "tag" }, vocabulary.kinds[item.kind] ?? item.kind), ` ${say("question")}`),
      h("p", { class: "sentence", id: "sentence" }, ...marked(item.sentence, item.exact, item.spans.map((each) => each.span))),
      roles(item.roles),
      h("p", { class: "quiet" }, `${say("rule")} ${item.rule} (${item.producer}) · ${say("sure")} ${item.sure.toFixed(2)}${more}`),
      ...item.rivals.map((rival) => h("div", { class: "rival" }, h("b", {}, say("reads", { producer: rival.producer })), roles(rival.roles))),
      this.buttons(),
    );
  }

  private pair(question: Question, pair: Pair): void {
    const [left, right] = pair.units;
    this.keys = [
      { key: "a", word: "same", act: () => this.send({ action: "merge", units: [left.name, right.name] }) },
      { key: "k", word: "sameOther", act: () => this.send({ action: "merge", units: [right.name, left.name] }) },
      { key: "r", word: "apart", act: () => this.send({ action: "apart", units: [left.name, right.name] }) },
      { key: "s", word: "later", act: () => this.postpone(question) },
      { key: "u", word: "undo", act: () => this.send({ action: "undo" }) },
    ];
    fill(
      this.question,
      h("h2", {}, say("pairQuestion")),
      h("p", { class: "quiet" }, pair.reason),
      h("div", { class: "pair" }, side(left), side(right)),
      this.buttons(),
    );
  }

  private buttons(): HTMLElement {
    return h("p", { class: "keys" }, ...this.keys.map((key) => this.button(key)));
  }

  private button({ key, word, act }: Key): HTMLElement {
    const attributes = { type: "button", class: key === "a" ? "primary" : "", "data-key": key };
    return h("button", { ...attributes, click: () => void this.doing(act) }, say(word), h("kbd", {}, key.toUpperCase()));
  }

  private async build(): Promise<void> {
    fill(this.built, say("loading"));
    try {
      this.show(await build());
    } finally {
      fill(this.built, ...built(this.found.built));
    }
  }

  private edit(item: Item): void {
    const exact = item.exact ? item.sentence.slice(...item.exact) : "";
    const start = { kind: item.kind, sentence: item.sentence, roles: item.roles, exact };
    this.fill(new FactForm(start, (filled) => this.saved({ action: "edit", document: item.document, id: item.id }, filled), () => this.show(this.found)));
  }

  private async add(item: Item): Promise<void> {
    const start = { kind: item.kind, sentence: item.sentence, roles: {}, exact: "" };
    const save = (filled: Filled): void => this.saved({ action: "add", document: item.document }, filled);
    this.fill(new FactForm(start, save, () => this.show(this.found), await sentences(item.document)));
  }

  private fill(form: FactForm): void {
    this.form = form;
    this.keys = [];
    fill(this.question, form.element);
    form.focus();
  }

  private saved(about: Readonly<Record<string, unknown>>, filled: Filled): void {
    void this.doing(() => this.send({ ...about, ...filled }));
  }

  private postpone(question: Question): void {
    this.later.add(question.id);
    this.show(this.found);
  }

  private async send(decision: Readonly<Record<string, unknown>>): Promise<void> {
    this.show(await decide(decision));
  }

  /** One thing after another; what is refused is told, and a form keeps what was typed. */
  private async doing(act: Action): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.told.hidden = true;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.queue && !this.form) this.show(error.queue);
      this.told.hidden = false;
      this.told.textContent = `${say("failed")}: ${error.message}`;
    } finally {
      this.busy = false;
    }
  }

  private key(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement;
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const found = [...this.keys, ...(this.form ? [] : [this.building])].find(({ key }) => key === event.key.toLowerCase());
    if (!found) return;
    event.preventDefault();
    void this.doing(found.act);
  }
}

/** Text with the decisive words marked, and the words that fill roles underlined. */
function marked(text: string, exact: Span | null, spans: readonly Span[]): Child[] {
  const cuts = [...new Set([0, text.length, ...(exact ?? []), ...spans.flat()])].sort((a, b) => a - b);
  const within = (span: Span, from: number, to: number): boolean => span[0] <= from && to <= span[1];
  return cuts.slice(1).map((to, number) => {
    const from = cuts[number] ?? 0;
    const words = text.slice(from, to);
    const inner = spans.some((span) => within(span, from, to)) ? h("u", {}, words) : words;
    return exact && within(exact, from, to) ? h("mark", {}, inner) : inner;
  });
}

function roles(filled: Roles): HTMLElement {
  const list = h("dl", { class: "roles" });
  for (const [role, words] of Object.entries(filled)) {
    if (words.length) append(list, [h("dt", {}, vocabulary.roles[role] ?? role), h("dd", {}, words.join("、"))]);
  }
  return list;
}

/** What a build did, and the decisions that found no place in it. */
function built(done: Built | undefined): Child[] {
  if (!done) return [];
  const orphans = done.orphans.map((each) =>
    h("li", {}, h("b", {}, each.label), ` ${each.words}: ${each.reason}`, each.nearest && h("span", { class: "quiet" }, ` ${say("nearest")}: ${each.nearest}`)),
  );
  return [h("p", {}, say("built", { documents: done.documents, seconds: done.seconds })), ...(orphans.length ? [h("h2", {}, say("orphans")), h("ol", { class: "history" }, ...orphans)] : [])];
}

function side(unit: Side): HTMLElement {
  const quotes = unit.proofs.map((proof) => h("blockquote", {}, ...marked(proof.text, proof.mark, [])));
  return h("div", {}, h("h3", {}, unit.name), ...quotes);
}

const place = document.querySelector<HTMLElement>("#review");
if (place) new Page(place);
