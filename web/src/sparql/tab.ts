// The tab SPARQL: editor, saved queries, what is wrong under the editor, the answer. A script of its own, so that only
// pages with an engine carry it; main.ts finds it where it puts itself.

import type { Lang } from "../data";
import { h } from "../dom";
import { counts, say } from "../i18n";
import type { State } from "../state";
import { Editor } from "./editor";
import { PortableEngine, QueryError, ServerEngine, type Engine } from "./engine";
import type { Host, SparqlTab } from "./host";
import { Results } from "./results";
import { Saved } from "./saved";

class Tab implements SparqlTab {
  readonly element = h("div", { class: "sparql page", role: "tabpanel" });
  private readonly engine: Engine;
  private readonly editor: Editor;
  private readonly saved: Saved;
  private readonly results: Results;
  private readonly run = h("button", { type: "button", class: "run", click: () => void this.ask() });
  private readonly stop = h("button", { type: "button", class: "action", hidden: true, click: () => this.end() });
  private readonly told = h("p", { class: "problem", role: "alert" });
  private readonly state = h("span", { class: "quiet", role: "status" });
  private asked = 0;
  private wrong: QueryError | undefined;
  private lang: Lang = "zh";

  constructor(host: Host) {
    const { schema, queries, address } = host.sparql;
    this.engine = address ? new ServerEngine(address) : new PortableEngine(schema.prefixes);
    this.editor = new Editor(schema, () => void this.ask());
    this.saved = new Saved(queries, () => this.editor.text, (text) => {
      this.editor.text = text;
      void this.ask();
    });
    this.results = new Results(host.graph, schema, host.select, host.draw);
    this.editor.text = START;
    this.element.append(h("div", { class: "query-bar" }, this.run, this.stop, this.saved.element, this.state), this.editor.element, this.told, this.results.element);
  }

  update({ lang, tab }: State): void {
    this.element.hidden = tab !== "sparql";
    if (this.element.hidden || (this.lang === lang && this.run.textContent)) return;
    this.lang = lang;
    this.element.setAttribute("aria-label", say("sparql", lang));
    this.run.textContent = say("run", lang);
    this.run.title = say("runKeys", lang);
    this.stop.textContent = say("stop", lang);
    this.editor.update(lang);
    this.saved.update(lang);
    this.results.render(lang);
    this.told.textContent = this.wrong?.words[lang] ?? "";
  }

  private async ask(): Promise<void> {
    if (!this.stop.hidden) this.end();
    const number = ++this.asked;
    const started = performance.now();
    this.running(true);
    this.fault(undefined);
    try {
      const answer = await this.engine.ask(this.editor.text);
      if (number !== this.asked) return;
      this.results.show(answer, this.lang);
      this.state.textContent = counts.took(answer.rows.length, performance.now() - started, this.lang);
    } catch (error) {
      if (number !== this.asked) return;
      const message = error instanceof Error ? error.message : String(error);
      this.fault(error instanceof QueryError ? error : new QueryError({ zh: message, en: message }));
    }
    this.running(false);
  }

  /** What a stopped query answers is not waited for. */
  private end(): void {
    this.asked++;
    this.engine.stop();
    this.running(false);
    this.state.textContent = say("stopped", this.lang);
  }

  private running(on: boolean): void {
    this.stop.hidden = !on;
    this.state.textContent = on ? say("running", this.lang) : this.state.textContent;
  }

  private fault(error: QueryError | undefined): void {
    this.wrong = error;
    this.told.textContent = error?.words[this.lang] ?? "";
    this.editor.mark(error?.line ?? 0, error?.column ?? 0, error?.words[this.lang] ?? "");
    if (!error) return;
    this.state.textContent = "";
    this.results.show(undefined, this.lang);
  }
}

const START = `SELECT ?unit ?unitLabel ?partner ?partnerLabel WHERE {
  ?cooperation coop:initiator ?unit ; coop:participant ?partner .
  ?unit skos:prefLabel ?unitLabel .
  ?partner skos:prefLabel ?partnerLabel .
}
LIMIT 100
`;

Object.assign(globalThis, { kgSparql: (host: Host): SparqlTab => new Tab(host) });
