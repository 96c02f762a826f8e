// Passkeys: the browser's own ceremony; what the key answers travels in the form's hidden field.

const aBytes = (texto) => Uint8Array.from(atob(texto.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const aTexto = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function leer({ publicKey }) {
  const opciones = { ...publicKey, challenge: aBytes(publicKey.challenge) };
  if (opciones.user) opciones.user = { ...opciones.user, id: aBytes(opciones.user.id) };
  for (const lista of ["excludeCredentials", "allowCredentials"]) {
    opciones[lista] = publicKey[lista]?.map((c) => ({ ...c, id: aBytes(c.id) }));
    if (!opciones[lista]) delete opciones[lista];
  }
  return { publicKey: opciones };
}

function escribir(llave) {
  const response = {};
  for (const parte of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (llave.response[parte]) response[parte] = aTexto(llave.response[parte]);
  }
  return {
    id: llave.id,
    rawId: aTexto(llave.rawId),
    type: llave.type,
    authenticatorAttachment: llave.authenticatorAttachment,
    clientExtensionResults: llave.getClientExtensionResults(),
    response,
  };
}

for (const formulario of document.querySelectorAll("form[data-llave]")) {
  const boton = formulario.querySelector("button");
  const falla = formulario.querySelector("[data-falla]");
  const decir = (texto) => {
    falla.textContent = texto;
    falla.hidden = !texto;
  };
  if (!window.PublicKeyCredential) {
    decir("Este navegador no admite llaves de acceso. Usa un código.");
    continue;
  }
  boton.hidden = false;
  formulario.addEventListener("submit", async (suceso) => {
    suceso.preventDefault();
    decir("");
    try {
      const opciones = leer(JSON.parse(formulario.dataset.opciones));
      const llave = await navigator.credentials[formulario.dataset.llave](opciones);
      formulario.elements.credential.value = JSON.stringify(escribir(llave));
      formulario.submit();
    } catch (error) {
      const ya = error.name === "InvalidStateError";
      decir(ya ? "Esa llave ya está en tu cuenta." : "No se usó ninguna llave. Inténtalo otra vez.");
    }
  });
}
