// The desk's form without the mouse: a digit chooses a tile; what was typed outlives a session that ended.

const guardado = () => `gestion-${document.getElementById("carga")?.dataset.perfil}`;

// In a group marked data-cifras, 1 to 9 ticks the option with that number.
document.addEventListener("keydown", (suceso) => {
  const grupo = suceso.target.closest?.("[data-cifras]");
  if (!grupo || suceso.ctrlKey || suceso.altKey || suceso.metaKey || !/^[1-9]$/.test(suceso.key)) return;
  const opcion = grupo.querySelector(`input[type=radio][value="${suceso.key}"]`);
  if (!opcion) return;
  suceso.preventDefault();
  opcion.checked = true;
  opcion.focus();
  opcion.dispatchEvent(new Event("change", { bubbles: true }));
});

// Enter in the text of a form of the desk saves; a new line is Shift+Enter.
document.addEventListener("keydown", (suceso) => {
  if (suceso.key !== "Enter" || suceso.shiftKey || !suceso.target.matches?.("form.gestion textarea")) return;
  suceso.preventDefault();
  suceso.target.form.requestSubmit(suceso.target.form.querySelector("button[value=grabar]"));
});

// A step that meets the door instead of the form goes to the door; what was typed waits in this tab.
document.addEventListener("htmx:beforeSwap", (suceso) => {
  if (suceso.detail.xhr.responseURL.includes("/ingresar/")) {
    suceso.detail.shouldSwap = false;
    window.location.assign(`/ingresar/?next=${encodeURIComponent(window.location.pathname)}`);
  }
});
document.addEventListener("htmx:beforeRequest", (suceso) => {
  const formulario = suceso.target.closest?.("form.gestion");
  if (!formulario) return;
  const datos = [...new FormData(formulario)].filter(([nombre]) => nombre !== "csrfmiddlewaretoken" && nombre !== "paso");
  sessionStorage.setItem(guardado(), JSON.stringify(datos));
});
document.addEventListener("htmx:afterSettle", () => {
  const carga = document.getElementById("carga");
  if (carga?.dataset.grabada) sessionStorage.removeItem(guardado());
  document.body.dispatchEvent(new Event("change", { bubbles: true })); // fields that only matter sometimes
});

function recuperar() {
  const formulario = document.querySelector("#carga form.gestion");
  const datos = JSON.parse(sessionStorage.getItem(guardado()) ?? "null");
  sessionStorage.removeItem(guardado());
  if (!formulario || !datos || formulario.elements.clave.value !== Object.fromEntries(datos).clave) return;
  for (const [nombre, valor] of datos) {
    for (const control of formulario.querySelectorAll(`[name="${nombre}"]`)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked ||= control.value === valor;
      else if (control.type !== "hidden") control.value = valor;
    }
  }
  document.body.dispatchEvent(new Event("change", { bubbles: true }));
}
recuperar();

// «Marcar todas», where there is something to tick.
for (const rotulo of document.querySelectorAll("[data-marcar-todas]")) {
  rotulo.hidden = false;
  rotulo.querySelector("input").addEventListener("change", (suceso) => {
    for (const casilla of document.querySelectorAll("#revisar input[name=numero]")) casilla.checked = suceso.target.checked;
  });
}
