"""Strings of digits by hand: what a stretch of a line says, with the chance that all of it is right (weights/digits.md)."""

from __future__ import annotations

from pipeline.recognize.digits.read import DateReading, DigitReading, SerialReading, date_at, serial_at

__all__ = ["DateReading", "DigitReading", "SerialReading", "date_at", "serial_at"]
