"""Makes what people install: the frozen program, packages for each system, and what goes beside them."""
