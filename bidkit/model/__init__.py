"""What users write, one file a noun. Pydantic guards this edge; everything after it is frozen."""
