"""From the world into sources/: adding, collecting, looking again, listing, removing."""
