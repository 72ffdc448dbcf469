"use strict";
// Passkeys: asks the server for a challenge, the device for a signature, and sends the answer with the form around
// the button. Buttons stay hidden where the browser knows no passkeys.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const options = async (button) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", button.form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(button.dataset.passkey || button.dataset.passkeyAdd, { method: "POST", body, headers: { Accept: "application/json" } });
    const found = await answer.json();
    if (found.refusal) { throw new Error(found.refusal); }
    return found.publicKey;
  };

  const ask = async (button) => {
    const key = await options(button);
    key.challenge = bytes(key.challenge);
    key.allowCredentials = keys(key.allowCredentials);
    const made = await navigator.credentials.get({ publicKey: key });
    const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
    return {
      id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
      response: {
        clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature),
        userHandle: userHandle ? text(userHandle) : null,
      },
    };
  };

  const make = async (button) => {
    const key = await options(button);
    key.challenge = bytes(key.challenge);
    key.user.id = bytes(key.user.id);
    key.excludeCredentials = keys(key.excludeCredentials);
    const made = await navigator.credentials.create({ publicKey: key });
    return {
      id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
      response: { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject) },
    };
  };

  const press = async (button) => {
    const said = button.form.querySelector("[data-passkey-said]");
    if (said) { said.hidden = true; }
    button.disabled = true;
    try {
      const answer = await (button.dataset.passkeyAdd ? make(button) : ask(button));
      button.form.elements[button.dataset.field || "proof_passkey"].value = JSON.stringify(answer);
      // The other fields may stay empty now.
      button.form.noValidate = true;
      button.form.requestSubmit();
    } catch (error) {
      if (said) {
        said.textContent = error instanceof DOMException || error instanceof TypeError || !error.message ? button.dataset.failed : error.message;
        said.hidden = false;
      }
    } finally {
      button.disabled = false;
    }
  };

  const find = (root) => root.querySelectorAll("[data-passkey], [data-passkey-add]");
  const show = (root) => { if (window.PublicKeyCredential) { find(root).forEach((button) => { button.hidden = false; }); } };
  show(document);
  document.addEventListener("htmx:load", (event) => show(event.target));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-passkey], [data-passkey-add]");
    if (button) { press(button); }
  });
})();
