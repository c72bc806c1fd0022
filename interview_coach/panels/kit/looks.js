// How pages look to this reader: large letters, dark or light; and on a telephone the bar's menu. Kept in the
// browser; asks no server and no kernel. The served page runs it before it draws anything, and each panel brings it for JupyterLab.
(() => {
  if (window.interviewCoachLooks) return;
  const root = document.documentElement;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const held = {}; // where the browser keeps nothing (private mode)
  const read = (name) => {
    try { return localStorage.getItem(`interview-coach-${name}`); } catch { return held[name] ?? null; }
  };
  const keep = (name, value) => {
    held[name] = value;
    try {
      if (value === null) localStorage.removeItem(`interview-coach-${name}`);
      else localStorage.setItem(`interview-coach-${name}`, value);
    } catch { /* held is enough for this page */ }
  };
  const usual = (name) => name === "dark" && night.matches;
  const on = (name) => (read(name) === null ? usual(name) : read(name) === "1");

  function show() {
    root.classList.toggle("ic-large-type", on("large"));
    root.classList.toggle("ic-dark-chosen", read("dark") === "1");
    root.classList.toggle("ic-light-chosen", read("dark") === "0");
    document.querySelectorAll("[data-ic-looks]").forEach((button) => {
      const pressed = String(on(button.dataset.icLooks));
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    });
  }

  root.classList.add("ic-menus"); // from now on a menu can be opened, so it may be folded away
  const unfold = (menu, open) => menu.setAttribute("aria-expanded", String(open));
  document.addEventListener("click", (event) => {
    const menu = event.target.closest?.(".ic-menu");
    if (menu) unfold(menu, menu.getAttribute("aria-expanded") !== "true");
    else if (!event.target.closest?.(".ic-nav")) {
      document.querySelectorAll('.ic-menu[aria-expanded="true"]').forEach((open) => unfold(open, false));
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.(".ic-nav")?.querySelector('.ic-menu[aria-expanded="true"]');
    if (!menu) return;
    unfold(menu, false);
    menu.focus(); // what had it may be folded away now
  });

  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-ic-looks]")?.dataset.icLooks;
    if (!name) return;
    const wanted = !on(name);
    // What the system says anyway is not kept: the page follows it again.
    keep(name, wanted === usual(name) ? null : wanted ? "1" : "0");
    show();
  });
  night.addEventListener("change", show);
  window.addEventListener("storage", show); // another page of the kit
  document.addEventListener("DOMContentLoaded", show);
  window.interviewCoachLooks = show;
  show();
})();
