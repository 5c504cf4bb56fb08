"""The review session in the terminal: one question at a time, one key an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from kg.cli import output
from kg.cli.words import language, say
from kg.errors import Exit, KgError, Text, UnsupportedError
from kg.review.labels import ACTIONS, ASKED, ROLES

if TYPE_CHECKING:
    from kg.pipeline.desk import Desk
    from kg.pipeline.pairs import Pair
    from kg.review.queue import Item

    Question = Item | Pair

_FACT_KEYS = Text(
    "[a] accept  [r] reject  [e] edit  [n] add a fact of this sentence  [s] later  [u] undo  [q] quit",
    "[a] 确认  [r] 否决  [e] 修改  [n] 补充本句的另一事实  [s] 以后再说  [u] 撤销  [q] 退出",
)
_PAIR_KEYS = Text(
    "[a] one unit  [k] one unit, keep the other name  [r] two units  [s] later  [u] undo  [q] quit",
    "[a] 同一单位  [k] 同一单位，保留另一名称  [r] 不同单位  [s] 以后再说  [u] 撤销  [q] 退出",
)
_CLEAR = "-"


class Session:
    """Asks until nothing is open or the reviewer quits.

    Args:
        desk: takes the decisions.
        kinds: names of the kinds of facts.
    """

    def __init__(self, desk: Desk, kinds: Mapping[str, str]) -> None:
        self._desk = desk
        self._kinds = kinds
        self._later: set[str] = set()
        self._decided = 0

    def run(self) -> int:
        """Asks one question after another; the least sure first."""
        while (question := self._next()) is not None:
            self._show(question)
            if not self._answered(question):
                break
        left = len(self.questions())
        output.line()
        output.line(say(f"{self._decided} decided, {left} left.", f"已审核 {self._decided} 条，剩余 {left} 条。"), "bold")
        if self._decided:
            output.line(say("`kg build` puts it into the graph.", "用 `kg build` 写入图谱。"))
        return Exit.DONE

    def questions(self) -> list[Question]:
        """What is open: what producers disagree about first, then the least sure."""
        questions: list[Question] = [*self._desk.queue(), *self._desk.pairs()]
        return sorted(questions, key=_sure)

    def _next(self) -> Question | None:
        return next((question for question in self.questions() if question.id not in self._later), None)

    def _answered(self, question: Question) -> bool:
        """Takes keys until one answers; false when the reviewer quits."""
        answers = self._pair_answers(question) if _is_pair(question) else self._fact_answers(question)  # type: ignore[arg-type]
        while True:
            key = _key()
            if key in ("q", "", "\x04", "\x03"):
                return False
            if key not in answers:
                continue
            try:
                answers[key]()
            except KgError as error:
                output.line(f"✗ {error.message.say(language())}", "red")
                output.line(f"  → {error.hint.say(language())}")
                continue
            return True

    def _fact_answers(self, item: Item) -> dict[str, Callable[[], None]]:
        return {
            "a": lambda: self._count(ACTIONS["accept"], lambda: self._desk.accept(item)),
            "r": lambda: self._count(ACTIONS["reject"], lambda: self._desk.reject(item)),
            "e": lambda: self._edit(item),
            "n": lambda: self._add(item),
            "s": lambda: self._later.add(item.id),
            "u": self._undo,
        }

    def _pair_answers(self, pair: Pair) -> dict[str, Callable[[], None]]:
        keep, other = pair.proposal.keep.label, pair.proposal.other.label
        return {
            "a": lambda: self._count(ACTIONS["merge"], lambda: self._desk.merge(keep, other)),
            "k": lambda: self._count(ACTIONS["merge"], lambda: self._desk.merge(other, keep)),
            "r": lambda: self._count(ACTIONS["reject"], lambda: self._desk.apart(keep, other)),
            "s": lambda: self._later.add(pair.id),
            "u": self._undo,
        }

    def _count(self, action: Text, decide: Callable[[], object]) -> None:
        decide()
        self._decided += 1
        output.line(f"  ✓ {action.say(language())}", "green")

    def _undo(self) -> None:
        from kg.cli.review import in_words

        undone = self._desk.undo()
        self._decided -= 1
        output.line(say(f"  ↶ taken back: {in_words(undone)}", f"  ↶ 已撤销：{in_words(undone)}"), "yellow")

    def _edit(self, item: Item) -> None:
        from kg.pipeline.rounds import as_typed

        changed = self._asked(as_typed(item.candidate))
        if changed:
            self._count(ACTIONS["edit"], lambda: self._desk.edit(item, changed))

    def _add(self, item: Item) -> None:
        kinds = [kind for kind in self._kinds if kind != "case"]
        output.line("  " + "  ".join(f"[{number}] {self._kinds[kind]}" for number, kind in enumerate(kinds, 1)))
        key = _key()
        if key not in [str(number) for number in range(1, len(kinds) + 1)]:
            return
        kind = kinds[int(key) - 1]
        roles = self._asked({role: [] for role in ASKED[kind] if role not in ("owner", "by")})
        if roles:
            sentence = item.candidate.sentence.text
            self._count(ACTIONS["add"], lambda: self._desk.add(item.document, sentence, kind, roles))

    def _asked(self, roles: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """What the reviewer types for each role; only those that change."""
        from kg.pipeline.rounds import AND

        hint = f"Enter keeps, {_CLEAR} clears, {AND} parts several, words=full name"
        output.line("  " + say(hint, f"回车保留，{_CLEAR} 清空，{AND}分隔多个，原文=全称"), "dim")
        changed: dict[str, list[str]] = {}
        for role, filled in roles.items():
            now = AND.join(filled)
            shown = output.clean(f"  {ROLES[role].say(language())}" + (f" [{now}]" if now else ""))
            typed = click.prompt(shown, default=now, show_default=False).strip()
            if typed != now:
                parts = [] if typed == _CLEAR else typed.replace(";", AND).split(AND)
                changed[role] = [part.strip() for part in parts if part.strip()]
        return changed

    # -- what is shown

    def _show(self, question: Question) -> None:
        output.line()
        if _is_pair(question):
            self._show_pair(question)  # type: ignore[arg-type]
            output.line(_PAIR_KEYS.say(language()), "dim")
        else:
            self._show_fact(question)  # type: ignore[arg-type]
            output.line(_FACT_KEYS.say(language()), "dim")

    def _show_fact(self, item: Item) -> None:
        from kg.pipeline.rounds import as_typed

        candidate, start = item.candidate, item.candidate.sentence.start
        output.line(f"{self._kinds[candidate.kind]}  {item.document}  {item.title}", "bold")
        exact = candidate.sentence.text[candidate.start - start : candidate.end - start]
        output.quote(candidate.sentence.text, exact)
        for role, filled in as_typed(candidate).items():
            if filled:
                output.line(f"    {ROLES[role].say(language())}{say(': ', '：')}{'、'.join(filled)}")
        more = say(f", in {item.sentences} sentences", f"，见于 {item.sentences} 句") if item.sentences > 1 else ""
        output.line(f"    {candidate.producer} {candidate.rule}  {item.sure:.2f}{more}", "dim")
        for rival in item.rivals:
            words = "、".join(slot.name for slot in rival.slots)
            output.line(say(f"    {rival.producer} reads: {words}", f"    {rival.producer} 读作：{words}"), "yellow")

    def _show_pair(self, pair: Pair) -> None:
        output.line(say("One unit?", "是同一单位吗？") + f"  {pair.proposal.reason.say(language())}", "bold")
        for unit, proofs in ((pair.proposal.keep, pair.keep_proofs), (pair.proposal.other, pair.other_proofs)):
            output.line(f"  {unit.label}")
            for proof in proofs:
                output.quote(proof.quote, proof.exact)


def _key() -> str:
    try:
        return click.getchar().lower()
    except OSError:
        raise UnsupportedError(
            Text("a review needs a terminal for its keys", "逐条审核需要在终端中按键"),
            Text("use `kg review export`, or the page of `kg serve`", "可改用 `kg review export`，或 `kg serve` 的网页"),
        ) from None


def _is_pair(question: Question) -> bool:
    return hasattr(question, "proposal")


def _sure(question: Question) -> tuple[bool, float]:
    """Disagreements first, then the least sure."""
    if _is_pair(question):
        return True, question.proposal.sure  # type: ignore[union-attr]
    return not question.rivals, question.sure  # type: ignore[union-attr]
