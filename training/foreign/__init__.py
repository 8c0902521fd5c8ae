"""What makes a sheet a letter (rules/letter_signs.tsv): foreign sheets of many kinds, drawn, and the regression; `make fit-letters`"""
