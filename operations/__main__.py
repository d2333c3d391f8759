"""`python -m operations` is `opportune`, for processes that start another of themselves."""

from operations.command_line import main

main()
