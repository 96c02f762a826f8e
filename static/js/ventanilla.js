// Small improvements; every page works without them. Nothing here is inline, so that the CSP stays strict.

document.querySelector(".resumen-errores")?.focus();

for (const boton of document.querySelectorAll("[data-imprimir], [data-copiar]")) boton.hidden = false;

document.addEventListener("click", async (suceso) => {
  const imprimir = suceso.target.closest("[data-imprimir]");
  if (imprimir) window.print();
  const copiar = suceso.target.closest("[data-copiar]");
  if (copiar) {
    const aviso = copiar.querySelector("[role=status]") ?? copiar.appendChild(document.createElement("span"));
    aviso.setAttribute("role", "status");
    try {
      await navigator.clipboard.writeText(copiar.dataset.copiar);
      aviso.textContent = "Copiado";
    } catch {
      aviso.textContent = "No se pudo copiar";
    }
  }
});
