// The phones' page: joins a room, shows what it is asked, sends answers, and finds its way back by itself.
// Everything that is shown is set as text; all words come from the server's list.

const WORDS = JSON.parse(document.getElementById("words").textContent);
let W = WORDS[document.documentElement.lang]; // until a room says which language it speaks
const KEPT = "interview-coach-room";
const SILENT = 45000; // three beats of the stream
const stage = document.getElementById("stage");
const link = document.getElementById("link");
const said = document.getElementById("said");

function memory() {
  try { return JSON.parse(localStorage.getItem(KEPT)) || {}; } catch { return {}; /* private mode: this page only */ }
}
// What this phone is known by, the count of its answers, those that are kept (by question), one that is
// not kept yet, words begun, and what the review found in its words.
const NOBODY = { phone: "", code: "", turn: 0, kept: {}, pending: null, begun: {} };
const me = { ...NOBODY, ...memory() };
let found = null;
let view = null;
let drawn = "";
let stream = null;
let heard = 0;
let tries = 0;
let timer = null;
let sending = false;

function keep() {
  try { localStorage.setItem(KEPT, JSON.stringify(me)); } catch { /* see above */ }
}

function forget() {
  Object.assign(me, NOBODY, { kept: {}, begun: {} });
  view = null;
  keep();
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function speak(language) {
  if (!(language in WORDS) || W === WORDS[language]) return;
  W = WORDS[language];
  document.documentElement.lang = language;
  drawn = "";
  link.textContent = "";
}

function say(words, wrong = false) {
  said.classList.toggle("wrong", wrong);
  if (said.textContent !== words) said.textContent = words;
}

function show(heading, ...parts) {
  const moved = stage.childElementCount > 0;
  stage.replaceChildren(make("h1", { tabindex: "-1" }, heading), ...parts.flat().filter(Boolean));
  document.title = `${heading} · Interview Coach`;
  if (moved) {
    // Who listens hears the new heading; who looks sees the page from its top.
    stage.firstElementChild.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

async function ask(path, sent) {
  const more = sent && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) };
  const answer = await fetch(path, { cache: "no-store", ...more });
  const told = await answer.json().catch(() => ({ reason: "busy" }));
  if (answer.ok) return told;
  const problem = new Error(told.reason);
  problem.reason = told.reason in W.reasons ? told.reason : "busy";
  throw problem;
}

// ---- joining

function showJoin(reason = "", askName = false) {
  drawn = "";
  const wrong = reason && !askName;
  const code = make("input", {
    id: "code", name: "code", value: me.code, autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    enterkeyhint: "go", required: true, maxlength: "20", "aria-describedby": "code-hint", "aria-invalid": wrong ? "true" : null,
  });
  const name = askName && make("input", { id: "name", name: "name", autocomplete: "name", required: true, maxlength: String(W.mostName), "aria-describedby": "name-hint" });
  const form = make("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); join(code.value, name ? name.value : "", askName); } },
    make("label", { for: "code" }, W.code), code, make("span", { id: "code-hint", class: "hint" }, W.codeHint),
    askName ? [make("label", { for: "name" }, W.name), name, make("span", { id: "name-hint", class: "hint" }, W.nameAsked)] : null,
    make("button", { type: "submit", class: "main" }, W.join));
  show(W.title, make("p", { class: "soft" }, W.lead), form);
  say(reason ? W.reasons[reason] : "", Boolean(wrong));
  if (reason) (name || code).focus();
}

async function join(code, name = "", asked = false) {
  me.code = code.trim();
  say(W.joining);
  try {
    const told = await ask("join", { code: me.code, phone: me.phone, name });
    if (told.phone !== me.phone) Object.assign(me, NOBODY, { phone: told.phone, code: me.code, kept: {}, begun: {} });
    keep();
    say("");
    hear(told);
    listen();
  } catch (problem) {
    if (problem.reason === "closed") { showClosed(); return; }
    showJoin(problem.reason || "busy", problem.reason === "name" || (asked && problem.reason !== "code"));
  }
}

// ---- listening

function listen() {
  clearTimeout(timer);
  stream?.close();
  heard = Date.now();
  stream = new EventSource(`events?phone=${encodeURIComponent(me.phone)}`);
  stream.onmessage = (event) => { connected(); hear(JSON.parse(event.data)); };
  stream.addEventListener("beat", connected);
  stream.onerror = lost;
}

function connected() {
  heard = Date.now();
  tries = 0;
  if (!link.textContent || link.textContent === W.back) return;
  link.textContent = W.back;
  setTimeout(() => { if (link.textContent === W.back) link.textContent = ""; }, 4000);
}

function lost() {
  stream?.close();
  stream = null;
  if (!me.phone) return;
  tries += 1;
  // A stream may end for a moment; only what lasts is worth a word.
  if (tries > 1) link.textContent = tries > 6 ? W.lostLong : W.lost;
  clearTimeout(timer);
  // Not all phones of a room at the same moment.
  timer = setTimeout(again, Math.min(10000, 300 * 2 ** tries) * (0.5 + Math.random() / 2));
}

async function again() {
  if (!me.phone) return;
  try {
    const told = await ask(`state?phone=${encodeURIComponent(me.phone)}`);
    connected();
    hear(told);
    listen();
  } catch (problem) {
    if (problem.reason === "closed") showClosed();
    else if (problem.reason === "phone") { forget(); showJoin("phone"); }
    else lost();
  }
}

setInterval(() => { if (me.phone && stream && Date.now() - heard > SILENT) lost(); }, 5000);
document.addEventListener("visibilitychange", () => { if (!document.hidden && me.phone && Date.now() - heard > 20000) again(); });
window.addEventListener("online", () => { if (me.phone) again(); });

function hear(told) {
  if (told.stage === "closed") { showClosed(); return; }
  speak(told.language);
  view = told;
  if (told.mine) {
    me.turn = Math.max(me.turn, told.mine.turn);
    if ("answer" in told.mine) me.kept[view.question] = told.mine.answer;
    found = told.mine.found || null;
  } else found = null;
  if (me.pending && (me.pending.question !== view.question || view.stage !== "open")) {
    me.pending = null;
    say(W.reasons.over, true);
  }
  keep();
  draw();
  if (me.pending) send();
  // What the review found in these words is told to this phone alone; not all ask at the same moment.
  if (!told.mine && view.kind === "words" && view.stage === "revealed") setTimeout(again, Math.random() * 1500);
}

// ---- answering

function answer(kind, words) {
  // Another page of this phone may have answered meanwhile.
  me.turn = Math.max(me.turn, memory().turn || 0) + 1;
  me.pending = { question: view.question, kind, answer: words, turn: me.turn };
  keep();
  mark();
  say(W.sending);
  send();
}

async function send() {
  if (sending || !me.pending) return;
  sending = true;
  const sent = me.pending;
  let wait = 0;
  try {
    const { kept } = await ask("answer", { phone: me.phone, ...sent });
    if (kept > sent.turn && me.pending?.turn === sent.turn) {
      // A page that this one knows nothing of has counted further: this answer is the latest all the same.
      me.turn = kept + 1;
      me.pending = { ...sent, turn: me.turn };
    } else me.kept[sent.question] = sent.answer;
    if (me.pending?.turn === sent.turn) { me.pending = null; say(sent.kind === "words" ? W.written : W.voted); }
  } catch (problem) {
    if (["moved", "over", "long", "wrong"].includes(problem.reason)) {
      if (me.pending?.turn === sent.turn) me.pending = null;
      say(W.reasons[problem.reason], true);
      if (problem.reason !== "long") again();
    } else if (["closed", "phone"].includes(problem.reason)) again();
    else {
      say(problem.reason === "slow" ? W.reasons.slow : W.notYet, true);
      wait = problem.reason === "slow" ? 5000 : 2000;
    }
  }
  sending = false;
  keep();
  mark();
  if (me.pending) setTimeout(send, wait);
}

window.addEventListener("storage", () => {
  const other = memory();
  if (other.phone !== me.phone || !view) return;
  me.kept = other.kept;
  me.turn = Math.max(me.turn, other.turn);
  mark();
});

function chosen() {
  return me.pending && view && me.pending.question === view.question ? me.pending.answer : me.kept[view?.question];
}

function mark() {
  stage.querySelectorAll("button[data-key]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.key === chosen()));
  });
  const again_ = stage.querySelector("button[data-send]");
  if (again_) again_.textContent = chosen() === undefined ? W.send : W.sendAgain;
}

// ---- what is shown

function draw() {
  const told = JSON.stringify([view.stage, view.question, view.kind, view.result, view.stage === "open" ? null : [chosen(), found]]);
  if (told === drawn) { mark(); return; }
  drawn = told;
  if (view.stage === "waiting") { say(""); show(W.waiting, make("p", { class: "soft" }, W.waitingLead), make("p", null, view.names ? W.named : W.noName)); }
  else if (view.kind === "words") drawWords();
  else if (view.stage === "open") drawChoice();
  else if (view.stage === "counted") { say(""); show(view.asked, make("p", { class: "soft" }, chosen() === undefined ? W.countedNone : W.counted), yourChoice()); }
  else drawResult();
}

function yourChoice() {
  const option = (view.options || []).find(([key]) => key === chosen());
  return option && make("p", null, make("span", { class: "yours" }, "✓ "), `${option[1]} (${W.yours})`);
}

function drawChoice() {
  say(chosen() === undefined || me.pending ? "" : W.voted);
  show(view.asked, make("p", { class: "soft", id: "lead" }, view.names ? W.chooseNamed : W.chooseLead),
    make("div", { role: "group", "aria-label": W.choose, "aria-describedby": "lead" },
      view.options.map(([key, words]) => make("button", { type: "button", "data-key": key, "aria-pressed": "false", onclick: () => answer("choice", key) }, words))));
  mark();
}

function drawResult() {
  say("");
  const { finding, total, rows } = view.result;
  show(finding || W.result, make("ul", { class: "rows" }, rows.map(([key, words, n]) => {
    const of = fill(W.resultOf, { n, total });
    return make("li", null, make("b", null, words), key === chosen() ? make("span", { class: "yours" }, ` ✓ ${W.yours}`) : null,
      make("div", { class: "of" }, make("progress", { value: String(n), max: String(Math.max(total, 1)), "aria-label": `${words}: ${of}` }), make("span", { class: "n" }, of)));
  })));
}

function drawWords() {
  if (view.stage === "open") { drawWriting(); return; }
  say("");
  const wrote = chosen() === undefined ? [] : [make("h2", null, W.yourDraft), make("p", { class: "draft" }, chosen())];
  if (view.stage === "counted") { show(view.asked, make("p", { class: "soft" }, W.wordsCounted), wrote); return; }
  show(view.result.finding || W.result, view.result.more ? make("p", { class: "soft" }, view.result.more) : null, wrote, found ? drawFound(found) : null);
}

function drawFound({ missing, faults, note }) {
  if (!missing.length && !faults.length) return make("p", null, note || W.soundDraft);
  return [
    note ? make("p", { class: "soft" }, note) : null,
    ...faults.map(([span, why, instead]) => make("div", { class: "card" }, make("p", null, make("span", { class: "tag hurts" }, W.hurts)), make("p", null, make("b", null, `“${span}” `), why), instead ? make("p", { class: "soft" }, `${W.instead} ${instead}`) : null)),
    ...missing.map(([what, why]) => make("div", { class: "card" }, make("p", null, make("span", { class: "tag" }, W.missing)), make("p", null, make("b", null, what), ` ${why}`))),
  ];
}

function drawWriting() {
  const question = String(view.question);
  const left = make("span", { class: "hint", id: "left" });
  const field = make("textarea", { id: "field", maxlength: String(W.mostWords), "aria-describedby": "hint left", enterkeyhint: "enter" });
  field.value = me.begun[question] ?? chosen() ?? "";
  const count = () => { left.textContent = fill(W.left, { n: W.mostWords - field.value.length }); };
  field.addEventListener("input", () => { me.begun = { [question]: field.value }; keep(); count(); field.removeAttribute("aria-invalid"); });
  count();
  say(chosen() === undefined || me.pending ? "" : W.written);
  const submit = (event) => {
    event.preventDefault();
    if (!field.value.trim()) { say(W.empty, true); field.setAttribute("aria-invalid", "true"); field.focus(); return; }
    answer("words", field.value);
  };
  show(view.asked, view.lead ? make("p", { class: "soft" }, view.lead) : null, make("form", { novalidate: true, onsubmit: submit }, make("label", { for: "field" }, W.write), field,
    make("span", { class: "hint", id: "hint" }, W.writeHint), left, make("button", { type: "submit", class: "main", "data-send": "" }, W.send)));
  mark();
}

function showClosed() {
  clearTimeout(timer);
  stream?.close();
  stream = null;
  forget();
  drawn = "";
  link.textContent = "";
  say("");
  history.replaceState(null, "", location.pathname);
  show(W.closed, make("p", { class: "soft" }, W.closedLead), make("button", { type: "button", class: "quiet", onclick: () => showJoin() }, W.leave));
}

// ---- beginning

function begin() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (me.phone && (!code || code === me.code)) again();
  else if (code) { me.phone = ""; join(code); }
  else showJoin();
}
window.addEventListener("hashchange", () => { stream?.close(); begin(); });
begin();
