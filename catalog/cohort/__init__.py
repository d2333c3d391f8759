"""A cohort of mentees as a file: bytes → rows → what each would change. Pure.

Forgiving where the meaning is certain, and then it says how a cell was understood; what could mean
two things is asked about, never guessed. An empty cell leaves a fact as it is; `unknown` is a value.
"""
