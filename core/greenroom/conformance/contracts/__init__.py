"""The contracts that every product is held to, by what they are about."""
