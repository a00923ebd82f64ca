"""The city's way in, and the pages of those who look after the exchange."""
