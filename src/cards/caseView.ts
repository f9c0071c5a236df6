import type { CardKey } from '../app/ports.ts';
import type { Seen } from '../app/seeCase.ts';
import { stageOf } from '../domain/procedure.ts';
import { type Button, buttonsFor, datesFor, type Frame, formData, plainFrame } from './frame.ts';
import type { Body, OpenForm, Room, Section, Typed } from './present/body.ts';
import { clip, WHOLE } from './present/fit.ts';
import { openFormOf, present, whereItStands } from './present/present.ts';
import type { Showing } from './show.ts';
import type { Drawing } from './template.ts';

/** A case's card: its view and the data for it, with as much of each text as there is room for. Pure. */
export function caseView(key: CardKey, seen: Seen, showing: Showing, room: Room): Drawing {
  const body = present(key, seen, room.several);
  const [reading] = showing.reading?.split('@') ?? [];
  const whole = typedIn(body).find(({ id }) => id === reading);
  const open = showing.form ? openFormOf(showing.form.verb, seen, showing.form.values, showing.form.errors) : null;
  const mending = open !== null && Object.keys(open.errors).length > 0;
  const frame = frameOf(seen, body, mending ? undefined : showing.notice);
  const button = buttonsFor(seen.current.reference, seen.current.revision);
  const back = button({ verb: `see:${key}`, title: 'Back' }, 'none');
  if (whole) {
    const { text } = clip(whole.text, WHOLE, Number.POSITIVE_INFINITY);
    return {
      view: 'reading',
      data: {
        ...frame,
        alerts: [],
        dues: [],
        whys: [],
        text: [{ label: whole.label === '' ? 'In full' : whole.label, text }],
        buttons: [back],
      },
    };
  }
  const sections = Object.fromEntries(
    Object.entries(body.sections).map(([name, some]) => [name, some.map((each) => drawn(each, key, button, room))]),
  );
  const buttons = open ? [submitOf(open, button), back] : body.offers.map((offer) => button(offer));
  return { view: body.view, data: { ...frame, ...sections, forms: open ? [formData(open, room.kept)] : [], buttons } };
}

/** Said when the review has ended: what the bot does not do is not left to be guessed. */
const OUTSIDE = 'Letters, telling people and filing are done outside this bot for now.';

function submitOf({ verb, form }: OpenForm, button: ReturnType<typeof buttonsFor>): Button {
  return button({ verb, title: form.submit, style: 'positive' });
}

function typedIn({ sections }: Body): Typed[] {
  return Object.values(sections).flatMap((some) => some.flatMap(({ typed }) => typed));
}

/** What all case cards share: reference, where it stands, that the decision stands (C12), and the procedure that the case keeps (X2). */
function frameOf(seen: Seen, { title, alerts, dues }: Body, notice: string | undefined): Frame {
  const { current, procedure } = seen;
  const ended = stageOf(procedure, current.stage).kind === 'conclude' && current.status === 'open';
  return plainFrame(title, {
    speak: `Case ${current.reference}`,
    fallback: `Case ${current.reference}. This card needs a newer version of Teams. Type "case ${current.reference}" to see the case.`,
    reference: [current.reference],
    stands: [whereItStands(seen)],
    notices: notice === undefined ? [] : [notice],
    alerts,
    ...datesFor(dues),
    standing: [...(current.status === 'closed' ? [] : [procedure.words.standing]), ...(ended ? [OUTSIDE] : [])],
    footer: [`${procedure.title}. Procedure ${procedure.id}, version ${procedure.version}.`],
  });
}

/** A section with its texts cut to the room there is, each with the button to read the rest. */
function drawn({ heading, lead, meta, facts, typed, links }: Section, key: CardKey, button: ReturnType<typeof buttonsFor>, room: Room) {
  const some = (text: string) => (text === '' ? [] : [text]);
  return {
    headings: some(heading),
    leads: some(lead),
    metas: some(meta),
    tables: facts.length === 0 ? [] : [{ facts }],
    texts: typed.map(({ id, label, text }) => {
      const shown = clip(text, id === 'children' ? 1000 : room.text);
      return {
        labels: some(label),
        text: shown.text,
        more: shown.cut ? [button({ verb: `read:${id}@${key}`, title: 'Read in full' }, 'none')] : [],
      };
    }),
    links,
  };
}
