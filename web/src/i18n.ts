// Every word the viewer itself says, Chinese first.

import type { Lang, Words } from "./data";

const WORDS = {
  search: { zh: "搜索名称、别名或拼音首字母", en: "Search names, aliases, pinyin initials" },
  searchHint: { zh: "按 / 键搜索", en: "Press / to search" },
  results: { zh: "搜索结果", en: "Search results" },
  noResults: { zh: "没有匹配的名称", en: "No name matches" },
  network: { zh: "网络", en: "Network" },
  matrix: { zh: "矩阵", en: "Matrix" },
  timeline: { zh: "时间线", en: "Timeline" },
  table: { zh: "表格", en: "Table" },
  sparql: { zh: "SPARQL", en: "SPARQL" },
  query: { zh: "SPARQL 查询", en: "SPARQL query" },
  queryHint: { zh: "在此输入查询；已知前缀可省略，输入中文或英文名称可补全", en: "Type a query; known prefixes may be left out, Chinese and English names complete" },
  run: { zh: "运行", en: "Run" },
  runKeys: { zh: "Ctrl+回车", en: "Ctrl+Enter" },
  stop: { zh: "停止", en: "Stop" },
  stopped: { zh: "已停止", en: "Stopped" },
  running: { zh: "正在查询…", en: "Running…" },
  savedQueries: { zh: "常用查询", en: "Saved queries" },
  shipped: { zh: "随附的查询", en: "Shipped" },
  own: { zh: "我保存的查询", en: "Mine" },
  saveQuery: { zh: "保存查询", en: "Save" },
  queryName: { zh: "查询名称", en: "Name of the query" },
  forget: { zh: "删除所选查询", en: "Forget the chosen one" },
  answer: { zh: "查询结果", en: "Answer" },
  asTable: { zh: "表格", en: "Table" },
  asNetwork: { zh: "网络图", en: "Network" },
  noRows: { zh: "没有符合条件的结果", en: "Nothing matches" },
  yes: { zh: "是", en: "Yes" },
  no: { zh: "否", en: "No" },
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
    zh: "网络图。方向键在单位之间移动，回车查看依据，E 展开，加减号缩放，F 看所选，0 看全图，Esc 取消选择。",
    en: "Network drawing. Arrow keys move between units, Enter shows the evidence, E expands, plus and minus zoom, F zooms to the selection, 0 fits all, Esc clears.",
  },
  start: { zh: "点击图中的单位或连线，查看每条联系出自哪句话。", en: "Click a unit or a line to see the sentences that prove each link." },
  connected: { zh: "联系最多的单位", en: "Most connected units" },
  mechanisms: { zh: "机制", en: "Mechanisms" },
  partners: { zh: "合作对象", en: "Partners" },
  outcomes: { zh: "成效", en: "Outcomes" },
  links: { zh: "联系", en: "Links" },
  aliases: { zh: "又称", en: "Also" },
  communities: { zh: "社群", en: "Communities" },
  groupIs: { zh: "彼此联系较密的一组单位", en: "A group of units with more links inside than out" },
  hulls: { zh: "在图中标出范围", en: "Show their areas" },
  fold: { zh: "折叠成一个图形", en: "Fold into one sign" },
  unfold: { zh: "展开", en: "Unfold" },
  foldAll: { zh: "全部折叠", en: "Fold all" },
  unfoldAll: { zh: "全部展开", en: "Unfold all" },
  whole: { zh: "画出全部单位", en: "Draw every unit" },
  path: { zh: "路径", en: "Path" },
  pathFrom: { zh: "从哪个单位", en: "From which unit" },
  pathTo: { zh: "到哪个单位", en: "To which unit" },
  pathHere: { zh: "从这里找路径", en: "Path from here" },
  pathSame: { zh: "请选两个不同的单位", en: "Choose two different units" },
  inText: { zh: "在正文中查看", en: "In the text" },
  page: { zh: "文字页面", en: "In words" },
  wholePath: { zh: "在全部单位中查找", en: "Look among all units" },
  noPath: { zh: "按当前筛选，两者之间没有路径", en: "With these filters nothing joins them" },
  swap: { zh: "对调起点和终点", en: "Swap both ends" },
  endPath: { zh: "结束路径查找", en: "Leave the path" },
  matrixCaption: {
    zh: "单位与单位的联系矩阵，按社群排列；格内数字是依据条数。方向键在有数字的格间移动，回车查看原句。",
    en: "Matrix of links between units, ordered by community; a cell holds the number of proofs. Arrow keys move between filled cells, Enter shows the sentences.",
  },
  noYear: { zh: "无年份", en: "undated" },
  cooperation: { zh: "合作", en: "Cooperation" },
  mechanism: { zh: "机制", en: "Mechanism" },
  outcome: { zh: "成效", en: "Outcome" },
  nothingLeft: { zh: "按当前筛选没有内容", en: "The filters leave nothing" },
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
  around: (degree: number, lang: Lang): string => fit(lang === "zh" ? `画出其全部联系（${degree} 个单位）` : `Draw all its links (${degree} units)`),
  part: (total: number, lang: Lang): string => fit(lang === "zh" ? `本页取自共 ${total} 个单位的网络` : `from a network of ${total} units`),
  drawn: (units: number, lang: Lang): string => fit(lang === "zh" ? `${units} 个单位` : `${units} units`),
  foot: (links: number, proofs: number, quotes: number, lang: Lang): string =>
    lang === "zh"
      ? `${links} 对联系 · ${proofs} 条依据 · ${quotes} 个原句`
      : `${links} linked pairs · ${proofs} proofs · ${quotes} sentences`,
  groups: (groups: number, units: number, lang: Lang): string =>
    fit(lang === "zh" ? `${groups} 个社群（折叠 ${units} 个单位）` : `${groups} communities (${units} units folded)`),
  group: (name: string, units: number, lang: Lang): string =>
    fit(lang === "zh" ? `${name}等 ${units} 个单位` : `${name} and its community: ${units} units`),
  home: (units: number, lang: Lang): string => fit(lang === "zh" ? `所在社群（${units} 个单位）` : `Its community (${units} units)`),
  further: (units: number, lang: Lang): string => (lang === "zh" ? `（还有 ${units} 个）` : `(${units} more)`),
  route: (length: number, ways: number, lang: Lang): string =>
    lang === "zh"
      ? `最短路径 ${length} 步，共 ${ways} 条；下面是依据最多的一条`
      : `Shortest path: ${length} step${length === 1 ? "" : "s"}, ${ways} way${ways === 1 ? "" : "s"}; below, the one with most proofs`,
  cut: (units: number, lang: Lang): string =>
    fit(lang === "zh" ? `路径上另有 ${units} 个单位未画出` : `${units} more units on such paths are not drawn`),
  matrix: (drawn: number, all: number, lang: Lang): string =>
    fit(lang === "zh"
      ? `${all} 个有联系的单位${drawn < all ? `中联系最多的 ${drawn} 个` : ""}，按社群排列`
      : `${drawn < all ? `The ${drawn} most connected of ` : ""}${all} linked units, by community`),
  facts: (count: number, lang: Lang): string => (lang === "zh" ? `${count} 项` : count === 1 ? "1 fact" : `${count} facts`),
  folded: (units: number, lang: Lang): string =>
    fit(lang === "zh" ? `另有 ${units} 个联系较少的单位未画出，可搜索` : `${units} less connected units not drawn; search finds them`),
  filtered: (units: number, lang: Lang): string => fit(lang === "zh" ? `筛选隐藏 ${units} 个单位` : `${units} units filtered out`),
  proofs: (count: number, lang: Lang): string => (lang === "zh" ? `${count} 条依据` : count === 1 ? "1 proof" : `${count} proofs`),
  units: (count: number, lang: Lang): string => fit(lang === "zh" ? `联系 ${count} 个单位` : count === 1 ? "linked to 1 unit" : `linked to ${count} units`),
  more: (count: number, lang: Lang): string => (lang === "zh" ? `还有 ${count} 个` : `${count} more`),
  rows: (drawn: number, all: number, lang: Lang): string =>
    lang === "zh" ? `显示 ${drawn} / ${all} 条` : `${drawn} of ${all} rows`,
  took: (rows: number, milliseconds: number, lang: Lang): string => {
    const seconds = (milliseconds / 1000).toFixed(2);
    return lang === "zh" ? `${rows} 行，${seconds} 秒` : `${rows} rows, ${seconds} s`;
  },
  means: (first: string, count: number, lang: Lang): string =>
    count < 2 ? first : lang === "zh" ? `${first}等 ${count} 项` : `${first} and ${count - 1} more`,
  found: (count: number, lang: Lang): string => (lang === "zh" ? `${count} 个结果` : `${count} results`),
};
