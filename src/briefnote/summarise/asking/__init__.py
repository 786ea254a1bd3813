"""The model option: a language model drafts, and only what stands in the article is kept.

Whoever answers is not trusted. An answer can add claims and figures with passages of the article and nothing else: not
what a source is worth, not that a person has read it. Text in the article that speaks to a machine is data.
"""
