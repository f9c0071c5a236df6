import type { Client } from '@microsoft/microsoft-graph-client';
import type { Application, Calendar, PasswordCredential } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import { OutsideFault } from '../app/faults.ts';
import { ask, type FieldsOf } from './answers.ts';

const calendar = z.object({ allowedOnlineMeetingProviders: z.array(z.string()).nullish() } satisfies FieldsOf<Calendar>);
const application = z.object({
  passwordCredentials: z.array(z.object({ endDateTime: z.string().nullish() } satisfies FieldsOf<PasswordCredential>)),
} satisfies FieldsOf<Application>);

/** A person whom no tenant has. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Questions to Graph that change nothing and send nobody anything, by which it shows what the app may do. Refusals are OutsideFaults. */
export function graphProbes(client: Client) {
  const user = (mailbox: string, rest: string) => client.api(`/users/${encodeURIComponent(mailbox)}${rest}`);
  return {
    async meetingProviders(mailbox: string): Promise<string[]> {
      const answer = await ask(calendar, 'Calendars.ReadWrite', () =>
        user(mailbox, '/calendar').select('allowedOnlineMeetingProviders').get(),
      );
      return answer.allowedOnlineMeetingProviders ?? [];
    },
    /** A message that is addressed to nobody can reach nobody; Graph refuses it, but only to a sender who may send. */
    async mayMail(mailbox: string): Promise<void> {
      const message = { subject: '', body: { contentType: 'text', content: '' }, toRecipients: [] };
      await ask(z.unknown(), 'Mail.Send', () => user(mailbox, '/sendMail').post({ message, saveToSentItems: false })).catch(
        unless('rejected'),
      );
    },
    async library(drive: string): Promise<void> {
      await ask(z.unknown(), 'Sites.Selected', () =>
        client
          .api(`/drives/${encodeURIComponent(drive)}`)
          .select('id')
          .get(),
      );
    },
    async mayFindPeople(): Promise<void> {
      await ask(z.unknown(), 'User.Read.All', () => user(NOBODY, '').select('id').get()).catch(unless('not-found'));
    },
    async secretsEnd(appId: string): Promise<Temporal.Instant[]> {
      const { passwordCredentials } = await ask(application, 'Application.Read.All', () =>
        client.api(`/applications(appId='${appId}')`).select('passwordCredentials').get(),
      );
      return passwordCredentials.flatMap(({ endDateTime }) => (endDateTime ? [Temporal.Instant.from(endDateTime)] : []));
    },
  };
}

/** Takes the refusal that shows that more would have been allowed. */
function unless(kind: OutsideFault['kind']): (cause: unknown) => void {
  return (cause) => {
    if (!(cause instanceof OutsideFault) || cause.kind !== kind) throw cause;
  };
}
