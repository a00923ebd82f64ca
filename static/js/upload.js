// A multipart form with chosen files shows how far the sending is. The server's answer takes the place of the page, as
// it would without script. A broken line is said aloud, and nothing typed is lost. Where the server takes a file in
// pieces, it is sent so, and the form names it in the place of the file.
import { canSendInPieces, Refused, sendInPieces } from "./pieces.js";
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
    const total = Number(input.dataset.maxTotal || Infinity);
    if ([...input.files].reduce((sum, file) => sum + file.size, 0) > total) {
      return `一次选择的文件合计超过 ${Math.floor(total / MEGABYTE)} MB，请分几次上传，或者压缩后再上传。`;
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

function complain(form, text, again) {
  const box = meter(form);
  const words = document.createElement("p");
  words.className = "govuk-error-message";
  words.setAttribute("role", "alert");
  words.textContent = text;
  box.append(words);
  delete form.dataset.uploading;
  release(form);
  if (!again) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = "继续上传";
  button.addEventListener("click", again);
  box.append(button);
  button.focus();
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
  // A list of errors or good news has taken the focus by now; otherwise the heading says where one is.
  if (document.activeElement !== document.body) return;
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}

function gauge(form) {
  form.dataset.uploading = "yes";
  const box = meter(form);
  const words = document.createElement("p");
  const bar = document.createElement("progress");
  words.className = "govuk-body";
  words.textContent = "正在上传，请不要关闭本页面。";
  bar.max = 100;
  bar.setAttribute("aria-label", "上传进度");
  box.append(words, bar);
  // Said every ten percent: a screen reader that hears each one says nothing else.
  return (percent) => {
    bar.value = Math.floor(percent);
    const tens = Math.floor(percent / 10) * 10;
    words.textContent = percent < 100 ? `正在上传，已完成 ${tens}%。请不要关闭本页面。` : "上传完成，正在检查文件……";
  };
}

function send(form, submitter, start) {
  const tell = gauge(form);
  const request = new XMLHttpRequest();
  // By attribute: form.action would be a button of that name.
  request.open("POST", submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) tell((event.loaded / event.total) * 100);
  });
  request.addEventListener("load", () => showAnswer(request, start));
  request.addEventListener("error", () => complain(form, "网络中断，文件没有上传成功。已填写的内容仍在本页，请稍后重试。"));
  request.send(new FormData(form, submitter));
}

async function sendPieces(form, submitter, start) {
  const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files].map((file) => [input, file]));
  const total = chosen.reduce((sum, [, file]) => sum + file.size, 0);
  const csrf = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  const tell = gauge(form);
  const tokens = [];
  let before = 0;
  try {
    for (const [input, file] of chosen) {
      const token = await sendInPieces(file, input, csrf, (sent) => tell(((before + sent) / total) * 99));
      tokens.push([`${input.name}-upload`, token]);
      before += file.size;
    }
  } catch (error) {
    if (error instanceof Refused) complain(form, error.message);
    else if (error.name === "NotReadableError") complain(form, "文件已被移动或者修改，请重新选择。");
    else complain(form, "网络中断，已经收到的部分不会丢失。网络恢复后，按“继续上传”从中断处接着传。", () => sendPieces(form, submitter, start));
    return;
  }
  for (const input of form.querySelectorAll("input[type=file][data-resume]")) input.value = "";
  for (const [name, value] of tokens) {
    const named = document.createElement("input");
    Object.assign(named, { type: "hidden", name, value });
    form.append(named);
  }
  send(form, submitter, start);
}

export function guardUpload(start) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.enctype !== "multipart/form-data" || event.defaultPrevented || !files(form).length) return;
    event.preventDefault();
    if (form.dataset.uploading) return;
    const fault = tooLarge(form);
    if (fault) complain(form, fault);
    else if (canSendInPieces(form)) sendPieces(form, event.submitter, start);
    else send(form, event.submitter, start);
  });
  // Back from the answer: its page is not in the browser's memory. A jump to a field (#id_name) is no such step.
  window.addEventListener("popstate", () => {
    if (shown && location.href.split("#")[0] !== shown.split("#")[0]) location.reload();
  });
}
