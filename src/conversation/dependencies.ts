import type { CasesAboutChild } from '../app/childSearch.ts';
import type { Covers } from '../app/cover.ts';
import type { DrawSheet } from '../app/exports.ts';
import type { CasesRaised } from '../app/figures.ts';
import type { LookAtHealth } from '../app/health.ts';
import type { Job } from '../app/job.ts';
import type { Chat, Conversations, Mail, PostedCards } from '../app/ports.ts';
import type { CaseDependencies } from '../app/seeCase.ts';
import type { JobList } from '../app/stuck.ts';

/** What the conversation needs of the program. */
export type ConversationDependencies = CaseDependencies & {
  conversations: Conversations;
  posted: PostedCards;
  /** For what is answered in another chat than it was asked in. */
  chat: Chat;
  covers: Covers;
  /** Reads again who covers for whom, so that what is said next goes by it. */
  presentCovers(): Promise<void>;
  casesRaised: CasesRaised;
  /** The doctor; null where there is nothing to look at. */
  health: LookAtHealth | null;
  casesAboutChild: CasesAboutChild;
  jobs: JobList;
  /** For the files that people take away, to their own mailbox. */
  mail: Mail;
  drawSheet: DrawSheet;
  /** Leaves a job. */
  enqueue(job: Job): Promise<void>;
};
