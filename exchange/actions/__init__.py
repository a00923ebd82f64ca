"""The exchange with the city's platform. PostgreSQL's row is the truth; a task is only the bell."""
