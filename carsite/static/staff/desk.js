// What every page of the desk does more where scripts run. Without it every page reads and every act works.
"use strict";
(() => {
  // Ctrl+S sends the form by its Save
  document.addEventListener("keydown", (event) => {
    const save = document.getElementById("save");
    if (save && (event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save.click(); }
  });

  // An open menu closes with Escape and with a click elsewhere
  document.querySelectorAll(".ways details").forEach((menu) => {
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { menu.open = false; menu.firstElementChild.focus(); }
    });
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // After an act the focus stands on its message, after a refusal on what is said of it
  const said = document.querySelector(".messagelist [tabindex]") || document.querySelector("[autofocus]") ||
    document.querySelector(".errornote");
  if (said?.matches(".errornote")) said.tabIndex = -1;
  said?.focus();
})();
