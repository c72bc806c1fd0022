// What only the browser can do for a page of the kit: tie names and hints to inputs, give roles,
// press buttons by key, move the focus, read words out, copy text. Works on the structure that
// the Python side builds (class names ic-*), so no panel has to say any of it again.

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]";
// Keys of a presenter's remote; what they move in a page stays theirs where it has the focus.
const NAMED = { arrowleft: "ArrowLeft", arrowright: "ArrowRight", pagedown: "PageDown", pageup: "PageUp" };
const MOVED_BY_ARROWS = "input, select, [role=region], summary";
const FOLLOWED = 0.6; // how far down the screen a heading may stand that the reader was taken to
const KEYS_OFF = "interview-coach-keys-off";
let counter = 0;

function idOf(node) {
  if (!node.id) node.id = `ic-${(counter += 1)}-${Math.random().toString(36).slice(2, 7)}`;
  return node.id;
}

function set(node, name, value) {
  // Only a real change is written, or the observer below would never come to rest.
  if (value === null) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

// The switch survives a reload where the browser allows it.
const keys = {
  get off() { try { return localStorage.getItem(KEYS_OFF) === "1"; } catch { return this.kept === true; } },
  set off(value) { this.kept = value; try { localStorage.setItem(KEYS_OFF, value ? "1" : "0"); } catch { /* private mode */ } },
};

// "Time: Month" becomes Month under the heading Time. ipywidgets counts options, however deep they lie.
function groupOptions(select) {
  const chosen = select.selectedIndex;
  [...select.querySelectorAll(":scope > option")].forEach((option) => {
    const [, group, name] = option.textContent.match(/^(.+?):\s(.+)$/) || [];
    if (!group) return;
    let home = [...select.querySelectorAll("optgroup")].find((other) => other.label === group);
    if (!home) {
      home = document.createElement("optgroup");
      home.label = group;
      option.before(home);
    }
    option.textContent = name;
    home.append(option);
  });
  if (select.selectedIndex !== chosen) select.selectedIndex = chosen; // a moved option loses its place
}

function tidyField(field) {
  const told = [...field.querySelectorAll(".ic-hint, .ic-field-error")].filter((n) => n.textContent).map(idOf).join(" ");
  const wrong = field.querySelector(".ic-field-error") !== null;
  const radios = field.querySelector(".widget-radio-box");
  if (radios) {
    const label = field.querySelector(".widget-label");
    set(radios, "role", "radiogroup");
    if (label) {
      set(radios, "aria-labelledby", idOf(label));
      set(label, "for", null); // It names the group; a `for` that points at a box is an error.
    }
    set(radios, "aria-describedby", told || null);
    set(radios, "aria-invalid", wrong ? "true" : null);
    return;
  }
  const input = field.querySelector("input:not([type=file]), textarea, select");
  if (input && field.classList.contains("ic-grouped")) groupOptions(input);
  if (input) {
    const label = field.querySelector("label.widget-label");
    if (label && input.type !== "checkbox") {
      idOf(input);
      set(label, "for", input.id);
    }
    set(input, "aria-describedby", told || null);
    set(input, "aria-invalid", wrong ? "true" : null);
    // ipywidgets puts the label's text into titles too, which would be read out twice.
    set(input, "title", null);
  }
  const upload = field.querySelector("button.widget-upload");
  if (upload) {
    set(upload, "aria-describedby", told || null);
    // "Choose a file (0)": the count means nothing to a reader before there is a file.
    const count = [...upload.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && / \(0\)$/.test(node.data));
    if (count) count.data = count.data.replace(/ \(0\)$/, "");
  }
}

function baseUrl() {
  try { return JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl || "/"; } catch { return "/"; }
}

function inLab() {
  // A served page has a shell of JupyterLab's too, but says that it is Voilà's.
  return !document.body.dataset.voila && document.querySelector(".jp-LabShell") !== null;
}

function tidyLink(link) {
  // In JupyterLab a page is a notebook beside this one: open that, in the same folder.
  const path = new URLSearchParams(location.search).get("path") || location.pathname.split("/tree/")[1] || "";
  const folder = decodeURIComponent(path).split("/").slice(0, -1).map((p) => encodeURIComponent(p) + "/").join("");
  set(link, "href", `${baseUrl()}lab/tree/${folder}${link.dataset.icPage}.ipynb`);
}

function tidy(root, words) {
  root.querySelectorAll(".ic-field").forEach(tidyField);
  root.querySelectorAll("[class*=ic-key-]").forEach((button) => {
    const all = [...button.classList].filter((name) => name.startsWith("ic-key-")).map((name) => NAMED[name.slice(7)] || name.slice(7));
    set(button, "aria-keyshortcuts", keys.off ? null : all.join(" "));
  });
  root.querySelectorAll("button.jupyter-button").forEach((button) => {
    set(button, "aria-busy", button.classList.contains("ic-busy") ? "true" : null);
    if (button.title && button.textContent.trim() === button.title) button.removeAttribute("title");
    // A sign such as "+" is read out as what it does.
    if (button.title && button.classList.contains("ic-named")) set(button, "aria-label", button.title);
  });
  root.querySelectorAll(".ic-fold-button").forEach((button) => {
    set(button, "aria-expanded", button.classList.contains("ic-open") ? "true" : "false");
  });
  root.querySelectorAll(".ic-sections").forEach((bar) => {
    set(bar, "role", "group");
    set(bar, "aria-label", words.parts);
    bar.querySelectorAll(".ic-section").forEach((button) => {
      set(button, "aria-current", button.classList.contains("ic-here") ? "true" : null);
    });
  });
  root.querySelectorAll("[data-ic-keys]").forEach((button) => {
    const turn = keys.off ? words.keysOn : words.keysOff;
    if (button.textContent !== turn) button.textContent = turn;
  });
  root.classList.toggle("ic-keys-off", keys.off);
  window.interviewCoachLooks(); // the bar may have been drawn since
  if (inLab()) {
    root.querySelectorAll("a[data-ic-page]").forEach(tidyLink);
    root.querySelectorAll("a[data-ic-guide]").forEach((link) => set(link, "href", `${baseUrl()}help/${link.dataset.icGuide}`));
  }
  root.querySelectorAll("[data-ic-focus]").forEach((node) => {
    node.removeAttribute("data-ic-focus");
    node.focus({ preventScroll: true });
    // The heading of the page says what has just happened: it comes into sight with what follows,
    // and where both don't fit, what follows is what the reader was taken to, so much of it that it can be used.
    const head = root.querySelector(".ic-head") || node;
    if (head.getBoundingClientRect().top < 0) head.scrollIntoView({ block: "start" });
    // (theme.css says how much, as scroll-margin.)
    if (node.getBoundingClientRect().bottom > window.innerHeight * FOLLOWED) node.scrollIntoView({ block: "nearest" });
  });
}

// What has the focus may be drawn anew, be hidden or be disabled while it works; the browser then
// drops the focus, and a reader without a mouse would begin at the top again. It comes back to what
// stands there now: the same thing, else the heading of the part that held it.
const FOCUSABLE = "a[href], button, input, select, textarea, summary, label, [tabindex]";
const RESTORED = 250; // milliseconds in which a part may be drawn anew, or take the focus itself
let place = null;

function nameOf(node) {
  return (node.getAttribute("aria-label") || node.labels?.[0]?.textContent || node.textContent || "").trim();
}

function placed(node, root) {
  const up = [];
  for (let at = node.parentElement; at && at !== root; at = at.parentElement) up.push(at);
  place = { node, up: [...up, root], tag: node.tagName, name: nameOf(node), waits: false };
}

function lostFocus() {
  return place !== null && (document.activeElement === document.body || document.activeElement === null);
}

function restore() {
  if (!lostFocus() || place.waits) return;
  const lost = place;
  lost.waits = true;
  setTimeout(() => {
    lost.waits = false;
    if (place !== lost || !lostFocus()) return;
    const here = (node) => node.isConnected && node.checkVisibility({ visibilityProperty: true });
    if (here(lost.node)) {
      // Still at work: what ends it is a change, which leads here again.
      if (!lost.node.disabled) lost.node.focus({ preventScroll: true });
      return;
    }
    const home = lost.up.find(here);
    if (!home) return;
    const same = [...home.querySelectorAll(lost.tag)].find((one) => here(one) && !one.disabled && nameOf(one) === lost.name);
    const next = same || [...home.querySelectorAll("h1, h2, h3, h4")].find(here) || home;
    if (!same) set(next, "tabindex", "-1");
    next.focus({ preventScroll: true });
    // What was asked for stands above, out of sight: a page that goes back to its questions begins at its heading.
    if (!same && next.getBoundingClientRect().top < 0) (next.closest(".ic-page").querySelector(".ic-head") || next).scrollIntoView({ block: "start" });
  }, RESTORED);
}

// Enter in an input presses the main button of its form, as everywhere else on the web.
function entered(event, root) {
  const at = event.target;
  if (event.key !== "Enter" || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (!root.contains(at) || !at.matches?.("input:not([type=file], [type=checkbox])")) return;
  const button = at.closest(".ic-form")?.querySelector("button.ic-main");
  if (!button || button.disabled || button.offsetParent === null) return;
  event.preventDefault();
  // ipywidgets hears of a text when it is left; it has to hear of it before the button.
  at.dispatchEvent(new Event("change", { bubbles: true }));
  button.click();
}

function pressed(event, root) {
  if (keys.off || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const named = key in NAMED;
  const at = event.target;
  // Nothing in particular has the focus: the body, or something that holds this page.
  const free = at.contains(root);
  if (!(root.contains(at) || (free && !inLab())) || at.closest?.(TYPING)) return;
  if (named ? at.closest?.(MOVED_BY_ARROWS) : !/^[a-z0-9]$/.test(key)) return;
  const button = [...root.querySelectorAll(`.ic-key-${key}`)]
    .find((one) => !one.disabled && one.offsetParent !== null);
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  button.click();
}

// The second click of a double click must not press whatever has taken the button's place.
let last = { at: 0, x: -99, y: -99, node: null };
function doubled(event) {
  const button = event.target.closest?.("button.jupyter-button");
  if (!button || !event.isTrusted || button.classList.contains("ic-repeat")) return;
  const now = performance.now();
  const byMouse = event.detail > 0;
  const near = Math.abs(event.clientX - last.x) < 8 && Math.abs(event.clientY - last.y) < 8;
  const again = now - last.at < 400 && (byMouse ? near : button === last.node);
  if (again) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  last = { at: now, x: byMouse ? event.clientX : -99, y: byMouse ? event.clientY : -99, node: button };
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = words;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

export default {
  render({ model, el }) {
    const words = model.get("words");
    const lang = model.get("lang");
    const live = document.createElement("div");
    live.className = "ic-unseen";
    live.setAttribute("role", "status");
    live.setAttribute("aria-live", "polite");
    el.append(live);
    const say = (words) => {
      live.textContent = "";
      setTimeout(() => { live.textContent = words; }, 60);
    };
    model.on("change:said", () => say(model.get("said")[1]));

    let root = null;
    const observer = new MutationObserver(() => schedule());
    let waiting = false;
    const schedule = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        if (root) tidy(root, words);
        if (root) restore();
      });
    };
    const rename = () => { if (!inLab() && model.get("title")) document.title = `${model.get("title")} · Interview Coach`; };
    model.on("change:title", rename);
    const onKey = (event) => { if (root) { pressed(event, root); entered(event, root); } };
    const onFocus = (event) => { if (root && root.contains(event.target)) placed(event.target, root); };
    // Whoever presses where nothing can have the focus has left it, and wants nothing back.
    const onPointer = (event) => { if (!event.target.closest?.(FOCUSABLE)) place = null; };
    // What is typed while an earlier key is still on its way waits in the browser until the kernel
    // is free (ipywidgets sends it then). A button pressed before would find half of the words, and
    // what it puts in their place would be overwritten. So a press waits behind all that was typed:
    // the kernel answers a question sent after it, and what was kept back is on its way by then.
    let typed = 0;
    let heard = 0;
    let released = null;
    const onInput = (event) => { if (root && root.contains(event.target)) typed += 1; };
    const hold = (event) => {
      const button = event.target.closest?.("button.jupyter-button:not(.widget-upload)");
      if (!button || button === released || heard === typed || event.defaultPrevented) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const until = typed;
      const release = () => {
        heard = until;
        released = button;
        if (button.isConnected) button.click();
        released = null;
      };
      const answered = ({ content }) => { if (content.execution_state === "idle") release(); };
      try { model.send({}, { iopub: { status: answered } }); } catch { release(); }
    };
    const onClick = (event) => {
      if (!root || !root.contains(event.target)) return;
      doubled(event);
      hold(event);
      const toggle = event.target.closest("[data-ic-keys]");
      if (toggle) {
        keys.off = !keys.off;
        tidy(root, words);
        say(keys.off ? words.keysAreOff : words.keysAreOn);
      }
      const copier = event.target.closest("[data-ic-copy]");
      if (copier) {
        const was = copier.dataset.icWas || copier.textContent;
        copier.dataset.icWas = was;
        copy(copier.dataset.icCopy).then((done) => {
          copier.textContent = done ? words.copied : words.copyByHand;
          say(copier.textContent);
          setTimeout(() => { copier.textContent = was; }, 2500);
        });
      }
    };

    const begin = () => {
      root = el.closest(".ic-page");
      if (!root) { requestAnimationFrame(begin); return; }
      root.setAttribute("data-lm-suppress-shortcuts", "true"); // "1" must not turn the cell into a heading
      root.dataset.icReady = "true";
      observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "title", "for", "disabled", "style"] });
      window.addEventListener("keydown", onKey, true);
      window.addEventListener("click", onClick, true);
      window.addEventListener("input", onInput, true);
      window.addEventListener("change", onInput, true);
      window.addEventListener("focusin", onFocus, true);
      window.addEventListener("pointerdown", onPointer, true);
      rename();
      // In JupyterLab the page around is not ours: only this part of it speaks the language.
      (inLab() ? root : document.documentElement).lang = lang;
      tidy(root, words);
    };
    begin();
    return () => {
      observer.disconnect();
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("click", onClick, true);
      window.removeEventListener("input", onInput, true);
      window.removeEventListener("change", onInput, true);
      window.removeEventListener("focusin", onFocus, true);
      window.removeEventListener("pointerdown", onPointer, true);
      root = null;
    };
  },
};
