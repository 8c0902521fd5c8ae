"""Strings of digits by hand: what a stretch of a line says, with the chance that all of it is right (weights/digits.md)."""

from __future__ import annotations

from pipeline.recognize.digits.read import (
    DateReading,
    DigitReading,
    SerialReading,
    date_at,
    dates_at_a_glance,
    serial_at,
    serials_at_a_glance,
)

__all__ = ["DateReading", "DigitReading", "SerialReading", "date_at", "dates_at_a_glance", "serial_at", "serials_at_a_glance"]
