"""What a brief.yaml and a theme.yaml say, as typed values."""
