"""bidkit: one description of an NGO's services, costs and results; a checked bid for each tender."""

__version__ = "0.1.0"
