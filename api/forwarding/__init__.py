"""What a forward is made of: who and what, the words, what to know first, the rows kept, and many at once."""
