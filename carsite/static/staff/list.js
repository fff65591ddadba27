// How many are chosen in a list. Without it the ticks work as they are.
"use strict";
(() => {
  const told = document.getElementById("chosen"), whole = document.getElementById("action-toggle");
  if (!told || !whole) return;
  const boxes = [...document.querySelectorAll("[name=work]")], nothing = told.textContent;
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    told.textContent = count ? `${count} chosen.` : nothing;
    told.parentElement.querySelector(".quiet").hidden = !count;
    whole.checked = count === boxes.length;
  };
  whole.addEventListener("change", () => { boxes.forEach((box) => { box.checked = whole.checked; }); tell(); });
  boxes.forEach((box) => box.addEventListener("change", tell));
  tell();
})();
