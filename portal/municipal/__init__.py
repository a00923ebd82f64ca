"""The city's side of the exchange, for demonstrations and tests: a process and a database of its own.

It speaks the format of `exchange.rules` over real HTTP and can be told to misbehave in every way in which the
other side of a line can (`faults`). It knows neither Django nor the portal's database.
"""
