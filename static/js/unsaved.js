// <form data-unsaved>: leaving the page with changed fields asks first. Refused input counts as changed.
export function startUnsaved() {
  for (const form of document.querySelectorAll("form[data-unsaved]:not([data-watched])")) {
    form.dataset.watched = "yes";
    let changed = Boolean(document.querySelector(".govuk-error-summary"));
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("change", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (changed && form.isConnected) event.preventDefault();
    });
  }
}
