"""Numbers with a measure word, as Chinese reports write them: 1,286户, 2.3万株, 两百余件, 近百名, 百分之六十, 60%以上, 3至5天."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kg.vocab.outcome_lexicon import OutcomeLexicon, WordList

_ARABIC = r"\d{1,3}(?:[,，]\d{3}){1,6}(?!\d)(?:[.．]\d{1,9})?|\d{1,18}(?:[.．]\d{1,9})?"
_RANGE = frozenset("-–—~～至到")
_JOINED = frozenset("+＋./．×·_#*=<>＜＞")  # beside a number: a formula, a version, a date, a name
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its measure word.

    Attributes:
        start, end: from a bound word before it (近) to one after the measure word (以上).
        core: where its digits begin.
        after: where its measure word ends.
        value: multiplied out (2.3万 → 23000, 百分之六十 → 60).
        bound: exactly, at least, more than, nearly, about.
        measure: the measure word (名, 个, %, 元); "%" for any way to write per cent, "" for a fraction.
        of: class of the measure word (thing, person, occasion, place, money, duration, percent, times, size).
        weak: a single Chinese digit, which is often part of a set phrase.
        rule: id of the measure word's entry.
    """

    start: int
    end: int
    core: int
    after: int
    value: Decimal
    bound: str
    measure: str
    of: str
    weak: bool
    rule: str

    @property
    def plain(self) -> str:
        """The value as a plain decimal string."""
        return plain(self.value)


def plain(value: Decimal) -> str:
    """A decimal without exponent and trailing zeros.

    >>> plain(Decimal("2.30") * 10000)
    '23000'
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def core_pattern(lexicon: OutcomeLexicon) -> re.Pattern[str]:
    """What a number without its measure word looks like; starts with a digit, a numeral or a fraction word."""
    numerals = "".join([*lexicon.digits, *lexicon.magnitudes])
    big = "".join(lexicon.magnitudes)
    vague = lexicon["vague-one"].source
    return lexicon.compile(
        rf"(?P<fraction><fraction>)?(?P<digits>{_ARABIC}|{vague}[{big}]{{1,3}}|[{numerals}]{{1,16}})"
        rf"(?P<inside><about-inside>)?(?P<big>[{big}]{{0,2}})(?P<tail><about-inside>)?"
    )


def find_numbers(text: str, lexicon: OutcomeLexicon) -> list[Number]:
    """All numbers with a measure word in `text`, in order; names and dates that hold digits are not among them."""
    found: list[Number] = []
    core, position = core_pattern(lexicon), 0
    while match := core.search(text, position):
        number = _number(text, match, lexicon, position)
        if number is not None:
            found.append(number)
        position = match.end() if number is None else max(number.after, match.end())
    return found


def _number(text: str, match: re.Match[str], lexicon: OutcomeLexicon, floor: int) -> Number | None:
    if match.start() and _is_name(text, match, lexicon, floor):
        return None
    value = _value(match, lexicon)
    if value is None:
        return None
    measure_at = match.end()
    big = match["big"]
    if measure_at < len(text) and text[measure_at] in _RANGE and (high := core_pattern(lexicon).match(text, measure_at + 1)):
        measure_at = high.end()
        if not big and high["big"] and not match["fraction"]:
            value *= _power(high["big"], lexicon)
    measure = lexicon["measure"].pattern.match(text, measure_at)
    if measure is None:
        return _fraction(text, match, value, lexicon, floor)
    if lexicon["name-after"].pattern.match(text, measure.end()):
        return None
    entry = lexicon["measure"].entry(measure[0])
    assert entry is not None
    if entry.means.isdecimal():
        value *= int(entry.means)
    sign = "%" if entry.of == "percent" else measure[0]
    return _bounded(text, match, measure.end(), value, (sign, entry.of, entry.id), lexicon, floor)


def _fraction(text: str, match: re.Match[str], value: Decimal, lexicon: OutcomeLexicon, floor: int) -> Number | None:
    """百分之六十, 四分之三 need no measure word."""
    if not match["fraction"]:
        return None
    rule = lexicon["fraction"].rule(match["fraction"])
    parts = lexicon["fraction"].means(match["fraction"])
    if parts == "100":
        return _bounded(text, match, match.end(), value, ("%", "percent", rule), lexicon, floor)
    whole = Decimal(parts) if parts.isdecimal() else _han(match["fraction"][:-2], lexicon)
    if not whole:
        return None
    share = (value / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return _bounded(text, match, match.end(), share, ("", "percent", rule), lexicon, floor)


def _is_name(text: str, match: re.Match[str], lexicon: OutcomeLexicon, floor: int) -> bool:
    before = text[match.start() - 1]
    if before in _JOINED or (before.isascii() and before.isalnum()):
        return True
    if before == "-" and match.start() > 1 and text[match.start() - 2].isdigit():
        return True
    return bool(lexicon["name-before"].at_end.search(text, max(floor, match.start() - 4), match.start()))


def _bounded(
    text: str,
    match: re.Match[str],
    after: int,
    value: Decimal,
    measure: tuple[str, str, str],
    lexicon: OutcomeLexicon,
    floor: int,
) -> Number | None:
    """The number with the bound words around it; None where 百 or 千 stand alone (千家, 万户) without one."""
    before = _ending(lexicon["bound-before"], text, max(floor, match.start() - 4), match.start())
    behind = lexicon["bound-after"].pattern.match(text, after)
    vague = lexicon["vague-one"].means(match["digits"][0])
    about = match["inside"] or match["tail"]
    bound = vague or ("more than" if about else "")
    if before and not bound:
        bound = lexicon["bound-before"].means(before[0])
    if behind and not bound:
        bound = lexicon["bound-after"].means(behind[0])
    if match["digits"][0] in lexicon.magnitudes and lexicon.magnitudes[match["digits"][0]] > 10 and not bound:
        return None
    weak = len(match["digits"]) == 1 and match["digits"] in {*lexicon.digits, *lexicon.magnitudes} and not (about or match["big"])
    return Number(
        before.start() if before else match.start(),
        behind.end() if behind else after,
        match.start(),
        after,
        value,
        bound or "exactly",
        measure[0],
        measure[1],
        weak,
        measure[2],
    )


def _ending(words: WordList, text: str, start: int, end: int) -> re.Match[str] | None:
    """The words of a list that end exactly at `end`."""
    return words.at_end.search(text, start, end)


def _value(match: re.Match[str], lexicon: OutcomeLexicon) -> Decimal | None:
    digits = match["digits"].translate(_FULL_WIDTH)
    if digits[0].isdecimal() and digits[0] not in lexicon.digits:
        value: Decimal | None = Decimal(digits.replace(",", ""))
    else:
        value = _han(digits, lexicon)
    return None if value is None else value * _power(match["big"], lexicon)


def _power(big: str, lexicon: OutcomeLexicon) -> int:
    power = 1
    for sign in big:
        power *= lexicon.magnitudes[sign]
    return power


def _han(numeral: str, lexicon: OutcomeLexicon) -> Decimal | None:
    """三百五十六 → 356, 两万三 is left alone (None); 数百 → 100; 二〇二四 → 2024."""
    if numeral[0] in lexicon["vague-one"].by_word:
        return Decimal(_power(numeral[1:], lexicon))
    if all(sign in lexicon.digits for sign in numeral):
        positional = len(numeral) == 1 or len(numeral) == 4
        return Decimal("".join(str(lexicon.digits[sign]) for sign in numeral)) if positional else None
    total = section = 0
    digit: int | None = None
    for sign in numeral:
        power = lexicon.magnitudes.get(sign)
        if power is None:
            if digit:
                return None
            digit = lexicon.digits[sign]
        elif power < 10_000:
            section += (1 if digit is None or digit == 0 else digit) * power
            digit = None
        else:
            section += digit or 0
            total = (total + section or 1) * power if power > 10_000 else total + (section or 1) * power
            section, digit = 0, None
    return Decimal(total + section + (digit or 0))
