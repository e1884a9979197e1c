"""From rows and values to bytes: documents (`paper`), the directory in its formats, calendars, the printed guide."""
