"""Files for other programs and other people: documents, workbooks, pages, pictures, calendars, databases."""
