"""What cron calls: which issues are due, one run at a time, and the lines that call it."""
