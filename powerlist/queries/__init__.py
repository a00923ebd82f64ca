"""Reading the list: who holds what on a day, what was published when, what is proposed."""
