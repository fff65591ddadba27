// What the form of a text does more where scripts run: it keeps what is typed, says who else writes, moves questions.
"use strict";
(() => {
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const byId = (id) => document.getElementById(id);
  const NO_ANSWER = "no answer from the site. Do not close this page.";
  const LOG_IN = "Not kept: log in in another tab. Your text is still in this page.";
  const SOMEBODY_ELSE = "Not kept: somebody else is logged in here now. Your text is still in this page.";
  const FARTHEST = 60000; // what a browser sends of a page that is being left
  const said = byId("kept"), others = byId("others"), next = byId("next"), save = byId("save");
  let isTyped = "typed" in form.dataset, isSending = false, isBusy = false, again = false;
  let timer, since = clock(), told = "", kept = isTyped ? "" : JSON.stringify(fields());

  function clock() {
    return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }

  function isOfTheText(name) {
    return name && !name.startsWith("_") && name !== "csrfmiddlewaretoken" && name !== "buffer";
  }

  function fields() {
    return [...new FormData(form)].filter(([name, value]) => isOfTheText(name) && typeof value === "string");
  }

  // The same as the form was opened with, whatever the browser has put back into it since.
  function opened() {
    const found = [];
    for (const field of form.elements) {
      if (!isOfTheText(field.name) || field.type === "file" || field.type === "submit" || field.type === "button") continue;
      if (field.options) {
        const chosen = [...field.options].filter((one) => one.defaultSelected);
        if (!chosen.length && !field.multiple && field.options.length) chosen.push(field.options[0]);
        chosen.forEach((one) => found.push([field.name, one.value]));
      } else if (field.type === "checkbox" || field.type === "radio") {
        if (field.defaultChecked) found.push([field.name, field.value]);
      } else found.push([field.name, field.defaultValue]);
    }
    return found;
  }
  const base = isTyped ? "" : JSON.stringify(opened());

  function say(words, more = "") {
    if (words + more === told) return;
    told = words + more;
    said.replaceChildren(Object.assign(document.createElement("b"), { textContent: words }), more);
  }

  function lead(step) {
    if (step === undefined) return;
    next.hidden = !step;
    save.classList.toggle("main", !step);
    if (step) [next.value, next.textContent] = [step.name, step.title];
  }

  function tell(answer) {
    if (answer.is_saved) return;
    since = answer.kept;
    say(`Kept ${answer.kept}.`, " Not saved yet.");
    lead(answer.next);
    others.hidden = !answer.others.length;
    const names = others.querySelector("b");
    if (names.textContent !== answer.others.join(" ")) names.textContent = answer.others.join(" ");
  }

  function send(pairs, isLast) {
    const body = new URLSearchParams(pairs);
    body.append("buffer", form.elements.buffer.value);
    if (base) body.append("_base", base);
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const keepalive = Boolean(isLast) && String(body).length < FARTHEST;
    return fetch(form.dataset.keep, { method: "POST", body, headers, keepalive, redirect: "error" });
  }

  // Whoever has logged in again in another tab gets a token that holds; never somebody else.
  async function renewed() {
    const answer = await fetch(form.dataset.keep, { redirect: "error" }).catch(() => null);
    if (!answer?.ok) { say(LOG_IN); return false; }
    const { token, person } = await answer.json();
    if (String(person) !== form.dataset.person) { say(SOMEBODY_ELSE); return false; }
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    return true;
  }

  async function refused(answer) {
    const type = answer.headers.get("Content-Type") || "";
    say(type.includes("json") ? (await answer.json()).error : `Not kept since ${since}: ${NO_ANSWER}`);
  }

  async function keep(isLast) {
    clearTimeout(timer);
    timer = null;
    const pairs = fields(), text = JSON.stringify(pairs);
    if (text === kept) return;
    if (isBusy && !isLast) { again = true; return; }
    isBusy = true;
    try {
      let answer = await send(pairs, isLast);
      if (answer.status === 403 && await renewed()) answer = await send(pairs);
      if (answer.ok) { kept = text; tell(await answer.json()); }
      else if (answer.status !== 403) await refused(answer);
      if (!answer.ok) later();
    } catch {
      if (!isSending) { say(`Not kept since ${since}: ${NO_ANSWER}`); later(); }
    }
    isBusy = false;
    if (again) { again = false; keep(); }
  }

  function later() {
    timer ??= setTimeout(keep, 2500);
  }

  function typed() {
    if (!isTyped) { isTyped = true; since = clock(); say("Not saved yet."); }
    later();
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", () => { typed(); keep(); });
  form.addEventListener("focusout", () => { if (isTyped) keep(); });
  document.addEventListener("visibilitychange", () => { if (isTyped && document.hidden) keep(true); });
  window.addEventListener("pagehide", () => { if (isTyped) keep(true); });
  window.addEventListener("beforeunload", (event) => {
    if (!isTyped || isSending) return;
    keep(true);
    event.preventDefault();
  });
  form.addEventListener("submit", () => { isSending = true; if (isTyped) keep(true); });
  // Back to a page that was sent: what stands in it is saved, or offered again.
  window.addEventListener("pageshow", (event) => { if (event.persisted && isSending) location.reload(); });

  // Questions: moved by their dots, by arrows or by a button; added at the end
  const list = form.querySelector(".moves");
  if (!list) return;
  const row = (item) => item.querySelector("details").id;
  const place = (item) => form.elements[`${row(item)}-place`];
  let drawn;

  function number() {
    const places = [...list.children].map((item) => Number(place(item).value) || 0);
    const inOrder = [...places].sort((one, other) => one - other);
    const isTold = new Set(places).size === places.length;
    [...list.children].forEach((item, at) => { place(item).value = isTold ? inOrder[at] : at + 1; });
  }

  function moved(item) {
    number();
    byId("moved").textContent = `Now place ${[...list.children].indexOf(item) + 1} of ${list.children.length}.`;
    typed();
  }

  function move(item, isUp) {
    const other = isUp ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    isUp ? other.before(item) : other.after(item);
    moved(item);
  }

  function count() {
    form.querySelector("[data-count]").textContent = list.children.length;
  }

  function arm(item) {
    const drop = item.querySelector("[data-drop]");
    if (drop) {
      drop.hidden = false;
      drop.addEventListener("click", () => {
        item.remove(); // a row that is not sent is none
        count();
        typed();
        form.querySelector("[name=_add]").focus();
      });
    }
    item.querySelector(".grip").draggable = true;
    for (const [button, isUp] of [["up", true], ["down", false]]) {
      item.querySelector(`[name=_move][value$=":${button}"]`).addEventListener("click", (event) => {
        event.preventDefault();
        move(item, isUp);
        event.currentTarget.focus();
      });
    }
  }

  [...list.children].forEach(arm);
  list.addEventListener("keydown", (event) => {
    if (!event.target.matches(".grip") || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(event.target.closest("li"), event.key === "ArrowUp");
    event.target.focus();
  });
  list.addEventListener("dragstart", (event) => {
    drawn = event.target.closest?.(".grip") && event.target.closest("li");
    if (drawn) event.dataTransfer.setData("text/x-question", "");
  });
  list.addEventListener("dragover", (event) => {
    const over = drawn && event.target.closest(".moves > li");
    if (!over) return;
    event.preventDefault();
    if (over === drawn) return;
    const box = over.getBoundingClientRect();
    event.clientY < box.top + box.height / 2 ? over.before(drawn) : over.after(drawn);
  });
  list.addEventListener("drop", (event) => { if (drawn) event.preventDefault(); });
  list.addEventListener("dragend", () => { if (drawn) moved(drawn); drawn = null; });

  form.querySelector("[name=_add]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const total = form.elements[`${list.dataset.rows}-TOTAL_FORMS`], at = total.value;
    const made = document.createElement("template");
    made.innerHTML = form.querySelector("#questions > template").innerHTML.replaceAll("__prefix__", at);
    const item = made.content.querySelector("li");
    const places = [...list.children].map((one) => Number(place(one).value) || 0);
    list.append(item);
    total.value = Number(at) + 1;
    place(item).value = Math.max(0, ...places) + 1;
    count();
    arm(item);
    item.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: list.dataset.rows } }));
    item.querySelector("input[type=text]").focus();
    typed();
  });
})();
