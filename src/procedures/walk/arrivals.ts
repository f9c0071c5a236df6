import { sayFrom } from '../../domain/anchors.ts';
import type { ProcedureFinding } from '../../domain/procedureChecks.ts';
import type { Stage } from '../../domain/procedureParts.ts';
import type { Procedure } from '../../domain/procedureShape.ts';
import { timeLimitsOfStage } from '../../domain/timeLimits.ts';
import type { Calendar } from '../../domain/workingDays.ts';
import type { Scene } from './world.ts';

/** The windows of time of a stage by the word that gives them, and what they are to a case. */
const WINDOWS = { limit: 'time limit', target: 'local target' } as const;

/** Of all the times that cases came to a stage: on which of them something was so, and on which not. */
type Tally = { so: string[][]; not: string[][] };

/** What is seen as cases come to the stages of a procedure: which of its dates run then, and who is there to be invited or written to. */
export class Arrivals {
  readonly #tallies = new Map<string, Tally>();
  readonly #procedure: Procedure;
  readonly #calendar: Calendar;

  constructor(procedure: Procedure, calendar: Calendar) {
    this.#procedure = procedure;
    this.#calendar = calendar;
  }

  /** A case has come to a stage by a way. */
  note({ current, now }: Scene, way: string[]): void {
    const name = current.stage;
    const stage = this.#procedure.stages[name];
    if (!stage) return;
    const dates = timeLimitsOfStage(current, this.#procedure, name, this.#calendar, now);
    const due = (wanted: string) => dates.find(({ kind }) => kind === wanted)?.due;
    for (const [word, kind] of Object.entries(WINDOWS)) {
      const window = stage[word as keyof typeof WINDOWS];
      if (window && window.within !== null) this.#count(`${name} ${word}`, due(kind) !== undefined, way);
    }
    const [limit, target] = [due('time limit'), due('local target')];
    if (limit !== undefined && target !== undefined) this.#count(`${name} order`, target <= limit, way);
    if (stage.kind === 'reconvene') this.#count(`${name} invited`, current.record !== null, way);
    if (stage.kind === 'decide' && stage.letter?.to.some((who) => who === 'agencies' || who === 'everyone'))
      this.#count(`${name} letter`, current.record !== null, way);
  }

  /** What was found, each once, with the way on which it is so. */
  findings(): ProcedureFinding[] {
    return Object.entries(this.#procedure.stages).flatMap(([name, stage]) => [
      ...(['limit', 'target'] as const).flatMap((word) => this.#unstarted(name, stage, word)),
      ...this.#found(
        `${name} order`,
        ['stages', name, 'target'],
        (way) => `the target is after the time limit${way}: a target is the earlier of the two`,
      ),
      ...this.#found(
        `${name} invited`,
        ['stages', name],
        (way) =>
          `nobody but the chair and whoever raised it is invited${way}, since nobody was asked who was there: put a stage of the kind "record" before it`,
        'warning',
      ),
      ...this.#found(
        `${name} letter`,
        ['stages', name, 'letter', 'to'],
        (way) =>
          `goes to nobody but ${this.#reached(stage)}${way}, since nobody was asked who was there: put a stage of the kind "record" before it, or name them`,
        'warning',
      ),
    ]);
  }

  #reached(stage: Stage): string {
    return stage.kind === 'decide' && stage.letter?.to.includes('agencies')
      ? 'the agency of whoever raised it'
      : 'the chair and whoever raised it';
  }

  #unstarted(name: string, stage: Stage, word: 'limit' | 'target'): ProcedureFinding[] {
    const window = stage[word];
    if (!window) return [];
    return this.#found(
      `${name} ${word}`,
      ['stages', name, word, 'from'],
      (way) =>
        `the days do not start${way}: they are counted from ${sayFrom(window.from, this.#procedure)}, which has not come by then. Count them from what has happened by then: "conference", "raised", or a stage before it`,
    );
  }

  /** A fault where something is so on no way, a warning where it is not so on some. */
  #found(key: string, path: string[], words: (way: string) => string, always: 'fault' | 'warning' = 'fault'): ProcedureFinding[] {
    const { so = [], not: [not] = [] } = this.#tallies.get(key) ?? {};
    if (not === undefined) return [];
    const some = so.length > 0;
    return [{ severity: some ? 'warning' : always, path, message: words(some ? ` on the way ${not.join(' > ')}` : '') }];
  }

  #count(key: string, so: boolean, way: string[]): void {
    const tally = this.#tallies.get(key) ?? { so: [], not: [] };
    tally[so ? 'so' : 'not'].push(way);
    this.#tallies.set(key, tally);
  }
}
