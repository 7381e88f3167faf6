"""Is a message whole? If not, where does it stop, and what was it about to say?"""

from chains.completeness.assess import completeness

__all__ = ["completeness"]
