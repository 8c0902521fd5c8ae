"""Syllables of written Vietnamese: which words can be one."""

from __future__ import annotations

import unicodedata
from functools import cache

_ONSETS = (
    "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "qu", "r", "s", "t", "th",
    "tr", "v", "x", "",
)  # fmt: skip
_RIME_TEXT = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh
êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn
oăng oăt oe oen oeo oet oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uâc uân uâng uât uây uc uê uêch
uênh ui um un ung uô uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm
ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ym yt ynh uăn uăng uăt uao uau uai uan uang uanh uat uac uach uay uam ue uen uet
ueo uinh uit uich
"""
_RIMES = frozenset(_RIME_TEXT.split())
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


@cache
def is_syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable, by onset and rime; tone marks and case are looked past.

    Raises nothing; abbreviations and foreign words are simply no syllables.
    """
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return any(bare.startswith(onset) and bare[len(onset) :] in _RIMES for onset in _ONSETS)
