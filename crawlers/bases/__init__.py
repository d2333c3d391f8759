"""One module for each way of publishing."""
