import type { CaseForViewer } from '../../app/seeCase.ts';
import { chairWanted } from '../../domain/sharing.ts';
import { type Body, part, section } from './body.ts';
import { paperLinks } from './dissent.ts';
import { meetingSection } from './outcomeSections.ts';
import { conferenceFact } from './status.ts';

/**
 * The card of whoever was chosen to chair the reconvened conference instead of its chair (Q28, P8): when and where it meets, and the papers.
 * It holds no reasons, nobody who raised anything, and no child (Part E).
 */
export function presentMeeting(seen: CaseForViewer): Body {
  const { current, procedure } = seen;
  const { meeting } = procedure.words;
  const links = paperLinks(seen);
  const another = chairWanted(current, procedure);
  return {
    title: `Reconvened ${meeting}`,
    alerts: [
      another
        ? { text: `Another chair is being chosen for this ${meeting}.`, style: 'warning' }
        : { text: `You were chosen to chair this ${meeting}.`, style: 'accent' },
    ],
    dues: [],
    parts: [
      part('about', [section(`The first ${meeting}`, { facts: [conferenceFact(seen)] })]),
      part('meeting', meetingSection(seen)),
      part('record', [
        section(
          'Papers',
          links.length > 0 ? { links } : { meta: `The chair of the first ${meeting} attached none. Ask them for the notes.` },
        ),
      ]),
    ],
    buttons: [],
  };
}
