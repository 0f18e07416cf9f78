"""Anbudsklar: finds everything that a public procurement asks of its bidders, and keeps track until nothing is missing."""

__version__ = "0.1.0"
