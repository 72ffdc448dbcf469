"""Files to and from the bank: what a batch file holds, and what a result file means line by line."""
