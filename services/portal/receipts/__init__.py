"""Receipt codes: what leads a reporter, and nobody else, back to what they told (decision 021)."""
