"""Judges uploaded files by what they hold. Runs in a process of its own; imports nothing of the portal."""
