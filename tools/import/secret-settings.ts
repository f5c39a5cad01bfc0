const secretName =
  /(PASS(WORD|WD|PHRASE)?|TOKEN|SECRET|CREDENTIALS?|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|(^|_)KEY)(_|$|\d)/i;

/** A setting about secrets, and no secret: a flag, a small number, a file. */
const harmless = /^(true|false|yes|no|on|off|\d{0,4}|\/\S*|[a-z0-9]{1,3})$/i;

/** Whether something is called like a secret. */
export const isSecretName = (name: string): boolean => secretName.test(name);

/** Whether a variable of an app's environment holds a secret: by its name, or by credentials in a URL. */
export function isSecretSetting(name: string, text: string): boolean {
  if (/:\/\/[^/\s:@]*:[^@\s/]+@/.test(text)) return true;
  return isSecretName(name) && !/_FILE$/i.test(name) && (text === '' || !harmless.test(text));
}

/** Whether an argument, a variable or a local of Terraform is called as a secret is. */
export const isSecretArgument = (name: string): boolean =>
  /^(.*_)?(password|token|secret|secret_key|api_key|private_key)$/.test(name);
