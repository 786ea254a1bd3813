"""Sending an issue: what goes out is read, the ledger keeps each recipient's state, the ways out do the rest."""

from briefnote.sending.delivering import deliver_issue
from briefnote.sending.result import Delivered, Order, Receipt

__all__ = ["Delivered", "Order", "Receipt", "deliver_issue"]
