"""What falls due, for whom, and when, turned into requests, reminders and outbox rows. Knows nothing of Telegram."""
