"""Names of bodies that the tables know, as they are printed, cut short too ("Sở Nông nghiệp và PTNT"), and abbreviations written out."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.references.find.bodies.issuer_places import spelled_province
from pipeline.extract.references.text.folding import fold
from rules.tables import rows

_TAIL = re.compile(r"(?<=[a-z]) va (?P<tail>[a-z]+(?: [a-z]+)+)$")


@cache
def known_names() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the bodies of the tables, the longest first, and their canonical names by folded name."""
    names = {
        fold(r["name"]): r["name"]
        for table in ("bodies", "agencies")
        for r in rows(table)
        if "/" not in r["name"] and "(" not in r["name"] and (len(r["name"].split()) > 2 or r["name"] in ("Quốc hội", "Chính phủ"))
    }
    names |= {fold(r["name"]): r["name"] for r in rows("departments") if r["name"].startswith("Sở")}
    names |= {fold(r["short"]): r["name"] for r in rows("short_issuers")}
    for row in rows("agencies"):
        if row["kind"] == "ministry" and row["abbr"].startswith("B"):
            for short in [row["abbr"], *row["abbr_variants"].split(";")]:
                short = fold(short.split("(")[0]).strip()
                if len(short) > 2 and short.startswith("b"):
                    names.setdefault(f"bo {short[1:]}", row["name"])
                    names.setdefault(short, row["name"])
    for row in rows("departments"):
        if row["name"].startswith("Sở"):
            for short in [row["abbr"][1:], *row["abbr_variants"].split(";")]:
                short = fold(short.split("(")[0]).strip()
                if len(short) > 2:
                    names.setdefault(f"so {short.removeprefix('s') if '&' in short and short.startswith('sk') else short}", row["name"])
    names = {**_shortened(names), **names}
    order = sorted(names, key=len, reverse=True)
    loose = [re.escape(n).replace(r"\ \-\ ", r"\s?-?\s?").replace(r"\ ", r"\s*").replace(",", r"\s?,") for n in order]
    return re.compile(rf"(?:{'|'.join(loose)})(?!\w)"), names


@cache
def closed_up() -> dict[str, str]:
    """The canonical names by their letters alone: "Sở Ytế"."""
    return {name.replace(" ", "").replace("-", ""): whole for name, whole in reversed(known_names()[1].items())}


def flat(folded: str) -> str:
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s*-\s*", " - ", re.sub(r"\s+", " ", folded))) if " " in folded else folded


@cache
def everywhere() -> frozenset[str]:
    """Bodies of the tables that every place has its own of."""
    return frozenset(row["name"] for row in rows("bodies") if row["note"].startswith("every place"))


def _shortened(names: dict[str, str]) -> dict[str, str]:
    """The names of ministries and departments with what stands behind "và" by its initials: "Sở Giáo dục và ĐT", "Sở Y tế & PTNT"."""
    out: dict[str, str] = {}
    for name, whole in names.items():
        tail = _TAIL.search(name) if name.startswith(("so ", "bo ")) else None
        if tail:
            initials = "".join(word[0] for word in tail["tail"].split())
            for joint in (" va ", " & ", "&"):
                out.setdefault(f"{name[: tail.start()]}{joint}{initials}", whole)
    return out


def spelled(name: str) -> str:
    """A body's name with its abbreviations written out ("BHXH tỉnh", "BQL các KCN tỉnh") and its province as it is spelled."""
    words = name.split(" ")
    for at, word in enumerate(words):
        if long := _written_out().get(word):
            # behind a word in small letters the name goes on in them: "các khu công nghiệp"
            words[at] = long[:1].lower() + long[1:] if at and words[at - 1].islower() and word not in ("UBND", "HĐND") else long
    return spelled_province(" ".join(words))


@cache
def _written_out() -> dict[str, str]:
    """What an abbreviation at the head of a body's name stands for, with a capital."""
    return {row["short"]: row["long"][:1].upper() + row["long"][1:] for row in reversed(rows("issuer_abbreviations"))}
