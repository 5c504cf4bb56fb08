// The editor: CodeMirror inside a shadow root, whose style sheets are objects, so the page's policy need not allow inline ones.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { tags } from "@lezer/highlight";
import type { Lang, Schema } from "../data";
import { h } from "../dom";
import { say } from "../i18n";
import { completions } from "./complete";

const FONT = '"JetBrains Mono", "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", "Noto Sans CJK SC", monospace';
const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "#8a1c5b" },
  { tag: [tags.string, tags.special(tags.string)], color: "#0a5a3e" },
  { tag: tags.comment, color: "#5f6a7a" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "#0b4f8a" },
  { tag: [tags.number, tags.bool], color: "#7a3b00" },
]);
const LOOK = EditorView.theme({
  "&": { fontSize: "13px", backgroundColor: "#fff", height: "100%" },
  "&.cm-focused": { outline: "2px solid #0b5c96" },
  ".cm-scroller": { fontFamily: FONT, lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "#f6f7f9", color: "#5f6a7a", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "#f1f6fa" },
  ".cm-placeholder": { color: "#5f6a7a" },
  ".cm-tooltip": { border: "1px solid #c9d2de", borderRadius: "7px", overflow: "hidden" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: FONT, fontSize: "13px" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 9px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "#e1ecf6", color: "#0b1220" },
  ".cm-completionDetail": { color: "#566173", fontStyle: "normal", marginLeft: "1em" },
});

/**
 * Chromium keeps the style of what is typed over as an inline style, which the page's policy forbids and reports: what replaces
 * a selection is put in by the editor itself.
 */
const TYPED_OVER = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data, inputType } = event;
    if (inputType !== "insertText" || !data || view.state.selection.main.empty) return false;
    view.dispatch({ ...view.state.replaceSelection(data), userEvent: "input.type", scrollIntoView: true });
    event.preventDefault();
    return true;
  },
});

export class Editor {
  readonly element = h("div", { class: "editor" });
  private readonly view: EditorView;
  private readonly words = new Compartment();
  private lang: Lang = "zh";

  constructor(schema: Schema, run: () => void) {
    const root = this.element.attachShadow({ mode: "open", delegatesFocus: true });
    const keys = keymap.of([
      { key: "Mod-Enter", run: () => (run(), true) },
      { key: "Shift-Enter", run: () => (run(), true) },
      ...completionKeymap,
      ...closeBracketsKeymap,
      ...defaultKeymap, // the Tab key goes on to the next control
      ...historyKeymap,
    ]);
    const extensions = [
      keys, history(), lineNumbers(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(),
      sparql(), syntaxHighlighting(COLOURS), LOOK, EditorView.lineWrapping, TYPED_OVER, this.words.of([]),
      autocompletion({ override: [completions(schema, () => this.lang)], icons: false, activateOnTypingDelay: 60 }),
    ];
    this.view = new EditorView({ root, parent: root, state: EditorState.create({ extensions }) });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  update(lang: Lang): void {
    this.lang = lang;
    const label = EditorView.contentAttributes.of({ "aria-label": say("query", lang), lang: "en", spellcheck: "false" });
    this.view.dispatch({ effects: this.words.reconfigure([label, placeholder(say("queryHint", lang))]) });
  }

  /** Marks the place of an error; line 0 takes marks away. */
  mark(line: number, column: number, message: string): void {
    const { doc } = this.view.state;
    const marks = line ? [line] : [];
    const places = marks.filter((number) => number <= doc.lines).map((number) => Math.min(doc.line(number).from + column - 1, doc.length));
    const found = places.map((at) => ({ from: Math.max(0, Math.min(at, doc.length - 1)), to: Math.min(at + 1, doc.length), severity: "error" as const, message }));
    this.view.dispatch(setDiagnostics(this.view.state, found));
  }

  focus(): void {
    this.view.focus();
  }
}
