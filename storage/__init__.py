"""What is remembered: one file per noun, the table with its queries. Nothing here commits."""
