"""The answer as others read it: the graph as JSON, GraphML, linked data and a picture, the standings as tables for a workbook."""
