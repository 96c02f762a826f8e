HECHOS = {"poda_pedida": ("Pediste podar en {lugar}", "send")}
