"""What is known of the exchange with the city's platform."""
