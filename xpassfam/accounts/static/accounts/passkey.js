// <form data-passkey="get|create" data-options="address">: asks the device's key-ring, then sends its answer as any form.
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

function ready(options) {
  const asked = { ...options, challenge: decode(options.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: decode(asked.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"])
    if (asked[list]) asked[list] = asked[list].map((one) => ({ ...one, id: decode(one.id) }));
  return asked;
}

function told(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[part]) response[part] = encode(credential.response[part]);
  return { id: credential.id, rawId: encode(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

async function options(form) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(form.dataset.options, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const refused = form.querySelector("[data-refused]");
  if (!window.PublicKeyCredential) {
    for (const without of form.querySelectorAll("[data-without]")) without.hidden = false;
    continue;
  }
  for (const shown of form.querySelectorAll("[data-with]")) shown.hidden = false;
  for (const hidden of form.querySelectorAll("[data-without]")) hidden.hidden = true;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    if (form.dataset.busy || !form.reportValidity()) return;
    form.dataset.busy = "yes";
    refused.hidden = true;
    try {
      const { challenge_token: token, publicKey } = await options(form);
      const asked = { publicKey: ready(publicKey) };
      const credential = await navigator.credentials[form.dataset.passkey](asked);
      form.elements.challenge_token.value = token;
      form.elements.credential.value = JSON.stringify(told(credential));
      form.submit();
    } catch {
      refused.hidden = false;
      refused.focus();
    }
    delete form.dataset.busy;
  });
}
