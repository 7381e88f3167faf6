"""The tables' history, applied by `memory.sql_engine` whenever a store is opened."""
