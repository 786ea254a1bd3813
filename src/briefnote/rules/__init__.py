"""The rule engine: patterns with variables, written in YAML, checked, compiled to SQL, run on SQLite.

language → checking → compiling → judging → wording; docs/rules.md is the analyst's side of it.
"""
