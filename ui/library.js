// The library: narrow the list, add files by choosing or dropping them, remove and put back.
const field = (name) => document.querySelector(`#library-tools [name=${name}]`);
const NAMES = ["text", "outlet", "since", "until"];
let narrowing = null;

function narrowNow() {
  trigger("apply", Object.fromEntries(NAMES.map((name) => [name, field(name)?.value ?? ""])));
}

for (const kind of ["input", "search"])
  sheet.addEventListener(kind, (event) => {
    if (!NAMES.includes(event.target.name)) return;
    clearTimeout(narrowing);
    narrowing = setTimeout(narrowNow, 150);
  });

// Sends one file; resolves to the reason why it was refused, or to nothing.
function send(file, tell) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", "articles?name=" + encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => tell(event.loaded / event.total);
    request.onload = () =>
      resolve(request.response?.reason ?? (request.status === 200 ? null : String(request.status)));
    request.onerror = () => resolve("the connection was lost");
    request.send(file);
  });
}

async function addFiles(files) {
  if (!files.length || !document.querySelector("#library-tools [data-do=add]")) return;
  const words = document.querySelector("#library-tools .tools").dataset.uploading;
  const status = document.createElement("div");
  status.className = "status";
  status.setAttribute("role", "status");
  const label = document.createElement("label");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  bar.max = files.length;
  label.append(name, bar);
  status.append(label);
  byId("library-tools").append(status);
  const refused = [];
  for (const [index, file] of files.entries()) {
    name.textContent = words.replace("{name}", file.name);
    const reason = await send(file, (part) => (bar.value = index + part));
    if (reason) refused.push([file.name, reason]);
  }
  status.remove();
  trigger("upload", { refused });
}

sheet.addEventListener("change", (event) => {
  if (!event.target.matches("[data-do=add]")) return;
  addFiles([...event.target.files]);
  event.target.value = ""; // else choosing the same file again would change nothing
});

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault(); // else the browser would open the file in place of the window
  sheet.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) sheet.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  sheet.classList.remove("dropping");
  addFiles([...event.dataTransfer.files]);
});

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-do]");
  if (!chosen) return;
  const { do: what, source, title, ticket } = chosen.dataset;
  if (what === "sync") trigger("submit", {});
  else if (what === "sync-anyway") trigger("submit", { confirmed: true });
  else if (what === "undo") trigger("undo", { ticket });
  else if (what === "leave-edit") trigger("clear", {});
  else if (what === "dismiss") chosen.closest(".status").remove();
  else if (what === "all") {
    for (const name of NAMES) if (field(name)) field(name).value = "";
    narrowNow();
  } else if (what === "remove") {
    const dialog = byId("confirm");
    dialog.querySelector("h2").textContent = document
      .querySelector("#library-tools .tools")
      .dataset.removing.replace("{title}", title);
    dialog.querySelector("[data-do=confirm]").dataset.source = source;
    dialog.showModal();
  } else if (what === "confirm") {
    byId("confirm").close();
    trigger("delete", { source });
  } else if (what === "close-dialog") chosen.closest("dialog").close();
});
