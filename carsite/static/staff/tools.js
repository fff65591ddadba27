// The row of tools above the staff's editor: what they write is typed in as if by hand, so that Undo takes it back.
"use strict";
(() => {
  const { make, send, sentence, replace, insertBlock, startPaste, describe, takeFiles, texts } = globalThis.editing;
  const TABLE = "| ✎ Heading | ✎ Heading |\n| --- | --- |\n| ✎ Words | ✎ Words |\n| ✎ Words | ✎ Words |";
  const NOTE = "> [!NOTE]\n> ";
  const RISKS = "What can go wrong";
  const CALL = "When to call", CALLS = ["(call now)", "(call today)", "(next visit)", ""];
  const MARK = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+/;
  const isBlank = (line) => !line.trim();

  // The whole lines that are chosen, or the one with the caret; `isWhole`: where none is chosen, its paragraph.
  function linesOf(textarea, isWhole) {
    const text = textarea.value, from = textarea.selectionStart;
    const to = Math.max(from, textarea.selectionEnd - (text[textarea.selectionEnd - 1] === "\n" ? 1 : 0));
    const before = text.slice(0, from).split("\n"), after = text.slice(to).split("\n");
    const rows = (before.pop() + text.slice(from, to) + after.shift()).split("\n");
    if (isWhole && from === to && !isBlank(rows[0])) {
      while (before.length && !isBlank(before.at(-1))) rows.unshift(before.pop());
      while (after.length && !isBlank(after[0])) rows.push(after.shift());
    }
    const start = before.reduce((sum, line) => sum + line.length + 1, 0);
    return { rows, start, end: start + rows.join("\n").length, above: before.at(-1) ?? "", below: after[0] ?? "" };
  }

  // In place of those lines; an empty line keeps them apart from a neighbour that `isKin` does not know.
  function write(textarea, { rows, start, end, above, below }, made, isKin = () => true) {
    const lead = isBlank(above) || isKin(above) ? "" : "\n", words = made.join("\n");
    replace(textarea, start, end, lead + words + (isBlank(below) || isKin(below) ? "" : "\n"));
    const first = start + lead.length;
    textarea.setSelectionRange(rows.length > 1 ? first : first + words.length, first + words.length);
  }

  // Once more makes it a smaller one, and then none.
  function heading(textarea) {
    const lines = linesOf(textarea), [row, ...more] = lines.rows;
    const [signs = ""] = /^#{1,6}(?=[ \t]|$)/.exec(row) ?? [], bare = row.slice(signs.length).replace(MARK, "").trim();
    const next = { "": "## ", "##": "### " }[signs] ?? "";
    write(textarea, lines, [next + bare, ...more], () => Boolean(signs));
  }

  function list(textarea, isSteps) {
    const lines = linesOf(textarea), { rows } = lines;
    const kind = isSteps ? /^[ \t]*\d{1,9}[.)][ \t]/ : /^[ \t]*[-*+][ \t]/;
    const isKin = (line) => MARK.test(line) || /^[ \t]/.test(line);
    const isListed = rows.some((row) => kind.test(row)) && rows.every((row) => kind.test(row) || isBlank(row));
    let number = Number(/^(\d{1,9})[.)][ \t]/.exec(lines.above)?.[1] ?? 0);
    const made = rows.map((row) => {
      const bare = row.replace(MARK, "$1");
      if (isListed || (isBlank(row) && rows.length > 1)) return bare;
      if (/^[ \t]/.test(row) && !MARK.test(row) && rows.length > 1) return row; // goes on with the line above
      const [indent] = /^[ \t]*/.exec(bare);
      return indent + (isSteps ? `${number += 1}. ` : "- ") + bare.trimStart();
    });
    write(textarea, lines, made, isListed ? undefined : isKin);
  }

  function note(textarea) {
    const lines = linesOf(textarea, true), { rows } = lines;
    if (rows.every(isBlank)) {
      const at = insertBlock(textarea, NOTE) + NOTE.length;
      textarea.setSelectionRange(at, at);
    } else if (rows.every((row) => row.startsWith(">"))) {
      const bare = rows.filter((row) => !/^>[ \t]*\[!\w+\][ \t]*$/.test(row)).map((row) => row.replace(/^>[ \t]?/, ""));
      write(textarea, lines, bare);
    } else {
      write(textarea, lines, ["> [!NOTE]", ...rows.map((row) => `> ${row}`)], () => false);
    }
  }

  // How soon to call: each press is less urgent, then none, then the most urgent again.
  function call(textarea) {
    const lines = linesOf(textarea), [row, ...more] = lines.rows;
    if (/^#{1,6}[ \t]+\S/.test(row)) {
      const bare = row.replace(/[ \t]*\((?:call now|call today|next visit)\)[ \t]*$/i, "");
      const next = CALLS[(CALLS.indexOf(row.slice(bare.length).trim().toLowerCase()) + 1) % CALLS.length];
      write(textarea, lines, [`${bare.trimEnd()} ${next}`.trimEnd(), ...more]);
      return;
    }
    const at = insertBlock(textarea, `## ${CALL} ${CALLS[0]}`) + 3;
    textarea.setSelectionRange(at, at + CALL.length);
  }

  function risks(textarea) {
    const lines = linesOf(textarea), [row, ...more] = lines.rows;
    if (/^#{1,6}[ \t]+\S/.test(row)) {
      const bare = row.replace(/[ \t]*\(risks\)[ \t]*$/i, "");
      write(textarea, lines, [bare === row ? `${row.trimEnd()} (risks)` : bare, ...more]);
      return;
    }
    const at = insertBlock(textarea, `## ${RISKS} (risks)`) + 3;
    textarea.setSelectionRange(at, at + RISKS.length);
  }

  function table(textarea) {
    const at = insertBlock(textarea, TABLE) + 2;
    textarea.setSelectionRange(at, at + "✎ Heading".length);
  }

  // What is chosen, line by line without the signs of a list or heading; else the word at the caret.
  function bold(textarea) {
    const text = textarea.value;
    let { selectionStart: from, selectionEnd: to } = textarea;
    if (from === to) {
      from -= /[\p{L}\p{M}\p{N}]*$/u.exec(text.slice(Math.max(0, from - 60), from))[0].length;
      to += /^[\p{L}\p{M}\p{N}]*/u.exec(text.slice(to, to + 60))[0].length;
    }
    if (from === to) {
      replace(textarea, from, to, "**words**");
      textarea.setSelectionRange(from + 2, from + 7);
      return;
    }
    if (text.slice(from - 2, from) === "**" && text.slice(to, to + 2) === "**") [from, to] = [from - 2, to + 2];
    const rows = text.slice(from, to).split("\n").map((row) => {
      const signs = /^\s*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+)?/.exec(row)[0], rest = row.slice(signs.length);
      return { signs, words: rest.trimEnd(), blanks: rest.slice(rest.trimEnd().length) };
    });
    const isBold = rows.every(({ words }) => !words || /^\*\*[^]+\*\*$/.test(words));
    const turned = (words) => (isBold ? words.slice(2, -2) : `**${words.replaceAll("**", "")}**`);
    const made = rows.map(({ signs, words, blanks }) => signs + (words && turned(words)) + blanks).join("\n");
    replace(textarea, from, to, made);
    textarea.setSelectionRange(from, from + made.length);
  }

  // What differs from patient to patient: its name begins with a small letter, and stands on one line.
  function blank(textarea) {
    const text = textarea.value;
    let { selectionStart: from, selectionEnd: to } = textarea;
    if (from < to && text.slice(from - 2, from) === "[[" && text.slice(to, to + 2) === "]]") {
      const inner = text.slice(from, to);
      replace(textarea, from - 2, to + 2, inner);
      textarea.setSelectionRange(from - 2, from - 2 + inner.length);
      return;
    }
    while (from < to && !text[from].trim()) from += 1;
    while (from < to && !text[to - 1].trim()) to -= 1;
    const chosen = text.slice(from, to).replace(/[[\]\s]+/g, " ").trim() || "your dose";
    const words = /^\p{Lu}\p{Ll}/u.test(chosen) ? chosen[0].toLowerCase() + chosen.slice(1) : chosen;
    replace(textarea, from, to, `[[${words}]]`);
    textarea.setSelectionRange(from + 2, from + 2 + words.length);
  }

  // A place of its own between tools and text, open while its tool is pressed. What is typed there is not of the text.
  function panelOf(tool, textarea, title, ...children) {
    const panel = make("fieldset", { className: "editor-panel", hidden: true, id: `${textarea.id}-${title}` });
    panel.append(make("legend", { textContent: title }), ...children);
    const shut = () => { panel.hidden = true; tool.setAttribute("aria-expanded", "false"); };
    tool.setAttribute("aria-expanded", "false");
    tool.setAttribute("aria-controls", panel.id);
    for (const kind of ["input", "change"]) panel.addEventListener(kind, (event) => event.stopPropagation());
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { shut(); textarea.focus(); }
      if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault(); // it would send the form
    });
    return { panel, shut };
  }

  // Asks the site for what fits, while it is typed, and shows it; the newest question alone is answered.
  function searchOf(address, show, say) {
    let timer, asked;
    async function look(words, fields) {
      const mine = asked = new AbortController(), question = new URLSearchParams({ q: words, ...fields });
      try {
        const answer = await fetch(`${address}?${question}`, { signal: mine.signal, redirect: "error" });
        const text = await answer.text();
        if (mine === asked) answer.ok ? show(JSON.parse(text), words) : say(sentence(text));
      } catch {
        if (mine === asked) say(texts.NO_ANSWER);
      }
    }
    return (words, fields, wait = 250) => {
      clearTimeout(timer);
      asked?.abort();
      asked = null;
      if (words !== null) timer = setTimeout(look, wait, words, fields);
    };
  }

  // An address that was typed, as it stands in a link; nothing where it is none.
  function addressIn(typed) {
    const words = typed.trim().replace(/[\s()<>\\]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, "0")}`);
    if (/^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#)\S/i.test(words)) return words;
    if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(words)) return `mailto:${words}`;
    return /^www\.[^/]+\.\S/i.test(words) ? `https://${words}` : "";
  }

  function startLink(tool, textarea) {
    const field = make("input", { type: "search", dir: "auto", id: `${textarea.id}-link` });
    const found = make("ul", { className: "editor-found" }), told = make("p", { role: "status", className: "quiet" });
    const label = make("label", { textContent: "Words of a guide’s title, or an address", htmlFor: field.id });
    const { panel, shut } = panelOf(tool, textarea, "Link", label, field, told, found);
    const say = (words) => { told.textContent = words; };

    function use(address, title) {
      const { selectionStart: from, selectionEnd: to } = textarea, chosen = textarea.value.slice(from, to);
      const words = (chosen.trim().replace(/\s+/g, " ") || title).replace(/[\\[\]]/g, "\\$&");
      const blanks = (part) => (chosen.trim() ? part : "");
      shut();
      const [lead, rest] = [chosen.slice(0, -chosen.trimStart().length), chosen.slice(chosen.trimEnd().length)];
      replace(textarea, from, to, `${blanks(lead)}[${words}](${address})${blanks(rest)}`);
    }

    function offer(address, title, more = "") {
      const words = { textContent: title + more, dir: "auto" };
      const button = make("button", { type: "button", className: "button slim", ...words });
      button.addEventListener("click", () => use(address, title));
      return make("li", {}, button);
    }

    const look = searchOf("/admin/editor/guides/", ({ guides }, words) => {
      const more = (one) => one.language && ` (${one.language})`;
      found.replaceChildren(...guides.map((one) => offer(one.address, one.title, more(one))));
      say(guides.length ? "Choose a guide:" : `No guide that patients read has “${words}” in its title.`);
    }, say);
    field.addEventListener("input", () => {
      const address = addressIn(field.value), typed = field.value.trim();
      const shown = address.replace(/^(?:https?:\/\/|mailto:|tel:)/i, "");
      found.replaceChildren(...(address ? [offer(address, shown)] : []));
      say(address ? "Use this address:" : "");
      look(address || !typed ? null : typed, { language: textarea.form.elements.language?.value ?? "" });
    });
    panel.addEventListener("keydown", (event) => {
      if (event.target === field && event.key === "Enter") found.querySelector("button")?.click();
    });
    return { panel, shut, open: () => { field.focus(); field.select(); } };
  }

  function startPictures(tool, textarea, below) {
    const kinds = "image/jpeg,image/png,image/webp";
    const chooser = make("input", { type: "file", accept: kinds, multiple: true, hidden: true });
    const button = make("button", { type: "button", className: "button slim", textContent: "Add a picture" });
    const field = make("input", { type: "search", dir: "auto", id: `${textarea.id}-picture` });
    const label = make("label", { textContent: "Find one that is here, by its words", htmlFor: field.id });
    const shelf = make("ul", { className: "editor-found editor-shelf" });
    const told = make("p", { role: "status", className: "quiet" });
    const { panel, shut } = panelOf(tool, textarea, "Picture", button, chooser, label, field, told, shelf);
    let queue = Promise.resolve();

    function put(code) {
      const isWriting = document.activeElement === textarea;
      insertBlock(textarea, code);
      if (!code.startsWith(`![${texts.UNDESCRIBED}]`)) return;
      const asked = describe(textarea, code, below.say);
      below.place.append(asked.panel);
      below.say("The picture is in the text. Say below the text what it shows.");
      if (!isWriting) asked.field.focus();
    }

    async function add(file) {
      below.say(`Adding ${file.name} …`);
      let answer;
      try {
        answer = await send(textarea, textarea.dataset.markdownxUploadUrlsPath, { image: file });
      } catch {
        answer = { ok: false, text: JSON.stringify({ error: texts.NO_ANSWER }) };
      }
      below.say("");
      if (answer.ok) put(JSON.parse(answer.text).image_code);
      else below.problem.textContent += `${file.name}: ${sentence(answer.text)} `;
    }

    // One after the other, so that each finds its place in the text.
    function addAll(files) {
      below.problem.textContent = "";
      const failed = () => { below.problem.textContent = texts.WENT_WRONG; };
      for (const file of files) queue = queue.then(() => add(file)).catch(failed);
    }

    const look = searchOf("/admin/editor/pictures/", ({ pictures }) => {
      told.textContent = pictures.length ? "Choose a picture:" : "No picture fits.";
      shelf.replaceChildren(...pictures.map((one) => {
        const words = make("span", { textContent: one.words, dir: "auto" });
        const seen = make("img", { src: one.address, alt: "", loading: "lazy" });
        const choice = make("button", { type: "button", className: "button" }, seen, words);
        choice.addEventListener("click", () => { shut(); put(one.code); });
        return make("li", {}, choice);
      }));
    }, (words) => { told.textContent = words; });
    field.addEventListener("input", () => look(field.value.trim()));
    button.addEventListener("click", () => chooser.click());
    chooser.addEventListener("change", () => {
      shut();
      tool.focus();
      addAll([...chooser.files]);
      chooser.value = ""; // so that the same file can be chosen again
    });
    return { panel, shut, addAll, open: () => { field.focus(); look(field.value.trim(), {}, 0); } };
  }

  // The places of both tools; one of them at most is open.
  function startPanels(link, picture, textarea, box, below) {
    const linking = startLink(link, textarea), pictures = startPictures(picture, textarea, below);
    for (const [tool, one, other] of [[link, linking, pictures], [picture, pictures, linking]]) {
      tool.addEventListener("click", () => {
        const isOpen = !one.panel.hidden;
        [one, other].forEach((each) => each.shut());
        if (isOpen) return;
        one.panel.hidden = false;
        tool.setAttribute("aria-expanded", "true");
        one.open();
      });
    }
    takeFiles(textarea, box, pictures.addAll);
    return [linking.panel, pictures.panel];
  }

  // One stop for Tab; the arrows, Home and End move within it.
  function rove(row, tools) {
    const stop = (at) => tools.forEach((tool, i) => { tool.tabIndex = i === at ? 0 : -1; });
    stop(0);
    row.addEventListener("focusin", (event) => stop(tools.indexOf(event.target)));
    row.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (getComputedStyle(row).direction === "rtl" ? -1 : 1);
      const next = (tools.indexOf(document.activeElement) + way + tools.length) % tools.length;
      const at = event.key === "Home" ? 0 : event.key === "End" ? tools.length - 1 : next;
      if (Number.isNaN(at)) return;
      event.preventDefault();
      tools[at].focus();
    });
  }

  async function pastePlain(textarea, nextIsPlain, say) {
    let words;
    try {
      words = await navigator.clipboard.readText();
    } catch {
      nextIsPlain(); // the browser lets no page read it, or nobody agreed
      textarea.focus();
      say("Press Ctrl+V now: it comes in as plain text.");
      return;
    }
    replace(textarea, textarea.selectionStart, textarea.selectionEnd, words.replace(/\r\n?/g, "\n"));
    say("It is in the text, as plain text. Ctrl+Z takes it back.");
  }

  // What is told below the text, and the words asked for there.
  function startBelow() {
    const progress = make("p", { role: "status", className: "editor-said" });
    const problem = make("p", { className: "editor-problem", role: "alert" });
    const doubts = make("ul", { className: "editor-doubts" });
    const say = (words) => { progress.textContent = words; };
    const doubt = (all) => {
      doubts.replaceChildren(...all.slice(0, 20).map((words) => make("li", { textContent: words })));
      if (all.length) say(`It is in the text. Look at ${all.length === 1 ? "one place" : `${all.length} places`}:`);
    };
    return { place: make("div", { className: "editor-below" }, progress, problem, doubts), problem, say, doubt };
  }

  globalThis.editing.startTools = (textarea, box, about) => {
    const below = startBelow(), nextIsPlain = startPaste(textarea, below.say, below.doubt);
    const plain = () => pastePlain(textarea, nextIsPlain, below.say);
    const steps = () => list(textarea, true), isShort = textarea.hasAttribute("data-short");
    const uses = { Heading: heading, Bold: bold, List: list, Steps: steps, Table: table, Note: note, Risks: risks, Call: call };
    Object.assign(uses, { Blank: blank, Link: null, Picture: null, "Paste plain": plain });
    const names = isShort ? ["Bold", "List", "Steps", "Link", "Picture"] : Object.keys(uses);
    const tools = names.map((name) => make("button", { type: "button", className: "button slim", textContent: name }));
    tools.forEach((tool, at) => tool.addEventListener("click", () => uses[names[at]]?.(textarea)));
    const row = make("div", { className: "tools", role: "toolbar" }, ...tools);
    row.setAttribute("aria-label", `Put into the ${isShort ? "answer" : "text"}${about ? ` “${about}”` : ""}`);
    row.setAttribute("aria-controls", textarea.id);
    rove(row, tools);
    const named = (name) => tools[names.indexOf(name)];
    const panels = startPanels(named("Link"), named("Picture"), textarea, box, below);
    box.before(row, ...panels);
    box.after(below.place);
  };
})();
