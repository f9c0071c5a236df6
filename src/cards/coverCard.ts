import type { Cover } from '../app/cover.ts';
import { nameAndJob } from '../directory/names.ts';
import { sayDate } from '../domain/londonTime.ts';
import type { CardState } from './cardState.ts';
import { TEXT_BUDGETS } from './fit.ts';
import { type CoverAsked, coverFields } from './forms/coverForm.ts';
import { buttonsFor, formData, plainFrame } from './frame.ts';
import type { TemplateAndData } from './template.ts';

/**
 * The deputies that a person has named for their roles, each with a button to end it, and the form to name another (Q27).
 * `draft` is the form's own random id.
 */
export function coverCard(
  asked: CoverAsked,
  covers: Cover[],
  draft: string,
  { notice, form }: Pick<CardState, 'notice' | 'form'> = {},
): TemplateAndData {
  const { posts, directory, today } = asked;
  const { values = {}, errors = {} } = form ?? {};
  const button = buttonsFor('', 0);
  const questions = { title: 'Name a deputy', warnings: [], fields: coverFields(asked) };
  const rows = covers.map(({ number, role, partnership, deputy, from, to }) => ({
    deputy: nameAndJob(directory, deputy),
    role: posts.find((post) => post.role === role && post.partnershipId === partnership)?.title ?? role,
    dates: `${sayDate(from)} to ${sayDate(to)}`,
    state: from <= today ? 'In force now' : 'Not begun yet',
    end: [button({ verb: `cover:end.${number}`, title: 'End this cover', style: 'destructive' }, 'none')],
  }));
  return {
    view: 'cover',
    data: {
      ...plainFrame('Cover', {
        notices: notice === undefined ? [] : [notice],
        forms: [formData({ form: questions, values, errors }, TEXT_BUDGETS.at(-1)?.kept ?? 0)],
        buttons: [buttonsFor(draft, 0)({ verb: 'cover:begin', title: 'Name this deputy', style: 'positive' })],
      }),
      intro: 'While somebody covers for you, cards go to both of you and either of you may decide. You can end it at any time.',
      none: rows.length === 0 ? ['Nobody covers for you now.'] : [],
      rows,
    },
  };
}
