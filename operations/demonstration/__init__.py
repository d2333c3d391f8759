"""What `opportune demo` shows: the invented web and its people, served, and a story to follow."""
