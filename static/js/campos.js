// Fields that help: a counter, a list that follows another, fields that only matter sometimes.

// <textarea maxlength>: says what is left, and lets too long a text in rather than cut it silently.
for (const area of document.querySelectorAll("textarea[maxlength]")) {
  const maximo = area.maxLength;
  area.removeAttribute("maxlength");
  const cuenta = document.createElement("p");
  cuenta.className = "form-text mt-1 mb-0";
  area.after(cuenta);
  const voz = document.createElement("p"); // spoken only after a pause
  voz.className = "visually-hidden";
  voz.setAttribute("role", "status");
  cuenta.after(voz);
  let espera;
  const contar = () => {
    const quedan = maximo - [...area.value.replace(/\r?\n/g, "\r\n")].length;
    const numero = Math.abs(quedan).toLocaleString("es-CL");
    const caracteres = Math.abs(quedan) === 1 ? "carácter" : "caracteres";
    cuenta.textContent = quedan < 0 ? `Sobra${quedan < -1 ? "n" : ""} ${numero} ${caracteres}` : `Queda${quedan === 1 ? "" : "n"} ${numero} ${caracteres}`;
    cuenta.classList.toggle("excedido", quedan < 0);
  };
  area.addEventListener("input", () => {
    contar();
    clearTimeout(espera);
    espera = setTimeout(() => (voz.textContent = cuenta.textContent), 1000);
  });
  contar();
}

// <select data-depende-de="id_region"> with an <optgroup> for each option there: shows only the group that was chosen.
for (const hija of document.querySelectorAll("select[data-depende-de]")) {
  const madre = document.getElementById(hija.dataset.dependeDe);
  if (!madre) continue;
  const sueltas = [...hija.querySelectorAll(":scope > option")];
  const grupos = new Map([...hija.querySelectorAll("optgroup")].map((g) => [g.label, [...g.children]]));
  const filtrar = () => {
    const elegida = hija.value;
    const opciones = grupos.get(madre.selectedOptions[0]?.text.trim()) ?? [];
    hija.replaceChildren(...sueltas, ...opciones);
    hija.value = opciones.some((o) => o.value === elegida) ? elegida : "";
    hija.disabled = madre.value !== "" && opciones.length === 0;
  };
  madre.addEventListener("change", filtrar);
  filtrar();
}

// data-solo-si="id_x" / data-solo-si-no="id_x" on a control: its field is there only while that box is (not) ticked.
function mostrar() {
  for (const control of document.querySelectorAll("[data-solo-si], [data-solo-si-no]")) {
    const casilla = document.getElementById(control.dataset.soloSi ?? control.dataset.soloSiNo);
    if (casilla) (control.closest(".campo, .archivo") ?? control).hidden = casilla.checked !== "soloSi" in control.dataset;
  }
}
document.addEventListener("change", mostrar);
mostrar();
