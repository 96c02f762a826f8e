HECHOS = {"documento_emitido": ("Se emitió: {titulo} N° {numero}", "file-earmark-check")}
