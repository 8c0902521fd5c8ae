"""What things are: pages, letters, references, standings. Frozen Pydantic models, no input or output; imports nothing of ours."""
