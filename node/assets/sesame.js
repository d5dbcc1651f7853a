// Progressive enhancement only: every page works without this file. It fetches nothing but this node.
"use strict";

const summary = document.getElementById("problem");
if (summary) summary.focus();

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard || !source) continue;
  const before = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((source.value || source.textContent).trim());
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 3000);
  });
}

for (const button of document.querySelectorAll("[data-show]")) {
  const field = document.getElementById(button.dataset.show);
  const shown = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    const isHidden = field.type === "password";
    field.type = isHidden ? "text" : "password";
    button.textContent = isHidden ? button.dataset.hide : shown;
    field.focus();
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A form that takes a second or two says so, and is sent once.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button[type=submit]");
    button.textContent = form.dataset.busy;
    setTimeout(() => { button.disabled = true; }, 0);
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

const drop = document.getElementById("drop");
if (drop) {
  const file = drop.querySelector("input[type=file]");
  const progress = drop.querySelector("progress");
  const button = drop.querySelector("button");
  drop.querySelector(".drop-hint").hidden = false;
  const over = (event) => { event.preventDefault(); drop.classList.add("over"); };
  drop.addEventListener("dragover", over);
  drop.addEventListener("dragenter", over);
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    file.files = one.files;
    drop.requestSubmit();
  });
  drop.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    progress.hidden = false;
    button.disabled = true;
    button.textContent = drop.dataset.sending;
    request.upload.addEventListener("progress", (step) => {
      if (step.lengthComputable) progress.value = 100 * step.loaded / step.total;
    });
    request.addEventListener("load", () => {
      if (request.status < 300) {
        location.assign(request.responseURL);
        return;
      }
      // A refusal is a whole page: show its summary and its form in place of ours.
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = answer.getElementById("main");
      if (!main) { drop.submit(); return; }
      document.getElementById("main").replaceWith(document.adoptNode(main));
      document.title = answer.title;
      const problem = document.getElementById("problem");
      if (problem) { problem.scrollIntoView(); problem.focus(); }
    });
    request.addEventListener("error", () => drop.submit());
    request.open("POST", drop.action);
    request.send(new FormData(drop));
  });
}

// One polite hint that the page is old, at most every five seconds; the person decides when to refresh.
const main = document.getElementById("main");
const hint = document.getElementById("changed");
if (main && main.dataset.events && hint && window.EventSource) {
  let last = 0;
  const events = new EventSource(main.dataset.events);
  const say = () => {
    if (Date.now() - last < 5000 || hint.childElementCount) return;
    last = Date.now();
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = hint.dataset.action;
    hint.append(hint.dataset.text, " ", link);
  };
  events.addEventListener("changed", say);
  events.addEventListener("state", say);
  addEventListener("pagehide", () => events.close());
}
