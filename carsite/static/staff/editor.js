// The staff's Markdown editor: the preview, and what is pasted; tools.js puts the row of tools above it. It drives the
// markup of django-markdownx's widget in place of the package's own script; publishing/staff/editor.py says why. In the
// text it takes no key, and outside its own boxes it listens only to its form.
"use strict";
(() => {
  const UNDESCRIBED = "DESCRIBE THIS PICTURE";
  const DECORATIVE = "decorative";
  const PATIENT_STYLE = "/admin/editor/patient.css";
  const PASTE = "/admin/editor/paste/";
  const MOST_LETTERS = 2000000; // of a page, without the pictures in it
  const NO_ANSWER = "No answer from the site. Your text is safe: check the connection and try again.";
  const WENT_WRONG = "Something went wrong on the site. Copy your text to be safe, then reload the page.";

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  async function send(textarea, address, fields, signal) {
    const body = new FormData();
    for (const name in fields) body.append(name, fields[name]);
    const token = textarea.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    const asked = { method: "POST", body, headers, signal, redirect: "error" };
    const answer = await fetch(address, asked);
    return { ok: answer.ok, text: await answer.text(), headers: answer.headers };
  }

  // A refusal is {"error": sentence} or <p class="refused">; anything else is a page that must not be shown here.
  function sentence(text) {
    try {
      return JSON.parse(text).error || WENT_WRONG;
    } catch {
      const refused = new DOMParser().parseFromString(text, "text/html").querySelector("p.refused");
      return refused ? refused.textContent : WENT_WRONG;
    }
  }

  // Typed in as if by hand, so that Undo takes it back.
  function replace(textarea, start, end, words) {
    textarea.focus();
    textarea.setSelectionRange(start, end);
    // In a closed fold it takes no focus, and what is typed would land elsewhere.
    if (document.activeElement === textarea && document.execCommand("insertText", false, words)) return;
    textarea.setRangeText(words, start, end, "end");
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function startPreview(textarea, preview, problem, frame) {
    const latency = Math.max(Number(textarea.dataset.markdownxLatency) || 0, 500);
    const chosen = textarea.form.elements.language;
    let timer, asked, shown;

    // As far down as the text is scrolled, in proportion. A text that is seen whole leaves it where it is.
    function follow() {
      const hidden = textarea.scrollHeight - textarea.clientHeight;
      if (hidden > 0) frame.scrollTop = (textarea.scrollTop / hidden) * (frame.scrollHeight - frame.clientHeight);
    }

    async function refresh() {
      const content = textarea.value, language = chosen?.value ?? "";
      asked?.abort();
      const mine = asked = new AbortController();
      if (!content && shown === undefined || shown === language + content) return;
      let answer;
      try {
        answer = await send(textarea, textarea.dataset.markdownxUrlsPath, { content, language }, mine.signal);
      } catch {
        answer = { ok: false, text: JSON.stringify({ error: NO_ANSWER }) };
      }
      if (mine !== asked) return;
      shown = answer.ok ? language + content : null;
      preview.lang = answer.headers?.get("Content-Language") || "";
      preview.dir = answer.headers?.get("X-Direction") || "auto";
      preview.innerHTML = answer.ok ? answer.text : "";
      problem.textContent = answer.ok ? "" : sentence(answer.text);
      follow();
    }

    textarea.addEventListener("scroll", follow);
    textarea.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, latency);
    });
    if (chosen?.tagName) chosen.addEventListener("change", () => { if (shown !== undefined) refresh(); });
    // An editor in a closed fold, or further down the page, asks for nothing until somebody looks at it.
    new IntersectionObserver((seen, observer) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      refresh();
    }).observe(textarea);
    preview.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault(); // following it here would lose what is not saved
      const inside = link.getAttribute("href").startsWith("#");
      if (inside) preview.getRootNode().getElementById(decodeURIComponent(link.hash.slice(1)))?.scrollIntoView();
      else window.open(link.href, "_blank", "noopener");
    });
  }

  // Whether a paragraph begins or ends here, or none is here.
  function isEdge(text, at) {
    const [last, above = ""] = text.slice(0, at).split("\n").slice(-2).reverse();
    const [rest, below = ""] = text.slice(at).split("\n", 2);
    const isBlank = (part) => !part.trim();
    return (isBlank(last) && (isBlank(above) || isBlank(rest))) || (isBlank(rest) && isBlank(below));
  }

  // What stands alone has an empty line before and after it, and never parts a paragraph: it comes at its end, or in
  // place of what is chosen. Tells where it begins.
  function insertBlock(textarea, words, isInstead) {
    const text = textarea.value, end = textarea.selectionEnd, chosen = isInstead ? textarea.selectionStart : end;
    const isHere = chosen < end || isEdge(text, end);
    const place = isHere ? end : end + /\n[ \t]*(?:\n|$)|$/.exec(text.slice(end)).index;
    const start = isHere ? chosen : place;
    const before = text.slice(0, start), after = text.slice(place);
    const gap = (part, edge) => (part.trim() ? "\n\n".slice(edge.exec(part)[0].length) : "");
    const above = gap(before, /\n*$/);
    replace(textarea, start, place, above + words + gap(after, /^\n*/));
    return start + above.length;
  }

  // What is pasted from Word, a page or mail becomes Markdown on the server; one Undo takes it back. What it returns
  // has the next paste come in as plain text.
  function startPaste(textarea, say, doubt) {
    let isPlain = false, isNext = false;

    async function take(html, plain) {
      const from = [textarea.selectionStart, textarea.selectionEnd], text = textarea.value;
      const labels = [...text.matchAll(/\[\^([^\]\s]+)\]/g)].map((found) => found[1]).join(" ");
      let told, why = "";
      say("Bringing it in …");
      try {
        const answer = await send(textarea, PASTE, html ? { html, labels } : { text: plain });
        if (answer.ok) told = JSON.parse(answer.text);
        else why = sentence(answer.text);
      } catch {
        why = NO_ANSWER;
      }
      if (textarea.value === text) textarea.setSelectionRange(...from);
      if (told && told.is_block) insertBlock(textarea, told.markdown, true);
      else replace(textarea, textarea.selectionStart, textarea.selectionEnd, told ? told.markdown : plain);
      say(told ? "It is in the text. Ctrl+Z takes it back." : `Pasted as plain text. ${why}`);
      doubt(told ? told.doubts : []);
    }

    textarea.addEventListener("keydown", (event) => {
      // The browser’s own “paste as plain text”
      isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
    });
    textarea.addEventListener("paste", (event) => {
      const plain = event.clipboardData.getData("text/plain");
      const html = event.clipboardData.getData("text/html").replace(/data:[^"'\s<>]*/g, "data:,");
      const isAsked = isPlain || isNext;
      isNext = false;
      if (!plain.trim()) return;
      if (isAsked) {
        // What is chosen in a page would else come with its marks in some browsers.
        event.preventDefault();
        replace(textarea, textarea.selectionStart, textarea.selectionEnd, plain.replace(/\r\n?/g, "\n"));
        say("It is in the text, as plain text. Ctrl+Z takes it back.");
        return;
      }
      if (!html && !/\t|^\s*[•●○▪■◦‣⁃·➤►▶✓✔✅§]/m.test(plain)) return;
      event.preventDefault();
      take(html.length > MOST_LETTERS ? "" : html, plain);
    });
    return () => { isNext = true; };
  }

  // Asks what the picture shows and writes the words into the text, in place of those in `code`.
  function describe(textarea, code, say) {
    const [, old, address] = /^!\[(.*)\]\((.*)\)$/s.exec(code);
    const field = make("input", { type: "text", maxLength: 300, className: "vTextField" });
    const tick = make("input", { type: "checkbox", checked: old === DECORATIVE });
    const button = make("button", { type: "button", className: "button", textContent: "Use these words" });
    const problem = make("p", { className: "editor-problem", role: "alert" });
    if (old !== UNDESCRIBED && old !== DECORATIVE) field.value = old.replace(/\\([\\[\]])/g, "$1");
    field.disabled = tick.checked;
    const panel = make("fieldset", { className: "editor-panel" },
      make("legend", { textContent: "New picture" }),
      make("img", { src: address, alt: "" }),
      make("label", {}, "What does the picture show?", field),
      make("label", {}, tick, " Decorative: it adds no information"),
      problem, button);

    function use() {
      const words = tick.checked ? DECORATIVE : field.value.trim().replace(/\s+/g, " ").replace(/[\\[\]]/g, "\\$&");
      const start = textarea.value.indexOf(code);
      problem.textContent = "";
      if (!words) {
        problem.textContent = "Say in one sentence what the picture shows, or tick “Decorative”.";
        field.focus();
        return;
      }
      panel.remove();
      if (start < 0) {
        say("This picture’s code was changed or removed in the text: write its words there.");
        textarea.focus();
        return;
      }
      replace(textarea, start, start + code.length, `![${words}](${address})`);
      say("The words are in the text.");
    }

    // Words that are typed but not yet taken over when the form is sent belong to the text all the same.
    textarea.form.addEventListener("submit", () => {
      if (panel.isConnected && (tick.checked || field.value.trim())) use();
    });
    tick.addEventListener("change", () => { field.disabled = tick.checked; });
    button.addEventListener("click", use);
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target === button) return;
      event.preventDefault(); // it would save the whole form
      use();
    });
    return { panel, field: tick.checked ? tick : field };
  }

  function takeFiles(textarea, box, addAll) {
    textarea.addEventListener("paste", (event) => {
      const { files, types } = event.clipboardData;
      // Word and Excel send a picture of the text along with the text: then the text is meant.
      if (!files.length || types.includes("text/plain")) return;
      event.preventDefault();
      addAll([...files]);
    });
    box.addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    });
    box.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      addAll([...event.dataTransfer.files]);
    });
  }

  function start(box) {
    const textarea = box.querySelector(".markdownx-editor");
    const preview = box.querySelector(".markdownx-preview");
    if (box.closest(".empty-form") || textarea.hasAttribute("data-markdownx-init")) return;
    textarea.setAttribute("data-markdownx-init", "");
    const about = box.closest(".moves > li")?.querySelector("summary").firstChild.textContent.trim();
    const problem = make("p", { className: "editor-problem", role: "status" });
    const frame = make("section", { className: "paper editor-frame", tabIndex: 0 }); // it scrolls: keys must reach it
    frame.setAttribute("aria-label", about ? `What patients will see: ${about}` : "What patients will see");
    // In a root of its own neither the admin's style nor its ids meet those of the patients' text.
    const style = make("link", { rel: "stylesheet", href: PATIENT_STYLE });
    frame.attachShadow({ mode: "open" }).append(style, preview);
    box.classList.add("write", "two");
    box.append(make("div", { className: "editor-seen" }, problem, frame));
    startPreview(textarea, preview, problem, frame);
    globalThis.editing.startTools(textarea, box, about);
  }

  const texts = { UNDESCRIBED, NO_ANSWER, WENT_WRONG };
  globalThis.editing = { make, send, sentence, replace, insertBlock, startPaste, describe, takeFiles, texts };
  const startIn = (part) => part.querySelectorAll(".markdownx").forEach(start);
  document.addEventListener("DOMContentLoaded", () => startIn(document));
  document.addEventListener("formset:added", (event) => startIn(event.target));
})();
