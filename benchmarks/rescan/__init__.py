"""Real letters as other offices' scanners, copiers, faxes and telephones would give them: the same truth, pages that nobody tuned on."""
