// Asks the browser for a security key or passkey and sends what it says; without support the button stays hidden.
import { Controller } from "../../stimulus/stimulus.js";

const DATA = "passkey-data";

function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function withBytes(keys) {
  return (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));
}

// The browser's answer as the server reads it: every buffer as base64url.
function asJson(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answer[name] = toText(response[name]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

export default class extends Controller {
  static targets = ["button", "credential", "status"];
  static values = { options: String };

  connect() {
    this.buttonTarget.hidden = !window.PublicKeyCredential;
  }

  async use() {
    await this.ask(async () => {
      const { publicKey } = (await this.options()).request_options;
      return navigator.credentials.get({
        publicKey: {
          ...publicKey,
          challenge: toBytes(publicKey.challenge),
          allowCredentials: withBytes(publicKey.allowCredentials),
        },
      });
    });
  }

  async create(event) {
    event.preventDefault();
    if (!this.element.reportValidity()) return;
    const passkey = this.element.elements.passwordless?.checked ?? false;
    await this.ask(async () => {
      const { publicKey } = (await this.options()).creation_options;
      const selection = {
        ...publicKey.authenticatorSelection,
        residentKey: passkey ? "required" : "discouraged",
        requireResidentKey: passkey,
      };
      if (passkey) selection.userVerification = "required";
      return navigator.credentials.create({
        publicKey: {
          ...publicKey,
          authenticatorSelection: selection,
          challenge: toBytes(publicKey.challenge),
          user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
          excludeCredentials: withBytes(publicKey.excludeCredentials),
        },
      });
    });
  }

  async ask(ceremony) {
    this.statusTarget.hidden = true;
    this.buttonTarget.disabled = true;
    try {
      this.credentialTarget.value = asJson(await ceremony());
      this.element.submit();
    } catch (error) {
      this.report(error);
    } finally {
      this.buttonTarget.disabled = false;
    }
  }

  async options() {
    if (!this.optionsValue) return JSON.parse(document.getElementById(DATA).textContent);
    const answer = await fetch(this.optionsValue, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new TypeError("no options");
    return answer.json();
  }

  report(error) {
    const { cancelled, known, failed } = this.statusTarget.dataset;
    const said = { NotAllowedError: cancelled, InvalidStateError: known ?? cancelled };
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    this.statusTarget.textContent = said[error.name] ?? failed;
    this.statusTarget.hidden = false;
  }
}
