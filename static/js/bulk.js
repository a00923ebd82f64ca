// <form data-bulk>: the buttons count the ticked rows and wait until there is one; one box ticks them all.
export function startBulk() {
  for (const form of document.querySelectorAll("form[data-bulk]:not([data-watched-bulk])")) {
    form.dataset.watchedBulk = "yes";
    const boxes = [...form.querySelectorAll("input[data-row-select]")];
    const page = form.querySelector("input[data-select-page]");
    const all = form.querySelector("input[data-bulk-all]");
    const show = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      for (const button of form.querySelectorAll("[data-bulk-button]")) {
        button.disabled = ticked === 0 && !all?.checked;
        button.querySelector("[data-bulk-count]").textContent = all?.checked ? "（全部）" : `（${ticked}）`;
      }
      if (page) {
        page.checked = ticked > 0 && ticked === boxes.length;
        page.indeterminate = ticked > 0 && ticked < boxes.length;
      }
    };
    if (page) page.closest("[hidden]")?.removeAttribute("hidden");
    form.addEventListener("change", (event) => {
      if (event.target === page) for (const box of boxes) box.checked = page.checked;
      show();
    });
    show();
  }
}
