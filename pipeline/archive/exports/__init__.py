"""Letters that leave the house as files: for programs (jsonl, csv, parquet, edXML) and for people (xlsx, csv); masked where asked for.

A file is whole or not there; no cell of it is taken for a formula.
"""
