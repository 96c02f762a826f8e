"""Q-11: the register of network events, which damaged appliances are explained by."""
