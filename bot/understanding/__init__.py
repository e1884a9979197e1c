"""Text to values, pure: no clock, no network, no database; the time is passed in, aware."""
