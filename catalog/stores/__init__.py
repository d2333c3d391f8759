"""Queries and upserts: each takes a session and never commits."""
