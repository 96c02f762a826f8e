// <input type="file" data-subir="/address/"> in a li.archivo: sends the file at once, with progress, and puts the row
// that the server answers in the place of this one. Without this script the file travels with its form.

const LIMITE = 15 * 60 * 1000; // ms

const megas = (bytes) => (bytes / 1e6).toLocaleString("es-CL", { maximumFractionDigits: 1, minimumFractionDigits: 1 });

function fila(entrada, nombre) {
  const linea = document.createElement("p");
  linea.className = "menor mt-1";
  linea.setAttribute("role", "status");
  linea.append("Subiendo ", Object.assign(document.createElement("strong"), { textContent: nombre }));
  const cuanto = document.createElement("span");
  const barra = document.createElement("progress");
  barra.className = "avance mt-1";
  barra.max = 100;
  barra.value = 0;
  barra.setAttribute("aria-label", `Subiendo ${nombre}`);
  const cancelar = document.createElement("button");
  cancelar.type = "button";
  cancelar.className = "btn btn-outline-primary btn-menor";
  cancelar.textContent = "Cancelar subida";
  const que = entrada.closest(".archivo").querySelector(".archivo-que");
  que.append(linea, cuanto, barra);
  cuanto.className = "menor";
  entrada.hidden = true;
  entrada.after(cancelar);
  cancelar.focus();
  return {
    cancelar,
    avanzar(hecho, total) {
      barra.value = total ? Math.round((hecho / total) * 100) : 0;
      cuanto.textContent = `${megas(hecho)} de ${megas(total)} MB (${barra.value} %)`;
    },
    deshacer(texto) {
      linea.textContent = texto;
      cuanto.remove();
      barra.remove();
      cancelar.remove();
      entrada.hidden = false;
      entrada.value = "";
      entrada.focus();
    },
    lugar: entrada.closest(".archivo"),
  };
}

function subir(entrada) {
  const archivos = [...entrada.files];
  if (!archivos.length) return;
  const datos = new FormData();
  for (const archivo of archivos) datos.append(entrada.name, archivo);
  datos.append("csrfmiddlewaretoken", entrada.form.elements.csrfmiddlewaretoken.value);
  const pedido = new XMLHttpRequest();
  const vista = fila(entrada, archivos.length === 1 ? archivos[0].name : `${archivos.length} archivos`);
  pedido.upload.addEventListener("progress", (suceso) => vista.avanzar(suceso.loaded, suceso.total));
  pedido.addEventListener("load", () => {
    const molde = document.createElement("template");
    molde.innerHTML = pedido.responseText.trim();
    const nueva = molde.content.querySelector(".archivo");
    if (!nueva || ![200, 201, 422].includes(pedido.status)) {
      vista.deshacer("No pudimos guardar el archivo. Intenta de nuevo; si se repite, recarga la página.");
      return;
    }
    vista.lugar.replaceWith(nueva);
    nueva.querySelector(".archivo-que")?.setAttribute("role", "status");
    nueva.querySelector("input:not([type=hidden]), button, a")?.focus();
  });
  pedido.addEventListener("error", () => vista.deshacer("Se cortó la conexión. Revisa tu red y elige el archivo otra vez."));
  pedido.addEventListener("timeout", () => vista.deshacer("La subida tardó demasiado. Elige el archivo otra vez."));
  pedido.addEventListener("abort", () => vista.deshacer("Cancelaste la subida."));
  vista.cancelar.addEventListener("click", () => pedido.abort());
  pedido.timeout = LIMITE;
  pedido.open("POST", entrada.dataset.subir);
  pedido.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  pedido.send(datos);
}

document.addEventListener("change", (suceso) => {
  if (suceso.target.matches("input[type=file][data-subir]")) subir(suceso.target);
});
