"""The pages of the lists: for everybody, for departments, for whoever approves and publishes."""
