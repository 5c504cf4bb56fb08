// Every word the viewer itself says, Chinese first.

import type { Lang, Words } from "./data";

const WORDS = {
  search: { zh: "搜索名称、别名或拼音首字母", en: "Search names, aliases, pinyin initials" },
  searchHint: { zh: "按 / 键搜索", en: "Press / to search" },
  results: { zh: "搜索结果", en: "Search results" },
  noResults: { zh: "没有匹配的名称", en: "No name matches" },
  network: { zh: "网络", en: "Network" },
  table: { zh: "表格", en: "Table" },
  views: { zh: "视图", en: "Views" },
  legend: { zh: "图例与筛选", en: "Legend and filters" },
  evidence: { zh: "依据", en: "Evidence" },
  kinds: { zh: "类别", en: "Kinds" },
  relations: { zh: "联系方式", en: "Kinds of links" },
  plain: { zh: "未写明方式", en: "no means named" },
  unknown: { zh: "类别未知", en: "kind not known" },
  all: { zh: "全选", en: "All" },
  none: { zh: "全不选", en: "None" },
  years: { zh: "年份", en: "Years" },
  fromYear: { zh: "起始年份", en: "First year" },
  toYear: { zh: "结束年份", en: "Last year" },
  undated: { zh: "含未注明年份的", en: "Include undated" },
  reading: { zh: "读图", en: "Reading the picture" },
  size: { zh: "图形越大，联系的单位越多", en: "Larger: linked to more units" },
  width: { zh: "线越粗，依据越多", en: "Thicker: more proofs" },
  hollow: { zh: "空心：一类机构，并非某一个", en: "Hollow: a kind of body, not one body" },
  png: { zh: "存为图片", en: "Save picture" },
  fit: { zh: "看全图", en: "Fit" },
  focus: { zh: "看所选及其联系", en: "Zoom to the selection" },
  closer: { zh: "放大", en: "Zoom in" },
  further: { zh: "缩小", en: "Zoom out" },
  close: { zh: "关闭", en: "Close" },
  otherLang: { zh: "English", en: "中文" },
  drawing: {
    zh: "网络图。方向键在单位之间移动，回车查看依据，加减号缩放，F 看所选，0 看全图，Esc 取消选择。",
    en: "Network drawing. Arrow keys move between units, Enter shows the evidence, plus and minus zoom, F zooms to the selection, 0 fits all, Esc clears.",
  },
  start: { zh: "点击图中的单位或连线，查看每条联系出自哪句话。", en: "Click a unit or a line to see the sentences that prove each link." },
  connected: { zh: "联系最多的单位", en: "Most connected units" },
  mechanisms: { zh: "机制", en: "Mechanisms" },
  partners: { zh: "合作对象", en: "Partners" },
  outcomes: { zh: "成效", en: "Outcomes" },
  links: { zh: "联系", en: "Links" },
  aliases: { zh: "又称", en: "Also" },
  community: { zh: "群组", en: "Community" },
  genericUnit: { zh: "一类机构，并非某一个", en: "a kind of body, not one body" },
  noFacts: { zh: "没有记录的机制与成效。", en: "No mechanisms or outcomes recorded." },
  hidden: { zh: "被当前筛选隐藏", en: "Hidden by the filters" },
  noQuotes: { zh: "本页未附原句", en: "This page holds no sentences" },
  source: { zh: "出处", en: "Source" },
  rule: { zh: "规则", en: "Rule" },
  review: { zh: "审核", en: "Review" },
  confidence: { zh: "把握", en: "Confidence" },
  unreviewed: { zh: "未审核", en: "not reviewed" },
  accepted: { zh: "已确认", en: "accepted" },
  edited: { zh: "已修改", en: "edited" },
  initiator: { zh: "发起", en: "Initiator" },
  partner: { zh: "参与", en: "Partner" },
  lineFrom: { zh: "从", en: "From" },
  lineTo: { zh: "到", en: "To" },
  linked: { zh: "相连", en: "Linked with" },
  through: { zh: "通过", en: "Through" },
  year: { zh: "年份", en: "Year" },
  documents: { zh: "材料", en: "Documents" },
  show: { zh: "查看依据", en: "Show evidence" },
  tableCaption: { zh: "联系列表，点击一行查看依据", en: "Links; choose a row to see its evidence" },
} satisfies Record<string, Words>;

export type Key = keyof typeof WORDS;

let mixed = false;

/** Where not only units are drawn, the viewer speaks of nodes. */
export function speakOfNodes(): void {
  mixed = true;
}

function fit(text: string): string {
  return mixed ? text.replaceAll("单位", "节点").replaceAll("unit", "node").replaceAll("Unit", "Node") : text;
}

export function say(key: Key, lang: Lang): string {
  return fit(WORDS[key][lang]);
}

/** A name and its value. */
export function labelled(name: string, value: string, lang: Lang): string {
  return lang === "zh" ? `${name}：${value}` : `${name}: ${value}`;
}

export function known(key: string, lang: Lang): string {
  return key in WORDS ? say(key as Key, lang) : key;
}

export const counts = {
  foot: (units: number, links: number, proofs: number, quotes: number, lang: Lang): string =>
    fit(lang === "zh"
      ? `${units} 个单位 · ${links} 对联系 · ${proofs} 条依据 · ${quotes} 个原句`
      : `${units} units · ${links} linked pairs · ${proofs} proofs · ${quotes} sentences`),
  folded: (units: number, lang: Lang): string =>
    fit(lang === "zh" ? `另有 ${units} 个联系较少的单位未画出，可搜索` : `${units} less connected units not drawn; search finds them`),
  filtered: (units: number, lang: Lang): string => fit(lang === "zh" ? `筛选隐藏 ${units} 个单位` : `${units} units filtered out`),
  proofs: (count: number, lang: Lang): string => (lang === "zh" ? `${count} 条依据` : count === 1 ? "1 proof" : `${count} proofs`),
  units: (count: number, lang: Lang): string => fit(lang === "zh" ? `联系 ${count} 个单位` : count === 1 ? "linked to 1 unit" : `linked to ${count} units`),
  more: (count: number, lang: Lang): string => (lang === "zh" ? `还有 ${count} 个` : `${count} more`),
  rows: (drawn: number, all: number, lang: Lang): string =>
    lang === "zh" ? `显示 ${drawn} / ${all} 条` : `${drawn} of ${all} rows`,
  means: (first: string, count: number, lang: Lang): string =>
    count < 2 ? first : lang === "zh" ? `${first}等 ${count} 项` : `${first} and ${count - 1} more`,
  found: (count: number, lang: Lang): string => (lang === "zh" ? `${count} 个结果` : `${count} results`),
};
