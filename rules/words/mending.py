"""Words whose tone marks were misread: what stood there, by the words beside it and by what readers take for what.

Each word may be any syllable of its letters; how well each goes with those beside it (`usage`) and how likely it is read so (`marks`)
gives its chance. A word is changed only where tables or texts have seen the new pair; a name that none knows stays as it was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from typing import NamedTuple

from models.skeleton import nfc, skeleton
from rules.thresholds import threshold
from rules.words.marks import marks_fault, plain
from rules.words.syllables import is_syllable
from rules.words.usage import TextWord, pairs_of, usage, words_of

_MISREAD = 0.03  # the share of words that a scan's reader gives wrong marks
_BOTH = 0.01  # the share to which all looks at a line give the same wrong marks
_OTHER = 0.3  # how likely a word is as another look read it than the one that was believed
_SHARP = 6.0  # how much less likely a letter's misreading makes a word, in powers of e
_OWN = 3  # a pair that the letter has elsewhere counts as if it had been read so often
_DISCOUNT = 0.75
_NAMED = 0.05  # how likely at least the second word of a pair that a table names follows the first: letters name bodies, laws do not
_UNSEEN, _NO_WORD = 0.05, 0.001  # of a syllable seen once: one that was never seen, and one that Vietnamese cannot have
_BOUND, _LOOSE = 30.0, 3.0  # how much more often than by chance two words that belong together follow one another
_MOST = 12  # syllables of one skeleton that are tried

Pair = tuple[str, str]


class Mend(NamedTuple):
    """raw: the word as read; value: the word that it must have been; chance: that it is right, 0 to 1."""

    raw: str
    value: str
    chance: float


class Witness(NamedTuple):
    """What the looks at a text's lines read, in lower case, tone marks set the newer way. agreed: words that all of several looks have;
    other: words that one of them has."""

    agreed: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()


class Mended(NamedTuple):
    """text: with all that is likely put right; mends: what was changed, in order; open: what may be otherwise, changed or not."""

    text: str
    mends: tuple[Mend, ...]
    open: tuple[Mend, ...]


def own_pairs(texts: Iterable[str], beside: Iterable[str] = ()) -> Counter[Pair]:
    """The pairs of words of a letter's other lines, each with how often it stands there. beside: lines that bear no witness themselves.

    Of a pair that the letter writes with these marks and with those, the ways that texts have seen count alone.

    >>> own_pairs(["võ cô truyền", "nhạc cô truyền"], ["thuốc cổ truyền"])["cô", "truyền"]
    0
    """
    found = Counter(pair for text in texts for pair in pairs_of(text))
    seen = {_bare(pair) for pair in {*found, *(pair for text in beside for pair in pairs_of(text))} if usage().after.get(pair, 0) > 1}
    return Counter({pair: n for pair, n in found.items() if usage().after.get(pair, 0) > 1 or _bare(pair) not in seen})


def _bare(pair: Pair) -> Pair:
    return skeleton(pair[0]), skeleton(pair[1])


def witness(looks: Iterable[Sequence[str]]) -> Witness:
    """What the looks at each line read: a word is agreed on where several looks were made and all of them have it.

    >>> sorted(witness([("khủ đô thị", "khu đô thị"), ("tỉnh",)]).agreed)
    ['thị', 'đô']
    """
    agreed, other = set[str](), set[str]()
    for texts in looks:
        read = [{plain(word.text.lower()) for word in words_of(nfc(text))} for text in texts]
        other.update(*read)
        if len(read) > 1:
            agreed |= set.intersection(*read)
    return Witness(frozenset(agreed), frozenset(other - agreed))


def mended(text: str, own: Mapping[Pair, int] | None = None, seen: Witness | None = None) -> Mended:
    """Return a scan's text with its tone marks mended. own: of the letter's other lines (`own_pairs`); seen: what the looks at it read.

    >>> mended("Thuế tính Ninh Bình").text
    'Thuế tỉnh Ninh Bình'
    """
    text = nfc(text)
    words, chain = words_of(text), list[TextWord]()
    found: list[tuple[TextWord, Mend]] = []
    upper = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    for word in [*words, None]:
        if chain and (word is None or not word.follows):
            found += _Chain(chain, own or {}, seen or Witness(), upper, chain[0] is words[0]).mends()
            chain = []
        if word is not None:
            chain.append(word)
    likely = [(word, mend) for word, mend in found if mend.chance >= threshold("mark_likely")]
    out = text
    for word, mend in reversed(likely):
        out = f"{out[: word.start]}{mend.value}{out[word.end :]}"
    return Mended(out, tuple(mend for _, mend in likely), tuple(mend for _, mend in found if mend.chance < threshold("mark_sure")))


class _Chain:
    """Words that follow one another, and what each may have been."""

    def __init__(self, words: Sequence[TextWord], own: Mapping[Pair, int], seen: Witness, upper: bool, opens: bool) -> None:
        self.words, self.own, self.looks, self.upper, self.opens = words, own, seen, upper, opens
        self.read = [plain(word.text.lower()) for word in words]
        tried = [self._alike(at) for at in range(len(words))]
        self.tried = [[value for value in row if self._may(at, value, tried)] for at, row in enumerate(tried)]

    def _alike(self, at: int) -> list[str]:
        """What a word may be: as it was read, first, and the syllables of its letters."""
        word, read = self.words[at], self.read[at]
        short = word.text.isupper() and not self.upper  # an abbreviation
        if short or "/" in read or len(read) == 1 or self._settled(at):
            return [read]
        return [read, *(other for other in usage().alike.get(skeleton(read), ())[:_MOST] if other != read)]

    def _settled(self, at: int) -> bool:
        """Whether those beside it have been seen with it often enough."""
        beside = [(self.read[at - 1], self.read[at])] if at else []
        beside += [(self.read[at], self.read[at + 1])] if at + 1 < len(self.read) else []
        return bool(beside) and all(usage().after.get(pair, 0) >= threshold("mark_settled") for pair in beside)

    def _may(self, at: int, value: str, tried: Sequence[Sequence[str]]) -> bool:
        """Whether a pair with the one before or after has been seen; of a name's, by a table or the letter alone."""
        if value == self.read[at]:
            return True
        beside = [((other, value), at - 1) for other in (tried[at - 1] if at else ())]
        beside += [((value, other), at + 1) for other in (tried[at + 1] if at + 1 < len(tried) else ())]
        return any(self._seen(pair, at, other) for pair, other in beside)

    def _seen(self, pair: Pair, at: int, beside: int) -> bool:
        if pair in usage().named or self.own.get(pair, 0) > 1:
            return True
        named = not self.upper and self._capital(at) and self._capital(beside)
        return not named and usage().after.get(pair, 0) > (2 if self.upper else 1)

    def _capital(self, at: int) -> bool:
        opens = at == 0 and self.opens and not (len(self.words) > 1 and self.words[1].text[:1].isupper())
        return self.words[at].text[:1].isupper() and not opens

    def _after(self, before: str | None, word: str) -> float:
        """The chance of a word after another."""
        known = usage()
        times = known.times.get(word, 0)
        alone = (times if times else _UNSEEN if is_syllable(word) else _NO_WORD) / known.all
        if before is None:
            return alone
        all_after = known.times.get(before, 0) + _OWN
        seen = known.after.get((before, word), 0) + _OWN * min(3, self.own.get((before, word), 0))
        kinds = known.kinds.get(before, 0) + 1
        chance = (max(seen - _DISCOUNT, 0.0) + _DISCOUNT * kinds * alone) / all_after
        return max(chance, _NAMED) if (before, word) in known.named else chance

    def _reading(self, at: int, value: str) -> float:
        """The chance that a word is read as it was."""
        read = self.read[at]
        if value == read:
            return 1 - _MISREAD
        if self._looked(at, value):
            return _OTHER
        return (_BOTH if read in self.looks.agreed else _MISREAD) * exp(-_SHARP * marks_fault(read, value))

    def _looked(self, at: int, value: str) -> bool:
        """Whether another look at the line read this word there."""
        return value in self.looks.other and self.read[at] not in self.looks.agreed

    def mends(self) -> list[tuple[TextWord, Mend]]:
        """The words that more likely were others."""
        if all(len(row) == 1 for row in self.tried):
            return []
        ahead, behind = self._sums(range(len(self.words))), self._sums(range(len(self.words) - 1, -1, -1))
        found = []
        for at, row in enumerate(self.tried):
            if len(row) == 1:
                continue
            weights = {value: ahead[at][value] + behind[at][value] - self._own_part(at, value) for value in row}
            best = max(row, key=lambda value: weights[value])
            if best != self.read[at]:
                chance = 1 / sum(exp(weight - weights[best]) for weight in weights.values())
                if self._looked(at, best) and chance < threshold("mark_likely"):
                    continue  # the looks were weighed against each other before
                if not self._alone(at, best):
                    chance = min(chance, threshold("mark_loose"))
                found.append((self.words[at], Mend(self.words[at].text, _cased(best, self.words[at].text), chance)))
        return found

    def _bonds(self, at: int, value: str) -> int:
        """To how many of those beside it tables, the letter or the texts bind a word: more often than chance by far, or to both by some."""
        named, seen, known = 0, list[float](), usage()
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(self.words):
                pairs = [(other, value) if beside < at else (value, other) for other in self.tried[beside]]
                pair = max(pairs, key=lambda pair: known.after.get(pair, 0))
                named += pair in known.named or self.own.get(pair, 0) > 1
                seen.append(known.after.get(pair, 0) * known.all / (known.times.get(pair[0], 1) * known.times.get(pair[1], 1)))
        return max(named, sum(chance > _BOUND for chance in seen), int(len(seen) > 1 and min(seen) > _LOOSE))

    def _alone(self, at: int, value: str) -> bool:
        """Whether a word is bound to those beside it, the one that was read is not, and no other as well."""
        bonds = self._bonds(at, value)
        others = [self._bonds(at, other) for other in self.tried[at] if other != value]
        return bonds > max(others) and (self._looked(at, value) or not self._bonds(at, self.read[at]))

    def _own_part(self, at: int, value: str) -> float:
        """What both sums hold of a word itself."""
        return log(self._reading(at, value))

    def _sums(self, order: range) -> list[dict[str, float]]:
        """For each word's values the logarithm of the chance of all that stands on one side of it, itself read as it was included."""
        out: list[dict[str, float]] = [{} for _ in self.words]
        last: int | None = None
        for at in order:
            for value in self.tried[at]:
                own = log(self._reading(at, value))
                if last is None:
                    out[at][value] = own + (log(self._after(None, value)) if order.step > 0 else 0.0)
                else:
                    ways = [
                        weight + log(self._after(other, value) if order.step > 0 else self._after(value, other))
                        for other, weight in out[last].items()
                    ]
                    top = max(ways)
                    out[at][value] = own + top + log(sum(exp(way - top) for way in ways))
            last = at
        return out


def _cased(value: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return value.upper()
    return value[:1].upper() + value[1:] if like[:1].isupper() else value
