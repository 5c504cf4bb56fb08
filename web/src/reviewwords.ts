// Every word the review page says, and the keys that answer.

export type Lang = "zh" | "en";

const WORDS = {
  loading: { zh: "正在读取文档……", en: "Reading the documents …" },
  nothing: { zh: "没有待审核的内容。", en: "Nothing is left to decide." },
  left: { zh: "待审核：{facts} 条事实、{pairs} 对单位", en: "To decide: {facts} facts, {pairs} pairs of units" },
  accept: { zh: "确认", en: "Accept" },
  reject: { zh: "否决", en: "Reject" },
  edit: { zh: "修改", en: "Edit" },
  add: { zh: "补充事实", en: "Add a fact" },
  later: { zh: "以后再说", en: "Later" },
  undo: { zh: "撤销", en: "Undo" },
  same: { zh: "同一单位，用左边的名称", en: "One unit, by the left name" },
  sameOther: { zh: "同一单位，用右边的名称", en: "One unit, by the right name" },
  apart: { zh: "不同单位", en: "Two units" },
  save: { zh: "保存", en: "Save" },
  cancel: { zh: "取消", en: "Cancel" },
  question: { zh: "这句话是否说明了这一事实？", en: "Does the sentence state this fact?" },
  pairQuestion: { zh: "是同一单位吗？", en: "Are these one unit?" },
  source: { zh: "句子（在此选中词句，按数字键填入）", en: "Sentence (select words here, then press a number)" },
  sentences: { zh: "文档中的句子", en: "Sentences of the document" },
  kind: { zh: "种类", en: "Kind" },
  several: { zh: "多个用；分隔；原文=全称", en: "several: ；between them; words=full name" },
  exact: { zh: "依据词句", en: "Decisive words" },
  history: { zh: "已有的决定", en: "Decisions" },
  none: { zh: "还没有决定。", en: "None yet." },
  stored: { zh: "决定已保存，构建后写入图谱。", en: "Decisions are stored; a build puts them into the graph." },
  build: { zh: "构建", en: "Build" },
  built: { zh: "已构建：{documents} 个文档，{seconds} 秒。", en: "Built: {documents} documents in {seconds} s." },
  orphans: { zh: "未能落实的决定", en: "Decisions that found no place" },
  nearest: { zh: "最接近的是", en: "most like it" },
  rule: { zh: "规则", en: "Rule" },
  sure: { zh: "把握", en: "Sure" },
  inSentences: { zh: "见于 {count} 句", en: "in {count} sentences" },
  reads: { zh: "{producer} 读作", en: "{producer} reads" },
  quality: { zh: "质量报告", en: "Quality report" },
  failed: { zh: "没有保存", en: "Not stored" },
  unreachable: { zh: "无法连接服务，请重新打开页面。", en: "The server cannot be reached; open the page again." },
} satisfies Record<string, Record<Lang, string>>;

export type Word = keyof typeof WORDS;

export const lang: Lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

/** A word of the page; `{name}` in it is replaced. */
export function say(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  return WORDS[word][lang].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
