// Files and folders are added as soon as they are chosen or dropped, some at a time; what is begun goes on by itself.
"use strict";
(() => {
  const onward = document.querySelector("#go-on button"), form = document.getElementById("add-files");
  if (onward) setTimeout(() => onward.click(), 300);
  if (!form) return;
  const input = form.querySelector("input[type=file]"), drop = form.querySelector(".drop");
  const says = form.querySelector("[role=status]"), button = form.querySelector("button");
  const most = 20, size = 10 * 1024 * 1024;

  // Parts of a few files, so that none is too large for the server in front
  const parts = (files) => {
    const found = [];
    let bytes = Infinity;
    files.forEach((one) => {
      bytes += one.file.size;
      if (bytes > size || found[found.length - 1].length >= most) { found.push([]); bytes = one.file.size; }
      found[found.length - 1].push(one);
    });
    return found;
  };
  const send = async (files) => {
    let done = 0;
    for (const part of parts(files)) {
      says.textContent = `Adding ${done + 1} to ${done + part.length} of ${files.length} …`;
      const sent = new FormData(form);
      sent.delete("files");
      sent.append("act", "add");
      part.forEach((one) => { sent.append("files", one.file); sent.append("paths", one.path); });
      const answer = await fetch(form.action, { method: "POST", body: sent });
      if (!answer.ok) {
        says.textContent = `${done} of ${files.length} were added; then the server refused “${part[0].path}”. Add the rest again.`;
        return;
      }
      done += part.length;
    }
    location.assign(location.pathname);
  };
  const within = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((found, failed) => { entry.file(found, failed); });
      return [{ file, path: path + entry.name }];
    }
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((told, failed) => { reader.readEntries(told, failed); });
      if (!some.length) return found;
      for (const one of some) found.push(...await within(one, `${path}${entry.name}/`));
    }
  };

  button.style.display = "none";
  input.classList.add("visually-hidden");
  form.querySelector("label").classList.add("button");
  form.querySelector("[data-script]").hidden = false;
  input.addEventListener("change", () => send([...input.files].map((file) => ({ file, path: file.name }))));
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    for (const one of entries) found.push(...await within(one, ""));
    if (found.length) send(found);
  });
})();
