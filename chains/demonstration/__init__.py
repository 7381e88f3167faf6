"""Made-up people with scripted messages; every answer to them is made live."""
