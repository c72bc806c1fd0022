// The served page around a panel: shows it when it is ready. What happens when its kernel is gone: back.js.
// A text in _("...") is put into the reader's language as the page is served (page.py).
(() => {
  // The token has done its work (a cookie keeps the way open); a projector need not show it.
  const here = new URL(location.href);
  if (here.searchParams.has("token")) {
    here.searchParams.delete("token");
    history.replaceState(null, "", here);
  }

  // Leaving a page closes its kernel, which Voilà asks for with the server's own forgery check: a
  // cookie that comes back in the form. The server sets it only where a form is drawn, so it is set here.
  if (!/(^|; )_xsrf=/.test(document.cookie)) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const word = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    document.cookie = `_xsrf=${word}; path=/; samesite=strict`;
  }

  const byId = (id) => document.getElementById(id);
  let shown = false;

  function show() {
    if (shown) return;
    shown = true;
    byId("loading")?.remove();
    byId("rendered_cells").style.display = "";
  }

  // Voilà typesets what it shows with MathJax, which the server keeps it from fetching: no page of
  // the kit holds a formula. What it would call stands here and does nothing.
  const nothing = () => {};
  window.MathJax = { Hub: { Config: nothing, Configured: nothing, Queue: nothing, Register: { StartupHook: nothing } } };

  // Called by Voilà's template and script, under these names.
  window.voila_heartbeat = () => say(_("Still working. This page does more than most before it opens."));
  window.voila_process = () => {};
  window.update_loading_text = (cell, cells, words) => { if (words) say(words); };
  window.display_cells = window.voila_finish = () => { finished = true; look(); };

  let finished = false;
  let moved = false;
  function say(words) {
    const place = byId("loading_text");
    if (place) place.textContent = words;
  }

  // Cells are finished before their widgets are drawn: wait for the panel itself, or for an error.
  function look() {
    const cells = byId("rendered_cells");
    if (!cells || !finished) return;
    // Voilà moves the cells into a shell of its own at the end of the body: back into the page.
    if (cells.closest("#main")) { byId("page").append(cells); moved = true; }
    const panel = !cells.classList.contains("ic-page");
    if (moved && (!panel || cells.querySelector("[data-ic-ready], .ic-state, .ic-failed"))) show();
  }
  const watch = setInterval(() => { look(); if (shown) clearInterval(watch); }, 100);
  // Rather a page without its helper than none.
  setTimeout(() => { if (finished) show(); }, 20000);
  setTimeout(() => say(_("Still opening. A busy computer takes up to half a minute.")), 8000);
})();
