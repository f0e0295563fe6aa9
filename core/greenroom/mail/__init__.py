"""How letters and notices leave the house."""
