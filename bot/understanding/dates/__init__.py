"""The parts of the deadline reader: lexicons as data, one grammar over their kinds, calendars."""
