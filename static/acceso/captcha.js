/* Registers the worker that solves the proof of work, before the widget starts; folds the question away when not needed. */
const widget = document.querySelector("altcha-widget");
if (widget && globalThis.crypto?.subtle) {
  globalThis.$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker(widget.dataset.trabajador));
  for (const pregunta of document.querySelectorAll("details.captcha-pregunta")) {
    if (!pregunta.closest(".con-error")) pregunta.open = false;
  }
} else if (widget) {
  widget.remove();
}
