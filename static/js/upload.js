// A multipart form with chosen files shows how far the sending is. The server's answer takes the place of the page, as
// it would without script. A broken line is said aloud, and nothing typed is lost.
import { release } from "./submit.js";

const MEGABYTE = 1024 * 1024;
let shown = null; // the address of the page that an answer has brought

function files(form) {
  return [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
}

function tooLarge(form) {
  for (const input of form.querySelectorAll("input[type=file][data-max-bytes]")) {
    const limit = Number(input.dataset.maxBytes);
    for (const file of input.files) {
      if (file.size > limit) return `“${file.name}”超过 ${Math.floor(limit / MEGABYTE)} MB，请压缩或者拆分后再上传。`;
    }
  }
  return null;
}

function meter(form) {
  form.querySelector("[data-upload]")?.remove();
  const box = document.createElement("div");
  box.className = "portal-upload-progress";
  box.dataset.upload = "";
  box.setAttribute("role", "status");
  form.append(box);
  box.scrollIntoView({ block: "nearest" });
  return box;
}

function complain(form, text) {
  const box = meter(form);
  const words = document.createElement("p");
  words.className = "govuk-error-message";
  words.setAttribute("role", "alert");
  words.textContent = text;
  box.append(words);
  delete form.dataset.uploading;
  release(form);
}

function showAnswer(request, start) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (!page.querySelector("#main-content")) {
    location.assign(request.responseURL);
    return;
  }
  shown = request.responseURL;
  if (shown === location.href) history.replaceState({}, "");
  else history.pushState({}, "", shown);
  document.title = page.title;
  document.body.replaceWith(page.body);
  window.scrollTo(0, 0);
  start();
}

function send(form, submitter, start) {
  form.dataset.uploading = "yes";
  const box = meter(form);
  const words = document.createElement("p");
  const bar = document.createElement("progress");
  words.className = "govuk-body";
  words.textContent = "正在上传，请不要关闭本页面。";
  bar.max = 100;
  bar.setAttribute("aria-label", "上传进度");
  box.append(words, bar);

  const request = new XMLHttpRequest();
  // By attribute: form.action would be a button of that name.
  request.open("POST", submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.floor((event.loaded / event.total) * 100);
    words.textContent = bar.value < 100 ? `正在上传，已完成 ${bar.value}%。请不要关闭本页面。` : "上传完成，正在检查文件……";
  });
  request.addEventListener("load", () => showAnswer(request, start));
  request.addEventListener("error", () => complain(form, "网络中断，文件没有上传成功。已填写的内容仍在本页，请稍后重试。"));
  request.send(new FormData(form, submitter));
}

export function guardUpload(start) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.enctype !== "multipart/form-data" || event.defaultPrevented || !files(form).length) return;
    event.preventDefault();
    if (form.dataset.uploading) return;
    const fault = tooLarge(form);
    if (fault) complain(form, fault);
    else send(form, event.submitter, start);
  });
  // Back from the answer: its page is not in the browser's memory. A jump to a field (#id_name) is no such step.
  window.addEventListener("popstate", () => {
    if (shown && location.href.split("#")[0] !== shown.split("#")[0]) location.reload();
  });
}
