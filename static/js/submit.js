// A form that has been sent is not sent a second time by an impatient click.
const PATIENCE = 8000; // ms; a download leaves the page in place, and its form must work again

export function guardSubmission() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method")?.toLowerCase() !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => release(form), PATIENCE);
  });
  // Coming back with the browser's back button finds the page as it was left: let it be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) release(form);
  });
}

export function release(form) {
  delete form.dataset.sent;
}
