"""The features of a field weighed: the chance that it is right."""

from __future__ import annotations

from models.letter import Evidence
from pipeline.extract.doubt.agreement import agreement
from pipeline.extract.doubt.examined import FITTED, Examined
from pipeline.extract.doubt.language import language
from pipeline.extract.doubt.legibility import legibility
from pipeline.extract.doubt.second_opinion import second_opinion
from rules.doubt import chance


def features(field: str, seen: Examined) -> dict[str, float]:
    """Return what speaks for and against a field, by the names that rules/doubt.tsv has; a feature that is left out is 0."""
    return {**legibility(field, seen), **language(field, seen), **agreement(field, seen), **second_opinion(field, seen)}


_NONE = 0.95  # how sure a reader is of a field that the sheet does not carry
_GUESS = 0.5  # how sure a reader is of what it found elsewhere than where the field stands
_ASKED = {("number", "symbol_strange"), ("signer", "rare_surname")}  # what is most likely another's, or torn


def weighed(seen: Examined) -> dict[str, Evidence]:
    """Return the evidence, that of the fitted fields with the chance that they are right for confidence.

    What its own reader only guessed stays a guess, and so do what bears a place as no table spells it, a symbol that cannot be the
    issuer's and a surname that hardly anybody bears: too few such values were fitted on to tell when they are right.
    """
    found = dict(seen.evidence)
    for field in FITTED:
        if field == "subject" and not seen.said(field) and found[field].confidence >= _NONE:
            continue  # a title close over its salutation
        if field in found:
            told = features(field, seen)
            right = chance(field, told)
            odd = told.get("misspelt", 0.0) >= 1 or any(told.get(name, 0.0) >= 1 for of, name in _ASKED if of == field)
            least = min(right, _GUESS) if odd or found[field].confidence <= _GUESS else right
            found[field] = found[field].model_copy(update={"confidence": round(least, 3)})
    return found
