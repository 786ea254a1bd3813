"""From the text of an article to a draft of its structured summary, without a language model."""
