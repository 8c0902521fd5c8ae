"""The chance that a field is right (rules/doubt.tsv): examples judged by the yardstick's scorer, the regression, its figures; `make fit-doubt`."""
