"""From an article to a drafted summary: one article, or many at once."""
