"""Delivery: who may get an issue, the message each gets, and the ways out. It is handed all it sends."""
