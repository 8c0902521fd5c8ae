"""The API's questions of a matter besides who acted: effect, timeline, programme, units; each as JSON and as a workbook."""
