"""The soak's parts: a troubled web and post office, people who use the service, what is killed, and checks."""
