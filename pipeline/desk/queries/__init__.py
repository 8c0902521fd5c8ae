"""What the pages and the API both ask, written once: of an office, for a person, with what he may not see left out."""
