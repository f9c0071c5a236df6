import { z } from 'zod';
import { deputiesFor, LONGEST_COVER, type WantedCover } from '../../app/cover.ts';
import type { Post } from '../../app/oversight.ts';
import type { Directory } from '../../directory/directory.ts';
import { type Choice, dateBetween, type Field, field, oneOf, readForm } from '../inputs.ts';
import { personAsked } from './questions.ts';

/** What a form for cover is made from: the posts of the person, never none, and today's date in London. */
export type CoverAsked = { posts: Post[]; directory: Directory; today: string };

const FIRST_DAY = 'Give the first day of the cover.';
const LAST_DAY = 'Give the last day of the cover.';

const idOf = ({ partnershipId, role }: Post) => `${partnershipId}.${role}`;

function asks({ posts, directory, today }: CoverAsked) {
  const roles: Choice[] = posts.map((post) => ({ title: post.title, value: idOf(post) }));
  const people = [...new Set(posts.flatMap((post) => deputiesFor(directory, post)))];
  const who = { kind: 'person', title: 'Who covers for you?', optional: false, source: 'Q27' } as const;
  const first = Temporal.PlainDate.from(today);
  return { roles, deputy: personAsked('deputy', who, { directory }, people), first, last: first.add({ months: LONGEST_COVER }) };
}

/** The questions of the form for cover: for which role where somebody holds several, who, and from when to when. */
export function coverFields(asked: CoverAsked): Field[] {
  const { roles, deputy } = asks(asked);
  const [only] = asked.posts;
  return [
    roles.length === 1
      ? field('fact', 'role', 'Your role', { value: only?.title ?? '' })
      : field('one', 'role', 'For which of your roles?', { isRequired: true, errorMessage: 'Choose the role.', choices: roles }),
    deputy.field,
    field('date', 'from', 'From', { isRequired: true, errorMessage: FIRST_DAY, hint: 'The first day. Today or later.' }),
    field('date', 'to', 'To', { isRequired: true, errorMessage: LAST_DAY, hint: `The last day, at most ${LONGEST_COVER} months on.` }),
  ];
}

/** A cover as the form was filled in, or what is wrong with each field. */
export function readCover(inputs: Record<string, string>, asked: CoverAsked): { cover: WantedCover } | { fields: Record<string, string> } {
  const { roles, deputy, first, last } = asks(asked);
  const [only] = roles;
  const chosen =
    roles.length === 1 && only
      ? z
          .string()
          .optional()
          .transform(() => only.value)
      : oneOf(roles, 'Choose the role.');
  const schema = z.object({
    role: chosen,
    deputy: deputy.read,
    from: dateBetween(first, last, FIRST_DAY, `Give a first day from today on, within the next ${LONGEST_COVER} months.`),
    to: dateBetween(first, last.add({ months: LONGEST_COVER }), LAST_DAY, 'Give a last day that is not in the past.'),
  });
  const read = readForm(schema, inputs);
  if ('fields' in read) return read;
  const { role, deputy: person, from, to } = read.value;
  const post = asked.posts.find((each) => idOf(each) === role);
  if (!post || person === null) return { fields: { deputy: 'Choose a person from the list.' } };
  return { cover: { partnership: post.partnershipId, role: post.role, deputy: person, from, to } };
}
