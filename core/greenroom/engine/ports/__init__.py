"""What the engine needs from the outside, as Protocols and frozen values; adapters implement these."""
