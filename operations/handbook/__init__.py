"""The documentation as a site: its pages gathered, and those that are made from the code itself."""
