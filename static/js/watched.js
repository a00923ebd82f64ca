// <div data-watched>: what is under way is asked for again until the page shows it no more; then the whole page comes.
// Its parts stay and only their content changes: a live region that is replaced itself is not read out.
const PAUSE = 3000; // milliseconds
const ASKED = { headers: { "X-Background": "1" } }; // nobody pressed anything: the session grows no longer by it

export function startWatched() {
  const shown = document.querySelector("[data-watched]:not([data-watching])");
  if (!shown) return;
  shown.dataset.watching = "yes";
  const look = async () => {
    const answer = document.hidden ? null : await fetch(location.href, ASKED).catch(() => null);
    if (!answer?.ok) return void setTimeout(look, PAUSE);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-watched]");
    if (!now) return location.reload();
    [...shown.children].forEach((part, place) => {
      const comes = now.children[place];
      if (comes && comes.innerHTML !== part.innerHTML) part.replaceChildren(...comes.childNodes);
    });
    setTimeout(look, PAUSE);
  };
  setTimeout(look, PAUSE);
}
