"""From the text of an article to a draft of its structured summary, without a language model."""

VERSION = "1"  # of the extractor with its data and weights: with a new one, drafts by former ones are out of date
