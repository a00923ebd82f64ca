"""What runs in the environment of the peer: see bench/helpdesk.py."""
