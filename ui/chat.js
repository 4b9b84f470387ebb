// Runs once, when the evidence pane is there, with library.js and earlier.js behind it. Gradio gives `element` (the
// pane), `trigger` (tell Python) and `watch`.
const byId = (id) => document.getElementById(id); // the rest of the page may come later than this
const sheet = byId("evidence");
const narrow = window.matchMedia("(max-width: 860px)");
const LINKS = '#conversation a[href^="#cite-"], #conversation a[href^="#near-"]';
// What changes the chat waits for the answer under way, which would undo it.
const CHANGES = '#conversation :is([href^="#do-retry-"], [href^="#do-like-"], [href^="#do-dislike-"], [href^="#ask-"])';
const FOCUSABLE = "button:not(:disabled), a[href], input, select, summary, [tabindex='0']";
let opener = null; // gets the focus back when the pane is left
let byKeyboard = false;
let stepped = null; // which way the reader goes through the quotes
let held = null; // what has the focus by the keyboard
const DRAFT = "parley.draft"; // the tab loads the page anew when the program has started again
let draft = sessionStorage.getItem(DRAFT);
sessionStorage.removeItem(DRAFT); // a duplicate of the tab does not take it up

const answering = () => byId("stop") !== null;
const pane = () => element.querySelector(".pane");
const isShown = (link) => link.getAttribute("href") === "#" + pane().dataset.shows;

function target(link) {
  const [show, answer, number] = link.getAttribute("href").slice(1).split("-");
  return { show, answer, number };
}

// Says something to those who hear the window, and shows it in passing.
function say(words) {
  byId("announcer").textContent = words;
}

function toast(words) {
  say(words);
  document.querySelector(".toast")?.remove();
  const shown = document.createElement("div");
  shown.className = "toast";
  shown.setAttribute("aria-hidden", "true"); // it has been said
  shown.textContent = words;
  shown.addEventListener("animationend", () => shown.remove());
  byId("talk").append(shown);
}

// Scrolls the article alone, so that the page never moves under the reader.
function scrollToQuote() {
  // where there is little room, what stands above the article scrolls with it
  const view = [...element.querySelectorAll(".scroll, .pane")].find((one) => getComputedStyle(one).overflowY === "auto");
  const mark = element.querySelector("mark.current");
  if (!view) return;
  if (!mark) view.scrollTop = 0;
  else view.scrollTop += mark.getBoundingClientRect().top - view.getBoundingClientRect().top - view.clientHeight / 3;
}

function labelLinks() {
  for (const link of document.querySelectorAll(LINKS)) {
    if (isShown(link)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function arrive() {
  sheet.dataset.view = pane().classList.contains("pane-list") ? "list" : "article";
  scrollToQuote();
  labelLinks();
  if (pane().dataset.announce) say(pane().dataset.announce);
  const step = stepped && element.querySelector(`.step.${stepped}:not(:disabled)`);
  const start = step || element.querySelector(".article, .articles button");
  if (byKeyboard && start) start.focus({ preventScroll: true });
  byKeyboard = false;
  stepped = null;
}

// Going back in the browser's history closes the sheet, and closing the sheet goes back.
let goingBack = false;
function markHistory() {
  if (!goingBack && !history.state?.sheet) history.pushState({ ...history.state, sheet: true }, "");
}

window.addEventListener("popstate", () => {
  const asked = !goingBack;
  goingBack = false;
  if (asked) leave();
  else if (sheet.classList.contains("open")) markHistory(); // it was opened again meanwhile
});

// On a phone the pane is a sheet, and the rest of the page is out of reach while it is open.
function openSheet(from) {
  opener = from;
  if (!narrow.matches) return;
  sheet.classList.add("open");
  markHistory();
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-modal", "true");
  sheet.setAttribute("aria-label", pane().getAttribute("aria-label"));
  for (const id of ["top", "talk"]) byId(id).inert = true;
  element.querySelector(".pane-close").focus({ preventScroll: true });
}

function leave() {
  const mine = sheet.classList.contains("open") || sheet.contains(document.activeElement);
  if (sheet.classList.contains("open") && history.state?.sheet && !goingBack) {
    goingBack = true;
    history.back();
  }
  sheet.classList.remove("open");
  for (const name of ["role", "aria-modal", "aria-label"]) sheet.removeAttribute(name);
  for (const id of ["top", "talk"]) byId(id).inert = false;
  if (mine && opener && opener.isConnected) opener.focus();
}

narrow.addEventListener("change", leave);

// What has the focus may be written anew, or be gone: the focus goes to what took its place, or back to the question.
function holdFocus() {
  if (!held || held.isConnected) return;
  const again = held.matches("a[href]") && document.querySelector(`#conversation a[href="${held.getAttribute("href")}"]`);
  held = null;
  if (document.activeElement === document.body) (again || byId("question").querySelector("textarea")).focus();
}

document.addEventListener("focusin", ({ target }) => {
  held = target.matches("#talk :focus-visible:not(textarea)") ? target : null;
  closeMenus(target);
});
document.addEventListener("pointerdown", () => (held = null), true);

function closeMenus(but) {
  for (const menu of document.querySelectorAll("#conversation details.menu[open]")) {
    if (menu.contains(but)) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

// A new question stands at the top, with its answer below it, and stays there while that comes.
let lastAsked = "";
function showQuestion() {
  const asked = document.querySelectorAll("#conversation [data-testid=user]");
  const last = asked[asked.length - 1];
  const now = last ? `${asked.length} ${last.textContent}` : "";
  if (now === lastAsked) return;
  lastAsked = now;
  const view = last?.closest(".bubble-wrap");
  if (view) view.scrollTop += last.getBoundingClientRect().top - view.getBoundingClientRect().top - 12;
}

function restoreDraft() {
  const area = byId("question")?.querySelector("textarea");
  if (!draft || !area) return;
  if (!area.value) {
    area.value = draft;
    area.dispatchEvent(new Event("input"));
  }
  draft = null;
}

window.addEventListener("pagehide", () =>
  sessionStorage.setItem(DRAFT, draft || (byId("question")?.querySelector("textarea").value ?? "")),
);

function act(what, answer) {
  const [verb, form] = what.split("_");
  if (verb === "like") trigger("like", { answer, opinion: "liked" });
  else if (verb === "dislike") trigger("like", { answer, opinion: "disliked" });
  else if (form) trigger("download", { answer, form, whole: verb === "exportall" });
  else trigger(verb, { answer });
  if (verb === "edit") byId("question").querySelector("textarea").focus();
}

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest(LINKS);
    const own = event.target.closest('#conversation a[href^="#do-"], #conversation a[href^="#ask-"]');
    const choice = element.contains(event.target) && event.target.closest("[data-show]");
    closeMenus(own ? null : event.target);
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      byKeyboard = event.detail === 0;
      openSheet(link);
      if (isShown(link)) arrive();
      else trigger("click", target(link));
    } else if (own) {
      event.preventDefault();
      event.stopPropagation();
      if (own.matches("[aria-disabled=true]")) return;
      const [kind, what, answer] = own.getAttribute("href").slice(1).split("-");
      if (kind === "ask") trigger("select", { answer: what, number: answer });
      else act(what, answer);
    } else if (choice) {
      byKeyboard = event.detail === 0;
      if (choice.matches(".step")) stepped = choice.matches(".next") ? "next" : "previous";
      trigger("click", { ...choice.dataset });
    } else if (event.target.closest("#articles-button")) {
      trigger("click", { show: "list" });
      openSheet(event.target.closest("button"));
    } else if (event.target.closest("[data-close]") || !event.target.closest("#evidence, #dialogs")) {
      leave();
    }
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Escape") {
    // a search box is emptied by it, and told of that only while it has the focus
    if (event.target.matches("input[type=search]") && event.target.value) return;
    if (document.querySelector("#conversation details.menu[open]")) closeMenus(null);
    else leave();
  } else if (command && event.key === "k") {
    event.preventDefault();
    leave();
    byId("question").querySelector("textarea").focus();
  } else if (command && event.key === ".") {
    byId("stop")?.click();
  } else if (event.key === " " && event.target.closest("a[role=button]")) {
    event.preventDefault();
    event.target.click();
  } else if (event.key === "Enter" && !event.shiftKey && answering() && event.target.closest("#question")) {
    event.preventDefault();
  } else if (["ArrowLeft", "ArrowRight"].includes(event.key) && element.contains(event.target) && !typing) {
    element.querySelector(event.key === "ArrowLeft" ? ".step.previous" : ".step.next")?.click();
  } else if (event.key === "Tab" && sheet.classList.contains("open")) {
    const reached = [...sheet.querySelectorAll(FOCUSABLE)].filter((one) => one.checkVisibility());
    const [first, last] = [reached[0], reached[reached.length - 1]];
    if (event.shiftKey ? event.target === first : event.target === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }
});

document.addEventListener("parley", ({ detail }) => {
  if (detail.kind === "copy") {
    const area = document.createElement("textarea"); // navigator.clipboard is not there over plain HTTP
    area.value = detail.text;
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    document.execCommand("copy");
    area.remove();
    before?.focus({ preventScroll: true });
  } else if (detail.kind === "download") {
    const bytes = Uint8Array.from(atob(detail.content), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: detail.type }));
    link.download = detail.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
  if (detail.told) toast(detail.told);
});

// Gradio labels each message with its Markdown, which a screen reader would read out in place of the message, and calls
// the examples a list that has no items. It lets no attribute through that says whether a button is pressed.
function mend() {
  const words = byId("announcer")?.dataset;
  for (const message of document.querySelectorAll("#conversation :is([data-testid=user], [data-testid=bot])")) {
    message.setAttribute("role", "group");
    message.setAttribute("aria-label", words?.[message.dataset.testid] ?? "");
  }
  for (const list of document.querySelectorAll("#conversation .examples[role=list]")) list.removeAttribute("role");
  for (const choice of document.querySelectorAll('#conversation a[href^="#do-like"], #conversation a[href^="#do-dislike"]'))
    choice.setAttribute("aria-pressed", choice.classList.contains("pressed"));
  for (const choice of document.querySelectorAll(CHANGES)) choice.setAttribute("aria-disabled", answering());
  byId("keys-button")?.setAttribute("aria-label", byId("keys")?.getAttribute("aria-label") ?? "?");
  labelLinks();
  showQuestion();
  holdFocus();
  restoreDraft();
}

new MutationObserver(mend).observe(element.closest("#panes"), { subtree: true, childList: true });
watch("value", arrive);
mend();
sheet.dataset.view = "list";
