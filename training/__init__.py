"""How the readers' weights were fitted, from drawn sheets alone, seeded; `make train-digits`, `make train-lines`."""
