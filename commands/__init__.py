"""WHAT one can ask: one flat file per command; the app finds them by walking this package."""
