// Runs once, when the evidence pane is there. Gradio gives `element` (the pane), `trigger` (tell Python) and `watch`.
const byId = (id) => document.getElementById(id); // the rest of the page may come later than this
const sheet = byId("evidence");
const narrow = window.matchMedia("(max-width: 860px)");
const LINKS = '#conversation a[href^="#cite-"], #conversation a[href^="#near-"]';
let opener = null; // gets the focus back when the pane is left
let byKeyboard = false;

const pane = () => element.querySelector(".pane");
const isShown = (link) => link.getAttribute("href") === "#" + pane().dataset.shows;

function target(link) {
  const [show, answer, number] = link.getAttribute("href").slice(1).split("-");
  return { show, answer, number };
}

// Scrolls the article alone, so that the page never moves under the reader.
function scrollToQuote() {
  const view = element.querySelector(".scroll");
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
  scrollToQuote();
  labelLinks();
  byId("announcer").textContent = pane().dataset.announce;
  const start = element.querySelector(".article, .articles button");
  if (byKeyboard && start) start.focus({ preventScroll: true });
  byKeyboard = false;
}

function openSheet(from) {
  opener = from;
  sheet.classList.toggle("open", narrow.matches);
}

function leave() {
  const mine = sheet.classList.contains("open") || element.contains(document.activeElement);
  sheet.classList.remove("open");
  if (mine && opener && opener.isConnected) opener.focus();
}

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest(LINKS);
    const choice = element.contains(event.target) && event.target.closest("[data-show]");
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      byKeyboard = event.detail === 0;
      openSheet(link);
      if (isShown(link)) arrive();
      else trigger("click", target(link));
    } else if (choice) {
      byKeyboard = event.detail === 0;
      trigger("click", { ...choice.dataset });
    } else if (event.target.closest("#articles-button")) {
      openSheet(event.target.closest("button"));
    } else if (event.target.closest("[data-close]") || !event.target.closest("#evidence")) {
      leave();
    }
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
});

// Gradio labels each message with its Markdown, which a screen reader would read out in place of the message, and calls
// the examples a list that has no items.
function mend() {
  for (const message of document.querySelectorAll("#conversation [data-testid][aria-label*=message]"))
    message.removeAttribute("aria-label");
  for (const list of document.querySelectorAll("#conversation .examples[role=list]")) list.removeAttribute("role");
  labelLinks();
}

new MutationObserver(mend).observe(element.closest("#panes"), { subtree: true, childList: true });
watch("value", arrive);
mend();
