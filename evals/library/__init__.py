"""The library's claims held against captured pages of their sources."""
