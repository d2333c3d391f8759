"""One module for each wire format: it lays the sample calls out as the true service would and answers as it does."""
