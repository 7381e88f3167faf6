"""The collected questions of the page "Questions": how they are chosen."""
