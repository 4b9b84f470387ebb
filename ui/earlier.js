// Earlier chats are kept in this browser alone, each under a name of its own, so that two tabs never overwrite each
// other. A tab knows the name of its chat, and takes it up again when it is loaded anew. So does a duplicate of the tab,
// or one that opens the same chat; told that the name is taken, it keeps what follows under a name of its own. A chat that
// one tab forgets, all forget.
const KEPT = "parley.chat.";
const MOST_KEPT = 50;
const random = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("");
let chat = sessionStorage.getItem(KEPT) ?? random();

const tabs = new BroadcastChannel(KEPT);
tabs.onmessage = ({ data: { name, taken, forgotten } }) => {
  if (name !== chat) return;
  if (forgotten) leaveChat();
  else if (taken) chat = random();
  else tabs.postMessage({ name, taken: true });
};

const keptChats = () =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(KEPT))
    .map((name) => [name.slice(KEPT.length), readChat(name)])
    .filter(([, kept]) => kept)
    .sort(([, one], [, other]) => other.at - one.at);

function readChat(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name));
    return typeof kept.chat === "string" ? kept : null;
  } catch {
    return null;
  }
}

function keepChat({ title, chat: content }) {
  if (!title) return;
  sessionStorage.setItem(KEPT, chat);
  for (const [old] of keptChats().slice(MOST_KEPT - 1)) if (old !== chat) localStorage.removeItem(KEPT + old);
  const kept = JSON.stringify({ title, at: Date.now(), chat: content });
  for (;;) {
    try {
      return localStorage.setItem(KEPT + chat, kept);
    } catch {
      const oldest = keptChats().filter(([name]) => name !== chat).pop(); // the browser's room is full
      if (!oldest) return;
      localStorage.removeItem(KEPT + oldest[0]);
    }
  }
}

document.addEventListener("parley", ({ detail }) => {
  if (detail.kind === "keep") keepChat(detail);
});

function takeUp(name) {
  const kept = readChat(KEPT + name);
  if (!kept) return;
  chat = name;
  sessionStorage.setItem(KEPT, name);
  tabs.postMessage({ name });
  trigger("expand", { kept: kept.chat });
}

// Its next answer would keep all of it again.
const leaveChat = () => byId("new-chat")?.click();

function forget(name) {
  localStorage.removeItem(KEPT + name);
  tabs.postMessage({ name, forgotten: true });
  if (name === chat) leaveChat();
}

function listChats() {
  const dialog = byId("earlier");
  const list = dialog.querySelector("ul");
  const chats = keptChats();
  dialog.querySelector("p").textContent = chats.length ? dialog.dataset.kept : dialog.dataset.none;
  dialog.querySelector("[data-do=ask-forget-all]").hidden = !chats.length;
  list.replaceChildren(
    ...chats.map(([name, kept]) => {
      const item = document.createElement("li");
      const open = document.createElement("button");
      const title = document.createElement("span");
      const when = document.createElement("time");
      const remove = document.createElement("button");
      title.textContent = String(kept.title);
      when.textContent = new Date(kept.at).toLocaleString();
      open.append(title, when);
      open.addEventListener("click", () => {
        dialog.close();
        takeUp(name);
      });
      remove.textContent = dialog.dataset.forget;
      remove.setAttribute("aria-label", `${dialog.dataset.forget}: ${kept.title}`);
      remove.addEventListener("click", () => {
        const place = [...list.children].indexOf(item);
        forget(name);
        listChats();
        const next = list.children[Math.min(place, list.children.length - 1)];
        (next ?? dialog).querySelector("li > :last-child, [data-do=close-dialog]").focus();
      });
      item.append(open, remove);
      return item;
    }),
  );
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#earlier-button")) {
    listChats();
    byId("earlier").showModal();
  } else if (event.target.closest("#keys-button")) {
    byId("keys").showModal();
  } else if (event.target.closest("[data-do=ask-forget-all]")) {
    byId("confirm-forget").showModal();
  } else if (event.target.closest("[data-do=forget-all]")) {
    byId("confirm-forget").close();
    for (const [name] of keptChats()) forget(name);
    listChats();
    byId("earlier").querySelector("[data-do=close-dialog]").focus();
  } else if (event.target.closest("#new-chat")) {
    sessionStorage.removeItem(KEPT);
    chat = random();
  }
});

if (sessionStorage.getItem(KEPT)) takeUp(chat);
