"""What is done beside the requests: maintenance in the background, uploads being read, the tracing of a province, answers that are kept."""
