"""The promise of a sure field, checked by the office itself: fields drawn by lot, read blind by a person, and how many were wrong."""
