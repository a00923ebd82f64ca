"""Pages of the front door itself."""
