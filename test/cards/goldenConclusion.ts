import type { golden } from './goldenCases.ts';

const open = (verb: string, values: Record<string, string> = {}, errors: Record<string, string> = {}) => ({
  form: { verb, values, errors },
});

/** The views and cases of what follows a decision that are kept as golden files. */
export const goldenConclusion: typeof golden = {
  'decide.children-form': { state: 'referred', viewer: 'sm', key: 'stage:decide', showing: open('decide:decide.upheld') },
  'decide.children': { state: 'upheldForOne', viewer: 'sm', key: 'stage:decide' },
  'decide.approve-form': { state: 'notUpheld', viewer: 'sm', key: 'stage:decide', showing: open('approve:decide') },
  'decide.note-form': {
    state: 'changed',
    viewer: 'head',
    key: 'stage:review',
    showing: open('approve:review', { recipients: '' }, { recipients: 'Choose whom the letter goes to.' }),
  },
  'decide.letter-sent': { state: 'letterSent', viewer: 'sm', key: 'stage:decide' },
  'decide.letter-troubled': { state: 'letterTroubled', viewer: 'sm', key: 'stage:decide' },
  'decide.document-wanted': { state: 'documentWanted', viewer: 'sm', key: 'stage:decide' },
  'decide.document-failed': { state: 'documentFailed', viewer: 'sm', key: 'stage:decide' },
  'decide.escalated': { state: 'escalationNoted', viewer: 'sm', key: 'stage:decide' },
  'decide.closed': { state: 'closed', viewer: 'sm', key: 'stage:decide' },
  'checklist.decider': { state: 'partlyTold', viewer: 'sm', key: 'checklist' },
  'checklist.administrator': { state: 'letterTroubled', viewer: 'administrator', key: 'checklist' },
  'checklist.tick-form': { state: 'approved', viewer: 'administrator', key: 'checklist', showing: open('tick:chair:decide') },
  'checklist.teller-form': { state: 'letterSent', viewer: 'administrator', key: 'checklist', showing: open('teller:decide') },
  'checklist.file-form': { state: 'told', viewer: 'administrator', key: 'checklist', showing: open('file:2') },
  'checklist.not-filed': { state: 'filingFailed', viewer: 'meeting-administrator', key: 'checklist' },
  'checklist.closed': { state: 'closed', viewer: 'administrator', key: 'checklist' },
  'outcome.dissenter': { state: 'notUpheld', viewer: 'health-visitor', key: 'outcome:decide' },
  'outcome.chair': { state: 'upheld', viewer: 'chair', key: 'outcome:decide' },
  'outcome.child': { state: 'reviewedForOne', viewer: 'health-visitor', key: 'outcome:review' },
  'outcome.concerned': { state: 'concerned', viewer: 'health-visitor', key: 'outcome:decide' },
  'parents.named': { state: 'tellerNamed', viewer: 'social-worker', key: 'parents:decide' },
  'parents.contact-form': { state: 'tellerNamed', viewer: 'social-worker', key: 'parents:decide', showing: open('contact:decide') },
  'parents.unsafe': { state: 'contactUnsafe', viewer: 'social-worker', key: 'parents:decide' },
  'parents.told-form': { state: 'contactUnsafe', viewer: 'social-worker', key: 'parents:decide', showing: open('parents:decide') },
  'parents.partly': { state: 'partlyTold', viewer: 'social-worker', key: 'parents:decide' },
  'parents.told': { state: 'told', viewer: 'social-worker', key: 'parents:decide' },
  'task.open': { state: 'noteApproved', viewer: 'keeper', key: 'task:review.register' },
  'task.done': { state: 'registerChanged', viewer: 'keeper', key: 'task:review.register' },
};
