"""What a person takes along to a visit: the card in brief, questions and notes on one page."""
