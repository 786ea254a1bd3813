"""What an analyst does with rules besides building a brief: check them, test them, ask how a finding is known."""
