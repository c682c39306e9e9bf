"""The front door: command line, settings, the service that wires the rooms together, the demo year."""
