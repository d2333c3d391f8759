"""From rows and results to the bodies of answers: pure, given `now`."""
