// Sends a file in pieces. The server says how far it is, so a lost connection or a page that was closed costs a piece,
// not the whole. At the end both compare a digest made of the digests of all pieces.
const PATIENCE = [1000, 2000, 4000, 8000]; // ms before each further try

export class Refused extends Error {}

export function canSendInPieces(form) {
  const inputs = [...form.querySelectorAll("input[type=file]")].filter((input) => input.files.length);
  return Boolean(crypto.subtle) && inputs.every((input) => input.dataset.resume);
}

async function digestOf(data) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function ask(url, options, token) {
  const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest", ...options.headers };
  const answer = await fetch(url, { ...options, headers, redirect: "error" });
  const json = (answer.headers.get("Content-Type") || "").includes("json");
  const said = json ? await answer.json() : {};
  if (answer.ok || answer.status === 409) return said;
  if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
  throw new Refused(said.words || "没有上传成功，请刷新页面后再试。");
}

async function patiently(work) {
  for (const pause of PATIENCE) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused || error.name === "NotReadableError") throw error;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
  return work();
}

// The token of the upload, for the form. `tell(sent)` hears how many bytes have arrived.
export async function sendInPieces(file, input, csrf, tell) {
  const begin = new URLSearchParams({ name: file.name, size: String(file.size), terms: input.dataset.terms });
  let upload = await patiently(() => ask(input.dataset.resume, { method: "POST", body: begin }, csrf));
  const digests = [];
  for (let at = 0; at < file.size; at += upload.piece) {
    const piece = await file.slice(at, Math.min(at + upload.piece, file.size)).arrayBuffer();
    digests.push(await digestOf(piece));
    while (upload.offset <= at) {
      const headers = { "Upload-Offset": String(at), "Content-Type": "application/octet-stream" };
      const said = await patiently(() => ask(upload.url, { method: "PATCH", body: piece, headers }, csrf));
      upload = { ...upload, ...said };
      if (upload.offset < at) throw new Refused("没有上传成功，请重新选择文件。");
    }
    tell(Math.min(upload.offset, at + piece.byteLength));
  }
  const digest = await digestOf(new TextEncoder().encode(digests.join("")));
  await patiently(() => ask(upload.url, { method: "POST", body: new URLSearchParams({ digest }) }, csrf));
  return upload.token;
}
