"""From files, pages and mails to articles: readers, metadata, gates."""
