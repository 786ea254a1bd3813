"""briefnote turns policy articles into a cited policy brief in Word and PDF."""

__version__ = "0.1.0"
