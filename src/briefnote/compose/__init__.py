"""From findings to one Brief: what is printed where, how long, with which citations, and what changed."""
