"""Words for what reviewers see: actions, roles, and which roles of a kind they are asked about."""

from __future__ import annotations

from kg.errors import Text

ACTIONS = {
    "accept": Text("accept", "确认"),
    "reject": Text("reject", "否决"),
    "edit": Text("edit", "修改"),
    "add": Text("add", "补充"),
    "merge": Text("merge", "合并"),
    "split": Text("split", "拆分"),
    "undo": Text("undo", "撤销"),
}
ROLES = {
    "subject": Text("about", "所述单位"),
    "title": Text("title", "标题"),
    "name": Text("name", "名称"),
    "alt": Text("also", "又称"),
    "initiator": Text("initiator", "发起方"),
    "participant": Text("partner", "合作方"),
    "through": Text("through", "依托"),
    "yields": Text("effect", "产生"),
    "what": Text("what", "内容"),
    "quantity": Text("number", "数字"),
    "bound": Text("bound", "范围"),
    "unit": Text("counted in", "计量单位"),
    "year": Text("year", "年份"),
    "period": Text("period", "期间"),
    "by": Text("given by", "授予方"),
    "owner": Text("of", "所属单位"),
}
ASKED = {
    "case": ("subject",),
    "mechanism": ("name", "owner"),
    "cooperation": ("initiator", "participant", "through", "year"),
    "outcome": ("what", "quantity", "year", "by", "owner"),
}
"""The roles of each kind that reviewers see and may fill; the others follow from them."""
