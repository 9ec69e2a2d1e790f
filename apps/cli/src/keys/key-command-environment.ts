type Environment = Readonly<Record<string, string | undefined>>;

/** What any program needs: where things are, its language, its clock, its certificates and proxies. */
const always =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|XDG_\w+|SSL_CERT_(?:FILE|DIR)|(?:https?|no|all)_proxy|SYSTEMROOT|WINDIR|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|CREDENTIALS_DIRECTORY)$/i;
/** How the programs of the usual key-management services are told where these are, and who asks. */
const ofServices = /^(?:VAULT|BAO|AWS|AZURE|GOOGLE|CLOUDSDK|KUBERNETES)_\w+$/;

/**
 * The environment of a key-management program: what it needs, and none of Osteon's own secrets.
 *
 * @param further names that the configuration adds
 */
export function environmentOfKeyCommand(environment: Environment, further: readonly string[]): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => always.test(name) || ofServices.test(name) || further.includes(name),
    ),
  );
}
