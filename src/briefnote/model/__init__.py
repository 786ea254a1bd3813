"""The frozen values in which the stages meet. Nothing here reads a file or knows a stage."""
