"""Commands for the contract of the platforms: each thing that a platform has to carry, once."""
