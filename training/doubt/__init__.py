"""The chance that a field is right (rules/doubt.tsv): examples that the scorer judges, the regression, its figures; `make fit-doubt`."""
