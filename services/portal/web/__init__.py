"""The HTTP machinery: who calls, what they may, how services are asked, how no is said."""
