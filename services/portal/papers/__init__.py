"""Papers of the scheme as PDF: forms, opinions, notices, decisions and certificates to print.

Set in the portal and not in the registry: what a paper tells is what a query tells the asker, with
its purpose on record, and nothing more; threads set it, where an event loop would stand still.
"""
