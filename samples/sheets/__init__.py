"""How the sample sheets are typeset and scanned. Needs chromium and the fonts Tinos and FreeSerif; run-time code never comes here."""
