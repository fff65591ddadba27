// The page of a check: a remark on selected words, and how many dangers were looked at. Without it all acts work.
"use strict";
(() => {
  // Words selected in a passage: its remark is on them
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection(), words = String(chosen).trim().replace(/\s+/g, " ");
    const start = chosen.anchorNode?.parentElement?.closest(".line > :first-child");
    if (!words || !start || !start.contains(chosen.focusNode)) return;
    const talk = start.parentElement.querySelector(".talk:has([name^=words-])");
    if (!talk) return;
    talk.querySelector("[name^=words-]").value = words;
    const shown = words.length > 40 ? words.slice(0, 40) + " …" : words;
    talk.firstElementChild.textContent = "Remark on “" + shown + "”";
  });
  document.querySelectorAll(".talk").forEach((talk) => talk.addEventListener("toggle", () => {
    if (talk.open) talk.querySelector("textarea, input:not([type=hidden])")?.focus();
  }));

  const looked = document.getElementById("looked");
  document.querySelectorAll("[name=ticks]").forEach((tick) => tick.addEventListener("change", () => {
    looked.textContent = document.querySelectorAll("[name=ticks]:checked").length;
  }));
})();
