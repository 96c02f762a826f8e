"""`make demo`: the main job, told step by step, against a portal of its own."""
