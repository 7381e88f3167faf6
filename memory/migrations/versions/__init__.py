"""One file a version, never changed once it was released."""
