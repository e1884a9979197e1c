"""From files to values, mistrusting each: tables (people, the past, directories), documents of minutes, pictures."""
