"""policytrack reads policy documents: who promised what, could it be checked, what became of it."""

__version__ = "0.1.0"
