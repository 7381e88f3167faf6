"""What a person sees: a page draws and calls, it decides nothing."""
