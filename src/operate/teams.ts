import { fault, type Look, warning, well } from './doctor.ts';

const LIMIT = 10_000;
/** In seconds. Tokens are good for five minutes more or less than they say, and those who sign in are held to it. */
const SKEW = { warning: 60, fault: 300 };

/** A credential, as far as it is looked at. */
export type SignsIn = { getToken(scope: string, options: { abortSignal: AbortSignal }): Promise<{ token: string } | null> };

/** What Entra refuses a sign-in for, by its number, and what to do about it. */
const REFUSALS: Record<string, [says: string, cure: string]> = {
  '7000215': [
    'the secret is wrong',
    'Set the secret\'s value, not its id, as "Certificates & secrets" of the app registration showed it once.',
  ],
  '7000222': ['the secret has run out', 'Make a new secret under "Certificates & secrets" of the app registration, set it, and restart.'],
  '700016': ['the tenant knows no such app', 'Compare the app id and the tenant id with the app registration\'s "Overview".'],
  '90002': ['there is no such tenant', 'Compare MicrosoftAppTenantId with "Directory (tenant) ID" of the app registration.'],
  '700027': ["the certificate is not the app's", 'Upload the certificate under "Certificates & secrets" of the app registration.'],
  '700211': [
    'the app trusts no such issuer',
    'Compare the issuer of the federated credential, under "Certificates & secrets" of the app registration.',
  ],
  '700213': [
    'the app trusts no such identity',
    'Compare the subject of the federated credential, under "Certificates & secrets" of the app registration.',
  ],
};

/** Whether a credential is given a token for that scope. */
export function signInLook(name: string, credential: SignsIn, scope: string): Look {
  return {
    name,
    async at() {
      try {
        const granted = await credential.getToken(scope, { abortSignal: AbortSignal.timeout(LIMIT) });
        if (granted?.token) return well('it signs in.');
        return fault('the sign-in gave no token.', 'Check the credential that is set.');
      } catch (cause) {
        const [, number = ''] = /AADSTS(\d+)/.exec(Error.isError(cause) ? cause.message : '') ?? [];
        const [says, cure] = REFUSALS[number] ?? [];
        if (says && cure) return fault(`Entra refuses the sign-in: ${says} (AADSTS${number}).`, cure);
        return number === ''
          ? fault(
              'no token could be had.',
              'Open the way to login.microsoftonline.com, or check AZURE_AUTHORITY_HOST and the credential that is set.',
            )
          : fault(`Entra refuses the sign-in (AADSTS${number}).`, `Look up AADSTS${number} at https://login.microsoftonline.com/error.`);
      }
    },
  };
}

/** Whether the keys can be had by which Teams' own messages are known; and by the same answer, whether this machine's clock is right. */
export function signingKeysLooks(openIdMetadata: string, now: () => Temporal.Instant): Look[] {
  const asked = fetch(openIdMetadata, { signal: AbortSignal.timeout(LIMIT) });
  asked.catch(() => {});
  return [
    {
      name: 'Signing keys of Teams',
      async at() {
        const metadata = (await (await asked).json()) as { jwks_uri?: string };
        const answer = await fetch(metadata.jwks_uri ?? '', { signal: AbortSignal.timeout(LIMIT) });
        const { keys = [] } = (await answer.json()) as { keys?: { endorsements?: string[] }[] };
        const forTeams = keys.filter(({ endorsements = [] }) => endorsements.includes('msteams'));
        if (forTeams.length > 0) return well(`${forTeams.length} are published.`);
        return fault(
          'none are published there, so nobody from Teams is let in.',
          'Leave BotOpenIdMetadata out, or set that of your cloud.',
        );
      },
    },
    {
      name: 'Clock',
      async at() {
        const date = (await asked).headers.get('date');
        if (date === null)
          return warning('the answer said no time, so it is not known whether the clock is right.', 'Look whether a proxy answers.');
        const apart = Math.abs(now().epochMilliseconds - Date.parse(date)) / 1000;
        const says = `this machine's clock is ${Math.round(apart)} seconds from the time of the net.`;
        const cure = 'Have the clock set by NTP: tokens are refused that seem too old or too new.';
        return apart >= SKEW.fault ? fault(says, cure) : apart >= SKEW.warning ? warning(says, cure) : well('it is right.');
      },
    },
  ];
}
