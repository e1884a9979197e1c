// Spares reloading: each form is sent in the background and the page it leads to takes this one's place.
"use strict";

const app = document.getElementById("app");
let chosen = -1;

function settle(focus) {
  const log = document.getElementById("log");
  log.scrollTop = log.scrollHeight;
  if (focus) document.getElementById("text").focus();
}

// One after the other, so that the last page shown is the newest.
let before = Promise.resolve();

function follow(url, options, focus) {
  before = before.then(() => bring(url, options, focus));
}

async function bring(url, options, focus) {
  app.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, options);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // What was typed meanwhile, in the same place.
    const typed = options.method ? document.getElementById("text").value : "";
    app.replaceChildren(...page.getElementById("app").children);
    document.title = page.title;
    history.replaceState(null, "", answer.url);
    chosen = -1;
    settle(focus || typed);
    if (typed) write(typed);
  } catch {
    location.reload();
  } finally {
    app.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  // A second click while a form is on its way sends it no second time.
  if (form.dataset.sent) return;
  if (form.classList.contains("card") || form.classList.contains("keys")) form.dataset.sent = "yes";
  const body = new FormData(form, event.submitter);
  const composer = form.classList.contains("composer");
  if (composer) form.reset();
  follow(form.action, { method: "POST", body }, composer);
});

document.addEventListener("click", (event) => {
  const hint = event.target.closest("#hints li");
  if (hint) return take(hint.dataset.name + " ");
  const example = event.target.closest(".empty button");
  if (example) return take(example.dataset.text);
  const link = event.target.closest(".side a");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    follow(link.href, {}, true);
  }
});

function write(words) {
  const text = document.getElementById("text");
  text.value = words;
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function hints() {
  return [...document.querySelectorAll("#hints li:not([hidden])")];
}

function take(words) {
  const text = document.getElementById("text");
  text.value = words;
  show(false);
  text.focus();
}

function show(open) {
  document.getElementById("hints").hidden = !open;
  const text = document.getElementById("text");
  text.setAttribute("aria-expanded", String(open));
  if (!open) text.removeAttribute("aria-activedescendant");
}

function choose(number) {
  const shown = hints();
  chosen = shown.length ? (number + shown.length) % shown.length : -1;
  shown.forEach((hint, n) => hint.setAttribute("aria-selected", String(n === chosen)));
  if (chosen >= 0) {
    shown[chosen].scrollIntoView({ block: "nearest" });
    document.getElementById("text").setAttribute("aria-activedescendant", shown[chosen].id);
  }
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "text") return;
  const typed = event.target.value;
  const naming = typed.startsWith("/") && !typed.includes(" ");
  document.querySelectorAll("#hints li").forEach((hint) => {
    hint.hidden = !hint.dataset.name.startsWith(typed.toLowerCase());
  });
  show(naming && hints().length > 0);
  if (naming) choose(0);
});

document.addEventListener("change", (event) => {
  if (event.target.type === "file") event.target.closest("label").classList.toggle("full", event.target.files.length > 0);
});

// Enter sends a command that is already written out.
function completes(event) {
  return event.key === "Tab" || (event.key === "Enter" && hints()[chosen].dataset.name !== event.target.value);
}

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "text") return;
  const open = !document.getElementById("hints").hidden;
  if (open && event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
  else if (open && event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
  else if (open && event.key === "Escape") show(false);
  else if (open && chosen >= 0 && completes(event)) { event.preventDefault(); take(hints()[chosen].dataset.name + " "); }
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); event.target.form.requestSubmit(); }
});

settle(false);
