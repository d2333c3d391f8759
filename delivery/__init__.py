"""What mentors and mentees are owed: outbox, mail, webhooks, digests, notices, reminders."""
