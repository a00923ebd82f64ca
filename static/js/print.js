// <button data-print hidden>: prints the page; hidden where no script could do it.
export function startPrint() {
  for (const button of document.querySelectorAll("button[data-print][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
