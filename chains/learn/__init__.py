"""What the pages beside the chat show: the shelf, collected questions, trials, services."""
