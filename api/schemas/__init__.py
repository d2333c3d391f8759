"""The bodies of all requests and answers: what a client of the API is built on.

`shapes` what the others share; `access` signing in; `opportunities`; `mentees` with goals and
decisions; `recommendations` and the board; `forwards` and replies; `sources` and readiness;
`problems` every error.
"""
