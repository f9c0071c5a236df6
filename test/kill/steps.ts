import type { World } from './world.ts';

/** One thing that somebody does on a case: a button of theirs, what they fill in, and the event that comes of it. */
export type Step = {
  person: string;
  verb: RegExp;
  inputs: Record<string, string>;
  event: string;
  /** Somebody else who may decide it too, and presses another answer in the same moment. */
  rival?: Pick<Step, 'person' | 'verb' | 'inputs'>;
};

/** The conference that a case is about: of today or of the week before, with one of two chairs. */
export function conferenceOf(world: World, number: number): { chair: string; date: string } {
  const date = Temporal.PlainDate.from(world.startsAt.slice(0, 10)).subtract({ days: number % 8 });
  return { chair: number % 3 === 0 ? 'second-chair' : 'chair', date: date.toString() };
}

const reasons = { reasons: 'Because of what was read.' };
const record = {
  consensus: 'yes',
  threshold: 'It was read out and talked about.',
  decision: 'No plan.',
  basis: 'What was shared.',
};

/** What happens on a case once it is raised: every second is upheld and its conference meets again, the others are told, filed and closed. */
export function stepsOf(world: World, dissenter: string, number: number): Step[] {
  const { partnership, agency = '' } = world.directory().people.find(({ id }) => id === dissenter) ?? {};
  const others = Object.keys(world.directory().partnerships[partnership ?? '']?.agencies ?? {}).slice(0, number % 3);
  const agencies = others.filter((each) => each !== agency);
  const recipients = [agency, ...agencies].map((each) => `agency:${each}`).join(',');
  const refer: Step = {
    person: conferenceOf(world, number).chair,
    verb: /^refer$/,
    inputs: { ...record, agency, agencies: agencies.join(',') },
    event: 'ConferenceRecorded',
  };
  return [refer, ...(number % 2 === 0 ? reconvened(recipients) : told(world, recipients, number))];
}

function reconvened(recipients: string): Step[] {
  return [
    { person: 'service-manager', verb: /^decide:decide\.upheld$/, inputs: reasons, event: 'DecisionMade' },
    {
      person: 'head-of-service',
      verb: /^decide:review\.reconvene$/,
      inputs: reasons,
      event: 'DecisionMade',
      rival: { person: 'head-of-service-deputy', verb: /^decide:review\.reconvene$/, inputs: { reasons: 'The deputy thinks so too.' } },
    },
    { person: 'administrator', verb: /^move$/, inputs: { slot: 'own', date: '2028-01-11', time: '10:00' }, event: 'TimeChosen' },
    approval('service-manager', 'decide', recipients),
    approval('head-of-service', 'review', recipients),
    { person: 'second-administrator', verb: /^move$/, inputs: { slot: 'own', date: '2028-01-12', time: '14:00' }, event: 'TimeChosen' },
  ];
}

function told(world: World, recipients: string, number: number): Step[] {
  const on = world.startsAt.slice(0, 10);
  const teller = 'family-worker';
  return [
    {
      person: 'service-manager',
      verb: /^decide:decide\.not_upheld$/,
      inputs: reasons,
      event: 'DecisionMade',
      rival: { person: 'service-manager-deputy', verb: /^decide:decide\.not_upheld$/, inputs: reasons },
    },
    approval(number % 3 === 0 ? 'service-manager-deputy' : 'service-manager', 'decide', recipients),
    { person: 'administrator', verb: /^teller:decide$/, inputs: { person: teller }, event: 'TellerNamed' },
    { person: teller, verb: /^contact:decide$/, inputs: { safe: 'yes' }, event: 'ContactChecked' },
    { person: teller, verb: /^parents:decide$/, inputs: { on, means: 'visit', everyone: 'yes' }, event: 'ParentsTold' },
  ];
}

function approval(person: string, stage: string, recipients: string): Step {
  return { person, verb: new RegExp(`^approve:${stage}$`), inputs: { wording: 'What we decided.', recipients }, event: 'LetterApproved' };
}
