// Sends the forms without loading the page anew, so that places, focus and half-written messages stay, and a screen
// reader hears only what is new. Without this script every form does the same by loading the page.
"use strict";

const reader = new DOMParser();
let busy = false;

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!busy) send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("form[data-write]");
  if (form && event.target.name === "text" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

async function send(form, submitter) {
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form, submitter) });
    const page = reader.parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !page.getElementById("samtaler")) {
      document.documentElement.replaceWith(page.documentElement);
      return;
    }
    if (form.hasAttribute("data-write")) empty(form);
    take(page);
    history.replaceState(null, "", answer.url);
  } catch {
    location.reload(); // the browser then says what is wrong, and nothing is sent twice
  } finally {
    busy = false;
    document.body.removeAttribute("aria-busy");
  }
}

// Put what has changed into this page. Live regions stay, and get other content: that is what is read aloud.
function take(page) {
  const focused = document.activeElement;
  const log = focused.closest("[role=log]");
  for (const fresh of page.querySelectorAll("section.window")) {
    const here = document.getElementById(fresh.id);
    const same = here.querySelector("[data-log]")?.dataset.log === fresh.querySelector("[data-log]")?.dataset.log;
    here.className = fresh.className;
    if (same) merge(here.querySelector("[data-log]"), fresh.querySelector("[data-log]"));
    else here.replaceWith(fresh);
  }
  for (const fresh of page.querySelectorAll("[data-region]")) {
    const here = document.querySelector(`[data-region="${fresh.dataset.region}"]`);
    if (here && here.innerHTML !== fresh.innerHTML) refresh(here, fresh);
  }
  if (focused.isConnected) return;
  const again = focused.id && document.getElementById(focused.id);
  (again || (log && document.getElementById(log.id)) || document.getElementById("samtaler")).focus();
}

// What has been sent is no longer being written.
function empty(form) {
  form.elements.text.value = "";
  if (form.elements.file) form.elements.file.value = "";
}

// What somebody is writing stays.
function refresh(here, fresh) {
  const draft = here.querySelector("textarea")?.value;
  here.replaceChildren(...fresh.childNodes);
  const text = here.querySelector("textarea");
  if (text && draft && !text.value) text.value = draft;
}

function merge(here, fresh) {
  if (!here || !fresh) return;
  const wanted = new Set([...fresh.children].map((each) => each.id));
  for (const old of [...here.children]) if (!wanted.has(old.id)) old.remove();
  for (const each of [...fresh.children]) {
    const old = document.getElementById(each.id);
    if (!old) here.append(each);
    else if (old.outerHTML !== each.outerHTML) old.replaceWith(each);
  }
  const scroll = here.parentElement;
  scroll.scrollTop = 0; // the bottom, since the scroll hangs from there
}
