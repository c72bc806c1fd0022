// When what works behind a page is gone, says so, and leads back to where one was with one click.
//
// Gone may be the kernel (ended, or culled after hours without anybody), the server (closed), or the
// way to it (a laptop that slept, a telephone out of the Wi-Fi). What was done is in the store; where
// one was, and what was typed and not sent yet, is kept in this tab alone until the page is back.
(() => {
  const KEPT = "ic-back";
  const FRESH = 12 * 60 * 60 * 1000;
  const WORDS = {
    gone: _("This page has stopped answering. What you saved is kept."),
    cut: _("This page has lost its connection. What you saved is kept."),
    away: _("Interview Coach cannot be reached: it was closed, or this device is out of the network. What you saved is kept."),
    out: _("The link to these pages has ended. Ask for the new one, or start Interview Coach again."),
  };
  const STILL = _("It is still not to be reached. Start Interview Coach again, then go on here.");
  let state = "well";
  let looking = null;
  let last = 0;
  let left = -Infinity; // leaving a page ends its kernel, which is no loss to speak of

  function config() {
    const holder = document.getElementById("jupyter-config-data");
    return holder ? JSON.parse(holder.textContent) : null;
  }

  async function ask() {
    const { baseUrl, kernelId } = config();
    try {
      const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`, { cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (answer.status === 404) return "gone";
      if (answer.status === 401 || answer.status === 403) return "out";
      if (!answer.ok) return "away";
      const { connections, execution_state } = await answer.json();
      if (execution_state === "dead") return "gone";
      return connections ? "well" : "cut";
    } catch {
      return "away";
    }
  }

  // One miss may be a hiccup; it has to be found twice, and a lost connection, which is tried again by
  // itself, for some seconds.
  async function look() {
    if (looking) return looking;
    if (!config() || document.getElementById("loading") || performance.now() - left < 10000) return state;
    last = Date.now();
    looking = (async () => {
      let found = await ask();
      for (let again = 0; found !== state && found !== "well" && again < (found === "cut" ? 8 : 1); again += 1) {
        await new Promise((done) => setTimeout(done, 700));
        const next = await ask();
        if (next !== found) { found = next; break; }
      }
      if (found !== state) { state = found; tell(WORDS[state] || ""); }
      return state;
    })();
    try { return await looking; } finally { looking = null; }
  }

  function tell(words) {
    const place = document.getElementById("gone");
    place.replaceChildren();
    if (!words) return;
    const note = document.createElement("p");
    note.className = "ic-gone";
    const said = document.createElement("span");
    said.textContent = words;
    note.append(said);
    if (state !== "out") {
      const way = document.createElement("a");
      way.href = location.href;
      way.className = "ic-button ic-main";
      way.textContent = _("Go on where you were");
      way.addEventListener("click", (event) => { event.preventDefault(); goBack(said); });
      note.append(" ", way);
    }
    place.append(note);
  }

  async function goBack(said) {
    const found = await ask();
    if (found === "away") { said.textContent = STILL; return; }
    if (found === "out") { state = found; tell(WORDS.out); return; }
    keep();
    const here = new URL(location.href);
    here.hash = "";
    const place = document.querySelector("#rendered_cells [data-ic-place]")?.dataset.icPlace;
    if (place) here.searchParams.set("back", place);
    location.replace(here);
  }

  // ------------------------------------------------------------ what was typed, and how far down

  const FIELDS = "input:not([type=file]):not([type=password]):not([type=hidden]):not([type=button]), textarea, select";

  function nameOf(field) {
    const label = field.labels?.[0]?.textContent || field.getAttribute("aria-label") || "";
    const group = field.closest("[role=radiogroup], fieldset")?.getAttribute("aria-label") || "";
    return `${field.tagName} ${field.type} ${group} ${label.replace(/\s+/g, " ").trim()}`;
  }

  function inOrder() {
    const seen = new Map();
    return [...document.querySelectorAll("#rendered_cells :is(" + FIELDS + ")")].map((field) => {
      const name = nameOf(field);
      const count = seen.get(name) || 0;
      seen.set(name, count + 1);
      return { field, key: `${name} #${count}` };
    });
  }

  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  const valueOf = (field) => (ticked(field) ? field.checked : field.value);

  function keep() {
    const fields = inOrder().map(({ field, key }) => [key, valueOf(field)]);
    const scroll = scrollY;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, when: Date.now(), fields, scroll }));
    } catch { /* a full or forbidden store: the page comes back without what was typed */ }
  }

  function put(field, value) {
    if (ticked(field)) { if (field.checked !== value && (value || field.type === "checkbox")) field.click(); return; }
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Some fields come only when another has been answered, so it is done in turns, a field each.
  async function putBack(kept) {
    const left = new Map(kept.fields);
    let mine = true;
    const stop = (event) => { if (event.isTrusted) mine = false; };
    for (const kind of ["pointerdown", "keydown", "wheel", "touchmove"]) {
      addEventListener(kind, stop, { once: true, capture: true, passive: true });
    }
    for (let turn = 0; turn < 60 && mine && left.size; turn += 1) {
      const next = inOrder().find(({ field, key }) => {
        if (!left.has(key)) return false;
        if (valueOf(field) !== left.get(key) && !field.disabled) return true;
        left.delete(key);
        return false;
      });
      if (next) { put(next.field, left.get(next.key)); left.delete(next.key); }
      if (!next && turn > 12) break;
      await new Promise((done) => setTimeout(done, 60));
    }
    // What was put back may open more of the page, and on a busy machine that takes a while.
    for (let turn = 0; turn < 100 && mine && scrollY < kept.scroll - 1; turn += 1) {
      scrollTo({ top: kept.scroll, behavior: "instant" });
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  function comeBack() {
    const here = new URL(location.href);
    if (here.searchParams.has("back")) {
      here.searchParams.delete("back");
      history.replaceState(null, "", here);
    }
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    } catch { /* nothing that could be read */ }
    if (!kept || kept.path !== location.pathname || Date.now() - kept.when > FRESH) return;
    const ready = setInterval(() => {
      if (document.getElementById("loading")) return;
      clearInterval(ready);
      // Gone once it is back: a later visit begins anew.
      sessionStorage.removeItem(KEPT);
      putBack(kept);
    }, 50);
  }

  comeBack();
  window.addEventListener("beforeunload", () => { left = performance.now(); });
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  for (const kind of ["online", "offline", "focus", "pageshow"]) addEventListener(kind, () => look());
  // Whoever presses something on a page that has gone should not have to wait for its answer.
  for (const kind of ["pointerdown", "keydown"]) {
    addEventListener(kind, () => { if (Date.now() - last > 1500) look(); }, { capture: true, passive: true });
  }
})();
