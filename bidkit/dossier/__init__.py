"""Files to plain values with places, values to the model; the JSON Schema of both."""
