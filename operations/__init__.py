"""The command line and what runs when: the only room that knows all the others."""
