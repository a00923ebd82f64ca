"""What oversight does: taking complaints in, and what their acts set off."""
