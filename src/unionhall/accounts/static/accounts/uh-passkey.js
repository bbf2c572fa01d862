/**
 * <uh-passkey data-mode="sign-in|check|add"> around one form with a hidden field `credential`: asks the browser for a
 * passkey when the form is sent, puts its answer into the field, and sends the form. Hidden until it can work.
 *
 * data-options: the server's options as JSON (check, add); data-options-url: where to fetch them (sign-in).
 * data-failed: what to say when the browser or the person called it off.
 */
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => (list || []).map((item) => ({ ...item, id: toBytes(item.id) }));

/** The options for navigator.credentials.create: always a passkey, always with the owner's finger, face or PIN. */
function creation({ publicKey }) {
  return {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    },
  };
}

/** The options for navigator.credentials.get. */
function request({ publicKey }) {
  return { ...publicKey, challenge: toBytes(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials) };
}

/** The browser's answer as the JSON that the server reads. */
function answer(credential) {
  const response = { clientDataJSON: toText(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id, rawId: toText(credential.rawId), type: credential.type, response,
    authenticatorAttachment: credential.authenticatorAttachment || null,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

class Passkey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
  }

  async ask() {
    const box = this.querySelector("[data-error]");
    box.hidden = true;
    try {
      const options = await this.options();
      const credential = this.dataset.mode === "add"
        ? await navigator.credentials.create({ publicKey: creation(options) })
        : await navigator.credentials.get({ publicKey: request(options) });
      this.form.elements.credential.value = JSON.stringify(answer(credential));
      this.form.submit();
    } catch {
      box.hidden = false;
      box.textContent = this.dataset.failed;
    }
  }

  async options() {
    if (this.dataset.options) return JSON.parse(this.dataset.options);
    const response = await fetch(this.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    return (await response.json()).request_options;
  }
}

customElements.define("uh-passkey", Passkey);
