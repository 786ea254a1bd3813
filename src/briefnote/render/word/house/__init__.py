"""The user's own Word file, `templates/house.docx`, filled with a brief."""
