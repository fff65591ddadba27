// Pictures are added as soon as they are chosen, dropped or pasted. Without it the button adds what was chosen.
"use strict";
(() => {
  const form = document.getElementById("add-pictures");
  if (!form) return;
  const input = form.querySelector("input[type=file]"), drop = form.querySelector(".drop");
  const says = form.querySelector("[role=status]"), button = form.querySelector("button");

  const taken = ["image/jpeg", "image/png", "image/webp"];
  const send = (files) => {
    const fit = files.filter((one) => taken.includes(one.type));
    const others = files.filter((one) => !fit.includes(one));
    says.textContent = others.map((one) => `“${one.name}” was not taken: only JPEG, PNG, WebP.`).join(" ");
    if (!fit.length) return;
    if (others.length) { sendLater(fit); return; }
    put(fit);
    says.textContent = fit.length === 1 ? "Adding the picture …" : `Adding ${fit.length} pictures …`;
    form.submit();
  };
  const put = (files) => {
    const carried = new DataTransfer();
    files.forEach((one) => carried.items.add(one));
    input.files = carried.files;
  };
  // What is refused is read first: the button then adds the others
  const sendLater = (files) => { put(files); button.style.display = ""; button.focus(); };

  button.style.display = "none";
  input.classList.add("visually-hidden");
  form.querySelector("label").classList.add("button");
  form.querySelector("[data-script]").hidden = false;
  input.addEventListener("change", () => send([...input.files]));
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => { event.preventDefault(); send([...event.dataTransfer.files]); });
  document.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (files.length) { event.preventDefault(); send(files); }
  });
})();
