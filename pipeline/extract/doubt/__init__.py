"""The chance that a field is right, fitted on letters whose truth is known (rules/doubt.tsv), and what goes to review.

examined.py    a header with what it was read from
legibility.py  how the field's zone was read
language.py    whether the value reads as the language does
agreement.py   whether it agrees with what else the letter and the tables say
chances.py     the features weighed
"""

from __future__ import annotations

from pipeline.extract.doubt.chances import features, weighed
from pipeline.extract.doubt.examined import FITTED, Examined

__all__ = ["FITTED", "Examined", "features", "weighed"]
