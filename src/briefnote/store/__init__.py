"""The user's folder on disk: reading it, and writing an issue beside the former one, then renaming."""
