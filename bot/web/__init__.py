"""What a browser sees: the trial page, guide, needs, calendars, health and metrics, the platforms' callbacks."""
