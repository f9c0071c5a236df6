import type { CaseForViewer } from '../../app/seeCase.ts';
import { stageOf } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { duesToCome } from '../dates.ts';
import { wordsOf } from '../stageWords.ts';
import { type Body, part, type Section, section } from './body.ts';
import { concernSection, dangerAlerts } from './escalation.ts';
import { decisionSections, meetingSection } from './outcomeSections.ts';
import { sentToViewer } from './sending.ts';

/** What was decided at a stage, for the dissenter and the chair: the outcome, its reasons, and what comes next (C22). */
export function presentOutcome(seen: CaseForViewer, name: string, stage: DecideStage): Body {
  const next = stage.outcomes[seen.current.decisions[name]?.outcome ?? '']?.next ?? '';
  // Once it was decided anew, what comes next stands on the card of that decision, and once is enough.
  const latest = seen.current.decisions[next] === undefined;
  return {
    title: 'What was decided',
    alerts: latest ? dangerAlerts(seen) : [],
    dues: duesToCome(seen),
    parts: [
      part('outcomes', decisionSections(seen, name)),
      part('next', nextSection(seen, name, stage)),
      part('concern', latest ? concernSection(seen) : []),
      part('meeting', latest ? meetingSection(seen) : []),
      part('sent', sentToViewer(seen)),
    ],
    buttons: [],
  };
}

function nextSection({ current, procedure }: CaseForViewer, name: string, stage: DecideStage): Section[] {
  const next = stage.outcomes[current.decisions[name]?.outcome ?? '']?.next;
  const following = next === undefined ? null : stageOf(procedure, next);
  const say = (text: string) => [section('What comes next', { steps: [{ label: '', text, buttons: [] }] })];
  // A letter, a record or a meeting that is over does not come next any more.
  const over = current.finished[next ?? ''] !== undefined && current.decisions[next ?? ''] === undefined;
  const ahead = following && !over && wordsOf(following).ahead(following, procedure, current.decisions[next ?? ''] !== undefined);
  if (ahead) return say(ahead);
  if (current.status === 'closed') return say('Nothing more is to be decided. The case is closed.');
  return say('Nothing more is to be decided. Everyone who has to know is told, and then the case closes.');
}
