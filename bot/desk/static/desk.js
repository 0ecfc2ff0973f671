// What only a browser can do for the desk: send what was typed or chosen, keep drafts over a reload, keep the newest
// answer in view, follow the wish for light or dark. What anything means is decided on the server.
(() => {
  "use strict";

  const UPLOAD = "/desk/files";
  let begun = false;
  let awaitingAnswer = null; // the seat whose form was sent here: its errors get the focus when they arrive

  const seatOf = (element) => element.closest("[data-seat]");
  const draftKey = (element) => {
    const seat = seatOf(element);
    const message = element.closest("[data-message]");
    return `draft/${seat?.dataset.talk}/${message?.dataset.message ?? "composer"}/${element.name}`;
  };

  function keepDraft(event) {
    const field = event.target;
    if (!seatOf(field) || !field.name || ["file", "checkbox", "hidden"].includes(field.type)) return;
    sessionStorage.setItem(draftKey(field), field.value);
  }

  function restoreDrafts(root) {
    for (const field of root.querySelectorAll("[data-seat] [name]:not([type=file]):not([type=checkbox])")) {
      const kept = sessionStorage.getItem(draftKey(field));
      if (kept !== null && field.dataset.restored !== "yes") field.value = kept;
      field.dataset.restored = "yes";
    }
  }

  function forgetDrafts(form) {
    for (const field of form.elements) if (field.name) sessionStorage.removeItem(draftKey(field));
  }

  function values(form) {
    const found = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") (found[name] ??= []).push(value);
    }
    return found;
  }

  // The files a person sees waiting go with the message, and no other: one may just be on its way.
  function attached(element) {
    return [...seatOf(element).querySelectorAll("[data-attached] [data-remove]")].map((each) => each.dataset.remove);
  }

  function submit(event, emit) {
    const form = event.target;
    event.preventDefault();
    if (form.matches("[data-composer]")) {
      const field = form.elements.text;
      const text = field.value.trim();
      const files = attached(form);
      if (!text && !files.length) return;
      // The draft stays until the message stands in the talk: a connection that breaks now loses nothing.
      sessionStorage.setItem(draftKey(field), text);
      emit({ say: wellFormed(text), files });
      field.value = "";
      field.focus();
      return;
    }
    awaitingAnswer = seatOf(form).dataset.seat;
    emit({ submit: form.closest("[data-message]").dataset.message, form: values(form), files: attached(form) });
    forgetDrafts(form);
  }

  function press(event, emit) {
    const button = event.target.closest("[data-press], [data-say], [data-remove]");
    if (!button) return;
    if (button.dataset.say !== undefined) emit({ say: button.dataset.say });
    else if (button.dataset.remove !== undefined) emit({ remove: button.dataset.remove });
    else emit({ press: button.dataset.press, message: button.closest("[data-message]")?.dataset.message ?? "" });
  }

  function keyed(event) {
    const field = event.target;
    if (!field.matches?.("[data-composer] textarea")) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit();
  }

  async function upload(seat, files) {
    for (const file of files) {
      const status = seat.querySelector("[data-upload-status]");
      if (status) status.textContent = "";
      try {
        await fetch(`${UPLOAD}?seat=${encodeURIComponent(seat.dataset.seat)}`, {
          method: "POST",
          headers: { "X-Rollcall-File": encodeURIComponent(file.name) },
          body: file,
        });
      } catch {
        // The server says itself what it did not take; here only silence has to be filled.
        if (status && !status.textContent) status.textContent = status.dataset.failed;
      }
    }
  }

  // A phone has text and nothing else.
  const takesFiles = (seat) => Boolean(seat?.querySelector("[data-takes-files]"));

  function chosen(event) {
    const field = event.target;
    if (field.type !== "file" || !seatOf(field)) return;
    upload(seatOf(field), [...field.files]);
    field.value = "";
  }

  function pasted(event) {
    const seat = seatOf(event.target);
    const files = [...(event.clipboardData?.files ?? [])];
    if (!takesFiles(seat) || !files.length) return;
    event.preventDefault();
    upload(seat, files);
  }

  function dragged(event) {
    const seat = event.target.closest?.("[data-seat]");
    if (!takesFiles(seat) || ![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    seat.classList.toggle("is-target", event.type === "dragover");
    if (event.type === "drop") upload(seat, [...event.dataTransfer.files]);
  }

  // Once the page library has put the desk on the page: as this browser left it.
  function begin() {
    begun = true;
    document.querySelector("[data-theme-wish]").value = localStorage.getItem("theme") ?? "auto";
    for (const log of document.querySelectorAll("[data-log]")) log.scrollTop = log.scrollHeight;
    bringToFront(document.documentElement.dataset.front);
  }

  // Half a character cannot travel.
  const wellFormed = (text) => (text.toWellFormed ? text.toWellFormed() : text);

  function forgetSent(pane) {
    const field = pane.querySelector("[data-composer] [name=text]");
    const said = [...pane.querySelectorAll("article.by-person")].at(-1)?.querySelector("p.bubble")?.textContent;
    if (!field || said === undefined) return;
    if (sessionStorage.getItem(draftKey(field))?.trim() === said.trim() && !field.value) {
      sessionStorage.removeItem(draftKey(field));
    }
  }

  // What had the focus goes with a card that became another one; whoever reads on does so where it stood.
  let held = null;
  function holdPlace(event) {
    held = { field: event.target, message: event.target.closest("[data-message]") };
  }

  function backToPlace() {
    if (!held?.message?.isConnected || held.field.isConnected || document.activeElement !== document.body) return;
    held.message.tabIndex = -1;
    held.message.focus({ preventScroll: true });
  }

  function arrived(records) {
    if (!begun && document.querySelector(".pane")) begin();
    backToPlace();
    for (const pane of document.querySelectorAll(".pane[data-talk]")) forgetSent(pane);
    restoreDrafts(document);
    markTabs();
    if (!begun) return;
    for (const record of records) {
      const log = record.target.closest?.("[data-log]");
      if (!log) continue;
      const newest = [...record.addedNodes].filter((node) => node.nodeType === 1 && node.matches("[data-message]")).at(-1);
      if (!newest) continue;
      // The beginning of an answer decides, so that is what comes into view, not its end. On a narrow screen the page
      // scrolls, elsewhere the talk does; scrolling more than that would move the other panes.
      if (getComputedStyle(log).overflowY === "visible") newest.scrollIntoView({ block: "start" });
      else log.scrollTop = newest.offsetTop - log.offsetTop - 12;
      if (!newest.matches(".by-desk")) continue;
      // An answer needs the room that the opened card beside the talk takes.
      seatOf(newest).querySelector("details.home")?.removeAttribute("open");
      const invalid = newest.querySelector("[aria-invalid=true]");
      // What comes to somebody else meanwhile is not the answer that is waited for.
      if (seatOf(newest).dataset.seat !== awaitingAnswer) continue;
      invalid?.focus();
      awaitingAnswer = null;
    }
  }

  // Which pane is in front is this browser's own matter. It stands on the root, which the page library leaves alone.
  function bringToFront(seat) {
    document.documentElement.dataset.front = seat;
    sessionStorage.setItem("front", seat);
    markTabs();
    const pane = document.querySelector(`.pane[data-seat="${CSS.escape(seat)}"]`);
    pane?.scrollIntoView({ behavior: "instant", block: "nearest", inline: "start" });
    return pane;
  }

  function markTabs() {
    const front = document.documentElement.dataset.front;
    for (const tab of document.querySelectorAll("[data-show]")) {
      const current = String(tab.dataset.show === front);
      if (tab.getAttribute("aria-current") !== current) tab.setAttribute("aria-current", current);
    }
  }

  function shown(event) {
    const tab = event.target.closest("[data-show]");
    if (tab) bringToFront(tab.dataset.show)?.querySelector("h2")?.focus({ preventScroll: true });
  }

  function theme(event) {
    const wish = event.target.closest("[data-theme-wish]");
    if (!wish) return;
    localStorage.setItem("theme", wish.value);
    wear(wish.value);
  }

  function wear(wish) {
    if (wish === "light" || wish === "dark") document.documentElement.dataset.theme = wish;
    else delete document.documentElement.dataset.theme;
  }

  wear(localStorage.getItem("theme"));
  document.documentElement.dataset.front = sessionStorage.getItem("front") ?? "officer";
  document.addEventListener("input", keepDraft);
  document.addEventListener("focusin", holdPlace);
  document.addEventListener("keydown", keyed);
  document.addEventListener("change", chosen);
  document.addEventListener("change", theme);
  document.addEventListener("paste", pasted);
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, dragged);
  document.addEventListener("click", shown);
  new MutationObserver(arrived).observe(document.documentElement, { childList: true, subtree: true });
  window.desk = { submit, press };
})();
