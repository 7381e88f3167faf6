"""Looking closely at turns: opened up, recorded, replayed, held against expectations.

Everything runs on copies in a store that is thrown away; a normal turn knows nothing of it.
"""
