"""What the gates of the approval procedures look at: an application, a bundle with its parts, a licence in force,
a rating."""
