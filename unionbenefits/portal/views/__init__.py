"""Pages of the worker portal: sign-in, one's own cover, and what everybody may read."""
